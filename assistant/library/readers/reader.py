"""A file that a user named → its canonical text, title and date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Self

from assistant.errors import ReadingError
from assistant.language.controls import inert, inert_line
from assistant.library.readers.confined import Confined
from assistant.library.readers.extract import Extract
from assistant.library.readers.files import file_bytes, require_document
from assistant.library.readers.formats import READERS, Format
from assistant.library.readers.limits import Limits
from assistant.library.readers.symbols import with_private
from assistant.library.titles import find_date, find_title

# No document has so much white space in one place; patterns that skip white space take quadratic time over it.
_EMPTINESS = re.compile(r"\s{500,}")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says.

    ``text`` is canonical: line ends are ``\\n``, a form feed ends each page of what has pages, and it has no characters that steer
    a terminal or cannot be seen. ``date`` is ISO 8601 or None.
    """

    text: str
    title: str
    date: str | None


class Reader:
    """Reads files one after the other; use as a context manager. Its child process starts with the first file that needs it."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._confined = Confined(limits or Limits())

    def read(self, path: Path) -> Reading:
        """Reads one document; see ``load`` and ``understand``."""
        return self.understand(path, load(path))

    def understand(self, path: Path, data: bytes) -> Reading:
        """What the bytes of a file say; a title that neither the format nor the text shows is the file's name without its suffix.

        Raises ReadingError, in one line, for what is damaged, protected, binary or empty, and for what takes its reader more time,
        memory or text than it may have.
        """
        try:
            extract = self._extract(READERS[path.suffix.lower()], data)
        except ReadingError as error:
            raise ReadingError(f"{inert_line(str(path))}: {error}") from error
        return _reading(path, extract)

    def _extract(self, form: Format, data: bytes) -> Extract:
        if form.confined:
            return self._confined.extract(form.module, data)
        found: Extract = import_module(f"{__package__}.{form.module}").extract(data)
        return found

    def stop(self) -> None:
        """Ends what another thread is reading; nothing more can be read."""
        self._confined.stop()

    def close(self) -> None:
        """Ends the child process."""
        self._confined.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def load(path: Path) -> bytes:
    """The bytes of a file of a known format.

    Raises ReadingError, in one line, for what is missing, not a regular file, too large or of an unknown format.
    """
    form = READERS.get(path.suffix.lower())
    if form is not None:
        return file_bytes(path, form.most_bytes)
    require_document(path)
    kind = path.suffix or "a file without suffix"
    raise ReadingError(f"{inert_line(str(path))}: {kind} is not a format this version reads; it reads {_formats()}")


def read(path: Path) -> Reading:
    """Reads one document; see ``Reader.read``."""
    with Reader() as reader:
        return reader.read(path)


def _reading(path: Path, extract: Extract) -> Reading:
    text = _EMPTINESS.sub(_shortened, inert(with_private(extract.text)))
    if not text.strip():
        raise ReadingError(f"{inert_line(str(path))}: the file has no text in it; of a scan, add the recognised text")
    title = inert_line(extract.title or "") or find_title(text) or inert_line(path.stem)
    return Reading(text, title, extract.date or find_date(text) or extract.made)


def _shortened(empty: re.Match[str]) -> str:
    """A long stretch of nothing as an empty line, or a space within a line; every page stays a page."""
    return "\n\n" + "\f" * empty[0].count("\f") if "\n" in empty[0] or "\f" in empty[0] else " "


def _formats() -> str:
    return ", ".join(sorted(READERS))
