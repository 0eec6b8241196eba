"""Changes to the library: add, remove, refresh facts, rebuild; each publishes one new generation or none."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import LibraryDamaged, LibraryError, ReadingError
from assistant.library import generations, lexical, twin, vectors
from assistant.library.catalogue import Catalogue, text_digest
from assistant.library.encoder import Encoder, Tokens, fingerprint, weights
from assistant.library.indexes import settle, update_indexes
from assistant.library.library import find_document
from assistant.library.passages import split
from assistant.library.readers import Reader, Reading
from assistant.library.snapshot import check_encoder, encoder_folder
from assistant.values import Document, Value

# (document, canonical text) → one JSON text for each study
Extractor = Callable[[Document, str], Sequence[str]]
# (stage in words, done, total)
Progress = Callable[[str, int, int], None]

_ID_LENGTH = 12


class Refused(Value):
    """A file that was not added; ``reason`` is one line that names it."""

    path: str
    reason: str


class IngestReport(Value):
    """What an ``add`` did; ``generation`` is the one that is published now, None where there still is no library."""

    added: tuple[Document, ...] = ()
    updated: tuple[Document, ...] = ()
    unchanged: tuple[Document, ...] = ()
    refused: tuple[Refused, ...] = ()
    generation: str | None = None


def add(  # noqa: PLR0913 - what a library is made with is the caller's to say
    home: Path,
    paths: Sequence[Path | str],
    *,
    embedding_model: str,
    extract: Extractor,
    facts_version: str,
    progress: Progress | None = None,
) -> IngestReport:
    """Adds files, or their new content where they were added before; a refused file does not stop the rest.

    A text that is there already under another name is not added again. Raises LibraryError and its kin, and EncoderError.
    """
    tell = progress or _silent
    with generations.writing(home) as writer:
        _check_base(writer.base, embedding_model)
        readings, refused = _read_all(paths, tell)
        report = IngestReport(refused=refused, generation=writer.name)
        if not readings:
            return report
        if writer.base and (known := _all_known(writer.base, readings, facts_version)):
            return report.model_copy(update={"unchanged": known})
        encoder = _encoder(home, embedding_model, tell)
        outcomes: dict[str, str] = {}
        with _next_generation(writer, encoder, tell) as catalogue:
            for path, reading in readings:
                document_id, outcome = _place(catalogue, path, reading, encoder.tokens, extract)
                outcomes.setdefault(document_id, outcome)
            catalogue.forget_sourceless()
            if catalogue.meta("facts_version") != facts_version:
                _extract_all(catalogue, extract, facts_version)
            documents = {document.id: document for document in catalogue.documents()}
        sorted_out = {
            kind: tuple(documents[name] for name, outcome in outcomes.items() if outcome == kind and name in documents)
            for kind in ("added", "updated", "unchanged")
        }
        return report.model_copy(update={**sorted_out, "generation": writer.published})


def remove(home: Path, document: str, *, progress: Progress | None = None) -> Document:
    """Removes a document by id, beginning of id, title or file name, and returns what it was.

    The generation before still holds it, for ``rollback``, until the next change. Raises UnknownDocument.
    """
    with generations.writing(home) as writer:
        with _reading(writer) as catalogue:
            found = find_document(catalogue.documents(), document)
        with _next_generation(writer, None, progress or _silent) as catalogue:
            catalogue.forget_document(found.id)
    return found


def refresh_facts(home: Path, extract: Extractor, facts_version: str, *, progress: Progress | None = None) -> str:
    """Extracts the facts of all documents again where another version of the extractor made them; returns the generation."""
    with generations.writing(home) as writer:
        with _reading(writer) as catalogue:
            if writer.name and catalogue.meta("facts_version") == facts_version:
                return writer.name
        with _next_generation(writer, None, progress or _silent) as catalogue:
            _extract_all(catalogue, extract, facts_version)
        return writer.published or ""


def rebuild(
    home: Path, *, embedding_model: str, extract: Extractor, facts_version: str, progress: Progress | None = None
) -> str:  # fmt: skip
    """Makes passages, vectors, facts and indexes again from the stored texts, with this encoder; returns the generation."""
    tell = progress or _silent
    with generations.writing(home) as writer:
        with _reading(writer):
            encoder = _encoder(home, embedding_model, tell, repair=True)
        with _next_generation(writer, encoder, tell, afresh=True) as catalogue:
            if catalogue.meta("encoder") != encoder.fingerprint:
                catalogue.forget_vectors(all_of_them=True)
            for document in catalogue.documents():
                text = catalogue.text(document.id) or ""
                catalogue.set_passages(document.id, split(document.id, text, encoder.tokens.count, encoder.tokens.limit))
            _extract_all(catalogue, extract, facts_version)
        _forget_encoders(home)
        return writer.published or ""


def rollback(home: Path) -> str:
    """Publishes the generation before the current one again and returns its name; raises LibraryError where none is kept."""
    return generations.rollback(home)


@contextmanager
def _next_generation(
    writer: generations.Writer, encoder: Encoder | None, tell: Progress, *, afresh: bool = False
) -> Iterator[Catalogue]:  # fmt: skip
    """The catalogue of the next generation; after the block its vectors and indexes follow, and it is published.

    Without an ``encoder`` the block must add no text. ``afresh`` makes the indexes again instead of changing them.
    """
    folder = writer.begin(without=(lexical.FOLDER, vectors.FOLDER) if afresh else ())
    try:
        with Catalogue.writing(folder) if writer.base else Catalogue.create(folder) as catalogue:
            before = {} if afresh else catalogue.passage_keys()
            yield catalogue
            catalogue.forget_vectors()
            if encoder:
                catalogue.note("encoder", encoder.fingerprint)
                _encode_missing(catalogue, encoder, tell)
            update_indexes(folder, catalogue, before, create=afresh or writer.base is None, progress=tell)
        tell("publishing", 0, 1)
        settle(folder)
    except LibraryDamaged as error:
        raise LibraryDamaged(f"nothing was changed: {error}") from error
    writer.publish()
    tell("publishing", 1, 1)


def _encode_missing(catalogue: Catalogue, encoder: Encoder, tell: Progress) -> None:
    texts = catalogue.missing_texts()
    if not texts:
        return
    tell("encoding", 0, len(texts))
    made = encoder.encode(list(texts.values()), lambda done: tell("encoding", done, len(texts)))
    catalogue.set_vectors(dict(zip(texts, made, strict=True)))


def _read_all(paths: Sequence[Path | str], tell: Progress) -> tuple[list[tuple[str, Reading]], tuple[Refused, ...]]:
    readings, refused = [], []
    with Reader() as reader:
        for number, path in enumerate(paths):
            tell("reading", number, len(paths))
            try:
                readings.append((str(path), reader.read(Path(path).expanduser())))
            except ReadingError as error:
                refused.append(Refused(path=str(path), reason=str(error)))
    tell("reading", len(paths), len(paths))
    return readings, tuple(refused)


def _all_known(base: Path, readings: Sequence[tuple[str, Reading]], facts_version: str) -> tuple[Document, ...]:
    """The documents, where all of these were read from the same places before; else none."""
    with _closing(Catalogue.reading(base)) as catalogue:
        if catalogue.meta("facts_version") != facts_version:
            return ()
        ids = []
        for path, reading in readings:
            document_id = text_digest(reading.text)[:_ID_LENGTH]
            if catalogue.source(_location(path)) != document_id:
                return ()
            ids.append(document_id)
        return tuple(document for document in catalogue.documents() if document.id in ids)


def _place(catalogue: Catalogue, path: str, reading: Reading, tokens: Tokens, extract: Extractor) -> tuple[str, str]:
    """Stores one reading; returns its document's id and what became of it: ``added``, ``updated`` or ``unchanged``."""
    sha256 = text_digest(reading.text)
    document_id, location = sha256[:_ID_LENGTH], _location(path)
    before = catalogue.source(location)
    if before == document_id:
        return document_id, "unchanged"
    is_new = catalogue.text(document_id) is None
    if is_new:
        document = Document(
            id=document_id, title=reading.title, date=reading.date, path=path, sha256=sha256, characters=len(reading.text)
        )  # fmt: skip
        catalogue.add_document(document, reading.text)
        catalogue.set_passages(document_id, split(document_id, reading.text, tokens.count, tokens.limit))
        catalogue.set_facts(document_id, extract(document, reading.text))
    catalogue.set_source(location, path, document_id)
    return document_id, "updated" if before else "added" if is_new else "unchanged"


