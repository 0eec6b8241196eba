"""Statements that SQLite and PostgreSQL take alike: their parameters are question marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from assistant.database.server import Server

if TYPE_CHECKING:
    import psycopg


class Cursor(Protocol):
    """What a statement found or did."""

    @property
    def rowcount(self) -> int: ...
    def fetchone(self) -> Any: ...  # noqa: ANN401 - rows are of whatever columns were asked for
    def fetchall(self) -> list[Any]: ...
    def __iter__(self) -> Iterator[Any]: ...


class Connection(Protocol):
    """A connection within a transaction."""

    def execute(self, statement: str, values: Sequence[object] = ..., /) -> Cursor: ...


class PortableConnection:
    """PostgreSQL's connection, for such statements."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def execute(self, statement: str, values: Sequence[object] = (), /) -> Cursor:
        """Carries out one statement."""
        return self._connection.execute(statement.replace("?", "%s").encode(), values)


class SharedTables:
    """Rows of a shared store's tables, as ``assistant.agent.store.Store`` has those of a file."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def rows(self, query: str, values: tuple[str, ...] = ()) -> list[tuple[Any, ...]]:
        """What ``query`` finds. Raises LibraryError."""
        return self._server.rows(query.replace("?", "%s"), values)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction, which is undone where the block raises. Raises LibraryError."""
        with self._server.transaction() as connection:
            yield PortableConnection(connection)
