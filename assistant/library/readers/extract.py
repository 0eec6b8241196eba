"""What a format's reader finds in a file's bytes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Extract:
    """The text, and a title and dates where the format itself names them.

    Tables are rows of cells between bars under a row of column names, headings are marked with ``#``, and a form feed ends each
    page of what has pages. ``date`` is when the document says it was published, ``made`` when its file was; both ISO 8601.
    """

    text: str
    title: str | None = None
    date: str | None = None
    made: str | None = None
