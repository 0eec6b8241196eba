"""Words → lines, and lines → the columns that they are read in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median

from assistant.library.readers.pdf.words import Word

# Words whose middles are nearer to each other than this share of their height are on one line.
_LEVEL = 0.45
# A gutter between columns is at least this share of a line's height wide.
_GUTTER = 0.7
# What columns of prose have on both sides of their gutter: lines, characters a line, letters among them, width filled.
_COLUMN_LINES, _COLUMN_CHARACTERS, _COLUMN_LETTERS, _COLUMN_FILLED = 3, 16, 0.65, 0.55
# A row of a table has at least so many gaps.
_ROW_GAPS = 2
# The spaces of a justified line are narrower than this many heights.
_WIDE_SPACE = 1.8
# Lines further apart than this many times the usual distance do not belong together.
_APART = 1.6


@dataclass(frozen=True)
class Line:
    """Words on one level, from left to right."""

    words: tuple[Word, ...]

    @cached_property
    def left(self) -> float:
        return self.words[0].left

    @cached_property
    def right(self) -> float:
        return max(word.right for word in self.words)

    @cached_property
    def top(self) -> float:
        return max(word.top for word in self.words)

    @cached_property
    def bottom(self) -> float:
        return min(word.bottom for word in self.words)

    @cached_property
    def height(self) -> float:
        return median(word.height for word in self.words)

    @cached_property
    def middle(self) -> float:
        return median(word.middle for word in self.words)

    @cached_property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def bold(self) -> bool:
        return all(word.bold for word in self.words)

    def gaps(self, share: float) -> Iterator[tuple[float, float]]:
        """The gaps between words that are at least ``share`` of the line's height wide."""
        for before, after in pairwise(self.words):
            if after.left - before.right >= share * self.height:
                yield before.right, after.left


def lines_of(words: Sequence[Word]) -> list[Line]:
    """The lines of a page from top to bottom."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: -word.middle):
        if lines and abs(lines[-1][0].middle - word.middle) < _LEVEL * min(lines[-1][0].height, word.height):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [Line(tuple(sorted(line, key=lambda word: word.left))) for line in lines]


def columns(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Groups of lines in reading order; where columns stand side by side, each is a group of its own."""
    found = _widest_columns(lines)
    if found is None:
        if lines:
            yield list(lines)
        return
    first, last, x = found
    yield from columns(lines[:first])
    for side in (0, 1):
        yield from columns([part for line in lines[first:last] if (part := _part(line, x, side))])
    yield from columns(lines[last:])


def _part(line: Line, x: float, side: int) -> Line | None:
    """What of a line is left (0) or right (1) of ``x``."""
    words = tuple(word for word in line.words if (word.left + word.right > 2 * x) == bool(side))
    return Line(words) if words else None


def _widest_columns(lines: Sequence[Line]) -> tuple[int, int, float] | None:
    """The longest run of lines that one gutter divides into columns of prose: first line, end, and the gutter's place."""
    best: tuple[int, int, float] | None = None
    places = sorted({round((start + end) / 2) for line in lines for start, end in line.gaps(_GUTTER)})
    for x in places:
        for first, last in _uncrossed(lines, x):
            found = _trimmed(lines, first, last, x)
            if found and (best is None or found[1] - found[0] > best[1] - best[0]) and _divides_prose(lines[slice(*found)], x):
                best = (*found, x)
    return best


def _uncrossed(lines: Sequence[Line], x: float) -> Iterator[tuple[int, int]]:
    """Runs of lines in which no word stands at ``x`` or comes near it, and which are no rows of a table over both columns."""
    start = 0
    for number, line in enumerate(lines):
        room = _GUTTER * line.height / 2
        if any(word.left < x + room / 2 and word.right > x - room / 2 for word in line.words) or _is_row(line, x):
            if number > start:
                yield start, number
            start = number + 1
    if len(lines) > start:
        yield start, len(lines)


def _trimmed(lines: Sequence[Line], first: int, last: int, x: float) -> tuple[int, int] | None:
    """The run without lines at its ends that stand on one side only and belong to what is above or below the columns."""
    sides = [(_part(line, x, 0) is not None, _part(line, x, 1) is not None) for line in lines[first:last]]
    opening = next((n for n, side in enumerate(sides) if all(side) or side != sides[min(n + 1, len(sides) - 1)]), None)
    if opening is None:
        return None
    closing = max(n for n, side in enumerate(sides) if side[1]) + 1
    usual = _usual_distance(lines[first + opening : first + closing])
    while closing < len(sides) and lines[first + closing - 1].middle - lines[first + closing].middle < _APART * usual:
        closing += 1
    return first + opening, first + closing


def _is_row(line: Line, x: float) -> bool:
    """Whether a line is a row of a table that goes on over ``x``: it has several cells, some on each side, and prose on neither."""
    parts = [part for side in (0, 1) if (part := _part(line, x, side))]
    if len(parts) < 2 or len(list(line.gaps(_GUTTER))) < _ROW_GAPS:
        return False
    return not any(len(part.text) >= _COLUMN_CHARACTERS and _spelled(part.text) and not any(part.gaps(_WIDE_SPACE)) for part in parts)


def _spelled(text: str) -> bool:
    """Whether a text is mostly letters."""
    return sum(map(str.isalpha, text)) >= _COLUMN_LETTERS * len(text.replace(" ", ""))


def _usual_distance(lines: Sequence[Line]) -> float:
    return median([before.middle - after.middle for before, after in pairwise(lines)] or [lines[0].height if lines else 0])


def _divides_prose(lines: Sequence[Line], x: float) -> bool:
    for side in (0, 1):
        parts = [part for line in lines if (part := _part(line, x, side))]
        if len(parts) < _COLUMN_LINES:
            return False
        text = " ".join(part.text for part in parts)
        width = max(part.right for part in parts) - min(part.left for part in parts)
        if (
            median(len(part.text) for part in parts) < _COLUMN_CHARACTERS
            or not _spelled(text)
            or median(part.right - part.left for part in parts) < _COLUMN_FILLED * width
        ):
            return False
    return True
