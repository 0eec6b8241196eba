"""The catalogue: documents, passages, facts and vectors in one SQLite file, the library's source of truth."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from assistant.errors import LibraryDamaged, LibraryError, LibraryTooNew
from assistant.values import Document, Passage

if TYPE_CHECKING:
    from assistant.library.encoder import Vectors

FILE = "catalogue.sqlite"
# Goes up by one whenever an older program could not read what a newer one writes.
SCHEMA_VERSION = 2

_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, date TEXT,
    sha256 TEXT NOT NULL UNIQUE, characters INTEGER NOT NULL, text TEXT NOT NULL);
CREATE TABLE sources (number INTEGER PRIMARY KEY AUTOINCREMENT, location TEXT NOT NULL UNIQUE, path TEXT NOT NULL,
    document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE);
CREATE INDEX sources_by_document ON sources (document);
CREATE TABLE passages (id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL, key TEXT NOT NULL,
    page INTEGER, section TEXT);
CREATE INDEX passages_by_place ON passages (document, start);
CREATE INDEX passages_by_key ON passages (key);
CREATE TABLE facts (document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE, number INTEGER NOT NULL, json TEXT NOT NULL,
    PRIMARY KEY (document, number)) WITHOUT ROWID;
CREATE TABLE vectors (key TEXT PRIMARY KEY, vector BLOB NOT NULL);
"""
_DOCUMENT = (
    "SELECT id, title, date, (SELECT path FROM sources WHERE document = documents.id ORDER BY number LIMIT 1), sha256, characters "
    "FROM documents"
)
_PASSAGE = 'SELECT id, document, start, "end", text, page, section FROM passages'
# What older catalogues lack, by the version that brought it: statements that change one into that version.
_MIGRATIONS = {2: ("ALTER TABLE passages ADD COLUMN page INTEGER", "ALTER TABLE passages ADD COLUMN section TEXT")}
# How a passage is read from a catalogue that is not to be changed and has no places yet.
_PASSAGE_1 = 'SELECT id, document, start, "end", text, NULL, NULL FROM passages'
# SQLite takes at least this many parameters in one statement.
_PARAMETERS = 900


