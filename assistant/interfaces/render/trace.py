"""How an answer was made, as lines of plain text: the tools that were called, what they returned, the draft, what was taken out of it."""

from __future__ import annotations

from assistant.agent.events import Draft, Event, Retracted, ToolCall, ToolResult

# Lines and characters of a tool's result that a trace shows.
_TRACED = (4, 110)


def trace_text(event: Event) -> str | None:
    """The event for a reader who wants to know; None where it says nothing new. Not cleaned yet."""
    match event:
        case ToolCall():
            arguments = ", ".join(f"{name}={value!r}" for name, value in event.arguments.items())
            return f"→ {event.name}({arguments})"
        case ToolResult():
            return f"← {'failed: ' if event.failed else ''}{_beginning(event.content)}"
        case Draft():
            return f"draft: {event.text}"
        case Retracted():
            return f"taken out: {event.text} ({event.reason})"
        case _:
            return None


def _beginning(text: str) -> str:
    most, widest = _TRACED
    lines = [line for line in text.splitlines() if line.strip()]
    left_off = [f"… {len(lines) - most} more lines"] if len(lines) > most else []
    return "\n  ".join([line if len(line) <= widest else line[: widest - 1] + "…" for line in lines[:most]] + left_off)
