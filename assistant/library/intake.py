"""One ``add``: which of the files changed, what they say now, and what becomes of what they said before."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Callable, Generator, Sequence
from contextlib import AbstractContextManager, closing, suppress
from dataclasses import dataclass
from typing import Protocol

from assistant.library import readers
from assistant.library.arrivals import Arrival, File, Readings, document_of
from assistant.library.catalogue import Source
from assistant.library.encoder import Tokens
from assistant.library.files import Refused, location
from assistant.library.prepared import Prepared, prepare
from assistant.library.revision import Revision
from assistant.library.store import Extractor, Progress
from assistant.paths import expanded
from assistant.values import Document


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a file says that says something else than the library has of it; ``text`` is the document's."""

    arrival: Arrival
    document: Document
    text: str

    @property
    def file(self) -> File:
        """Where it was read."""
        return self.arrival.file

    def prepared(self, tokens: Tokens, extract: Extractor) -> Prepared:
        """Its passages and studies, made here where they did not come along."""
        return self.arrival.prepared or prepare(self.document, self.text, tokens, extract)


class Sources(Protocol):
    """What knows what was read from where."""

    def source(self, location: str) -> Source | None:
        """What was read from a place, or None."""


# Opens what the library knows before the ``add``, None where there is no library.
Known = Callable[[], AbstractContextManager[Sources | None]]


class Intake:
    """The files of one ``add``. Those whose bytes the library knows are not read again.

    ``url`` is where the one file comes from. ``outcomes`` maps a document's id to ``added``, ``updated`` or ``unchanged``;
    ``replaced`` are the versions that were superseded.
    """

    def __init__(self, known: Known, paths: Sequence[str], url: str | None, tell: Progress, read: Readings) -> None:
        self.outcomes: dict[str, str] = {}
        self.replaced: list[Document] = []
        self.refused: list[Refused] = []
        self._known = known
        self.url = url
        self._tell = tell
        self._read = read
        self._pending: list[File] = []
        with known() as there:
            for file in map(_file, paths):
                source = there.source(file.location) if there else None
                if source and file.sha256 == source.file_sha256 and source.reader == readers.VERSION and url in (None, source.url):
                    self.outcomes[source.document] = "unchanged"
                else:
                    self._pending.append(file)

    @property
    def bytes(self) -> int:
        """About how many bytes of text the files that may have changed hold."""
        return sum(file.text_bytes for file in self._pending)

    def changed(self) -> Generator[Incoming, None, None]:
        """Reads the files that may have changed, ahead of their use, and gives those that did; the others are noted here.

        To be closed where it is left before its end.
        """
        total = len(self._pending)
        with self._known() as known, closing(self._read(self._pending)) as arrivals:
            for number, arrival in enumerate(arrivals):
                self._tell("reading", number, total)
                if arrival.reading is None:
                    self.refused.append(Refused(path=arrival.file.path, reason=arrival.refused))
                    continue
                document = document_of(arrival.file.path, arrival.reading)
                source = known.source(arrival.file.location) if known else None
                if source and source.document == document.id and self.url in (None, source.url):
                    self.outcomes.setdefault(document.id, "unchanged")
                else:
                    yield Incoming(arrival, document, arrival.reading.text)
        if total:
            self._tell("reading", total, total)

    def place(self, catalogue: Revision, incoming: Incoming, tokens: Tokens, extract: Extractor) -> int:
        """Stores one text as the document of its place; the one that was there before is superseded where no other place has it.

        Returns how many passages it stored.
        """
        document = incoming.document
        before = catalogue.source(incoming.file.location)
        known = {known.id: known for known in catalogue.documents_named([document.id, before.document if before else ""])}
        there = known.get(document.id)
        fresh = there is None or there.superseded_by is not None
        passages = _store(catalogue, incoming, incoming.prepared(tokens, extract), revived=there is not None) if fresh else 0
        source = Source(document.id, self.url, incoming.file.sha256, readers.VERSION)
        catalogue.set_source(incoming.file.location, incoming.file.path, source)
        if before and before.document != document.id and not catalogue.has_source(before.document):
            old = known[before.document]
            catalogue.supersede(old, document.id)
            self.replaced.append(old.model_copy(update={"superseded_by": document.id}))
        self.outcomes.setdefault(document.id, "updated" if before else "added" if fresh else "unchanged")
        return passages

    def sorted_out(self, documents: Sequence[Document]) -> dict[str, tuple[Document, ...]]:
        """``added``, ``updated`` and ``unchanged`` among the library's documents."""
        kinds = ("added", "updated", "unchanged")
        return {kind: tuple(document for document in documents if self.outcomes.get(document.id) == kind) for kind in kinds}


def _store(catalogue: Revision, incoming: Incoming, prepared: Prepared, *, revived: bool) -> int:
    document = incoming.document
    if revived:
        catalogue.revive(document.id)
    else:
        catalogue.add_document(document, incoming.text)
    catalogue.set_passages(document.id, prepared.passages)
    catalogue.set_facts(document.id, prepared.facts)
    return len(prepared.passages)


def _file(path: str) -> File:
    """The file's digest; what cannot be read, or is no regular file, is the reader's to refuse."""
    sha256, size = None, 0
    with suppress(OSError):
        status = expanded(path).stat()
        if stat.S_ISREG(status.st_mode) and status.st_size <= readers.MAX_BYTES:
            with expanded(path).open("rb") as stream:
                sha256, size = hashlib.file_digest(stream, "sha256").hexdigest(), status.st_size
    return File(path, location(path), sha256, size)
