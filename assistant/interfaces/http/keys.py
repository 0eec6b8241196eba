"""API keys: made, listed, removed, and told from any other text. Only their hashes are kept, in the home or in a shared store.

A key has 256 random bits, which nobody can try out, so that one round of SHA-256 hides it as well as a slow hash hides a password; and
it is checked with every request, which a slow hash would make a burden.
"""

from __future__ import annotations

import hmac
import re
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.agent.store import tables
from assistant.errors import LibraryError, UsageError
from assistant.opening import library_store
from assistant.values import Value

if TYPE_CHECKING:
    from assistant.database.server import Server
    from assistant.settings import Settings

# What a key begins with, so that scanners for leaked secrets, and people, know one when they see it.
PREFIX = "biotech_"
_BYTES = 32
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
# Seconds until a running server knows of a key that was removed, and of one that was added.
OLDEST, NEWEST = 5.0, 1.0

_SCHEMA = "CREATE TABLE IF NOT EXISTS api_keys (name TEXT PRIMARY KEY, digest TEXT NOT NULL, made_at TEXT NOT NULL) WITHOUT ROWID"


class Key(Value):
    """A key as a list shows it; ``name`` is the program that has it, ``made_at`` ISO 8601 in UTC."""

    name: str
    made_at: str


class Keys:
    """The keys in ``home/keys.sqlite``, or on the ``server`` of a shared store. Usable from several threads and processes."""

    def __init__(self, home: Path, server: Server | None = None) -> None:
        self._store = tables(home / "keys.sqlite", server, "API keys", _SCHEMA)

    def add(self, name: str) -> str:
        """A new key for ``name``, which is told here and never again. Raises UsageError for a name that is taken or is none."""
        if not _NAME.fullmatch(name):
            raise UsageError(f"{name!r} is no name for a key; give up to 40 letters, digits and . _ - such as 'reports'")
        key = PREFIX + secrets.token_urlsafe(_BYTES)
        row = (name, _digest(key), datetime.now(UTC).isoformat(timespec="seconds"))
        with self._store.writing() as connection:
            statement = "INSERT INTO api_keys (name, digest, made_at) VALUES (?, ?, ?) ON CONFLICT (name) DO NOTHING"
            if connection.execute(statement, row).rowcount != 1:
                raise UsageError(f"there is a key {name!r}; remove it first, or choose another name")
        return key

    def all(self) -> tuple[Key, ...]:
        """The keys by name; what is kept of them would not let anybody in."""
        rows = self._store.rows("SELECT name, made_at FROM api_keys ORDER BY name")
        return tuple(Key(name=name, made_at=made_at) for name, made_at in rows)

    def remove(self, name: str) -> None:
        """Takes a key back; raises UsageError where there is none of that name."""
        with self._store.writing() as connection:
            if connection.execute("DELETE FROM api_keys WHERE name = ?", (name,)).rowcount != 1:
                raise UsageError(f"there is no key {name!r}; list them with: assistant serve keys list")

    def digests(self) -> dict[str, str]:
        """The hash of every key by its name."""
        return dict(self._store.rows("SELECT name, digest FROM api_keys"))


class Ring:
    """The keys as a running server knows them, read anew every few seconds: nobody makes the store work by trying keys."""

    def __init__(self, keys: Keys, clock: Callable[[], float] = time.monotonic) -> None:
        self._keys = keys
        self._clock = clock
        self._lock = threading.Lock()
        self._known: Mapping[str, str] = {}
        self._failure: LibraryError | None = None
        self._read = float("-inf")

    def holder(self, key: str) -> str | None:
        """Whose key this is; None where it is none. Raises LibraryError where the keys cannot be read."""
        digest = _digest(key)
        with self._lock:
            return self._find(digest, OLDEST) or self._find(digest, NEWEST)

    def _find(self, digest: str, age: float) -> str | None:
        """Whose digest it is, by what was read at most ``age`` seconds ago."""
        if self._clock() - self._read >= (NEWEST if self._failure else age):
            try:
                self._known, self._failure = self._keys.digests(), None
            except LibraryError as error:  # those who come meanwhile are told the same at once, and wait no turns for a server that is away
                self._failure = error
            self._read = self._clock()
        if self._failure:
            raise self._failure.with_traceback(None)
        # Every key is compared, each in the same time whatever it has in common with the one given.
        holders = [name for name, known in self._known.items() if hmac.compare_digest(known, digest)]
        return holders[0] if holders else None


@contextmanager
def keys_of(settings: Settings) -> Iterator[Keys]:
    """The keys of a home, or of the shared store that the settings name; the library is not opened for them."""
    with closing(library_store(settings)) as store:
        yield Keys(settings.home, store.server)


def _digest(key: str) -> str:
    return sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
