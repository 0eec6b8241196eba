"""The catalogue of a generation that is being made: documents come, change and go."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from assistant.library import schema
from assistant.library.catalogue import FILE, Catalogue, Source, text_digest, translated
from assistant.values import Document, Passage

if TYPE_CHECKING:
    from assistant.library.encoder import Vectors

# Which passages came and went, so that what follows from them need not compare all there are. A passage that went and came again
# is in both.
_NOTES = """
CREATE TEMP TABLE came (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE went (id TEXT, key TEXT, PRIMARY KEY (id, key)) WITHOUT ROWID;
CREATE TEMP TRIGGER comes AFTER INSERT ON passages BEGIN INSERT OR IGNORE INTO came VALUES (new.id); END;
CREATE TEMP TRIGGER goes AFTER DELETE ON passages BEGIN INSERT OR IGNORE INTO went VALUES (old.id, old.key); END;
"""


class Revision(Catalogue):
    """A catalogue that can be changed. Raises LibraryError where the file cannot be written."""

    @classmethod
    @contextmanager
    def create(cls, folder: Path) -> Iterator[Revision]:
        """A new, empty catalogue in ``folder``; committed when the block ends well."""
        with translated():
            connection = sqlite3.connect(folder / FILE)
            schema.create(connection)
            connection.close()
        with cls.of(folder) as revision:
            yield revision

    @classmethod
    @contextmanager
    def of(cls, folder: Path) -> Iterator[Revision]:
        """The catalogue of a generation that is being made, brought up to date; committed when the block ends well."""
        with translated():
            uri = f"file:{quote(str((folder / FILE).resolve()))}?mode=rw"
            revision = cls(sqlite3.connect(uri, uri=True))
            revision._connection.execute("PRAGMA foreign_keys = ON")
            # The generation is synced as a whole before it is published.
            revision._connection.execute("PRAGMA synchronous = OFF")
            revision._connection.executescript(_NOTES)
            schema.migrate(revision._connection, revision.version())
        try:
            yield revision
            with translated():
                revision._connection.commit()
        finally:
            revision.close()

    def note(self, name: str, value: str) -> None:
        """Sets a remark about the whole library."""
        self._change("INSERT OR REPLACE INTO meta VALUES (?, ?)", [(name, value)])

    def add_document(self, document: Document, text: str) -> None:
        """Adds a document without its sources, passages and facts."""
        row = (document.id, document.title, document.date, document.sha256, document.characters, text)
        self._change("INSERT INTO documents (id, title, date, sha256, characters, text) VALUES (?, ?, ?, ?, ?, ?)", [row])

    def restore(self, originals: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
        """Writes rows that ``originals`` gave; what they say of the format is not theirs to say."""
        for table, row in originals:
            if not (table == "meta" and row["name"] == "schema_version"):
                columns, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
                self._change(f"INSERT OR REPLACE INTO {table} ({columns}) VALUES ({marks})", [tuple(row.values())])

    def set_source(self, location: str, path: str, source: Source) -> None:
        """Remembers what was read from ``location``, which the user called ``path``; a URL that was given before stays."""
        change = (
            "INSERT INTO sources (location, path, document, url, file_sha256, reader) VALUES (?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (location) DO UPDATE SET document = excluded.document, path = excluded.path, "
            "url = coalesce(excluded.url, url), file_sha256 = excluded.file_sha256, reader = excluded.reader"
        )
        self._change(change, [(location, path, source.document, source.url, source.file_sha256, source.reader)])

    def supersede(self, old: Document, document_id: str) -> None:
        """Takes ``old`` out of use in favour of another: its text stays, its passages and facts go."""
        self.set_passages(old.id, ())
        self.set_facts(old.id, ())
        change = "UPDATE documents SET superseded_by = ?, old_path = ?, old_url = ? WHERE id = ?"
        self._change(change, [(document_id, old.path, old.url, old.id)])

    def revive(self, document_id: str) -> None:
        """Puts a superseded version into use again; its passages and facts are to follow."""
        self._change("UPDATE documents SET superseded_by = NULL WHERE id = ?", [(document_id,)])

    def set_passages(self, document_id: str, passages: Sequence[Passage]) -> None:
        """Replaces the passages of a document."""
        self._change("DELETE FROM passages WHERE document = ?", [(document_id,)])
        rows = [(p.id, p.document, p.start, p.end, p.text, text_digest(p.in_context), p.page, p.section, p.columns) for p in passages]
        self._change("INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def set_facts(self, document_id: str, facts: Sequence[str]) -> None:
        """Replaces the facts of a document."""
        self._change("DELETE FROM facts WHERE document = ?", [(document_id,)])
        self._change("INSERT INTO facts VALUES (?, ?, ?)", [(document_id, number, json) for number, json in enumerate(facts)])

    def set_vectors(self, vectors: Mapping[str, Vectors]) -> None:
        """Adds vectors by the key of their text."""
        self._change("INSERT OR REPLACE INTO vectors VALUES (?, ?)", [(key, v.astype("<f4").tobytes()) for key, v in vectors.items()])

    def forget_document(self, document_id: str) -> None:
        """Removes a document with all that belongs to it, and the versions whose place it took."""
        change = (
            "DELETE FROM documents WHERE id IN (WITH RECURSIVE gone (id) AS "
            "(VALUES (?) UNION SELECT d.id FROM documents AS d JOIN gone ON d.superseded_by = gone.id) SELECT id FROM gone)"
        )
        self._change(change, [(document_id,)])

    def gone(self) -> list[str]:
        """The ids of the passages that were removed."""
        return [row[0] for row in self._rows("SELECT DISTINCT id FROM went")]

    def new(self) -> list[str]:
        """The ids of the passages that were added and are still there, in the order in which they were added."""
        return [row[0] for row in self._rows("SELECT id FROM passages WHERE id IN (SELECT id FROM came) ORDER BY rowid")]

    def forget_vectors(self, *, all_of_them: bool = False) -> None:
        """Removes the vectors of passages that were removed, where no other passage needs them, or all."""
        unneeded = "key IN (SELECT key FROM went) AND key NOT IN (SELECT key FROM passages)"
        self._change("DELETE FROM vectors" if all_of_them else f"DELETE FROM vectors WHERE {unneeded}", [()])

    def _change(self, statement: str, rows: Sequence[Sequence[object]]) -> None:
        with translated():
            self._connection.executemany(statement, rows)
