"""Plain text, in any common encoding."""

from __future__ import annotations

from assistant.library.readers.encodings import decode
from assistant.library.readers.extract import Extract


def extract(data: bytes) -> Extract:
    """The text as it is."""
    return Extract(decode(data))
