"""Markdown: the text as it is written, its tables with their outer bars; a leading ``---`` block may name title and date."""

from __future__ import annotations

from assistant.language.controls import inert
from assistant.library.readers.encodings import decode
from assistant.library.readers.extract import Extract
from assistant.library.readers.laid_out import with_tables
from assistant.library.titles import front_matter


def extract(data: bytes) -> Extract:
    """The text with its marks, and what the front matter says."""
    text = with_tables(decode(data))
    fields = front_matter(inert(text))
    return Extract(text, fields.get("title"), fields.get("date"))
