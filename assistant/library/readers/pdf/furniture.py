"""Running heads, running feet and page numbers, which are no text of the document's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

from assistant.library.readers.pdf.layout import Line

# So many lines at the top and at the bottom of a page may be running ones; they come back on this share of the pages.
_LINES = 3
_SHARE = 0.4
# Where a line ends or begins with the page's number, two pages are enough.
_TWICE = 2
# A line that comes back stands at the same height, within this many points.
_SAME_HEIGHT = 6.0
# A running line is at least this many line heights away from the text.
_SET_APART = 1.5
# A line that differs from the one beside it by this share of its height is set in another size, and no row of its table.
_OTHER_SIZE = 0.12
# The page's number may be followed by how many pages there are.
_OUTER_NUMBER = re.compile(r"^(?P<first>\d{1,4})\b|(?<![\d.])(?P<last>\d{1,4})(?:\s*(?:/|of|von)\s*\d{1,4})?$")
_PAGE_NUMBER = re.compile(r"(?i)(?:page|seite|p\.)\s*\d+(?:\s*(?:of|von|/)\s*\d+)?|[-–—]\s*\d+\s*[-–—]|[ivxl]{1,6}|\d+\s*(?:of|/)\s*\d+")


def without_running_heads(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The lines of each page without those at its edges that come back on other pages at the same place, set apart from the text."""
    edges = [(number, line) for number, page in enumerate(pages) for line in {*page[:_LINES], *page[-_LINES:]}]
    seen = Counter(_key(line) for _, line in edges)
    counted = Counter(key for number, line in edges for key in _numbered(line, number))
    # Left and right pages have other heads, but count on.
    ahead = {key[1:] for key, count in counted.items() if count >= _TWICE}
    often = max(2, _SHARE * len(pages))

    def runs(line: Line, number: int) -> bool:
        alone = _PAGE_NUMBER.fullmatch(line.text.strip()) is not None
        return alone or seen[_key(line)] >= often or any(key[1:] in ahead for key in _numbered(line, number))

    found = []
    for number, page in enumerate(pages):
        head = _edge(page, partial(runs, number=number))
        foot = _edge(page[: head - 1 if head else None : -1], partial(runs, number=number))
        found.append(list(page[head : len(page) - foot]))
    return found


def _edge(lines: Sequence[Line], runs: Callable[[Line], bool]) -> int:
    """How many lines at the start of ``lines``, counted from the edge of the page inwards, are running ones."""
    count = next((n for n, line in enumerate(lines[:_LINES]) if not runs(line)), min(_LINES, len(lines)))
    if 0 < count < len(lines):
        # The head of a table that goes on over pages comes back too, but its rows follow it closely.
        outer, inner = lines[count - 1], lines[count]
        if abs(outer.height - inner.height) > _OTHER_SIZE * inner.height:
            return count
        if abs(outer.middle - inner.middle) < _SET_APART * max(outer.height, inner.height):
            return 0
    return count


def _numbered(line: Line, page: int) -> list[tuple[str, int, int]]:
    """The line without the number that it begins or ends with, its height, and what that number is ahead of the page's index."""
    text, height = line.text.strip(), round(line.middle / _SAME_HEIGHT)
    return [
        (" ".join((text[: match.start()] + text[match.end() :]).split()), height, int(match["first"] or match["last"]) - page)
        for match in _OUTER_NUMBER.finditer(text)
    ]


def _key(line: Line) -> tuple[str, int]:
    """What is the same wherever the line comes back."""
    return line.text.strip(), round(line.middle / _SAME_HEIGHT)
