"""Updates of LangGraph's stream → typed events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from langchain_core.messages import AIMessage, BaseMessage, ToolMessage

from assistant.agent.events import Draft, DraftPiece, Event, Status, ToolCall, ToolResult


class Narrator:
    """Tells one turn's events; counts the drafts that the model begins.

    What was said before the turn, whose first state is told by ``starts_from``, is no event of it, though it may be put anew.
    """

    def __init__(self) -> None:
        self._writing: str | None = None
        self._drafts = 0
        self._earlier: frozenset[str | None] | None = None

    def starts_from(self, messages: Iterable[BaseMessage]) -> None:
        """Takes note of the messages that a turn began with; of no later ones."""
        if self._earlier is None:
            self._earlier = frozenset(message.id for message in messages)

    def events(self, mode: str, update: Any) -> Iterator[Event]:  # noqa: ANN401 - its type depends on the mode
        """The events of one update in LangGraph's stream mode ``updates``, ``messages`` or ``custom``."""
        if mode == "custom":
            yield update
        elif mode == "messages":
            message, told = update
            if told.get("langgraph_node") == "model":
                yield from self._piece(message)
        else:
            for change in update.values():
                added = (change or {}).get("messages", [])
                yield from happened(message for message in added if message.id not in (self._earlier or ()))

    def _piece(self, message: BaseMessage) -> Iterator[Event]:
        if not isinstance(message, AIMessage) or not message.text:
            return
        if message.id != self._writing:
            self._writing = message.id
            self._drafts += 1
        yield DraftPiece(text=message.text, draft=self._drafts)


def happened(messages: Iterable[BaseMessage]) -> Iterator[Event]:
    """The events that whole messages, which model and tools have added, stand for."""
    for message in messages:
        if isinstance(message, ToolMessage):
            yield ToolResult(name=message.name or "", content=message.text, failed=message.status == "error")
        elif isinstance(message, AIMessage) and message.tool_calls:
            looks_up = any(call["name"].startswith(("search", "list")) for call in message.tool_calls)
            yield Status(text="searching" if looks_up else "calculating")
            yield from (ToolCall(name=call["name"], arguments=call["args"]) for call in message.tool_calls)
        elif isinstance(message, AIMessage):
            yield Draft(text=message.text)
