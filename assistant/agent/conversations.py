"""Conversations as models read them again: LangGraph's checkpoints, one thread per key, and of each thread only the last state."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.agent.checkpoints import Checkpoints, FileCheckpoints, SharedCheckpoints

if TYPE_CHECKING:
    from langchain_core.messages import AnyMessage
    from langchain_core.runnables import RunnableConfig

    from assistant.database.server import Server
    from assistant.values import Answer

_CHANNEL = "messages"


class Conversations:
    """Questions and answers by key; usable from several threads and processes."""

    def __init__(self, checkpoints: Checkpoints) -> None:
        self._checkpoints = checkpoints

    @classmethod
    def open(cls, home: Path, server: Server | None = None) -> Conversations:
        """The conversations of ``home``, or those on the ``server`` of a shared store; raises LibraryError where none can be kept."""
        return cls(FileCheckpoints(home) if server is None else SharedCheckpoints(server))

    def read(self, key: str) -> list[AnyMessage]:
        """What was said under ``key``, oldest first: questions, answers, and summaries of earlier ones."""
        from assistant.agent.presentation import exchanges

        with self._checkpoints.saver() as saver:
            found = saver.get_tuple(_thread(key))
        return exchanges(found.checkpoint["channel_values"].get(_CHANNEL, [])) if found else []

    def write(self, key: str, messages: Sequence[AnyMessage]) -> None:
        """Puts ``messages`` in place of what was said under ``key``, at once."""
        from langgraph.checkpoint.base import empty_checkpoint

        with self._checkpoints.writing(key):
            with self._checkpoints.saver() as saver:
                found = saver.get_tuple(_thread(key))
                checkpoint = found.checkpoint if found else empty_checkpoint()
                before = checkpoint["channel_versions"].get(_CHANNEL)
                version = saver.get_next_version(None if before is None else str(before), None)
            checkpoint = {**checkpoint, "channel_values": {_CHANNEL: list(messages)}, "channel_versions": {_CHANNEL: version}}
            # The checkpoint's id stays, so that it replaces the one before: nothing is left to prune.
            self._checkpoints.replace(_thread(key), checkpoint, {_CHANNEL: version})

    def add(
        self, key: str, exchange: Sequence[AnyMessage], read: Sequence[AnyMessage] = (), shortened: Sequence[AnyMessage] | None = None
    ) -> None:  # fmt: skip
        """Puts ``exchange`` behind all that was said under ``key``, by now and by whomever.

        ``shortened`` takes the place of what was ``read`` before the exchange, where the conversation still begins with that.
        """
        with self._checkpoints.writing(key):
            said = self.read(key)
            if shortened is not None and _texts(said[: len(read)]) == _texts(read):
                said = [*shortened, *said[len(read) :]]
            self.write(key, [*said, *exchange])

    def take_back(self, key: str, answer: Answer) -> None:
        """Removes the question of ``answer`` and what was answered, the last time that it was so; nothing where it never was."""
        with self._checkpoints.writing(key):
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
        with self._checkpoints.writing(key), self._checkpoints.saver() as saver:
            saver.delete_thread(key)

    def close(self) -> None:
        """Closes what is kept in a file."""
        self._checkpoints.close()


def _texts(messages: Sequence[AnyMessage]) -> list[tuple[str, str]]:
    return [(message.type, message.text) for message in messages]


def _thread(key: str) -> RunnableConfig:
    return {"configurable": {"thread_id": key, "checkpoint_ns": ""}}
