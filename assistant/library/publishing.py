"""The next generation: a copy that is changed, brought in line with its indexes, settled, sealed and published, or nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from assistant.errors import LibraryDamaged, LibraryError, LibraryFull
from assistant.library import answering, lexical, manifest, space, spare, twin, vectors
from assistant.library import catalogue as catalogues
from assistant.library.bulk import PassageEncoder
from assistant.library.encoder import Encoder, encoder_folder, fingerprint, weights
from assistant.library.encoding import encode_missing
from assistant.library.generations import Writer, root
from assistant.library.indexes import settle, update_indexes
from assistant.library.originals import Originals
from assistant.library.revision import Revision
from assistant.library.store import Progress


@contextmanager
def next_generation(
    writer: Writer, encoder: PassageEncoder | None, tell: Progress, *, growth: int = 0, originals: Originals | None = None
) -> Iterator[Revision]:
    """The catalogue of the next generation; after the block its vectors and indexes follow, and it is published.

    Without an ``encoder`` the block must add no text; ``growth`` is about how many bytes of text it adds. With ``originals`` the
    indexes are made again instead of changed, and where these are a spare copy, the catalogue too. Raises LibraryFull,
    LibraryDamaged and LibraryError; nothing is changed then.
    """
    if writer.base and not originals and (wrong := manifest.differences(writer.base)):
        raise LibraryDamaged(f"nothing was changed: {writer.base.name} is damaged ({wrong[0]}); run: assistant library rebuild")
    folder = writer.begin(without=_left_behind(originals), growth=growth * space.PER_TEXT_BYTE)
    try:
        with _revision(folder, originals) as catalogue:
            yield catalogue
            catalogue.forget_vectors()
            if encoder:
                catalogue.note("encoder", encoder.usual.fingerprint)
                encode_missing(catalogue, encoder, tell)
            update_indexes(folder, catalogue, create=not (folder / vectors.FOLDER).exists(), progress=tell)
        tell("publishing", 0, 1)
        with ThreadPoolExecutor(max_workers=1) as beside:
            copied = beside.submit(spare.write, folder)
            settle(folder)
        copied.result()
        manifest.write(folder)
    except (LibraryDamaged, LibraryError, OSError) as error:
        raise _told_apart(error, folder) from error
    writer.publish(keep_old=originals is not None and originals.salvaged)
    tell("publishing", 1, 1)


def prepare_encoder(
    home: Path, embedding_model: str, tell: Progress, *, repair: bool = False, processors: int | None = None
) -> PassageEncoder:
    """The library's encoder, made first where it is not there yet; with ``repair`` also where it is damaged.

    Of ``processors`` it uses all by default.

    Passages are encoded by the twin as questions are: it is faster than torch, its vectors differ by less than 1e-6, and adding to a
    library then needs no torch.
    """
    if repair:
        answering.repair(home)
    folder = encoder_folder(home, fingerprint(embedding_model))
    if folder.exists():
        try:
            return PassageEncoder(Encoder(folder, processors=processors), embedding_model, processors)
        except LibraryDamaged:
            if not repair:
                raise
            shutil.rmtree(folder)
    source = weights(embedding_model)
    space.require(root(home), space.ENCODER)
    tell("preparing the encoder", 0, 1)
    twin.export(source, folder)
    answering.prepare(home)  # where that was another encoder's
    tell("preparing the encoder", 1, 1)
    return PassageEncoder(Encoder(folder, processors=processors), embedding_model, processors)


def _left_behind(originals: Originals | None) -> tuple[str, ...]:
    """What the copy of a generation begins without."""
    always = (manifest.FILE, spare.FILE)
    if not originals:
        return always
    indexes = (*always, lexical.FOLDER, vectors.FOLDER)
    return (*indexes, catalogues.FILE) if originals.spare else indexes


def _revision(folder: Path, originals: Originals | None) -> AbstractContextManager[Revision]:
    if originals and originals.spare:
        return _restored(folder, originals)
    return Revision.of(folder) if (folder / catalogues.FILE).exists() else Revision.create(folder)


@contextmanager
def _restored(folder: Path, originals: Originals) -> Iterator[Revision]:
    with Revision.create(folder) as catalogue:
        catalogue.restore(spare.read(originals.folder))
        yield catalogue


def _told_apart(error: Exception, folder: Path) -> LibraryError:
    """A full disk shows in many ways; what else went wrong is told as it is."""
    if space.free(folder.parent) < space.SLACK:
        return LibraryFull(f"nothing was changed: the disk of {folder.parent} is full; make room, and try again")
    if isinstance(error, OSError):
        return LibraryError(f"nothing was changed: the library cannot be written: {error.strerror or error}")
    kind = LibraryDamaged if isinstance(error, LibraryDamaged) else LibraryError
    return kind(f"nothing was changed: {error}")
