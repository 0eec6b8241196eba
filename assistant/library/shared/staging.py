"""One ingest of a shared store: what it adds lies beside what is published, and becomes visible as a whole or not at all.

Several ingests may run at a time. What one stages is named by its content, so two that bring the same document do the work twice and
nothing else; what becomes of it is decided when it is published, one ingest after the other. While an ingest runs it holds the lock
``ingests`` together with others. Who gets that lock alone knows that everything unpublished is left over from one that was killed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from assistant.database.server import Server, lock, lock_now, translated, unlock
from assistant.errors import ReadingError
from assistant.library.catalogue import text_digest
from assistant.library.shared.sweeping import sweep
from assistant.library.shared.terms import indexed
from assistant.values import Document, Passage

if TYPE_CHECKING:
    import psycopg

    from assistant.library.encoder import Vectors
    from assistant.library.shared.vectors import SharedVectors

_LOCK = "ingests"
_MISSING = """
FROM passages p JOIN documents d ON d.key = p.document
WHERE d.ingest = %s AND d.since IS NULL AND NOT EXISTS (SELECT FROM vectors v WHERE v.key = p.key)
"""


class Staging:
    """The rows of an ingest that is not published yet; ``connection`` holds its lock, so that it ends with it."""

    def __init__(self, connection: psycopg.Connection[Any], number: int, vectors: SharedVectors) -> None:
        self.connection = connection
        self.ingest = number
        self._vectors = vectors

    def add(self, document: Document, text: str, passages: Sequence[Passage], facts: Sequence[str], facts_version: str) -> int:
        """Stages a document; the key of its row. Raises ReadingError where PostgreSQL cannot store its text."""
        if "\0" in text:
            raise ReadingError(f"{document.path} holds NUL characters, which a shared store cannot keep")
        with self.connection.transaction():
            self.keep_text(document, text)
            key = self._row(
                b"INSERT INTO documents (id, ingest, facts_version) VALUES (%s, %s, %s) RETURNING key",
                document.id,
                self.ingest,
                facts_version,
            )
            with self.connection.cursor() as cursor:
                cursor.executemany(
                    b'INSERT INTO passages (document, id, start, "end", text, key, page, section, columns, length, tokens, terms) '
                    b"VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, array_to_tsvector(%s::text[]))",
                    [_passage_row(key, passage) for passage in passages],
                )
                cursor.executemany(b"INSERT INTO facts VALUES (%s, %s, %s)", [(key, number, json) for number, json in enumerate(facts)])
        return key

    def keep_text(self, document: Document, text: str) -> None:
        """Stores a text under its document's id, unless it is there; without more nothing shows it."""
        self.connection.execute(
            b"INSERT INTO texts VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
            (document.id, document.title, document.date, document.sha256, document.characters, text),
        )

    def missing_count(self) -> int:
        """How many texts of staged passages have no vector yet."""
        return self._row(f"SELECT count(DISTINCT p.key) {_MISSING}".encode(), self.ingest)

    def missing_texts(self, most: int) -> dict[str, str]:
        """Key → text in its context of up to ``most`` staged passages that have no vector yet."""
        query = f"SELECT DISTINCT ON (p.key) p.key, p.columns, p.text {_MISSING} LIMIT %s".encode()
        rows = self.connection.execute(query, (self.ingest, most)).fetchall()
        return {key: text if columns is None else f"{columns}\n{text}" for key, columns, text in rows}

    def set_vectors(self, vectors: Mapping[str, Vectors]) -> None:
        """Adds vectors by the key of their text, first to Chroma: what PostgreSQL has of them, Chroma has too."""
        import numpy as np

        if not vectors:
            return
        self._vectors.add(list(vectors), np.stack(list(vectors.values())))
        with self.connection.transaction(), self.connection.cursor() as cursor:
            rows = [(key, vector.astype("<f4").tobytes()) for key, vector in vectors.items()]
            cursor.executemany(b"INSERT INTO vectors VALUES (%s, %s) ON CONFLICT DO NOTHING", rows)

    def _row(self, query: bytes, *values: object) -> int:
        row = self.connection.execute(query, values).fetchone()
        return int(row[0]) if row else 0


@contextmanager
def staging(server: Server, vectors: SharedVectors) -> Iterator[Staging]:
    """A new ingest, after clearing away what killed ones left where no other ingest is under way."""
    with closing(server.alone()) as connection, translated(server.place):
        if lock_now(connection, _LOCK):
            sweep(connection, vectors)
            unlock(connection, _LOCK)
        lock(connection, _LOCK, shared=True)
        row = connection.execute(b"INSERT INTO ingests DEFAULT VALUES RETURNING id").fetchone()
        yield Staging(connection, row[0] if row else 0, vectors)


def _passage_row(document: int, passage: Passage) -> tuple[object, ...]:
    terms = indexed(passage.in_context)
    place = (document, passage.id, passage.start, passage.end, passage.text, text_digest(passage.in_context))
    return (*place, passage.page, passage.section, passage.columns, terms.length, terms.tokens, list(terms.lexemes))
