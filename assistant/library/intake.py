"""One ``add``: which of the files changed, what they say now, and what becomes of what they said before."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Callable, Generator, Sequence
from contextlib import AbstractContextManager, closing, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from assistant.errors import ReadingError
from assistant.library import readers
from assistant.library.ahead import ahead
from assistant.library.catalogue import Source, text_digest
from assistant.library.encoder import Tokens
from assistant.library.files import Refused, location
from assistant.library.passages import split
from assistant.library.readers import Reader, Reading
from assistant.library.revision import Revision
from assistant.library.store import Extractor, Progress
from assistant.paths import expanded
from assistant.values import Document

_ID_LENGTH = 12
# Of a document with layout and pictures, one byte in so many is text, more or less.
_PICTURES = 10


@dataclass(frozen=True, slots=True)
class _File:
    """A file to be read; ``sha256`` and ``size`` of its bytes, or None and 0 where it is none that can be read."""

    path: str
    location: str
    sha256: str | None
    size: int


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a file says that says something else than the library has of it."""

    file: _File
    reading: Reading
    id: str
    sha256: str

    @property
    def document(self) -> Document:
        """What the library will know of it."""
        read = self.reading
        return Document(id=self.id, title=read.title, date=read.date, path=self.file.path, sha256=self.sha256, characters=len(read.text))


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

    def __init__(self, known: Known, paths: Sequence[str], url: str | None, tell: Progress) -> None:
        self.outcomes: dict[str, str] = {}
        self.replaced: list[Document] = []
        self.refused: list[Refused] = []
        self._known = known
        self.url = url
        self._tell = tell
        self._pending: list[_File] = []
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
        return sum(file.size if _is_text(file.path) else file.size // _PICTURES for file in self._pending)

    def changed(self) -> Generator[Incoming, None, None]:
        """Reads the files that may have changed, ahead of their use, and gives those that did; the others are noted here.

        To be closed where it is left before its end.
        """
        total = len(self._pending)
        with (
            self._known() as known,
            Reader() as reader,
            closing(ahead(partial(_read, reader), self._pending, reader.stop)) as readings,
        ):
            for number, (file, future) in enumerate(readings):
                self._tell("reading", number, total)
                try:
                    reading = future.result()
                except ReadingError as error:
                    self.refused.append(Refused(path=file.path, reason=str(error)))
                    continue
                sha256 = text_digest(reading.text)
                incoming = Incoming(file, reading, sha256[:_ID_LENGTH], sha256)
                source = known.source(file.location) if known else None
                if source and source.document == incoming.id and self.url in (None, source.url):
                    self.outcomes.setdefault(incoming.id, "unchanged")
                else:
                    yield incoming
        if total:
            self._tell("reading", total, total)

    def place(self, catalogue: Revision, incoming: Incoming, tokens: Tokens, extract: Extractor) -> int:
        """Stores one text as the document of its place; the one that was there before is superseded where no other place has it.

        Returns how many passages it stored.
        """
        before = catalogue.source(incoming.file.location)
        known = {document.id: document for document in catalogue.documents_named([incoming.id, before.document if before else ""])}
        there = known.get(incoming.id)
        fresh = there is None or there.superseded_by is not None
        passages = _store(catalogue, incoming, tokens, extract, revived=there is not None) if fresh else 0
        source = Source(incoming.id, self.url, incoming.file.sha256, readers.VERSION)
        catalogue.set_source(incoming.file.location, incoming.file.path, source)
        if before and before.document != incoming.id and not catalogue.has_source(before.document):
            old = known[before.document]
            catalogue.supersede(old, incoming.id)
            self.replaced.append(old.model_copy(update={"superseded_by": incoming.id}))
        self.outcomes.setdefault(incoming.id, "updated" if before else "added" if fresh else "unchanged")
        return passages

    def sorted_out(self, documents: Sequence[Document]) -> dict[str, tuple[Document, ...]]:
        """``added``, ``updated`` and ``unchanged`` among the library's documents."""
        kinds = ("added", "updated", "unchanged")
        return {kind: tuple(document for document in documents if self.outcomes.get(document.id) == kind) for kind in kinds}


def _store(catalogue: Revision, incoming: Incoming, tokens: Tokens, extract: Extractor, *, revived: bool) -> int:
    text, document = incoming.reading.text, incoming.document
    if revived:
        catalogue.revive(document.id)
    else:
        catalogue.add_document(document, text)
    passages = split(document.id, text, tokens.count, tokens.limit)
    catalogue.set_passages(document.id, passages)
    catalogue.set_facts(document.id, extract(document, text))
    return len(passages)


def _read(reader: Reader, file: _File) -> Reading:
    return reader.read(expanded(file.path))


def _is_text(path: str) -> bool:
    form = readers.READERS.get(Path(path).suffix.lower())
    return form is not None and not form.confined


def _file(path: str) -> _File:
    """The file's digest; what cannot be read, or is no regular file, is the reader's to refuse."""
    sha256, size = None, 0
    with suppress(OSError):
        status = expanded(path).stat()
        if stat.S_ISREG(status.st_mode) and status.st_size <= readers.MAX_BYTES:
            with expanded(path).open("rb") as stream:
                sha256, size = hashlib.file_digest(stream, "sha256").hexdigest(), status.st_size
    return _File(path, location(path), sha256, size)
