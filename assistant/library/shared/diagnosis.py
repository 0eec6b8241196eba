"""Does each server of a shared store answer, and which version is it? For ``assistant doctor``."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from assistant.database.server import Server
from assistant.library.shared.vectors import connected, place, translated

if TYPE_CHECKING:
    from assistant.settings import SharedStore


def postgres_version(store: SharedStore) -> str:
    """Where PostgreSQL is and which version; raises LibraryError where it does not answer or its tables do not fit."""
    with closing(Server(store.database_url)) as server:
        return f"{server.rows('SHOW server_version')[0][0]} at {server.place}"


def chroma_version(store: SharedStore) -> str:
    """Where Chroma is and which version; raises ServerUnreachable where it does not answer."""
    with translated(store):
        return f"{connected(store).get_version()} at {place(store)}"
