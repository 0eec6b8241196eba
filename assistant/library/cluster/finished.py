"""What workers finished of an ``add`` that is not published yet, kept in the home so that one that was killed need not be done again."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import LibraryError
from assistant.home import make_file
from assistant.library.catalogue import text_digest
from assistant.library.prepared import Prepared
from assistant.library.readers import Reading
from assistant.values import Passage

if TYPE_CHECKING:
    from assistant.library.encoder import Vectors

FILE = "finished.sqlite"
# How long a result is kept for a killed command to be given again, as SQLite adds it to a date.
_KEPT = "-30 days"


@dataclass(frozen=True, slots=True)
class Finished:
    """A file that was read, prepared and encoded; ``vectors`` are those of its passages, float32 [passages, dimensions]."""

    reading: Reading
    prepared: Prepared
    vectors: Vectors

    def by_key(self) -> dict[str, Vectors]:
        """The vectors by the keys of their texts."""
        keys = [text_digest(passage.in_context) for passage in self.prepared.passages]
        return dict(zip(keys, self.vectors, strict=True))

    def packed(self) -> bytes:
        """For ``unpacked``: a line of JSON, and the vectors' bytes."""
        passages = [passage.model_dump() for passage in self.prepared.passages]
        parts = {"reading": asdict(self.reading), "passages": passages, "facts": self.prepared.facts, "shape": self.vectors.shape}
        return json.dumps(parts).encode("ascii") + b"\n" + self.vectors.astype("<f4").tobytes()

    @classmethod
    def unpacked(cls, data: bytes) -> Finished:
        """What ``packed`` gave."""
        import numpy as np

        line, _, vectors = data.partition(b"\n")
        parts = json.loads(line)
        prepared = Prepared(tuple(Passage(**passage) for passage in parts["passages"]), tuple(parts["facts"]))
        return cls(Reading(**parts["reading"]), prepared, np.frombuffer(vectors, dtype="<f4").reshape(parts["shape"]))


class FinishedWork:
    """Packed results by a digest of what they were made of; one process uses it from one thread, several processes at a time may."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def known(self, keys: Iterable[str]) -> frozenset[str]:
        """Those of ``keys`` that are there."""
        there = {row[0] for row in self._connection.execute("SELECT key FROM finished")}
        return frozenset(there.intersection(keys))

    def get(self, key: str) -> bytes | None:
        """The result, or None where another process has published it meanwhile."""
        row = self._connection.execute("SELECT packed FROM finished WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def keep(self, key: str, packed: bytes) -> None:
        """Keeps a result, from now on."""
        self._connection.execute("INSERT OR REPLACE INTO finished (key, packed) VALUES (?, ?)", (key, packed))

    def forget(self, keys: Iterable[str]) -> None:
        """Removes what was published."""
        self._connection.executemany("DELETE FROM finished WHERE key = ?", ((key,) for key in keys))


@contextmanager
def finished_work(home: Path) -> Iterator[FinishedWork]:
    """What is kept in ``home``. Raises LibraryError where it cannot be read or written."""
    file = home / FILE
    make_file(file)
    try:
        # Each statement is on its way to the disk at once, which a killed process does not change.
        connection = sqlite3.connect(file, isolation_level=None, timeout=60)
        try:
            connection.execute("PRAGMA auto_vacuum = FULL")  # what was published gives its room back
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS finished "
                "(key TEXT PRIMARY KEY, packed BLOB NOT NULL, made TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP)"
            )
            connection.execute("DELETE FROM finished WHERE made < datetime('now', ?)", (_KEPT,))
            yield FinishedWork(connection)
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise LibraryError(f"what workers finished cannot be kept in {file} ({error}); make room, or remove that file") from error


def key_of(*parts: str | None) -> str:
    """A digest of everything that decides what comes out."""
    return hashlib.sha256(json.dumps(parts).encode("ascii")).hexdigest()
