"""What workers do with files, stage by stage: paths → bytes → passages and studies → vectors. A refused file passes what follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.errors import ReadingError
from assistant.library import generations, readers
from assistant.library.arrivals import document_of
from assistant.library.bulk import MANY, PassageEncoder
from assistant.library.catalogue import text_digest
from assistant.library.cluster.finished import Finished
from assistant.library.encoder import encoder_folder, fingerprint
from assistant.library.prepared import Prepared, prepare
from assistant.library.publishing import prepare_encoder
from assistant.library.readers import Reader, Reading
from assistant.library.store import Extractor, silent
from assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class Work:
    """How all files are worked on. ``home`` is that of the process that asked; ``many`` whether their passages are many to encode."""

    home: Path
    embedding_model: str
    extract: Extractor
    many: bool


@dataclass(frozen=True, slots=True)
class Named:
    """A file by its ``number`` in this ``add``, the ``path`` by which the library knows it, and its absolute ``place``."""

    number: int
    path: str
    place: Path


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file and its bytes."""

    file: Named
    data: bytes


@dataclass(frozen=True, slots=True)
class Split:
    """A file, what it says, and its passages and studies."""

    file: Named
    reading: Reading
    prepared: Prepared


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that cannot be read, and why."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Done:
    """A ``Finished``, packed."""

    number: int
    packed: bytes


def load(files: Sequence[Named], work: Work) -> list[Loaded | Refusal]:
    """Loads files, on the machine that has them."""
    del work
    found: list[Loaded | Refusal] = []
    for file in files:
        try:
            found.append(Loaded(file, readers.load(file.place)))
        except ReadingError as error:
            found.append(Refusal(file.number, str(error)))
    return found


def divide(files: Sequence[Loaded | Refusal], work: Work) -> list[Split | Refusal]:
    """Reads files, in a child process where their format needs one, splits them and extracts their studies."""
    return [file if isinstance(file, Refusal) else _divided(file, work) for file in files]


def encode(files: Sequence[Split | Refusal], work: Work) -> list[Done | Refusal]:
    """Encodes the passages of all files together, each text once."""
    import numpy as np

    texts = {
        text_digest(passage.in_context): passage.in_context
        for file in files
        if isinstance(file, Split)
        for passage in file.prepared.passages
    }
    made = _encoder(work).quickest(MANY if work.many else 0).encode(list(texts.values()))
    vectors = dict(zip(texts, made, strict=True))
    done: list[Done | Refusal] = []
    for file in files:
        if isinstance(file, Split):
            own = [vectors[text_digest(passage.in_context)] for passage in file.prepared.passages]
            finished = Finished(file.reading, file.prepared, np.stack(own) if own else made[:0])
            done.append(Done(file.file.number, finished.packed()))
        else:
            done.append(file)
    return done


def make_ready(work: Work) -> None:
    """Makes the encoder of this machine, where it has none yet. Raises EncoderError, LibraryError and its kin."""
    _encoder(work).quickest(MANY if work.many else 0)


def _divided(file: Loaded, work: Work) -> Split | Refusal:
    try:
        reading = _reader().understand(file.file.place, file.data)
    except ReadingError as error:
        return Refusal(file.file.number, str(error))
    document = document_of(file.file.path, reading)
    return Split(file.file, reading, prepare(document, reading.text, _encoder(work).usual.tokens, work.extract))


@cache
def _reader() -> Reader:
    """This worker's; its child ends with the worker, whose end closes the pipe between them."""
    return Reader()


def _encoder(work: Work) -> PassageEncoder:
    return _encoder_of(work.home, work.embedding_model)


@cache
def _encoder_of(asking: Path, embedding_model: str) -> PassageEncoder:
    """The encoder in the home of the process that asked, where this is its machine, else the one in this machine's own."""
    made = fingerprint(embedding_model)
    if encoder_folder(asking, made).exists():
        return prepare_encoder(asking, embedding_model, silent, processors=1)
    home = Settings.load().home
    if encoder_folder(home, made).exists():
        return prepare_encoder(home, embedding_model, silent, processors=1)
    with generations.writing(home):
        return prepare_encoder(home, embedding_model, silent, processors=1)
