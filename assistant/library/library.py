"""The library as everyone reads it: documents, passages, facts and search of what is published."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from assistant.errors import LibraryError, UnknownDocument
from assistant.library import generations
from assistant.library.local import Generations
from assistant.library.store import Documents, Moment, Published
from assistant.values import Document, Hit, Passage, Span

if TYPE_CHECKING:
    from assistant.library.encoder import Vectors

# The shortest part of a document's id that stands for it.
_SHORTEST_PREFIX = 4


class Library:
    """A handle on a library; open it with ``Library.open`` or ``Library.of``. Safe to use from several threads.

    It reads what was published when it was opened or last refreshed, whatever writers do meanwhile.
    """

    def __init__(self, published: Published, moment: Moment) -> None:
        self._published = published
        self._moment: Moment | None = moment
        self._swap = threading.Lock()

    @classmethod
    def open(cls, home: Path, *, embedding_model: str) -> Library:
        """Opens the published generation of a home.

        Raises LibraryError where there is none or another encoder made it, LibraryTooNew, LibraryDamaged, and EncoderError
        where ``embedding_model`` is no encoder.
        """
        return cls.of(Generations(home, embedding_model))

    @classmethod
    def of(cls, published: Published) -> Library:
        """Opens what is published in a store; raises LibraryError and its kin."""
        return cls(published, published.moment())

    @staticmethod
    def exists(home: Path) -> bool:
        """Whether a generation is published in ``home``."""
        return generations.current(home) is not None

    def refresh(self) -> None:
        """Moves to what is published now; reads one small file, or row, where that is the same."""
        if self._published.current() == self.generation:
            return
        fresh = self._published.moment(self._open)
        with self._swap:
            old, self._moment = self._moment, fresh
        if old:
            old.release()

    def pinned(self) -> Library:
        """Another handle, on the moment that this one reads now; it stays there while this one is refreshed.

        For one question among several threads: what the question found stays true until it is answered. Close it.
        """
        with self._swap:
            return Library(self._published, self._open.hold())

    @property
    def generation(self) -> str:
        """The name of what is read, such as ``gen-000007``, or ``ingest-000007`` of a shared store."""
        return self._open.name

    @property
    def facts_version(self) -> str:
        """The version of the extractor that made the stored facts."""
        with self._reading() as catalogue:
            return catalogue.meta("facts_version")

    def documents(self) -> tuple[Document, ...]:
        """All documents in the order in which they were added."""
        with self._reading() as catalogue:
            return catalogue.documents()

    def document(self, name: str) -> Document:
        """The document with this id, beginning of an id, title or file name; a superseded version by its id.

        Raises UnknownDocument.
        """
        return find_document(self.documents(), name, self.superseded())

    def documents_of(self, passages: Iterable[Passage]) -> dict[str, Document]:
        """The documents that the passages are from, by id; the others are not read."""
        with self._reading() as catalogue:
            return {document.id: document for document in catalogue.documents_named({passage.document for passage in passages})}

    def superseded(self) -> tuple[Document, ...]:
        """The versions whose place another took; their texts are kept, no search finds them."""
        with self._reading() as catalogue:
            return catalogue.superseded()

    def text(self, document_id: str) -> str:
        """The canonical text of a document; raises UnknownDocument."""
        with self._reading() as catalogue:
            text = catalogue.text(document_id)
        if text is None:
            raise UnknownDocument(f"there is no document {document_id!r}; list them with: assistant library list")
        return text

    def passages(self, document_id: str) -> tuple[Passage, ...]:
        """The passages of a document in order; raises UnknownDocument."""
        with self._reading() as catalogue:
            passages = catalogue.passages(document_id)
        if not passages:
            self.text(document_id)
        return passages

    def passage_at(self, span: Span) -> Passage:
        """The passage that holds the span's first character, or where that is between two, the one that follows.

        Raises UnknownDocument, or LibraryError where the span lies outside the text.
        """
        return self.passages_at((span,))[0]

    def passages_at(self, spans: Sequence[Span]) -> tuple[Passage, ...]:
        """See ``passage_at``, for several spans in their order; each document is read once."""
        passages = {document: self.passages(document) for document in {span.document for span in spans}}
        return tuple(_at(span, passages[span.document]) for span in spans)

    def facts(self) -> tuple[str, ...]:
        """The JSON texts that the extractor gave when the documents were added, in document order."""
        with self._reading() as catalogue:
            return catalogue.facts()

    def search(self, query: str, k: int = 5, documents: Sequence[str] | None = None) -> tuple[Hit, ...]:
        """The ``k`` passages that fit ``query`` best, best first; of the documents with these ids, or of all.

        A query without a letter or digit finds nothing.
        """
        if k < 1 or not any(character.isalnum() for character in query):
            return ()
        with self._held() as moment:
            return moment.search(query, k, documents)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of texts, float32 [n, dimensions], by the library's encoder."""
        with self._held() as moment:
            return moment.encoder.encode(texts)

    def encode_kept(self, texts: Sequence[str]) -> Vectors:
        """As ``encode``, for lists of texts that stay the same: their vectors are kept on disk beside the encoder."""
        with self._held() as moment:
            return moment.encoder.encode_kept(texts)

    def encode_answers(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of texts, float32 [n, dimensions], in which a question is near to the sentences that answer it."""
        with self._held() as moment:
            return moment.encoder.encode_answers(texts)

    def words(self) -> frozenset[str]:
        """Common words in lower case, as the encoder's vocabulary lists them."""
        with self._held() as moment:
            return moment.encoder.words()

    def close(self) -> None:
        """Lets the moment go; the handle cannot be used any more."""
        with self._swap:
            moment, self._moment = self._moment, None
        if moment:
            moment.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @property
    def _open(self) -> Moment:
        if self._moment is None:
            raise LibraryError("the library was closed; open it again")
        return self._moment

    @contextmanager
    def _held(self) -> Iterator[Moment]:
        """The moment that is read, kept open until the block ends."""
        with self._swap:
            moment = self._open.hold()
        try:
            yield moment
        finally:
            moment.release()

    @contextmanager
    def _reading(self) -> Iterator[Documents]:
        with self._held() as moment, moment.lock:
            yield moment.catalogue


def _at(span: Span, passages: Sequence[Passage]) -> Passage:
    for passage in passages:
        if span.start < passage.end:
            return passage
    raise LibraryError(f"character {span.start} is behind the last passage of document {span.document}")


def find_document(documents: Sequence[Document], name: str, superseded: Sequence[Document] = ()) -> Document:
    """The one document that goes by ``name``: its id, the beginning of its id, its title or its file's name.

    A superseded version goes by its id only. Raises UnknownDocument for none and for several.
    """
    wanted = name.strip().casefold()
    everything = (*documents, *superseded)
    for matches in (
        [d for d in everything if d.id == wanted],
        [d for d in documents if wanted in _names(d)],
        [d for d in everything if len(wanted) >= _SHORTEST_PREFIX and d.id.startswith(wanted)],
    ):
        if len(matches) == 1:
            return matches[0]
        if matches:
            choices = ", ".join(f"{d.id} ({Path(d.path).name})" for d in matches)
            raise UnknownDocument(f"several documents go by {name!r}: {choices}; name one by its id")
    raise UnknownDocument(f"there is no document {name!r}; list them with: assistant library list")


def _names(document: Document) -> tuple[str, ...]:
    path = Path(document.path)
    return tuple(name.casefold() for name in (document.title, document.path, path.name, path.stem, document.url or document.title))
