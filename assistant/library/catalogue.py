"""The catalogue: documents, passages, facts and vectors in one SQLite file, the library's source of truth."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from assistant.errors import LibraryDamaged, LibraryError, LibraryOutdated, LibraryTooNew
from assistant.library import schema
from assistant.values import Document, Passage

if TYPE_CHECKING:
    from assistant.library.encoder import Vectors

FILE = "catalogue.sqlite"
_DOCUMENT_FIELDS = ("id", "title", "date", "path", "sha256", "characters", "url", "superseded_by")
_DOCUMENT = (
    "SELECT id, title, date, coalesce((SELECT path FROM sources WHERE document = documents.id ORDER BY number LIMIT 1), old_path, ''), "
    "sha256, characters, "
    "coalesce((SELECT url FROM sources WHERE document = documents.id AND url IS NOT NULL ORDER BY number LIMIT 1), old_url), superseded_by "
    "FROM documents"
)
_PASSAGE_FIELDS = 'id, document, start, "end", text, page, section, columns'
_PASSAGE = f"SELECT {_PASSAGE_FIELDS} FROM passages"
_UNENCODED = "FROM passages WHERE key NOT IN (SELECT key FROM vectors)"
# SQLite takes at least this many parameters in one statement.
_PARAMETERS = 900


def text_digest(text: str) -> str:
    """SHA-256 of a canonical text as UTF-8; for a UTF-8 file with plain line ends it is the file's own."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Source:
    """A place that a document was read from: its file's SHA-256 and the version of the readers, where they are known."""

    document: str
    url: str | None
    file_sha256: str | None
    reader: str | None