def text_digest(text: str) -> str:
    """SHA-256 of a canonical text as UTF-8; for a UTF-8 file with plain line ends it is the file's own."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class Catalogue:
    """One catalogue file. Open it with ``reading`` or ``writing``; calls must not overlap in time.

    Raises LibraryDamaged where the file cannot be read, LibraryError where it cannot be written.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._passage_query = _PASSAGE

    @classmethod
    @contextmanager
    def create(cls, folder: Path) -> Iterator[Catalogue]:
        """A new, empty catalogue in ``folder``; committed when the block ends well."""
        with _translated():
            connection = sqlite3.connect(folder / FILE)
            connection.executescript(_SCHEMA)
            connection.execute("INSERT INTO meta VALUES ('schema_version', ?)", (str(SCHEMA_VERSION),))
            connection.commit()
            connection.close()
        with cls.writing(folder) as catalogue:
            yield catalogue

    @classmethod
    def reading(cls, folder: Path) -> Catalogue:
        """The catalogue of a published generation. Raises LibraryTooNew where a newer program made it."""
        with _translated():
            # immutable: a published file does not change, so SQLite needs no locks and no write access.
            uri = f"file:{quote(str((folder / FILE).resolve()))}?mode=ro&immutable=1"
            catalogue = cls(sqlite3.connect(uri, uri=True, check_same_thread=False))
            if catalogue._checked_version() == 1:
                catalogue._passage_query = _PASSAGE_1
        return catalogue

    @classmethod
    @contextmanager
    def writing(cls, folder: Path) -> Iterator[Catalogue]:
        """The catalogue of a generation that is being made; committed when the block ends well."""
        with _translated():
            uri = f"file:{quote(str((folder / FILE).resolve()))}?mode=rw"
            catalogue = cls(sqlite3.connect(uri, uri=True))
            version = catalogue._checked_version()
            catalogue._connection.execute("PRAGMA foreign_keys = ON")
            # The generation is synced as a whole before it is published.
            catalogue._connection.execute("PRAGMA synchronous = OFF")
            catalogue._migrate(version)
        try:
            yield catalogue
            with _translated():
                catalogue._connection.commit()
        finally:
            catalogue.close()

    def close(self) -> None:
        """Closes the file; what was not committed is lost."""
        self._connection.close()

    def _migrate(self, version: int) -> None:
        """Brings a catalogue of an older version to this one; passages of version 1 get their places when they are made again."""
        for newer in range(version + 1, SCHEMA_VERSION + 1):
            for statement in _MIGRATIONS[newer]:
                self._connection.execute(statement)
            self.note("schema_version", str(newer))

    def _checked_version(self) -> int:
        version = self.meta("schema_version")
        if not version.isdigit():
            raise LibraryDamaged("the library's catalogue does not say which version made it; run: assistant library rollback")
        if int(version) > SCHEMA_VERSION:
            raise LibraryTooNew(
                f"the library was made by a newer version of this program (its format is {version}, this one reads up to "
                f"{SCHEMA_VERSION}); upgrade, or name another folder with ASSISTANT_HOME"
            )
        return int(version)

    # what it says

    def meta(self, name: str) -> str:
        """A remark about the whole library, or the empty string."""
        rows = self._rows("SELECT value FROM meta WHERE name = ?", (name,))
        return str(rows[0][0]) if rows else ""

    def documents(self) -> tuple[Document, ...]:
        """All documents in the order in which they were added."""
        names = ("id", "title", "date", "path", "sha256", "characters")
        return tuple(Document(**dict(zip(names, row, strict=True))) for row in self._rows(f"{_DOCUMENT} ORDER BY number"))

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

    def source(self, location: str) -> str | None:
        """The id of the document that was read from a place, or None."""
        rows = self._rows("SELECT document FROM sources WHERE location = ?", (location,))
        return str(rows[0][0]) if rows else None

    def facts(self) -> tuple[str, ...]:
        """All facts in document order."""
        query = "SELECT json FROM facts JOIN documents ON id = document ORDER BY documents.number, facts.number"
        return tuple(row[0] for row in self._rows(query))

    def passages(self, document_id: str) -> tuple[Passage, ...]:
        """The passages of a document in order."""
        return tuple(map(_passage, self._rows(f"{self._passage_query} WHERE document = ? ORDER BY start", (document_id,))))

    def passages_named(self, ids: Iterable[str]) -> dict[str, Passage]:
        """The passages with these ids, by id."""
        rows = self._in(f"{self._passage_query} WHERE id IN", ids)
        return {row[0]: _passage(row) for row in rows}

    def passage_keys(self, documents: Iterable[str] | None = None) -> dict[str, str]:
        """Passage id → key of its vector, of some documents or of all."""
        if documents is None:
            rows = self._rows("SELECT id, key FROM passages")
        else:
            rows = self._in("SELECT id, key FROM passages WHERE document IN", documents)
        return {row[0]: row[1] for row in rows}

    def missing_texts(self) -> dict[str, str]:
        """Key → text of the passages that have no vector yet."""
        query = "SELECT key, text FROM passages WHERE key NOT IN (SELECT key FROM vectors)"
        return {row[0]: row[1] for row in self._rows(query)}

    def vectors(self, ids: Sequence[str]) -> Vectors:
        """The vectors of passages, float32 [n, dimensions], in the order of ``ids``, which must all exist."""
        import numpy as np  # noqa: PLC0415 - the catalogue is read without it

        rows = self._in("SELECT passages.id, vector FROM passages JOIN vectors USING (key) WHERE passages.id IN", ids)
        found = {row[0]: row[1] for row in rows}
        try:
            return np.stack([np.frombuffer(found[passage], dtype="<f4") for passage in ids])
        except (KeyError, ValueError) as error:
            raise LibraryDamaged("the library lacks vectors of its passages; run: assistant library rebuild") from error

    def count(self, table: str) -> int:
        """Rows of ``documents``, ``passages``, ``facts`` or ``vectors``."""
        return int(self._rows(f"SELECT count(*) FROM {table}")[0][0])

    def integrity(self) -> str:
        """``ok``, or what SQLite finds wrong with the file."""
        return str(self._rows("PRAGMA quick_check(1)")[0][0])

    # what changes it

    def note(self, name: str, value: str) -> None:
        """Sets a remark about the whole library."""
        self._change("INSERT OR REPLACE INTO meta VALUES (?, ?)", [(name, value)])

    def add_document(self, document: Document, text: str) -> None:
        """Adds a document without its sources, passages and facts."""
        row = (document.id, document.title, document.date, document.sha256, document.characters, text)
        self._change("INSERT INTO documents (id, title, date, sha256, characters, text) VALUES (?, ?, ?, ?, ?, ?)", [row])

    def set_source(self, location: str, path: str, document_id: str) -> None:
        """Remembers that a document was read from ``location``, which the user called ``path``."""
        change = (
            "INSERT INTO sources (location, path, document) VALUES (?, ?, ?) "
            "ON CONFLICT (location) DO UPDATE SET document = excluded.document, path = excluded.path"
        )
        self._change(change, [(location, path, document_id)])

    def set_passages(self, document_id: str, passages: Sequence[Passage]) -> None:
        """Replaces the passages of a document."""
        self._change("DELETE FROM passages WHERE document = ?", [(document_id,)])
        rows = [(p.id, p.document, p.start, p.end, p.text, text_digest(p.text), p.page, p.section) for p in passages]
        self._change("INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def set_facts(self, document_id: str, facts: Sequence[str]) -> None:
        """Replaces the facts of a document."""
        self._change("DELETE FROM facts WHERE document = ?", [(document_id,)])
        self._change("INSERT INTO facts VALUES (?, ?, ?)", [(document_id, number, json) for number, json in enumerate(facts)])

    def set_vectors(self, vectors: Mapping[str, Vectors]) -> None:
        """Adds vectors by the key of their text."""
        self._change("INSERT OR REPLACE INTO vectors VALUES (?, ?)", [(key, v.astype("<f4").tobytes()) for key, v in vectors.items()])

    def forget_document(self, document_id: str) -> None:
        """Removes a document with all that belongs to it."""
        self._change("DELETE FROM documents WHERE id = ?", [(document_id,)])

    def forget_sourceless(self) -> None:
        """Removes the documents that no file holds any more."""
        self._change("DELETE FROM documents WHERE id NOT IN (SELECT document FROM sources)", [()])

    def forget_vectors(self, *, all_of_them: bool = False) -> None:
        """Removes the vectors that no passage needs, or all."""
        self._change("DELETE FROM vectors" if all_of_them else "DELETE FROM vectors WHERE key NOT IN (SELECT key FROM passages)", [()])

    def _rows(self, query: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with _translated():
            return self._connection.execute(query, parameters).fetchall()

    def _in(self, query: str, values: Iterable[str]) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = []
        wanted = list(values)
        for first in range(0, len(wanted), _PARAMETERS):
            some = wanted[first : first + _PARAMETERS]
            rows += self._rows(f"{query} ({','.join('?' * len(some))})", some)
        return rows

    def _change(self, statement: str, rows: Sequence[Sequence[object]]) -> None:
        with _translated():
            self._connection.executemany(statement, rows)


def _passage(row: Sequence[Any]) -> Passage:
    return Passage(id=row[0], document=row[1], start=row[2], end=row[3], text=row[4], page=row[5], section=row[6])


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        if "full" in str(error) or "readonly" in str(error) or "disk I/O" in str(error):
            raise LibraryError(f"the library cannot be written: {error}; what it held before is unchanged") from error
        raise LibraryDamaged(f"the library's catalogue cannot be read ({error}); run: assistant library rollback") from error
    except sqlite3.DatabaseError as error:
        raise LibraryDamaged(f"the library's catalogue is damaged ({error}); run: assistant library rollback") from error
