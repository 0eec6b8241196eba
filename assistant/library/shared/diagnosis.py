"""Does each server of a shared store answer, and which version is it? For ``assistant doctor``."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from assistant.database.server import Server
from assistant.library.shared.vectors import connected, place, translated

if TYPE_CHECKING:
    from assistant.settings import SharedServers


def postgres_version(servers: SharedServers) -> str:
    """Where PostgreSQL is and which version; raises LibraryError where it does not answer or its tables do not fit."""
    with closing(Server(servers.database_url)) as server:
        return f"{server.rows('SHOW server_version')[0][0]} at {server.place}"


def chroma_version(servers: SharedServers) -> str:
    """Where Chroma is and which version; raises ServerUnreachable where it does not answer."""
    with translated(servers):
        return f"{connected(servers).get_version()} at {place(servers)}"
