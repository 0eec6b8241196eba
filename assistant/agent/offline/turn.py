"""The offline model's turn: it and the tools that it calls, one after the other, in the thread that asks.

It needs none of what an agent loop is for, such as waiting, repeating and streaming, and so none of what that takes to import and
to run: a process that asks one question spends a third of its time on LangGraph otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from langchain_core.messages import AIMessage, AnyMessage, ToolMessage

from assistant.agent.chain.chain import ROUNDS, endless, late
from assistant.agent.chain.deadline import Deadline
from assistant.agent.desk import MENDABLE, Desk
from assistant.agent.events import DraftPiece, Event
from assistant.agent.narration import happened
from assistant.agent.offline.decision import next_message
from assistant.library.library import Library
from assistant.settings import OFFLINE
from assistant.values import Usage


class OfflineTurn:
    """One question; ``messages`` are those of the conversation and what has come to them. See ``Turn``."""

    def __init__(self, messages: list[AnyMessage], desk: Desk, library: Library, seconds: float) -> None:
        self.messages = messages
        self._desk = desk
        self._library = library
        self._seconds = seconds

    def events(self) -> Iterator[Event]:
        """What happens, until there is no more to say. Raises ModelError where that takes too long, or too many rounds."""
        deadline = Deadline.after(self._seconds)
        for _ in range(ROUNDS):
            message = next_message(self.messages, self._library)
            if not message.tool_calls:
                yield DraftPiece(text=message.text, draft=1)
            yield from self._add(message)
            if not message.tool_calls:
                return
            for call in message.tool_calls:
                yield from self._add(self._called(call))
                if not deadline.left:
                    raise late(OFFLINE, self._seconds)
        raise endless(OFFLINE)

    def usage(self) -> Usage:
        """No language model was called."""
        return Usage()

    def _add(self, message: AIMessage | ToolMessage) -> Iterator[Event]:
        self.messages = [*self.messages, message]
        return happened([message])

    def _called(self, call: Mapping[str, Any]) -> ToolMessage:
        try:
            content, evidence = self._desk.tools[call["name"]](**call["args"])
        except MENDABLE as error:
            return ToolMessage(str(error), tool_call_id=call["id"], name=call["name"], status="error")
        return ToolMessage(content, artifact=evidence, tool_call_id=call["id"], name=call["name"])
