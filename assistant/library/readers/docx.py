"""DOCX: paragraphs, headings, lists and tables in the order in which they stand, then the footnotes."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import groupby

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError

from assistant.errors import ReadingError
from assistant.library.readers.docx_text import notes_of, text_of
from assistant.library.readers.extract import Extract
from assistant.library.readers.laid_out import with_tables
from assistant.library.titles import plausible_title

# Of all parts together once unpacked; a bomb is known by it before anything is unpacked.
_MOST_UNPACKED = 300_000_000
_MOST_PARTS = 10_000
# The day in the template of the library that reads them here, which documents made with it keep.
_TEMPLATE_DAY = "2013-12-23"
# A file of Word's older format, or one that is encrypted, is such a container.
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0"
# What is no ZIP archive, or one of a kind that zipfile does not open (ValueError: sizes and dates that cannot be; NotImplementedError: a
# later version, encryption or compression than it knows).
_NO_ARCHIVE = (zipfile.BadZipFile, ValueError, NotImplementedError)
# What an archive raises that is no sound document: parts that are missing (KeyError, python-docx's PackageNotFoundError), do not unpack
# (zlib.error, EOFError), or are no XML (SyntaxError is the base of what lxml's parser raises).
_DAMAGED = (*_NO_ARCHIVE, PackageNotFoundError, KeyError, zlib.error, EOFError, SyntaxError)


def extract(data: bytes) -> Extract:
    """Headings marked with ``#``, list items with ``-``, tables as rows of cells; title and date of making from the properties."""
    _require_sound(data)
    try:
        document = Document(BytesIO(data))
        text = "\n\n".join(_with_tables([*text_of(document), *notes_of(document)]))
    except _DAMAGED as error:
        raise ReadingError(
            "it cannot be read as DOCX: it is damaged, or larger than a document ever is; save it again with a word processor"
        ) from error
    title, made = _properties(document)
    return Extract(f"{text}\n" if text else "", title, made=made)


def _with_tables(blocks: Sequence[str]) -> Iterator[str]:
    """The blocks, paragraphs that lay a table out by tabs as its rows."""
    for tabbed, group in groupby(blocks, key=lambda block: "\t" in block):
        paragraphs = list(group)
        lines = "\n".join(paragraphs)
        laid_out = with_tables(lines) if tabbed else lines
        yield from paragraphs if laid_out == lines else [laid_out]


def _require_sound(data: bytes) -> None:
    """Looks only at the table of contents of the archive."""
    if data.startswith(_COMPOUND_FILE):
        raise ReadingError("it is encrypted, or a DOC file of older versions of Word; save it as DOCX without a password")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
    except _NO_ARCHIVE as error:
        raise ReadingError("it is no DOCX file, or it is cut short") from error
    size = sum(part.file_size for part in parts)
    if len(parts) > _MOST_PARTS or size > _MOST_UNPACKED:
        raise ReadingError(f"it unpacks to {size / 1_000_000:,.0f} MB in {len(parts):,} parts, more than a document ever does")


def _properties(document: WordDocument) -> tuple[str | None, str | None]:
    properties = document.core_properties
    try:
        made = properties.created or properties.modified
    except ValueError:  # a date that is none
        made = None
    day = made.date().isoformat() if made else None
    return properties.title if plausible_title(properties.title) else None, None if day == _TEMPLATE_DAY else day
