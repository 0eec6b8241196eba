"""Tables in a column of lines: rows whose cells stand under each other, with clear gaps between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from assistant.library.readers.pdf.layout import Line
from assistant.library.readers.pdf.words import Word

# Shares of a line's height: a gap between cells, and one that stays clear through all rows.
_CELL_GAP, _CLEAR_GAP, _WIDE_GAP = 0.75, 0.45, 2
_FEWEST_ROWS = 2
# This share of a table's rows has at least two cells filled.
_FULL_ROWS = 0.6
# Cells of prose are longer than this, in words.
_SHORT_CELL = 8
# The lines of one row are nearer to each other than this share of the distance between rows.
_SAME_ROW = 0.8
# The lines of a column's name are nearer to each other than this many heights.
_WRAPPED = 1.3
# A line further below than this many heights belongs to no table above it.
_FARTHEST = 3.5
_BULLET = re.compile(r"[•·●▪◦‣–—-]|\(?(?:\d{1,2}|[a-z])[.)]")

Rows = list[list[str]]


def tables_in(lines: Sequence[Line]) -> Iterator[tuple[int, int, Rows]]:
    """First line, end and rows of each table among the lines of one column."""
    start = 0
    while start < len(lines):
        end = _end(lines, start)
        rows = _rows(lines[start:end]) if end - start >= _FEWEST_ROWS else []
        if rows and _is_table(rows, aligned=_is_aligned(lines[start:end])):
            first = _with_wrapped_head(lines, start, end)
            yield first, end, _rows(lines[first:end]) if first < start else rows
            start = end
        else:
            start += 1


def _end(lines: Sequence[Line], start: int) -> int:
    """Where the run of lines ends that stand in the same columns as the one at ``start``."""
    if not _has_cells(lines[start]):
        return start
    end = start + 1
    while end < len(lines) and lines[end - 1].middle - lines[end].middle < _FARTHEST * lines[end].height:
        spaces = _clear(lines[start : end + 1])
        # A line of one cell that fills the spaces which the rows before it keep clear is a caption, or text.
        kept = _clear(lines[start:end]) if end - start >= _FEWEST_ROWS else spaces
        if not spaces or not (_has_cells(lines[end]) or _in_one_column(lines[end], kept)):
            break
        end += 1
    while end > start + 1 and not _has_cells(lines[end - 1]) and _leaves(lines[start:end]):
        end -= 1
    return end


def _with_wrapped_head(lines: Sequence[Line], start: int, end: int) -> int:
    """The first line of a table, counting a line close above it that begins the names of columns other than the first."""
    spaces = _clear(lines[start:end])
    above = lines[start - 1] if start else None
    if (
        above
        and above.left > spaces[0]
        and above.middle - lines[start].middle < _WRAPPED * above.height
        and spaces == _clear(lines[start - 1 : end])
    ):
        return start - 1
    return start


def _has_cells(line: Line) -> bool:
    return _BULLET.fullmatch(line.words[0].text) is None and next(line.gaps(_CELL_GAP), None) is not None


def _leaves(table: Sequence[Line]) -> bool:
    """Whether the last line, of one cell at the left, is what follows the table, and no second line of its last row."""
    distances = [before.middle - after.middle for before, after in pairwise(table)]
    at_left = table[-1].left < min(line.left for line in table) + table[-1].height
    return at_left and distances[-1] >= _SAME_ROW * max(distances)


def _clear(lines: Sequence[Line]) -> list[float]:
    """The places between columns that no word of the lines crosses."""
    room = _CLEAR_GAP * median(line.height for line in lines)
    spaces, reached = [], float("-inf")
    for word in sorted((word for line in lines for word in line.words), key=lambda word: word.left):
        if word.left - reached >= room and reached > float("-inf"):
            spaces.append((word.left + reached) / 2)
        reached = max(reached, word.right)
    return spaces


def _in_one_column(line: Line, spaces: Sequence[float]) -> bool:
    return not any(line.left < space < line.right for space in spaces)


def _rows(lines: Sequence[Line]) -> Rows:
    """The cells of each row; lines that are nearer to each other than the rows are, or have no first cell, go on with the row above."""
    spaces = _clear(lines)
    if not spaces:
        return []
    distances = [before.middle - after.middle for before, after in pairwise(lines)]
    usual = max(distances) if min(distances) < _SAME_ROW * max(distances) else 0.0
    rows: list[list[list[Word]]] = []
    for line, distance in zip(lines, [None, *distances], strict=True):
        cells = _cells(line, spaces)
        if rows and distance is not None and (distance < _SAME_ROW * usual or not cells[0]):
            rows[-1] = [[*cell, *more] for cell, more in zip(rows[-1], cells, strict=True)]
        else:
            rows.append(cells)
    return _without_stray([[" ".join(word.text for word in cell) for cell in row] for row in rows])


def _without_stray(rows: Rows) -> Rows:
    """Joins a column that has text in one row only, below the first, with the one before it: a wide space in a cell made it."""
    for column in range(len(rows[0]) - 1, 0, -1):
        filled = [row for row in rows if row[column]]
        if len(rows) > _FEWEST_ROWS and len(filled) == 1 and filled[0] is not rows[0] and filled[0][column - 1]:
            rows = [[*row[: column - 1], f"{row[column - 1]} {row[column]}".strip(), *row[column + 1 :]] for row in rows]
    return rows


def _cells(line: Line, spaces: Sequence[float]) -> list[list[Word]]:
    cells: list[list[Word]] = [[] for _ in range(len(spaces) + 1)]
    for word in line.words:
        cells[sum(space < (word.left + word.right) / 2 for space in spaces)].append(word)
    return cells


def _is_aligned(lines: Sequence[Line]) -> bool:
    """Whether wide gaps part the cells of all lines, and those behind the first gap stand exactly under each other."""
    gaps = [next(line.gaps(_CELL_GAP), None) for line in lines]
    if len(lines) <= _FEWEST_ROWS or not all(
        gap and gap[1] - gap[0] > _WIDE_GAP * line.height for gap, line in zip(gaps, lines, strict=True)
    ):
        return False
    starts = [gap[1] for gap in gaps if gap]
    return max(starts) - min(starts) < 1


def _is_table(rows: Rows, *, aligned: bool) -> bool:
    full = [row for row in rows if sum(map(bool, row)) >= 2]
    others = [cell for row in rows for cell in row[1:] if cell]
    if len(full) < _FEWEST_ROWS or len(full) < _FULL_ROWS * len(rows) or median(len(cell.split()) for cell in others) > _SHORT_CELL:
        return False
    # Two columns may be prose with a wide space in it, where no figures speak for a table.
    return (
        aligned
        or len(rows[0]) > 2
        or (len(full) > _FEWEST_ROWS and sum(bool(re.search(r"\d", row[1])) for row in full[1:]) >= len(full) / 2)
    )
