"""The documents of a shared store as they were when an ingest was published."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from assistant.database.server import Server
from assistant.errors import LibraryDamaged
from assistant.library.catalogue import Source
from assistant.values import Document, Passage

if TYPE_CHECKING:
    from assistant.library.encoder import Vectors

# Rows of the table that is called d in a query, as of the ingest with the number ``at``.
VISIBLE = "d.since <= %(at)s AND (d.until IS NULL OR d.until > %(at)s)"
_DOCUMENT_FIELDS = ("id", "title", "date", "path", "sha256", "characters", "url", "superseded_by")
_READ = VISIBLE.replace("d.", "s.")
_DOCUMENT = f"""
SELECT t.id, t.title, t.date, coalesce(
    (SELECT s.path FROM sources s WHERE s.document = t.id AND {_READ} ORDER BY s.position LIMIT 1), d.old_path, ''
), t.sha256, t.characters, coalesce(
    (SELECT s.url FROM sources s WHERE s.document = t.id AND {_READ} AND s.url IS NOT NULL ORDER BY s.position LIMIT 1),
    d.old_url
), d.superseded_by
FROM documents d JOIN texts t ON t.id = d.id WHERE {VISIBLE}
"""
_PASSAGE_FIELDS = 'p.id, d.id, p.start, p."end", p.text, p.page, p.section, p.columns'
_PASSAGES = f"FROM passages p JOIN documents d ON d.key = p.document WHERE {VISIBLE}"


class SharedCatalogue:
    """What was published with the ingest ``number`` or before, and not taken back until then. Usable from several threads."""

    def __init__(self, server: Server, number: int) -> None:
        self._server = server
        self.number = number

    def meta(self, name: str) -> str:
        """``encoder``, ``spelling`` or ``facts_version`` of the whole store; the latter is empty where documents differ in it."""
        if name == "facts_version":
            rows = self._rows(f"SELECT DISTINCT d.facts_version FROM documents d WHERE d.superseded_by IS NULL AND {VISIBLE}")
            return str(rows[0][0]) if len(rows) == 1 else ""
        return str(self._rows(f"SELECT coalesce({name}, '') FROM store")[0][0])

    def has_other_facts(self, version: str) -> bool:
        """Whether another version of the extractor than this one made facts of any document."""
        query = f"SELECT 1 FROM documents d WHERE d.superseded_by IS NULL AND d.facts_version <> %(version)s AND {VISIBLE} LIMIT 1"
        return bool(self._rows(query, version=version))

    def documents(self) -> tuple[Document, ...]:
        """The documents in the order in which they were added, without superseded versions."""
        return self._present

    def superseded(self) -> tuple[Document, ...]:
        """The versions whose place another took, in the order in which they were added."""
        return tuple(map(_document, self._rows(f"{_DOCUMENT} AND d.superseded_by IS NOT NULL ORDER BY d.position")))

    @cached_property
    def _present(self) -> tuple[Document, ...]:
        return tuple(map(_document, self._rows(f"{_DOCUMENT} AND d.superseded_by IS NULL ORDER BY d.position")))

    def documents_named(self, ids: Iterable[str]) -> tuple[Document, ...]:
        """The documents with these ids, superseded versions too."""
        return tuple(map(_document, self._rows(f"{_DOCUMENT} AND d.id = ANY(%(ids)s)", ids=list(ids))))

    def has(self, document_id: str) -> bool:
        """Whether this is a document that no other version superseded."""
        query = f"SELECT 1 FROM documents d WHERE d.id = %(id)s AND d.superseded_by IS NULL AND {VISIBLE}"
        return bool(self._rows(query, id=document_id))

    def titles(self, ids: Iterable[str]) -> dict[str, str]:
        """Document id → title."""
        return dict(self._rows("SELECT id, title FROM texts WHERE id = ANY(%(ids)s)", ids=list(ids)))

    def text(self, document_id: str) -> str | None:
        """The canonical text, or None for an unknown document."""
        rows = self._rows(f"SELECT t.text FROM documents d JOIN texts t ON t.id = d.id WHERE d.id = %(id)s AND {VISIBLE}", id=document_id)
        return str(rows[0][0]) if rows else None

    def source(self, location: str) -> Source | None:
        """What was read from a place, or None."""
        query = f"SELECT document, url, file_sha256, reader FROM sources d WHERE location = %(location)s AND {VISIBLE}"
        rows = self._rows(query, location=location)
        return Source(*rows[0]) if rows else None

    def sources(self) -> list[tuple[str, str, Source]]:
        """Location, path and source of everything that was read, in the order in which it was."""
        query = f"SELECT location, path, document, url, file_sha256, reader FROM sources d WHERE {VISIBLE} ORDER BY position"
        return [(row[0], row[1], Source(*row[2:])) for row in self._rows(query)]

    def facts_of(self, document_id: str) -> tuple[str, ...]:
        """The facts of one document."""
        query = f"SELECT f.json FROM facts f JOIN documents d ON d.key = f.document WHERE d.id = %(id)s AND {VISIBLE} ORDER BY f.number"
        return tuple(row[0] for row in self._rows(query, id=document_id))

    def facts(self) -> tuple[str, ...]:
        """All facts in document order."""
        return self._facts

    @cached_property
    def _facts(self) -> tuple[str, ...]:
        query = f"SELECT f.json FROM facts f JOIN documents d ON d.key = f.document WHERE {VISIBLE} ORDER BY d.position, f.number"
        return tuple(row[0] for row in self._rows(query))

    def passages(self, document_id: str) -> tuple[Passage, ...]:
        """The passages of a document in order."""
        rows = self._rows(f"SELECT {_PASSAGE_FIELDS} {_PASSAGES} AND d.id = %(id)s ORDER BY p.start", id=document_id)
        return tuple(map(_passage, rows))

    def passages_named(self, ids: Iterable[str]) -> dict[str, Passage]:
        """The passages with these ids, by id."""
        rows = self._rows(f"SELECT {_PASSAGE_FIELDS} {_PASSAGES} AND p.id = ANY(%(ids)s)", ids=list(ids))
        return {row[0]: _passage(row) for row in rows}

    def passage_keys(self, documents: Iterable[str] | None = None) -> dict[str, str]:
        """Passage id → key of its vector, of some documents or of all."""
        within = "" if documents is None else "AND d.id = ANY(%(ids)s)"
        return dict(self._rows(f"SELECT p.id, p.key {_PASSAGES} {within}", ids=list(documents or ())))

    def with_keys(self, keys: Sequence[str]) -> dict[str, list[str]]:
        """Key of a vector → the passages that have it."""
        found: dict[str, list[str]] = {}
        for key, name in self._rows(f"SELECT p.key, p.id {_PASSAGES} AND p.key = ANY(%(keys)s) ORDER BY p.id", keys=list(keys)):
            found.setdefault(key, []).append(name)
        return found

    def vectors(self, ids: Sequence[str]) -> Vectors:
        """The vectors of passages, float32 [n, dimensions], in the order of ``ids``, which must all exist."""
        import numpy as np

        query = "SELECT p.id, v.vector FROM passages p JOIN documents d ON d.key = p.document JOIN vectors v ON v.key = p.key WHERE "
        found = dict(self._rows(f"{query} {VISIBLE} AND p.id = ANY(%(ids)s)", ids=list(ids)))
        try:
            return np.stack([np.frombuffer(found[passage], dtype="<f4") for passage in ids])
        except (KeyError, ValueError) as error:
            raise LibraryDamaged("the shared store lacks vectors of its passages; run: assistant library rebuild") from error

    def vectors_with(self, keys: Iterable[str]) -> dict[str, Vectors]:
        """Key → vector, of those of ``keys`` that have one."""
        import numpy as np

        rows = self._rows("SELECT key, vector FROM vectors WHERE key = ANY(%(keys)s)", keys=list(keys))
        return {key: np.frombuffer(vector, dtype="<f4") for key, vector in rows}

    def _rows(self, query: str, **values: object) -> list[tuple[Any, ...]]:
        return self._server.rows(query, {"at": self.number, **values})


def _document(row: Sequence[Any]) -> Document:
    return Document(**dict(zip(_DOCUMENT_FIELDS, row, strict=True)))


def _passage(row: Sequence[Any]) -> Passage:
    return Passage(id=row[0], document=row[1], start=row[2], end=row[3], text=row[4], page=row[5], section=row[6], columns=row[7])
