"""Conversations on disk: LangGraph's checkpoints in SQLite, one thread per key."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import LibraryError

if TYPE_CHECKING:
    from langgraph.checkpoint.base import BaseCheckpointSaver


def open_checkpointer(home: Path) -> BaseCheckpointSaver[str]:
    """The checkpointer of ``home/conversations.sqlite``; usable from several threads and processes."""
    from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer  # noqa: PLC0415 - costs a cold question 0.1 s
    from langgraph.checkpoint.sqlite import SqliteSaver  # noqa: PLC0415

    path = home / "conversations.sqlite"
    try:
        home.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, check_same_thread=False, timeout=30)
        connection.execute("PRAGMA journal_mode=WAL")
    except (OSError, sqlite3.Error) as error:
        raise LibraryError(f"conversations cannot be kept in {path}: {error}; set ASSISTANT_HOME to a writable folder") from error
    # Nothing but messages of LangChain is ever stored, so nothing else may be revived from the file.
    saver = SqliteSaver(connection, serde=JsonPlusSerializer(allowed_msgpack_modules=None))
    saver.setup()
    return saver


def close_checkpointer(checkpointer: BaseCheckpointSaver[str]) -> None:
    """Closes the file of a checkpointer that ``open_checkpointer`` gave."""
    connection: sqlite3.Connection = checkpointer.conn  # type: ignore[attr-defined]
    connection.close()
