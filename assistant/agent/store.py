"""Rows that are kept beside the library: in a SQLite file of a home, which only its owner may read, or in a shared store's database.

Usable from several threads and processes; reading creates no file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from assistant.errors import LibraryError
from assistant.home import make_file

if TYPE_CHECKING:
    from assistant.database.portable import Connection
    from assistant.database.server import Server

# Seconds in which another process may be writing.
_PATIENCE = 30


class Tables(Protocol):
    """Where rows are kept, in a file or on a shared store's server; statements have question marks for their parameters."""

    def rows(self, query: str, values: tuple[str, ...] = ()) -> list[tuple[Any, ...]]:
        """What ``query`` finds; raises LibraryError."""

    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction, which is undone where the block raises; raises LibraryError."""


class Store:
    """The file at ``path`` with the tables of ``schema``; ``holds`` says in errors what is kept in it."""

    def __init__(self, path: Path, holds: str, schema: str) -> None:
        self._path = path
        self._holds = holds
        self._schema = schema

    def rows(self, query: str, values: tuple[str, ...] = ()) -> list[tuple[Any, ...]]:
        """What ``query`` finds; nothing where there is no file. Raises LibraryError."""
        if not self._path.exists():
            return []
        address = f"{self._path.absolute().as_uri()}?mode=ro"
        with kept(self._path, self._holds), closing(sqlite3.connect(address, uri=True, timeout=_PATIENCE)) as connection:
            return connection.execute(query, values).fetchall()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction, which is undone where the block raises; what is deleted in it leaves the file. Raises LibraryError."""
        with kept(self._path, self._holds), closing(connected(self._path)) as connection, connection:
            connection.execute("PRAGMA secure_delete = ON")
            connection.executescript(self._schema)
            yield connection


def tables(path: Path, server: Server | None, holds: str, schema: str) -> Tables:
    """Those on the ``server`` of a shared store, where there is one, else in the file at ``path``; see ``Store``."""
    if server is None:
        return Store(path, holds, schema)
    from assistant.database.portable import SharedTables

    return SharedTables(server)


def connected(path: Path) -> sqlite3.Connection:
    """A connection for writing, for any thread; the file is made where it is not there."""
    make_file(path)
    return sqlite3.connect(path, check_same_thread=False, timeout=_PATIENCE)


@contextmanager
def kept(path: Path, holds: str) -> Iterator[None]:
    """What goes wrong with the file at ``path`` in the block is a LibraryError that says what to do."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise LibraryError(f"{holds} in {path}: {error}; set ASSISTANT_HOME to a folder that you may write to") from error
