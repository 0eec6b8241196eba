"""Changes to the library: add, remove, refresh facts, rebuild; each publishes one new generation or none."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from functools import partial
from itertools import chain
from pathlib import Path

from assistant.errors import LibraryError, LibraryOutdated, UsageError
from assistant.library import answering, generations
from assistant.library.arrivals import Readings, read_here
from assistant.library.catalogue import Catalogue
from assistant.library.encoder import encoder_folder, fingerprint, weights
from assistant.library.encoding import EncodingBeside
from assistant.library.files import Refused, find
from assistant.library.generations import Writer
from assistant.library.intake import Intake
from assistant.library.library import find_document
from assistant.library.originals import find_originals
from assistant.library.passages import split
from assistant.library.publishing import next_generation, prepare_encoder
from assistant.library.revision import Revision
from assistant.library.snapshot import check_encoder
from assistant.library.store import Extractor, Progress, silent
from assistant.values import Document, Value


class IngestReport(Value):
    """What an ``add`` did; ``generation`` is the one that is published now, None where there still is no library.

    ``superseded`` are the versions whose place the updated documents took, ``skipped`` counts files in folders that are of no
    format which is read, ``passages`` counts those that the library has more than before.
    """

    added: tuple[Document, ...] = ()
    updated: tuple[Document, ...] = ()
    unchanged: tuple[Document, ...] = ()
    superseded: tuple[Document, ...] = ()
    refused: tuple[Refused, ...] = ()
    skipped: int = 0
    passages: int = 0
    generation: str | None = None


class RebuildReport(Value):
    """The generation that a rebuild published, and in words what its documents were read from."""

    generation: str
    documents: int
    read_from: str


def add(  # noqa: PLR0913 - what a library is made with is the caller's to say
    home: Path,
    paths: Sequence[Path | str],
    *,
    embedding_model: str,
    extract: Extractor,
    facts_version: str,
    recursive: bool = False,
    url: str | None = None,
    progress: Progress | None = None,
    read: Readings = read_here,
) -> IngestReport:
    """Adds files, or their new content where they were added before; a refused file does not stop the rest.

    For folders and patterns see ``files.find``. ``url`` says where the one file comes from, ``read`` who reads the files. A text that
    is there already under another name is not added again. Raises LibraryError and its kin, EncoderError, and UsageError for a
    ``url`` of several files.
    """
    tell = progress or silent
    with _writing(home, tell) as writer:
        found = find(paths, recursive=recursive)
        if url and len(found.files) > 1:
            raise UsageError(f"a source names where one file comes from, and these are {len(found.files)}; add them one by one")
        _check_base(writer.base, embedding_model)
        intake = Intake(partial(_known, writer.base), found.files, url, tell, read)
        passages, documents = 0, _documents(writer.base)
        with closing(intake.changed()) as changed:
            if first := next(changed, None):
                encoder = prepare_encoder(home, embedding_model, tell)
                with next_generation(writer, encoder, tell, growth=intake.bytes) as catalogue:
                    passages = -catalogue.count("passages")
                    with EncodingBeside(catalogue, encoder, intake.bytes) as beside:
                        for incoming in chain([first], changed):
                            beside.came(intake.place(catalogue, incoming, encoder.usual.tokens, extract), incoming.arrival.vectors)
                    if catalogue.meta("facts_version") != facts_version:
                        _extract_all(catalogue, extract, facts_version)
                    passages += catalogue.count("passages")
                    documents = catalogue.documents()
    return IngestReport(
        **intake.sorted_out(documents),
        superseded=tuple(intake.replaced),
        refused=(*found.refused, *intake.refused),
        skipped=found.skipped,
        passages=passages,
        generation=writer.name,
    )


def remove(home: Path, document: str, *, progress: Progress | None = None) -> Document:
    """Removes a document by id, beginning of id, title or file name, with its superseded versions; returns what it was.

    The generation before still holds it, for ``generations.rollback``, until the next change. Raises UnknownDocument.
    """
    tell = progress or silent
    with _writing(home, tell) as writer:
        with _reading(writer) as catalogue:
            found = find_document(catalogue.documents(), document, catalogue.superseded())
        with next_generation(writer, None, tell) as catalogue:
            catalogue.forget_document(found.id)
    return found


def refresh_facts(home: Path, extract: Extractor, facts_version: str, *, progress: Progress | None = None) -> str:
    """Extracts the facts of all documents again where another version of the extractor made them; returns the generation."""
    tell = progress or silent
    with _writing(home, tell) as writer:
        with _reading(writer) as catalogue:
            if writer.name and catalogue.meta("facts_version") == facts_version:
                return writer.name
        with next_generation(writer, None, tell) as catalogue:
            _extract_all(catalogue, extract, facts_version)
        return writer.name or ""


def bring_up_to_date(home: Path, *, progress: Progress | None = None) -> None:
    """Publishes what an older version of this program made in the form of this one, where that is needed."""
    with _writing(home, progress or silent):
        pass


def rebuild(
    home: Path, *, embedding_model: str, extract: Extractor, facts_version: str, progress: Progress | None = None
) -> RebuildReport:  # fmt: skip
    """Makes passages, facts and indexes again from the stored texts, and with another encoder the vectors.

    Where the published generation is damaged, the texts come from its spare copy, else from an older generation. Vectors that
    are stored are not made again. Raises LibraryError and its kin, and EncoderError.
    """
    tell = progress or silent
    with generations.writing(home, repair=True) as writer:
        if writer.base is None:
            raise LibraryError("there is no library yet; add documents first: assistant library add FILE")
        originals = find_originals([writer.base, *reversed([f for f in generations.folders(home) if f != writer.base])])
        writer.take_base(originals.folder)
        encoder = prepare_encoder(home, embedding_model, tell, repair=True)
        with next_generation(writer, encoder, tell, originals=originals) as catalogue:
            if catalogue.meta("encoder") != encoder.usual.fingerprint:
                catalogue.forget_vectors(all_of_them=True)
            documents = catalogue.documents()
            for document in documents:
                text = catalogue.text(document.id) or ""
                catalogue.set_passages(document.id, split(document.id, text, encoder.usual.tokens.count, encoder.usual.tokens.limit))
            _extract_all(catalogue, extract, facts_version)
        _forget_encoders(home)
        return RebuildReport(generation=writer.name or "", documents=len(documents), read_from=originals.told)


@contextmanager
def _writing(home: Path, tell: Progress) -> Iterator[Writer]:
    """The writer's lock, on a library that this version made or brought up to date.

    It is the first thing that is asked for, and asked for once, so that whoever is refused has not waited for anything.
    """
    with generations.writing(home) as writer:
        if writer.base and _is_outdated(writer.base):
            with next_generation(writer, None, tell):
                pass  # opening it to write brings it up to date
        yield writer


def _is_outdated(base: Path) -> bool:
    try:
        Catalogue.reading(base).close()
    except LibraryOutdated:
        return True
    return False


def _documents(base: Path | None) -> tuple[Document, ...]:
    if base is None:
        return ()
    with closing(Catalogue.reading(base)) as catalogue:
        return catalogue.documents()


def _extract_all(catalogue: Revision, extract: Extractor, facts_version: str) -> None:
    for document in catalogue.documents():
        catalogue.set_facts(document.id, extract(document, catalogue.text(document.id) or ""))
    catalogue.note("facts_version", facts_version)


def _forget_encoders(home: Path) -> None:
    """Removes the encoders that no generation needs any more, where all generations can be asked."""
    needed = {answering.folder(home)}
    for folder in generations.folders(home):
        try:
            with closing(Catalogue.reading(folder)) as catalogue:
                needed.add(encoder_folder(home, catalogue.meta("encoder")))
        except LibraryError:
            return
    for folder in encoder_folder(home, "").iterdir():
        if folder not in needed:
            shutil.rmtree(folder, ignore_errors=True)


def _check_base(base: Path | None, embedding_model: str) -> None:
    """Refuses an encoder that cannot be used before anything is read."""
    if base is None:
        weights(embedding_model)
        return
    with closing(Catalogue.reading(base)) as catalogue:
        check_encoder(catalogue.meta("encoder"), fingerprint(embedding_model))


@contextmanager
def _reading(writer: Writer) -> Iterator[Catalogue]:
    if writer.base is None:
        raise LibraryError("there is no library yet; add documents first: assistant library add FILE")
    with closing(Catalogue.reading(writer.base)) as catalogue:
        yield catalogue


def _known(base: Path | None) -> AbstractContextManager[Catalogue | None]:
    return closing(Catalogue.reading(base)) if base else nullcontext()
