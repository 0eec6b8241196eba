"""The tables of a shared store, made and brought up to date by the numbered files in ``tables``; there is no way back."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.database.address import parameters
from assistant.database.server import KEEPALIVE, PATIENCE, Server, lock, translated, unlock
from assistant.errors import LibraryTooNew

if TYPE_CHECKING:
    import psycopg

_FOLDER = Path(__file__).parent / "tables"
# Where yoyo notes which of the files were carried out.
_NOTED = "_yoyo_migration"
_DRIVER = "postgresql+psycopg"
_LOCK = "tables"


def known() -> frozenset[str]:
    """The names of all steps that this version knows."""
    return frozenset(file.stem for file in _FOLDER.glob("*.sql"))


def bring_up_to_date(server: Server) -> None:
    """Carries out the steps that the database lacks; one process at a time, each step in a transaction.

    Raises LibraryTooNew where a newer program has made steps that this one does not know.
    """
    with closing(server.alone()) as connection, translated(server.place):
        if not _missing(connection):
            return
        lock(connection, _LOCK)
        try:
            if _missing(connection):  # nobody was quicker
                _carry_out(server.url)
        finally:
            unlock(connection, _LOCK)


def _missing(connection: psycopg.Connection[Any]) -> frozenset[str]:
    there = connection.execute(b"SELECT to_regclass(%s) IS NOT NULL", (_NOTED,)).fetchone()
    done = set()
    if there and there[0]:
        done = {row[0] for row in connection.execute(f"SELECT migration_id FROM {_NOTED}".encode())}
    if newer := sorted(done - known()):
        raise LibraryTooNew(
            f"the shared store was made by a newer version of this program (step {newer[-1]}); upgrade, or name another database "
            "with ASSISTANT_DATABASE_URL"
        )
    return known() - done


def _carry_out(url: str) -> None:
    # Its own lock outlives a process that is killed, so ours stands in its place.
    from yoyo import read_migrations
    from yoyo.backends import get_backend_class
    from yoyo.connections import DatabaseURI
    from yoyo.migrations import default_migration_table

    # What libpq reads in an address, several hosts among it, goes to the driver as it is: yoyo's own reading knows less.
    given = {**parameters(url), "connect_timeout": PATIENCE, **KEEPALIVE}
    address = DatabaseURI(_DRIVER, username=None, password=None, hostname=None, port=None, database=given.get("dbname"), args=given)
    backend = get_backend_class(_DRIVER)(address, default_migration_table)
    backend.init_database()
    with closing(backend.connection):
        backend.apply_migrations(backend.to_apply(read_migrations(str(_FOLDER))))
