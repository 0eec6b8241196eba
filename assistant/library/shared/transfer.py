"""Copies documents between the library of a home and a shared store, with passages, studies and vectors: nothing is read or encoded again.

What only the target has stays. Where both have a file's place with different texts, the text that is copied takes the place of the
other, unless the target knows it as one that was replaced.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assistant.errors import LibraryError
from assistant.library import generations
from assistant.library.catalogue import Catalogue, Source
from assistant.library.publishing import next_generation, prepare_encoder
from assistant.library.shared.moment import name_of
from assistant.library.shared.publishing import publishing
from assistant.library.shared.staging import Staging, staging
from assistant.library.snapshot import check_encoder
from assistant.library.terms import spelling_version
from assistant.values import Document, Passage, Value

if TYPE_CHECKING:
    from assistant.library.encoder import Vectors
    from assistant.library.revision import Revision
    from assistant.library.shared.store import SharedStore
    from assistant.library.store import Progress

# Vectors that are copied in one step.
_AT_ONCE = 1000


class TransferReport(Value):
    """What a copy brought: the documents that the target did not have, how many it has known, and what is published there now."""

    copied: tuple[Document, ...] = ()
    known: int = 0
    generation: str | None = None


class Contents(Protocol):
    """What is copied from and to; see ``Catalogue``."""

    def documents(self) -> tuple[Document, ...]: ...
    def superseded(self) -> tuple[Document, ...]: ...
    def text(self, document_id: str) -> str | None: ...
    def passages(self, document_id: str) -> tuple[Passage, ...]: ...
    def facts_of(self, document_id: str) -> tuple[str, ...]: ...
    def source(self, location: str) -> Source | None: ...
    def sources(self) -> list[tuple[str, str, Source]]: ...
    def vectors_with(self, keys: Iterable[str]) -> dict[str, Vectors]: ...
    def meta(self, name: str) -> str: ...


@dataclass(frozen=True, slots=True)
class _Difference:
    """What one library has and the other has not: documents, replaced versions, and the places that lead to the former."""

    documents: tuple[Document, ...]
    superseded: tuple[Document, ...]
    sources: tuple[tuple[str, str, Source], ...]

    @classmethod
    def between(cls, here: Contents, there: Contents) -> _Difference:
        present = {document.id for document in there.documents()}
        known = present | {document.id for document in there.superseded()}
        coming = tuple(document for document in here.documents() if document.id not in known)
        new = {document.id for document in coming}
        return cls(
            coming,
            tuple(document for document in here.superseded() if document.id not in known),
            tuple(
                (location, path, source)
                for location, path, source in here.sources()
                if source.document in new or (source.document in present and there.source(location) is None)
            ),
        )

    @property
    def is_none(self) -> bool:
        return not (self.documents or self.superseded or self.sources)


def push(store: SharedStore, home: Path, tell: Progress) -> TransferReport:
    """Copies the library of a home to the shared store. Raises LibraryError where there is none or another encoder made it."""
    pin = generations.pin(home)
    try:
        with closing(Catalogue.reading(pin.folder)) as local:
            check_encoder(local.meta("encoder"), store.fingerprint)
            store.require_fitting()
            difference = _Difference.between(local, store.published())
            if not difference.is_none:
                with staging(store.server, store.vectors(create=not store.exists())) as staged:
                    _bring(staged, local, difference, store, tell)
            return TransferReport(
                copied=difference.documents, known=len(local.documents()) - len(difference.documents), generation=store.current()
            )  # fmt: skip
    finally:
        pin.release()


def _bring(staged: Staging, local: Catalogue, difference: _Difference, store: SharedStore, tell: Progress) -> None:
    keys = {}
    fits = local.meta("facts_version") == store.facts_version
    for number, document in enumerate(difference.documents):
        tell("copying", number, len(difference.documents))
        text = local.text(document.id) or ""
        facts = local.facts_of(document.id) if fits else store.extract(document, text)
        keys[document.id] = staged.add(document, text, local.passages(document.id), facts, store.facts_version)
    for old in difference.superseded:
        staged.keep_text(old, local.text(old.id) or "")
    _copy_vectors(staged.missing_texts, local, staged.set_vectors)
    with publishing(store.server, staged) as publication:
        for location, path, source in difference.sources:
            publication.place(location, path, source, keys)
        for old in difference.superseded:
            publication.add_superseded(old)
        publication.finish(store.fingerprint, spelling_version())
    tell("copying", len(difference.documents), len(difference.documents))


def pull(store: SharedStore, home: Path, embedding_model: str, tell: Progress) -> TransferReport:
    """Copies the shared store to the library of a home, which becomes one where there is none. Raises LibraryLocked and its kin."""
    number = store.number()
    if not number:
        raise LibraryError("the shared store is empty; there is nothing to copy")
    store.require_encoder()
    shared = store.published()
    with generations.writing(home) as writer:
        if writer.base:
            with closing(Catalogue.reading(writer.base)) as local:
                check_encoder(local.meta("encoder"), store.fingerprint)
                if _Difference.between(shared, local).is_none:
                    return TransferReport(known=len(shared.documents()), generation=writer.name)
        encoder = prepare_encoder(home, embedding_model, tell)
        with next_generation(writer, encoder, tell, growth=sum(document.characters for document in shared.documents())) as catalogue:
            difference = _Difference.between(shared, catalogue)
            _take(catalogue, shared, difference, tell)
        known = len(shared.documents()) - len(difference.documents)
        return TransferReport(copied=difference.documents, known=known, generation=writer.name or name_of(number))


def _take(catalogue: Revision, shared: Contents, difference: _Difference, tell: Progress) -> None:
    alone = not catalogue.documents()
    for number, document in enumerate(difference.documents):
        tell("copying", number, len(difference.documents))
        catalogue.add_document(document, shared.text(document.id) or "")
        catalogue.set_passages(document.id, shared.passages(document.id))
        catalogue.set_facts(document.id, shared.facts_of(document.id))
    tell("copying", len(difference.documents), len(difference.documents))
    _copy_vectors(catalogue.missing_texts, shared, catalogue.set_vectors)
    for location, path, source in difference.sources:
        before = catalogue.source(location)
        replaced = catalogue.documents_named([before.document] if before else [])  # as long as it has its path
        catalogue.set_source(location, path, source)
        if before and before.document != source.document and not catalogue.has_source(before.document):
            catalogue.supersede(replaced[0], source.document)
    for old in difference.superseded:
        catalogue.add_document(old, shared.text(old.id) or "")
        catalogue.supersede(old, old.superseded_by or "")
    version = shared.meta("facts_version")
    if alone or catalogue.meta("facts_version") != version:
        catalogue.note("facts_version", version if alone else "")  # mixed ones are extracted again by the next question


def _copy_vectors(missing: Callable[[int], dict[str, str]], source: Contents, store: Callable[[dict[str, Vectors]], None]) -> None:
    while keys := missing(_AT_ONCE):
        found = source.vectors_with(keys)
        if not found:
            raise LibraryError("vectors are missing where they are copied from; run: assistant library rebuild")
        store(found)
