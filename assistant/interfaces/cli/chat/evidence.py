"""What surrounds a quote in its document: the passage that it stands in, and the ones before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.errors import UnknownDocument
from assistant.interfaces.render.opened import Surroundings

if TYPE_CHECKING:
    from assistant.library.library import Library
    from assistant.values import Citation


def surroundings(library: Library, citation: Citation) -> Surroundings:
    """Read from the library where it still has the quote at its characters, else from the passage that the answer kept."""
    try:
        text = library.text(citation.document.id)
        passages = library.passages(citation.document.id)
    except UnknownDocument:
        return _kept(citation)
    if text[citation.start : citation.end] != citation.quote:
        return _kept(citation)
    holding = [index for index, passage in enumerate(passages) if passage.start < citation.end and citation.start < passage.end]
    if not holding:
        return Surroundings("", "", current=True)
    first, last = passages[max(holding[0] - 1, 0)], passages[min(holding[-1] + 1, len(passages) - 1)]
    return Surroundings(text[first.start : citation.start], text[citation.end : last.end], current=True)


def _kept(citation: Citation) -> Surroundings:
    before, found, after = citation.passage.partition(citation.quote)
    return Surroundings(before, after, current=False) if found else Surroundings("", "", current=False)