def _extract_all(catalogue: Catalogue, extract: Extractor, facts_version: str) -> None:
    for document in catalogue.documents():
        catalogue.set_facts(document.id, extract(document, catalogue.text(document.id) or ""))
    catalogue.note("facts_version", facts_version)


def _encoder(home: Path, embedding_model: str, tell: Progress, *, repair: bool = False) -> Encoder:
    """The library's encoder, exported first where it is not there yet; with ``repair`` also where it is damaged.

    Passages are encoded by the twin as questions are: it is as fast as torch here, its vectors differ by less than 1e-6, and
    adding to a library then needs no torch.
    """
    folder = encoder_folder(home, fingerprint(embedding_model))
    if folder.exists():
        try:
            return Encoder(folder)
        except LibraryDamaged:
            if not repair:
                raise
            shutil.rmtree(folder)
    source = weights(embedding_model)
    tell("preparing the encoder", 0, 1)
    twin.export(source, folder)
    tell("preparing the encoder", 1, 1)
    return Encoder(folder)


def _forget_encoders(home: Path) -> None:
    """Removes the encoders that no generation needs any more."""
    needed = set()
    for folder in generations.folders(home):
        with _closing(Catalogue.reading(folder)) as catalogue:
            needed.add(encoder_folder(home, catalogue.meta("encoder")))
    for folder in encoder_folder(home, "").iterdir():
        if folder not in needed:
            shutil.rmtree(folder, ignore_errors=True)


def _check_base(base: Path | None, embedding_model: str) -> None:
    """Refuses an encoder that cannot be used before anything is read."""
    if base is None:
        weights(embedding_model)
        return
    with _closing(Catalogue.reading(base)) as catalogue:
        check_encoder(catalogue.meta("encoder"), fingerprint(embedding_model))


@contextmanager
def _reading(writer: generations.Writer) -> Iterator[Catalogue]:
    if writer.base is None:
        raise LibraryError("there is no library yet; add documents first: assistant library add FILE")
    with _closing(Catalogue.reading(writer.base)) as catalogue:
        yield catalogue


@contextmanager
def _closing(catalogue: Catalogue) -> Iterator[Catalogue]:
    try:
        yield catalogue
    finally:
        catalogue.close()


def _location(path: str) -> str:
    return str(Path(path).expanduser().resolve())


def _silent(stage: str, done: int, total: int) -> None:
    """Tells nobody."""
