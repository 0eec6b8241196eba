"""Files → canonical text: one reader for each suffix, and the encodings a text file comes in."""

from __future__ import annotations

import codecs
import re
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import ReadingError
from assistant.library.titles import find_date, find_title, front_matter

# Two thousand pages of text; what is larger is data, not a document that answers questions.
MAX_BYTES = 20_000_000
# English, German or French text has fewer bytes outside ASCII than this; detection needs more of them to be right, and takes
# an English sentence with one µ for Chinese.
_WESTERN_SHARE = 0.08

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says: ``text`` is canonical (line ends are ``\\n``), ``date`` is ISO 8601 or None."""

    text: str
    title: str
    date: str | None


@dataclass(frozen=True, slots=True)
class Extract:
    """What a format's reader found: the text, and a title and date where the format itself names them."""

    text: str
    title: str | None = None
    date: str | None = None


def _plain(data: bytes) -> Extract:
    return Extract(decode(data))


def _markdown(data: bytes) -> Extract:
    text = decode(data)
    fields = front_matter(text)
    return Extract(text, fields.get("title"), fields.get("date"))


READERS: Mapping[str, Callable[[bytes], Extract]] = {
    ".txt": _plain,
    ".text": _plain,
    ".md": _markdown,
    ".markdown": _markdown,
}


def read(path: Path) -> Reading:
    """Reads one document; a title that the text does not show is the file's name without its suffix.

    Raises ReadingError for what is missing, not a regular file, too large, of an unknown format, binary or empty.
    """
    reader = READERS.get(path.suffix.lower())
    data = _bytes(path, known=reader is not None)
    if reader is None:
        raise ReadingError(f"{path}: {path.suffix or 'a file without suffix'} is not a format this version reads; it reads {_formats()}")
    try:
        extract = reader(data)
    except ReadingError as error:
        raise ReadingError(f"{path}: {error}") from error
    if not extract.text.strip():
        raise ReadingError(f"{path}: the file has no text in it")
    title = extract.title or find_title(extract.text) or path.stem
    return Reading(extract.text, title, extract.date or find_date(extract.text))


def decode(data: bytes) -> str:
    """Bytes of a text file → canonical text. Raises ReadingError where they are no text."""
    text = _decoded(data).replace("\r\n", "\n").replace("\r", "\n")
    controls = len(_CONTROL.findall(text))
    if "\0" in text or controls > max(2, len(text) // 1000):
        raise ReadingError("the file is binary, not text")
    return text


def _decoded(data: bytes) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strictly(data, encoding)
    if b"\0" in data:
        raise ReadingError("the file is binary, not text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _legacy(data)


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadingError(f"the file says that it is {encoding.upper().removesuffix('-SIG')} but is not; save it as UTF-8") from error


def _legacy(data: bytes) -> str:
    """Text in an encoding from before UTF-8: Windows-1252 (of which Latin-1 is a part) or what detection finds."""
    high = sum(byte > 0x7F for byte in data)
    if high <= _WESTERN_SHARE * len(data):
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError:  # a byte that Windows-1252 leaves undefined
            return data.decode("latin-1")
    from charset_normalizer import from_bytes  # noqa: PLC0415 - few files need it

    best = from_bytes(data).best()
    if best is None:
        raise ReadingError("the file's encoding cannot be told; save it as UTF-8")
    return str(best)


def _bytes(path: Path, *, known: bool) -> bytes:
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise ReadingError(f"{path} is a folder; name the files in it")
        if not stat.S_ISREG(mode):
            raise ReadingError(f"{path} is not a regular file")
        if not known:
            return b""
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise ReadingError(f"{path}: there is no such file") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path itself
        raise ReadingError(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}") from error
    if len(data) > MAX_BYTES:
        raise ReadingError(f"{path} is larger than {MAX_BYTES // 1_000_000} MB; split it into documents")
    return data


def _formats() -> str:
    return ", ".join(sorted(READERS))
