"""Suffix → format: which module reads it, where, and how large a file of it may be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# Changes whenever the same file may give another text.
VERSION = "5"

# Two thousand pages of text; what is larger is data, not a document that answers questions.
_TEXT_BYTES = 20_000_000
# Documents with pictures in them.
_FILE_BYTES = 100_000_000
# No file of any format is read that is larger.
MAX_BYTES = _FILE_BYTES


@dataclass(frozen=True, slots=True)
class Format:
    """A format, read by ``extract`` of the module of this package named ``module``.

    A ``confined`` one is read in a child process: its libraries are large, some not memory-safe, and files can be made to break
    them. ``most_bytes`` is the largest file that is read.
    """

    module: str
    confined: bool
    most_bytes: int


_PLAIN = Format("plain", confined=False, most_bytes=_TEXT_BYTES)
_MARKDOWN = Format("markdown", confined=False, most_bytes=_TEXT_BYTES)
_HTML = Format("html", confined=True, most_bytes=_TEXT_BYTES)
_DOCX = Format("docx", confined=True, most_bytes=_FILE_BYTES)
_PDF = Format("pdf", confined=True, most_bytes=_FILE_BYTES)

READERS: Mapping[str, Format] = {
    ".txt": _PLAIN,
    ".text": _PLAIN,
    ".md": _MARKDOWN,
    ".markdown": _MARKDOWN,
    ".htm": _HTML,
    ".html": _HTML,
    ".xhtml": _HTML,
    ".docx": _DOCX,
    ".pdf": _PDF,
}