class Catalogue:
    """One catalogue file, to be read; calls must not overlap in time.

    Raises LibraryDamaged where the file cannot be read, LibraryError where it cannot be written.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    def reading(cls, folder: Path) -> Catalogue:
        """The catalogue of a published generation.

        Raises LibraryTooNew where a newer program made it, LibraryOutdated where an older one did.
        """
        with translated():
            # immutable: a published file does not change, so SQLite needs no locks and no write access.
            uri = f"file:{quote(str((folder / FILE).resolve()))}?mode=ro&immutable=1"
            catalogue = cls(sqlite3.connect(uri, uri=True, check_same_thread=False))
            try:
                if catalogue.version() < schema.VERSION:
                    raise LibraryOutdated("the library was made by an older version of this program; run: assistant library rebuild")
            except BaseException:
                catalogue.close()
                raise
        return catalogue

    def close(self) -> None:
        """Closes the file; what was not committed is lost."""
        self._connection.close()

    def version(self) -> int:
        """The version of its tables; raises LibraryTooNew, and LibraryDamaged where it does not say."""
        version = self.meta("schema_version")
        if not version.isdigit() or int(version) < 1:
            raise LibraryDamaged("the library's catalogue does not say which version made it; run: assistant library rebuild")
        if int(version) > schema.VERSION:
            raise LibraryTooNew(
                f"the library was made by a newer version of this program (its format is {version}, this one reads up to "
                f"{schema.VERSION}); upgrade, or name another folder with ASSISTANT_HOME"
            )
        return int(version)

    def meta(self, name: str) -> str:
        """A remark about the whole library, or the empty string."""
        rows = self._rows("SELECT value FROM meta WHERE name = ?", (name,))
        return str(rows[0][0]) if rows else ""

    def documents(self) -> tuple[Document, ...]:
        """The documents in the order in which they were added, without superseded versions."""
        return self._documents("superseded_by IS NULL")

    def superseded(self) -> tuple[Document, ...]:
        """The versions whose place another took, in the order in which they were added."""
        return self._documents("superseded_by IS NOT NULL")

    def documents_named(self, ids: Iterable[str]) -> tuple[Document, ...]:
        """The documents with these ids, superseded versions too."""
        rows = self._in(f"{_DOCUMENT} WHERE id IN", ids)
        return tuple(map(_document, rows))

    def _documents(self, condition: str) -> tuple[Document, ...]:
        return tuple(map(_document, self._rows(f"{_DOCUMENT} WHERE {condition} ORDER BY number")))

    def titles(self, ids: Iterable[str]) -> dict[str, str]:
        """Document id → title."""
        return dict(self._in("SELECT id, title FROM documents WHERE id IN", ids))

    def text(self, document_id: str) -> str | None:
        """The canonical text, or None for an unknown document."""
        rows = self._rows("SELECT text FROM documents WHERE id = ?", (document_id,))
        return str(rows[0][0]) if rows else None

    def holds(self, document_id: str, sha256: str) -> bool:
        """Whether the stored text has this SHA-256."""
        return text_digest(self.text(document_id) or "") == sha256

    def source(self, location: str) -> Source | None:
        """What was read from a place, or None."""
        rows = self._rows("SELECT document, url, file_sha256, reader FROM sources WHERE location = ?", (location,))
        return Source(*rows[0]) if rows else None

    def has_source(self, document_id: str) -> bool:
        """Whether a place holds this document."""
        return bool(self._rows("SELECT 1 FROM sources WHERE document = ? LIMIT 1", (document_id,)))

    def sources(self) -> list[tuple[str, str, Source]]:
        """Location, path and source of everything that was read, in the order in which it was."""
        rows = self._rows("SELECT location, path, document, url, file_sha256, reader FROM sources ORDER BY number")
        return [(row[0], row[1], Source(*row[2:])) for row in rows]

    def facts_of(self, document_id: str) -> tuple[str, ...]:
        """The facts of one document."""
        return tuple(row[0] for row in self._rows("SELECT json FROM facts WHERE document = ? ORDER BY number", (document_id,)))

    def facts(self) -> tuple[str, ...]:
        """All facts in document order."""
        query = "SELECT json FROM facts JOIN documents ON id = document ORDER BY documents.number, facts.number"
        return tuple(row[0] for row in self._rows(query))

    def passages(self, document_id: str) -> tuple[Passage, ...]:
        """The passages of a document in order."""
        return tuple(map(_passage, self._rows(f"{_PASSAGE} WHERE document = ? ORDER BY start", (document_id,))))

    def passages_named(self, ids: Iterable[str]) -> dict[str, Passage]:
        """The passages with these ids, by id."""
        rows = self._in(f"{_PASSAGE} WHERE id IN", ids)
        return {row[0]: _passage(row) for row in rows}

    def passage_keys(self, documents: Iterable[str] | None = None) -> dict[str, str]:
        """Passage id → key of its vector, of some documents or of all."""
        if documents is None:
            rows = self._rows("SELECT id, key FROM passages")
        else:
            rows = self._in("SELECT id, key FROM passages WHERE document IN", documents)
        return {row[0]: row[1] for row in rows}

    def missing_texts(self, most: int) -> dict[str, str]:
        """Key → text in its context of up to ``most`` passages that have no vector yet."""
        rows = self._rows(f"SELECT {_PASSAGE_FIELDS}, key {_UNENCODED} GROUP BY key LIMIT ?", (most,))
        return {row[-1]: _passage(row).in_context for row in rows}

    def missing_count(self) -> int:
        """How many texts of passages have no vector yet."""
        return int(self._rows(f"SELECT count(DISTINCT key) {_UNENCODED}")[0][0])

    def vectors(self, ids: Sequence[str]) -> Vectors:
        """The vectors of passages, float32 [n, dimensions], in the order of ``ids``, which must all exist."""
        import numpy as np  # the catalogue is read without it

        rows = self._in("SELECT passages.id, vector FROM passages JOIN vectors USING (key) WHERE passages.id IN", ids)
        found = {row[0]: row[1] for row in rows}
        try:
            return np.stack([np.frombuffer(found[passage], dtype="<f4") for passage in ids])
        except (KeyError, ValueError) as error:
            raise LibraryDamaged("the library lacks vectors of its passages; run: assistant library rebuild") from error

    def vectors_with(self, keys: Iterable[str]) -> dict[str, Vectors]:
        """Key → vector, of those of ``keys`` that have one."""
        import numpy as np

        return {key: np.frombuffer(vector, dtype="<f4") for key, vector in self._in("SELECT key, vector FROM vectors WHERE key IN", keys)}

    def count(self, table: str) -> int:
        """Rows of ``documents``, ``passages``, ``facts`` or ``vectors``."""
        return int(self._rows(f"SELECT count(*) FROM {table}")[0][0])

    def integrity(self) -> str:
        """``ok``, or what SQLite finds wrong with the file."""
        return str(self._rows("PRAGMA integrity_check(1)")[0][0])

    def originals(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Table → row, column by column, of everything that cannot be made again: documents, their texts and their sources."""
        with translated():
            tables = self._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").fetchall()
            for (table,) in sorted(tables):
                if table not in schema.DERIVED:
                    rows = self._connection.execute(f"SELECT * FROM {table}")
                    names = [column[0] for column in rows.description]
                    yield from ((table, dict(zip(names, row, strict=True))) for row in rows)

    def _rows(self, query: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with translated():
            return self._connection.execute(query, parameters).fetchall()

    def _in(self, query: str, values: Iterable[str]) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = []
        wanted = list(values)
        for first in range(0, len(wanted), _PARAMETERS):
            some = wanted[first : first + _PARAMETERS]
            rows += self._rows(f"{query} ({','.join('?' * len(some))})", some)
        return rows


def _document(row: Sequence[Any]) -> Document:
    return Document(**dict(zip(_DOCUMENT_FIELDS, row, strict=True)))


def _passage(row: Sequence[Any]) -> Passage:
    return Passage(id=row[0], document=row[1], start=row[2], end=row[3], text=row[4], page=row[5], section=row[6], columns=row[7])


@contextmanager
def translated() -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        if "full" in str(error) or "readonly" in str(error) or "disk I/O" in str(error):
            raise LibraryError(f"the library cannot be written: {error}") from error
        raise LibraryDamaged(f"the library's catalogue cannot be read ({error}); run: assistant library rebuild") from error
    except sqlite3.DatabaseError as error:
        raise LibraryDamaged(f"the library's catalogue is damaged ({error}); run: assistant library rebuild") from error
