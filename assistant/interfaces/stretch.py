"""What a citation points at: characters of a document, in the passage that they stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.errors import UsageError
from assistant.values import Document, Span, Value

if TYPE_CHECKING:
    from assistant.library.library import Library


class Stretch(Value):
    """``quote`` is the document's text from ``start`` to ``end``; ``before`` and ``after`` are what else its passage says.

    ``page``, ``section`` and ``columns`` are as in a citation.
    """

    document: Document
    start: int
    end: int
    before: str
    quote: str
    after: str
    page: int | None = None
    section: str | None = None
    columns: str | None = None


def stretch(library: Library, document: Document, start: int, end: int) -> Stretch:
    """The characters from ``start`` to ``end``; raises UsageError where the text has them not."""
    text = library.text(document.id)
    if not 0 <= start < end <= len(text):
        raise UsageError(f"{start}-{end} is no stretch of this text; its characters are START-END with 0 <= START < END <= {len(text)}")
    if document.superseded_by:  # it has no passages any more; a paragraph shows as much
        passage, first, last = None, text.rfind("\n\n", 0, start) + 1, text.find("\n\n", end)
        last = last if last >= 0 else len(text)
    else:
        passage = library.passage_at(Span(document=document.id, start=start, end=end))
        first, last = min(start, passage.start), max(end, passage.end)
    return Stretch(
        document=document,
        start=start,
        end=end,
        before=text[first:start],
        quote=text[start:end],
        after=text[end:last],
        page=passage.page_at(start) if passage else None,
        section=passage.section if passage else None,
        columns=passage.columns if passage else None,
    )
