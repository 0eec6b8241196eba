"""``assistant ask``: one question, one answer."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.errors import UsageError
from assistant.interfaces.cli.opened import opened
from assistant.interfaces.cli.options import Home, Json, Model
from assistant.interfaces.cli.screen import NOT_IN_SOURCES, complain, draw, remark, stdout_is_terminal, write, write_json

if TYPE_CHECKING:
    from assistant.api import Assistant
    from assistant.values import Answer

# Far above the longest question that is answered, and little enough to read from an endless stdin.
_STDIN_LIMIT = 1_000_000
# Lines and characters of a tool's result that a trace shows.
_TRACED = (4, 110)


def ask(  # noqa: PLR0913 - each is an option of the command
    question: Annotated[list[str], typer.Argument(metavar="QUESTION", help="In quotes or not; '-' reads it from stdin.")],
    *,
    json: Json = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown, to paste into notes.")] = False,
    trace: Annotated[bool, typer.Option("--trace", help="Show on stderr which tools were called, and what they returned.")] = False,
    conversation: Annotated[
        str | None, typer.Option("--conversation", metavar="KEY", help="Continue the conversation kept under this key.")
    ] = None,
    model: Model = None,
    home: Home = None,
) -> None:
    """Answer a question, with quotes and calculations."""
    from assistant.api import checked_question  # noqa: PLC0415 - heavy

    text = checked_question(_question(question))
    with opened(home, model) as assistant:
        answer = _traced(assistant, text, conversation) if trace else assistant.ask(text, conversation)
    if json:
        write_json(answer.model_dump_json(indent=2))
    elif markdown:
        from assistant.interfaces.render.markdown import answer_markdown  # noqa: PLC0415 - only for this option

        write(answer_markdown(answer))
    else:
        show(answer)
    raise typer.Exit(NOT_IN_SOURCES if answer.status == "not_in_sources" else 0)


def show(answer: Answer) -> None:
    """Prints an answer for whoever reads stdout."""
    if stdout_is_terminal():
        from assistant.interfaces.render.terminal import answer_page  # noqa: PLC0415 - Rich is not needed in a pipe

        draw(answer_page(answer))
    else:
        from assistant.interfaces.render.plain import answer_text  # noqa: PLC0415

        write(answer_text(answer))


def _question(words: list[str]) -> str:
    text = _from_stdin() if words == ["-"] else " ".join(words)
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise UsageError("the question is not valid UTF-8")
    if not text.strip():
        raise UsageError("the question is empty; ask something, for example: assistant ask 'Which studies are there?'")
    return text


def _from_stdin() -> str:
    if sys.stdin is None:
        raise UsageError("stdin is closed; give the question as an argument")
    return sys.stdin.buffer.read(_STDIN_LIMIT).decode("utf-8", errors="surrogateescape")


def _beginning(text: str) -> str:
    most, widest = _TRACED
    lines = [line for line in text.splitlines() if line.strip()]
    left_off = [f"… {len(lines) - most} more lines"] if len(lines) > most else []
    return "\n  ".join([line if len(line) <= widest else line[: widest - 1] + "…" for line in lines[:most]] + left_off)


def _traced(assistant: Assistant, question: str, conversation: str | None) -> Answer:
    from assistant.agent.events import Draft, ToolCall, ToolResult  # noqa: PLC0415 - only for this option
    from assistant.values import Answer  # noqa: PLC0415

    for event in assistant.stream(question, conversation):
        match event:
            case Answer():
                return event
            case ToolCall():
                arguments = ", ".join(f"{name}={value!r}" for name, value in event.arguments.items())
                complain(f"→ {event.name}({arguments})")
            case ToolResult():
                remark(f"← {'failed: ' if event.failed else ''}{_beginning(event.content)}")
            case Draft():
                remark(f"draft: {event.text}")
    raise AssertionError("a stream ends with its Answer")
