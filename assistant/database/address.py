"""The address of a shared store's database: what it names, and how it is told without user or password."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import Any

from assistant.errors import LibraryError

# Ports as libpq takes them: one, or one for each of several hosts.
_PORTS = re.compile(r"\d*(?:,\d*)*")


def parameters(url: str) -> dict[str, Any]:
    """libpq's parameters, by their names. Raises LibraryError where ``url`` cannot be read, in words without any part of it."""
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    try:
        found = conninfo_to_dict(url)
    except psycopg.Error:
        found = None
    if found is None or _is_torn(url, found):
        # What libpq says of such an address, or would ask a wrong host for, may be a part of the password.
        raise LibraryError(
            "ASSISTANT_DATABASE_URL is no address of a database; it is postgresql://user:password@host:5432/name, "
            "and in user and password characters such as / @ : % are percent-encoded (%2F %40 %3A %25)"
        )
    return found


def place(url: str) -> str:
    """Where a database is, in words without user or password; see ``parameters``."""
    found = parameters(url)
    hosts, ports = str(found.get("host") or "localhost").split(","), str(found.get("port") or 5432).split(",")
    servers = zip_longest(hosts, ports[: len(hosts)], fillvalue=ports[-1])
    return f"{','.join(f'{host}:{port or 5432}' for host, port in servers)}/{found.get('dbname', '')}"


def _is_torn(url: str, found: dict[str, Any]) -> bool:
    """Whether a character of the password was taken for the end of it, or of the host."""
    path = url.partition("://")[2].partition("?")[0].partition("/")[2]
    return "@" in path or "@" in str(found.get("host", "")) or not _PORTS.fullmatch(str(found.get("port", "")))
