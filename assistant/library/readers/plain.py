"""Plain text, in any common encoding: as it is, its tables as rows between bars."""

from __future__ import annotations

from assistant.library.readers.encodings import decode
from assistant.library.readers.extract import Extract
from assistant.library.readers.laid_out import with_tables


def extract(data: bytes) -> Extract:
    """The text with its tables as the program reads them."""
    return Extract(with_tables(decode(data)))
