"""The bot's queue in the database of a shared store, for bots on several machines."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from assistant.database.portable import PortableConnection
from assistant.database.server import Server, lock, lock_now, lock_until_end, translated, unlock
from assistant.errors import ServerUnreachable

if TYPE_CHECKING:
    import psycopg

    from assistant.database.portable import Connection

_QUEUE = "slack queue"
_OWNER = "slack owner "


class SharedDatabase:
    """See ``database.Database``. Changes are made one after the other, as in a file; what is committed outlives a power cut."""

    def __init__(self, server: Server) -> None:
        self._server = server

    @contextmanager
    def transaction(self, *, durable: bool = False) -> Iterator[Connection]:
        """See ``database.Database``."""
        del durable  # PostgreSQL knows no cheaper way that its own restart would not undo
        with self._server.transaction() as connection:
            lock_until_end(connection, _QUEUE)
            yield PortableConnection(connection)

    def rows(self, query: str, *values: object) -> list[dict[str, Any]]:
        """What ``query`` finds."""
        from psycopg.rows import dict_row

        with self._server.connection() as connection, connection.cursor(row_factory=dict_row) as cursor:
            return cursor.execute(query.replace("?", "%s").encode(), values).fetchall()

    def close(self) -> None:
        """The server is not ours to close."""


class SharedOwner:
    """See ``owner.Owner``: a lock of the database that a connection of its own holds. A process counts as ended when its lock was
    free for SURE seconds: when the server is restarted all lose their locks, and each takes its own again within some seconds."""

    SURE = 15.0

    def __init__(self, server: Server) -> None:
        self.name = secrets.token_hex(8)
        self._server = server
        self._free: dict[str, float] = {}
        self._connection = self._locked()

    def hold(self) -> None:
        """Takes the lock again where the connection was lost."""
        try:
            with translated(self._server.place):
                self._connection.execute(b"SELECT 1")
        except ServerUnreachable:
            self._connection.close()
            self._connection = self._locked()

    def is_gone(self, name: str) -> bool:
        """Whether the process that ``name`` stands for has ended."""
        if name == self.name:
            return False
        with self._server.connection() as connection:
            if not lock_now(connection, _OWNER + name):
                self._free.pop(name, None)
                return False
            unlock(connection, _OWNER + name)
        since = self._free.setdefault(name, time.monotonic())
        return time.monotonic() - since >= self.SURE

    def forget(self, name: str) -> None:
        """Nothing is left of a connection that has ended."""
        self._free.pop(name, None)

    def close(self) -> None:
        """This process works on nothing any more."""
        self._connection.close()

    def _locked(self) -> psycopg.Connection[Any]:
        connection = self._server.alone()
        with translated(self._server.place):
            lock(connection, _OWNER + self.name)  # another may be looking whether it is free
        return connection
