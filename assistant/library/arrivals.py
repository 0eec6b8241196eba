"""What the files of an ``add`` say, as it arrives from where they are read: here, or on the machines of a cluster."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import ReadingError
from assistant.library.ahead import ahead
from assistant.library.catalogue import text_digest
from assistant.library.prepared import Prepared
from assistant.library.readers import READERS, Reader, Reading
from assistant.paths import expanded
from assistant.values import Document

if TYPE_CHECKING:
    from assistant.library.encoder import Vectors

_ID_LENGTH = 12
# Of a document with layout and pictures, one byte in so many is text, more or less.
_PICTURES = 10


@dataclass(frozen=True, slots=True)
class File:
    """A file to be read; ``sha256`` and ``size`` of its bytes, or None and 0 where it is none that can be read."""

    path: str
    location: str
    sha256: str | None
    size: int

    @property
    def text_bytes(self) -> int:
        """About how many of its bytes are text."""
        form = READERS.get(Path(self.path).suffix.lower())
        return self.size if form is not None and not form.confined else self.size // _PICTURES


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a file says, or why it was ``refused``, in one line.

    ``prepared`` and, by the keys of their texts, ``vectors`` of its passages come along where they were made elsewhere.
    """

    file: File
    reading: Reading | None
    refused: str = ""
    prepared: Prepared | None = None
    vectors: Mapping[str, Vectors] = field(default_factory=dict)


# Reads files and gives each one's arrival, in order as far as it can; to be closed where it is left before its end.
Readings = Callable[[Sequence[File]], Generator[Arrival, None, None]]


def read_here(files: Sequence[File]) -> Generator[Arrival, None, None]:
    """Reads one file after the other, ahead of their use."""
    with Reader() as reader, closing(ahead(partial(_read, reader), files, reader.stop)) as readings:
        for file, future in readings:
            try:
                arrival = Arrival(file, future.result())
            except ReadingError as error:
                arrival = Arrival(file, None, refused=str(error))
            yield arrival


def document_of(path: str, reading: Reading) -> Document:
    """What the library will know of a file's text; its id is the beginning of the text's SHA-256."""
    sha256 = text_digest(reading.text)
    return Document(
        id=sha256[:_ID_LENGTH], title=reading.title, date=reading.date, path=path, sha256=sha256, characters=len(reading.text)
    )  # fmt: skip


def _read(reader: Reader, file: File) -> Reading:
    return reader.read(expanded(file.path))
