"""Bytes of a text file, in any common encoding → text."""

from __future__ import annotations

import codecs

from assistant.errors import ReadingError
from assistant.language.controls import count_controls

# English, German or French text has fewer bytes outside ASCII than this; detection needs more of them to be right, and takes
# an English sentence with one µ for Chinese.
_WESTERN_SHARE = 0.08
# In UTF-16 most text has a zero as the one byte of a pair far more often than as the other.
_ZEROS_OFTEN, _ZEROS_RARELY = 0.1, 0.01

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of ``data``, line ends and control characters as they are; ``declared`` is the encoding that the file names.

    A byte order mark is believed before what is declared. Raises ReadingError where the bytes are no text.
    """
    text = _decoded(data, declared)
    if count_controls(text) > max(2, len(text) // 1000):
        raise ReadingError("the file is binary, not text")
    return text


def _decoded(data: bytes, declared: str | None) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strictly(data, encoding)
    for encoding in filter(None, (declared, _without_bom(data), "utf-8")):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):  # declared wrongly, or an encoding that does not exist
            continue
    return _legacy(data)


def _without_bom(data: bytes) -> str | None:
    """UTF-16 that does not say so."""
    pairs = len(data) // 2
    if not pairs or len(data) % 2 or b"\0" not in data:
        return None
    first, second = data[0::2].count(0) / pairs, data[1::2].count(0) / pairs
    if first >= _ZEROS_OFTEN and second <= _ZEROS_RARELY:
        return "utf-16-be"
    if second >= _ZEROS_OFTEN and first <= _ZEROS_RARELY:
        return "utf-16-le"
    return None


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
    from charset_normalizer import from_bytes  # few files need it

    best = from_bytes(data).best()
    if best is None:
        raise ReadingError("the file's encoding cannot be told; save it as UTF-8")
    return str(best)
