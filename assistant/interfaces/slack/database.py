"""What is behind the bot: what waits, what was said where, and which events were seen; one SQLite file, or a shared store's database."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from assistant.agent.store import connected, kept

if TYPE_CHECKING:
    from assistant.database.portable import Connection

_HOLDS = "the Slack queue"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS events (id TEXT PRIMARY KEY, seen REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tasks (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    lane TEXT NOT NULL,
    message TEXT UNIQUE,
    task TEXT NOT NULL,
    reference TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting',
    outcome TEXT,
    stale INTEGER NOT NULL DEFAULT 0,
    owner TEXT,
    asked REAL NOT NULL,
    arrived REAL NOT NULL,
    began REAL,
    not_before REAL NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    crashes INTEGER NOT NULL DEFAULT 0,
    answer TEXT
);
CREATE INDEX IF NOT EXISTS open_tasks ON tasks (lane, asked, number) WHERE state IN ('waiting', 'working');
CREATE TABLE IF NOT EXISTS posts (
    task INTEGER NOT NULL, part INTEGER NOT NULL, channel TEXT NOT NULL, ts TEXT, streams INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (task, part)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS threads (key TEXT PRIMARY KEY, conversation TEXT NOT NULL, used REAL NOT NULL) WITHOUT ROWID;
"""


class Database(Protocol):
    """The bot's tables. Usable from several threads and processes; raises LibraryError."""

    def transaction(self, *, durable: bool = False) -> AbstractContextManager[Connection]:
        """Changes that are made as a whole or, where the block raises, not at all; nobody else changes anything meanwhile.

        They outlive the process, and ``durable`` ones a power cut too.
        """

    def rows(self, query: str, *values: object) -> list[Any]:
        """What ``query`` finds, by the names of its columns."""

    def close(self) -> None:
        """Nothing is needed any more."""


class QueueFile:
    """A connection that threads take turns on; several processes may have the file open. Raises LibraryError."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        with kept(path, _HOLDS):
            self._connection = connected(path)
            self._connection.isolation_level = None
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.executescript(_SCHEMA)

    @contextmanager
    def transaction(self, *, durable: bool = False) -> Iterator[sqlite3.Connection]:
        """Changes that are made as a whole or, where the block raises, not at all. They outlive the process.

        ``durable`` ones outlive a power cut too, with all before them, which costs some milliseconds of the disk's.
        """
        with self._lock, kept(self._path, _HOLDS):
            self._connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def rows(self, query: str, *values: object) -> list[sqlite3.Row]:
        """What ``query`` finds."""
        with self._lock, kept(self._path, _HOLDS):
            cursor = self._connection.cursor()
            cursor.row_factory = sqlite3.Row
            return cursor.execute(query, values).fetchall()

    def close(self) -> None:
        """Closes the file."""
        with self._lock:
            self._connection.close()
