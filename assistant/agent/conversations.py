"""Conversations on disk: LangGraph's checkpoints in SQLite, one thread per key, and of each thread only the last state."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.agent.store import connected, kept

if TYPE_CHECKING:
    from langchain_core.messages import AnyMessage
    from langchain_core.runnables import RunnableConfig
    from langgraph.checkpoint.base import BaseCheckpointSaver

    from assistant.values import Answer

_CHANNEL = "messages"
_HOLDS = "conversations"


class Conversations:
    """Questions and answers by key; usable from several threads and processes. ``connection`` is the saver's own."""

    def __init__(self, saver: BaseCheckpointSaver[str], connection: sqlite3.Connection, path: Path) -> None:
        self._saver = saver
        self._connection = connection
        self._path = path

    @classmethod
    def open(cls, home: Path) -> Conversations:
        """The conversations of ``home/conversations.sqlite``; raises LibraryError where none can be kept."""
        from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer  # costs a cold question 0.1 s
        from langgraph.checkpoint.sqlite import SqliteSaver

        path = home / "conversations.sqlite"
        with kept(path, _HOLDS):
            connection = connected(path)
            connection.execute("PRAGMA journal_mode=WAL")
            # Nothing but messages of LangChain is ever stored, so nothing else may be revived from the file.
            saver = SqliteSaver(connection, serde=JsonPlusSerializer(allowed_msgpack_modules=None))
            saver.setup()
        return cls(saver, connection, path)

    def read(self, key: str) -> list[AnyMessage]:
        """What was said under ``key``, oldest first: questions, answers, and summaries of earlier ones."""
        from assistant.agent.presentation import exchanges

        with kept(self._path, _HOLDS):
            found = self._saver.get_tuple(_thread(key))
        return exchanges(found.checkpoint["channel_values"].get(_CHANNEL, [])) if found else []

    def write(self, key: str, messages: Sequence[AnyMessage]) -> None:
        """Puts ``messages`` in place of what was said under ``key``, in one transaction."""
        from langgraph.checkpoint.base import empty_checkpoint

        with kept(self._path, _HOLDS):
            found = self._saver.get_tuple(_thread(key))
            checkpoint = found.checkpoint if found else empty_checkpoint()
            before = checkpoint["channel_versions"].get(_CHANNEL)
            version = self._saver.get_next_version(None if before is None else str(before), None)
            checkpoint = {**checkpoint, "channel_values": {_CHANNEL: list(messages)}, "channel_versions": {_CHANNEL: version}}
            # The checkpoint's id stays, so that it replaces the one before: nothing is left to prune.
            self._saver.put(_thread(key), checkpoint, {}, {_CHANNEL: version})

    def take_back(self, key: str, answer: Answer) -> None:
        """Removes the question of ``answer`` and what was answered, the last time that it was so; nothing where it never was."""
        messages = self.read(key)
        said = [message.text for message in messages]
        places = [i for i in range(len(said) - 1) if said[i : i + 2] == [answer.question, answer.text]]
        if not places:
            return
        kept = messages[: places[-1]] + messages[places[-1] + 2 :]
        if kept:
            self.write(key, kept)
        else:
            self.delete(key)

    def delete(self, key: str) -> None:
        """Removes what was said under ``key``."""
        with kept(self._path, _HOLDS):
            self._saver.delete_thread(key)

    def close(self) -> None:
        """Closes the file."""
        self._connection.close()


def _thread(key: str) -> RunnableConfig:
    return {"configurable": {"thread_id": key, "checkpoint_ns": ""}}
