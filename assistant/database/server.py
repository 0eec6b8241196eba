"""Connections to the shared store's PostgreSQL. Usable from several threads; what goes wrong is a LibraryError of one line."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from assistant.database.address import place
from assistant.errors import LibraryError, ServerUnreachable
from assistant.settings import redacted

if TYPE_CHECKING:
    import psycopg
    from psycopg_pool import ConnectionPool

# Seconds to wait for a connection to be made, and for one of the pool: a server that is there answers in milliseconds.
PATIENCE = 10
_TURN = 3.0
_ATTEMPTS = 0.3
# Questions that are answered at a time, and a bot's workers, take turns on so many connections.
_MOST_CONNECTIONS = 12
# Each side sees by itself, after about a minute, that the machine of the other is gone: this one by libpq's settings, the server, which
# would keep the locks of such a machine for two hours, by those of its own for the connection. Times in seconds, the last in milliseconds.
KEEPALIVE: dict[str, Any] = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3, "tcp_user_timeout": 20_000}
_SERVER_SIDE = {"tcp_keepalives_idle": 30, "tcp_keepalives_interval": 10, "tcp_keepalives_count": 3, "tcp_user_timeout": 20_000}
# The name under which two processes agree on a lock is this, and what is locked.
_LOCKS = "biotech-assistant"
_POLL = 0.05


class Server:
    """The database at ``url``, whose tables are brought up to date when it is first needed; nothing is connected before.

    Raises LibraryError where psycopg is not installed or ``url`` cannot be read, and LibraryTooNew where a newer program made the tables.
    """

    def __init__(self, url: str) -> None:
        require_client()
        self.url = url
        self._pool: ConnectionPool[Any] | None = None
        self._opening = threading.Lock()
        self.place = place(url)

    @contextmanager
    def connection(self) -> Iterator[psycopg.Connection[Any]]:
        """A connection of the pool; each statement is committed by itself."""
        from psycopg_pool import PoolTimeout

        with translated(self.place):
            with self._opening:
                self._pool = self._pool or self._opened()
            try:
                with self._pool.connection() as connection:
                    yield connection
            except PoolTimeout as error:
                self.alone().close()  # says why there is none, where the server is away
                raise ServerUnreachable(
                    f"PostgreSQL at {self.place} is busy: none of this process's {_MOST_CONNECTIONS} connections was free within "
                    f"{_TURN:.0f} seconds; ask again, or ask less at a time"
                ) from error

    @contextmanager
    def transaction(self) -> Iterator[psycopg.Connection[Any]]:
        """A connection within a transaction, which is undone where the block raises."""
        with self.connection() as connection, connection.transaction():
            yield connection

    def rows(self, query: str, values: Sequence[object] | dict[str, object] = ()) -> list[tuple[Any, ...]]:
        """What ``query`` finds."""
        with self.connection() as connection:
            return connection.execute(query.encode(), values).fetchall()

    def alone(self) -> psycopg.Connection[Any]:
        """A connection outside the pool, for locks that last as long as it; close it."""
        import psycopg

        with translated(self.place):
            connection = psycopg.connect(self.url, autocommit=True, connect_timeout=PATIENCE, **KEEPALIVE)
            _watch(connection)
            return connection

    def close(self) -> None:
        """Closes all connections of the pool."""
        if self._pool:
            self._pool.close()
            self._pool = None

    def _opened(self) -> ConnectionPool[Any]:
        from psycopg_pool import ConnectionPool

        from assistant.database.migrations import bring_up_to_date

        bring_up_to_date(self)  # a server that is away is told at once here, where a pool would try for long
        return ConnectionPool(
            self.url,
            kwargs={"autocommit": True, "connect_timeout": PATIENCE, **KEEPALIVE},
            configure=_watch,
            min_size=1,
            max_size=_MOST_CONNECTIONS,
            timeout=_TURN,
            # The pool's own attempts come ever more seldom, and whoever asks next waits for them; so each gives up at once.
            reconnect_timeout=_ATTEMPTS,
            # Connections that a restart of the server has ended are made anew before they are handed out.
            check=ConnectionPool.check_connection,
            open=True,
        )


def _watch(connection: psycopg.Connection[Any]) -> None:
    """Has the server look whether this machine is still there."""
    settings = ", ".join(f"set_config('{name}', '{value}', false)" for name, value in _SERVER_SIDE.items())
    connection.execute(f"SELECT {settings}".encode())


def require_client() -> None:
    """Raises LibraryError where the extra for shared stores is not installed."""
    if find_spec("psycopg_pool") is None:
        raise LibraryError("a shared store needs psycopg; install it with: pip install 'biotech-assistant[shared]'")


@contextmanager
def translated(where: str) -> Iterator[None]:
    """What psycopg raises is a LibraryError that says what to do; ServerUnreachable where the server is away."""
    import psycopg
    from psycopg_pool import PoolClosed, PoolTimeout

    try:
        yield
    except (PoolTimeout, PoolClosed, psycopg.OperationalError, psycopg.InterfaceError) as error:
        raise ServerUnreachable(
            f"PostgreSQL at {where} cannot be used: {_reason(error)}; start it, or set ASSISTANT_DATABASE_URL right"
        ) from error
    except psycopg.Error as error:
        raise LibraryError(f"PostgreSQL at {where} refused what was asked: {_reason(error)}") from error


def _reason(error: Exception) -> str:
    lines = [line.strip() for line in redacted(str(error)).splitlines() if line.strip()]
    return lines[0] if lines else type(error).__name__


def lock_now(connection: psycopg.Connection[Any], name: str, *, shared: bool = False) -> bool:
    """Takes the lock ``name`` for as long as the connection lasts, where it is free; whether it was."""
    function = "pg_try_advisory_lock_shared" if shared else "pg_try_advisory_lock"
    row = connection.execute(f"SELECT {function}(hashtextextended(%s, 0))".encode(), (f"{_LOCKS} {name}",)).fetchone()
    return bool(row and row[0])


def lock(connection: psycopg.Connection[Any], name: str, *, shared: bool = False) -> None:
    """Takes the lock ``name`` as soon as it is free.

    It is asked for again and again: an index that is made beside other work waits for statements that wait, as a lock's would.
    """
    while not lock_now(connection, name, shared=shared):
        time.sleep(_POLL)


def unlock(connection: psycopg.Connection[Any], name: str, *, shared: bool = False) -> None:
    """Lets the lock ``name`` go."""
    function = "pg_advisory_unlock_shared" if shared else "pg_advisory_unlock"
    connection.execute(f"SELECT {function}(hashtextextended(%s, 0))".encode(), (f"{_LOCKS} {name}",))


def lock_until_end(connection: psycopg.Connection[Any], name: str) -> None:
    """Takes the lock ``name`` until the transaction ends; waits for it."""
    connection.execute(b"SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (f"{_LOCKS} {name}",))
