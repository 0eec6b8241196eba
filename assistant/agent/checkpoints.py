"""Where LangGraph keeps the state of conversations: in a SQLite file of a home, or on the server of a shared store."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from assistant.agent.store import connected, kept

if TYPE_CHECKING:
    import psycopg
    from langchain_core.runnables import RunnableConfig
    from langgraph.checkpoint.base import BaseCheckpointSaver, ChannelVersions, Checkpoint
    from langgraph.checkpoint.serde.base import SerializerProtocol

    from assistant.database.server import Server

_HOLDS = "conversations"
# As the database has those: what LangGraph's own steps made, one process at a time.
_LOCK = "checkpoints"
# Of a channel's versions only the one that the checkpoint names is ever read again.
_PRUNE = b"DELETE FROM checkpoint_blobs WHERE thread_id = %s AND NOT (channel, version) IN (SELECT * FROM unnest(%s::text[], %s::text[]))"


class Checkpoints(Protocol):
    """A saver, and what it takes to use it. All methods raise LibraryError where nothing can be kept."""

    def saver(self) -> AbstractContextManager[BaseCheckpointSaver[str]]: ...
    def writing(self, key: str, /) -> AbstractContextManager[None]: ...
    def replace(self, config: RunnableConfig, checkpoint: Checkpoint, versions: ChannelVersions) -> None: ...
    def close(self) -> None: ...


class FileCheckpoints:
    """``home/conversations.sqlite``, open for any thread."""

    def __init__(self, home: Path) -> None:
        from langgraph.checkpoint.sqlite import SqliteSaver

        self._path = home / "conversations.sqlite"
        # The threads share one connection, and so its transactions.
        self._lock = threading.RLock()
        with kept(self._path, _HOLDS):
            self._connection: sqlite3.Connection = connected(self._path)
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._saver = SqliteSaver(self._connection, serde=_serializer())
            self._saver.setup()

    @contextmanager
    def saver(self) -> Iterator[BaseCheckpointSaver[str]]:
        """The saver; what goes wrong in the block is a LibraryError."""
        with self._lock, kept(self._path, _HOLDS):
            yield self._saver

    @contextmanager
    def writing(self, _key: str) -> Iterator[None]:
        """A block in which no other thread or process writes, for one write at most, since the saver commits it; it may be nested."""
        with self._lock, kept(self._path, _HOLDS):
            outermost = not self._connection.in_transaction
            if outermost:
                self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            finally:
                if outermost and self._connection.in_transaction:
                    self._connection.rollback()

    def replace(self, config: RunnableConfig, checkpoint: Checkpoint, versions: ChannelVersions) -> None:
        """Puts a checkpoint in place of the one with the same id; nothing of that is left."""
        with self.saver() as saver:
            saver.put(config, checkpoint, {}, versions)

    def close(self) -> None:
        """Closes the file."""
        with self._lock:
            self._connection.close()


class SharedCheckpoints:
    """The tables that LangGraph makes in a shared store's database; each use is a transaction."""

    def __init__(self, server: Server) -> None:
        from langgraph.checkpoint.postgres import PostgresSaver

        from assistant.database.server import lock, translated

        self._server = server
        self._serializer = _serializer()
        self._here = threading.local()
        with closing(server.alone()) as connection, translated(server.place):
            lock(connection, _LOCK)
            PostgresSaver(connection, serde=self._serializer).setup()

    @contextmanager
    def saver(self) -> Iterator[BaseCheckpointSaver[str]]:
        """The saver, within a transaction."""
        with self._server.transaction() as connection:
            yield self._over(connection)

    @contextmanager
    def writing(self, key: str) -> Iterator[None]:
        """A block in which no other thread or process writes under ``key``; it may be nested."""
        from assistant.database.server import lock, translated

        if key in self._held():
            yield
            return
        # A connection apart: threads that wait for one another must not take all of the pool.
        with closing(self._server.alone()) as connection:
            with translated(self._server.place):
                lock(connection, f"{_LOCK} {key}")
            self._held().add(key)
            try:
                yield
            finally:
                self._held().discard(key)

    def replace(self, config: RunnableConfig, checkpoint: Checkpoint, versions: ChannelVersions) -> None:
        """Puts a checkpoint in place of the one with the same id; nothing of that is left."""
        names, numbers = map(list, zip(*((name, str(version)) for name, version in versions.items()), strict=True))
        with self._server.transaction() as connection:
            self._over(connection).put(config, checkpoint, {}, versions)
            connection.execute(_PRUNE, (config["configurable"]["thread_id"], names, numbers))

    def close(self) -> None:
        """The server is not ours to close."""

    def _held(self) -> set[str]:
        """The keys that this thread is writing under."""
        keys: set[str] = self._here.__dict__.setdefault("keys", set())
        return keys

    def _over(self, connection: psycopg.Connection[Any]) -> BaseCheckpointSaver[str]:
        from langgraph.checkpoint.postgres import PostgresSaver

        return PostgresSaver(connection, serde=self._serializer)


def _serializer() -> SerializerProtocol:
    from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer  # costs a cold question 0.1 s

    # Nothing but messages of LangChain is ever stored, so nothing else may be revived.
    return JsonPlusSerializer(allowed_msgpack_modules=None)
