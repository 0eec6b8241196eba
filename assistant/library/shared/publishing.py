"""Makes an ingest of a shared store visible, in one transaction: what comes, what takes whose place, what goes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from assistant.database.server import Server, lock_until_end
from assistant.errors import LibraryError
from assistant.library.catalogue import Source
from assistant.library.shared.catalogue import SharedCatalogue
from assistant.library.shared.counting import count_on
from assistant.values import Document

if TYPE_CHECKING:
    import psycopg

    from assistant.library.shared.staging import Staging
    from assistant.library.store import Progress

_LOCK = "publishing"
_SHOWN = "WHERE id = %s AND since IS NOT NULL AND until IS NULL"
_UNENCODED = """
SELECT count(*) FROM passages p JOIN documents d ON d.key = p.document
WHERE d.since = %s AND NOT EXISTS (SELECT FROM vectors v WHERE v.key = p.key)
"""


@dataclass(slots=True)
class Published:
    """What an ingest did: its ``number``, by documents' ids what became of them, the versions whose place another took, and how many
    passages there are more."""

    number: int
    outcomes: dict[str, str] = field(default_factory=dict)
    replaced: list[Document] = field(default_factory=list)
    passages: int = 0


class Publication:
    """The transaction in which an ingest becomes visible; ``catalogue`` reads what is published before it."""

    def __init__(self, staged: Staging, before: SharedCatalogue, number: int) -> None:
        self._connection = staged.connection
        self._ingest = staged.ingest
        self._before = before
        self.done = Published(number)

    def place(self, location: str, path: str, source: Source, keys: Mapping[str, int]) -> None:
        """Makes a staged text the document of its place; the one that was there before is superseded where no other place has it.

        ``keys`` are those of the staged rows by document.
        """
        number, document = self.done.number, source.document
        was = self._one("SELECT document, url, number, position FROM sources WHERE location = %s AND until IS NULL", location)
        fresh = self.show(document, keys.get(document))
        self._do("UPDATE sources SET until = %s WHERE location = %s AND until IS NULL", number, location)
        self._do(
            "INSERT INTO sources (location, path, document, url, file_sha256, reader, since, position) VALUES "
            "(%s, %s, %s, %s, %s, %s, %s, coalesce(%s, currval(pg_get_serial_sequence('sources', 'number'))))",
            *(location, path, document, source.url or (was and was[1]), source.file_sha256, source.reader, number, was and was[3]),
        )
        if was and was[0] != document and not self._one("SELECT 1 FROM sources WHERE document = %s AND until IS NULL", was[0]):
            self.supersede(was[0], document)
        self.done.outcomes.setdefault(document, "updated" if was else "added" if fresh else "unchanged")

    def show(self, document: str, staged: int | None) -> bool:
        """Makes a staged row the document's, unless it is there; whether it was not."""
        there = self._one(f"SELECT key, position, superseded_by FROM documents {_SHOWN}", document)
        if there and there[2] is None:
            return False
        if staged is None:
            raise LibraryError(f"document {document} was removed by another process meanwhile; run the command again")
        if there:
            self._end(there[0])
        self._do(
            "UPDATE documents SET since = %s, position = coalesce(%s, key) WHERE key = %s", self.done.number, there and there[1], staged
        )
        return True

    def supersede(self, old: str, new: str) -> None:
        """Takes a document out of use in favour of another: its text stays, its passages and facts go."""
        row = self._one(f"SELECT key, position FROM documents {_SHOWN}", old)
        known = self._before.documents_named([old])
        if row is None or not known:
            return  # it came with this very ingest, under a place that another text has by now
        self._end(row[0])
        self._do(
            "INSERT INTO documents (id, position, ingest, superseded_by, old_path, old_url, since) VALUES (%s, %s, %s, %s, %s, %s, %s)",
            *(old, row[1], self._ingest, new, known[0].path, known[0].url, self.done.number),
        )
        self.done.replaced.append(known[0].model_copy(update={"superseded_by": new}))

    def add_superseded(self, old: Document) -> None:
        """Adds a version that another library knows as replaced, unless it is there; its text is stored already."""
        if self._one(f"SELECT 1 FROM documents {_SHOWN}", old.id):
            return
        self._do(
            "INSERT INTO documents (id, ingest, superseded_by, old_path, old_url, since, position) "
            "VALUES (%s, %s, %s, %s, %s, %s, currval(pg_get_serial_sequence('documents', 'key')))",
            *(old.id, self._ingest, old.superseded_by, old.path, old.url, self.done.number),
        )

    def renew(self, keys: Mapping[str, int]) -> None:
        """Puts staged rows in place of those of the same documents, where these are still in use."""
        for document, staged in keys.items():
            there = self._one(
                "SELECT key, position FROM documents WHERE id = %s AND since IS NOT NULL AND until IS NULL AND superseded_by IS NULL",
                document,
            )
            if there:
                self._end(there[0])
                self._do("UPDATE documents SET since = %s, position = %s WHERE key = %s", self.done.number, there[1], staged)

    def remove(self, documents: Iterable[str]) -> None:
        """Removes documents with their places."""
        ids = list(documents)
        self._do("UPDATE documents SET until = %s WHERE id = ANY(%s) AND since IS NOT NULL AND until IS NULL", self.done.number, ids)
        self._do("UPDATE sources SET until = %s WHERE document = ANY(%s) AND until IS NULL", self.done.number, ids)

    def finish(self, encoder: str, spelling: str) -> Published:
        """Counts, and gives the ingest its number; raises LibraryError where a vector is missing."""
        (missing,) = self._one(_UNENCODED, self.done.number) or (0,)
        if missing:
            raise LibraryError(f"nothing was changed: {missing} passages have no vector; run the command again")
        self.done.passages = count_on(self._connection, self.done.number)
        self._do("UPDATE store SET encoder = %s, spelling = %s", encoder, spelling)
        self._do("DELETE FROM documents WHERE ingest = %s AND since IS NULL", self._ingest)
        self._do("UPDATE ingests SET number = %s, published = now() WHERE id = %s", self.done.number, self._ingest)
        return self.done

    def _end(self, key: int) -> None:
        self._do("UPDATE documents SET until = %s WHERE key = %s", self.done.number, key)

    def _one(self, query: str, *values: object) -> tuple[Any, ...] | None:
        return self._connection.execute(query.encode(), values).fetchone()

    def _do(self, statement: str, *values: object) -> None:
        self._connection.execute(statement.encode(), values)


@contextmanager
def publishing(server: Server, staged: Staging, tell: Progress | None = None) -> Iterator[Publication]:
    """The transaction in which what is staged becomes visible when the block ends; other publications wait for that."""
    if tell:
        tell("publishing", 0, 1)
    with staged.connection.transaction():
        number = _next_number(staged.connection)
        yield Publication(staged, SharedCatalogue(server, number - 1), number)
    if tell:
        tell("publishing", 1, 1)


def _next_number(connection: psycopg.Connection[Any]) -> int:
    lock_until_end(connection, _LOCK)
    row = connection.execute(b"SELECT coalesce(max(number), 0) + 1 FROM ingests").fetchone()
    return int(row[0]) if row else 1


def versions(superseded: Sequence[Document], document: str) -> list[str]:
    """A document and the versions whose place it took, and those whose place these took."""
    found = [document]
    for name in found:
        found += [old.id for old in superseded if old.superseded_by == name]
    return found
