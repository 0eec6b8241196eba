"""Tables that a plain text lays out by bars, tabs or wide spaces → rows of cells between bars under their column names.

Each line stays where it is; only what stands between its cells changes, and a rule is set below the names of the columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from assistant.language.figures import YEAR
from assistant.language.tables import RULE
from assistant.library.readers.tables import count_heads, pipe_table

# What parts cells: one of these in each line of a table. A single tab or bar does, of spaces it takes two.
_BARS, _TABS, _SPACES = re.compile(r"\s*\|\s*"), re.compile(r"\s*\t\s*"), re.compile(r"(?<=\S) {2,}(?=\S)")
# A rule of dashes or the like that parts the names of columns from what stands under them.
_DRAWN = re.compile(r"[\s|:+=_-]*[=_-]{3,}[\s|:+=_-]*")
_BULLET = re.compile(r"(?:[•·●▪◦‣–—*-]|\(?(?:\d{1,2}|[a-z])[.)])(?:\s|$)")
# Cells of prose are longer than this, in words, and a table has so many rows at least, or as many columns.
_SHORT_CELL, _FEW = 8, 3
_NUMBER = re.compile(r"[(<>≤≥±~$€£+-]*\d[\d.,]*[%)*†‡]*")
_AMOUNT = re.compile(r"\W*\d[\d.,]*\s?(?P<unit>[^\W\d_]+|%)")
_DIGIT = re.compile(r"\d")

Rows = list[list[str]]


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines ``start`` to ``end`` of a text that are a table, with its rows; none where they stand between bars already."""

    start: int
    end: int
    rows: Rows


def with_tables(text: str) -> str:
    """``text`` with the tables that it lays out as rows between bars; those that are already so stay as they are."""
    lines = text.split("\n")
    written: list[str] = []
    reached = 0
    for block in _blocks(lines):
        if block.rows:
            written += [*lines[reached : block.start], pipe_table(block.rows, count_heads(block.rows))]
            reached = block.end
    return "\n".join([*written, *lines[reached:]])


def _blocks(lines: Sequence[str]) -> Iterator[_Block]:
    start = 0
    while start < len(lines):
        found = next((block for parted in (_BARS, _TABS, _SPACES) if (block := _block(lines, start, parted))), None)
        if found:
            yield found
        start = found.end if found else start + 1


def _block(lines: Sequence[str], start: int, parted: re.Pattern[str]) -> _Block | None:
    """The table that begins at a line; None where none does."""
    above = [line for line in lines[max(0, start - 2) : start] if _is_row(line, parted)]
    if len(above) > 1 or (above and _count(above[-1], parted) == _count(lines[start], parted)):
        return None  # the midst of what is no table; one line of another kind may stand right above one
    end, kept = start, list[str]()
    while end < len(lines) and (_is_row(lines[end], parted) or (kept and _goes_on(lines, end, parted, len(kept)))):
        if lines[end].strip() and not _DRAWN.fullmatch(lines[end]):
            kept.append(lines[end])
        end += 1
    while end > start and not _is_row(lines[end - 1], parted):
        end -= 1
    if _is_written(lines[start:end]):
        return _Block(start, end, [])
    rows = (_by_spaces(kept) if parted is _SPACES else _by_signs(kept, parted)) if kept else []
    return _Block(start, end, rows) if rows and _is_table(rows) else None


def _is_row(line: str, parted: re.Pattern[str]) -> bool:
    return bool(line.strip()) and parted.search(line.strip()) is not None and not _BULLET.match(line.strip()) and not _DRAWN.fullmatch(line)


def _count(line: str, parted: re.Pattern[str]) -> int:
    return len(parted.split(line.strip()))


def _goes_on(lines: Sequence[str], place: int, parted: re.Pattern[str], rows: int) -> bool:
    """Whether a line without cells is a rule, or behind the names of the columns empty or more of one name, with another row behind it."""
    line, above = lines[place], lines[place - 1]
    indent = len(line) - len(line.lstrip())
    names = rows == 1 and (not line.strip() or (parted is _SPACES and above.find("  ", len(above) - len(above.lstrip())) < indent))
    return bool(names or _DRAWN.fullmatch(line)) and any(_is_row(following, parted) for following in lines[place + 1 : place + 2])


def _is_written(lines: Sequence[str]) -> bool:
    """Whether it is a table as the program reads it: cells between outer bars, with a rule below the first row."""
    return len(lines) > 1 and all(line.strip().startswith("|") for line in lines) and RULE.fullmatch(lines[1].strip()) is not None


def _by_signs(lines: Sequence[str], parted: re.Pattern[str]) -> Rows:
    """The cells between the signs that part them, of which one may stand before the first cell and behind the last of each line."""
    rows = [[cell.strip() for cell in parted.split(line)] for line in lines]
    for edge in (0, -1):
        if not any(row[edge] for row in rows):
            rows = [row[1:] if edge == 0 else row[:-1] for row in rows]
    return rows if len({len(row) for row in rows}) == 1 else []


def _by_spaces(lines: Sequence[str]) -> Rows:
    """The cells of lines whose columns no text crosses, or which all have as many cells."""
    laid = [line.expandtabs().rstrip() for line in lines]
    width = max(map(len, laid))
    blank = [all(line[place : place + 1] in ("", " ") for line in laid) for place in range(width)]
    starts = [place for place in range(width) if not blank[place] and all(blank[max(0, place - 2) : place])]
    rows = [[line[one:two].strip() for one, two in zip(starts, [*starts[1:], width], strict=True)] for line in laid]
    split = [_SPACES.split(line.strip()) for line in laid]
    if len({len(row) for row in split}) == 1 and len(split[0]) >= len(starts):
        return split
    most = max(map(len, split))
    return rows if len(starts) == most else []  # else text of one column reaches into another


def _is_table(rows: Rows) -> bool:
    """Whether the first row names columns and the others have figures under most of them."""
    names, body = rows[0], rows[1:]
    width = len(names)
    cells = [cell for row in body for cell in row[1:] if cell]
    if width < 2 or not cells or len(rows) < 2 or (width < _FEW and len(rows) < _FEW):
        return False
    if median(len(cell.split()) for cell in cells) > _SHORT_CELL or any(map(_is_number, names)):
        return False
    if names[0].endswith(":") or not all(names[1:]) or any(_is_amount_too(*column) for column in zip(*rows, strict=True)):
        return False
    full = sum(sum(map(bool, row)) > 1 for row in body)
    figures = sum(bool(_DIGIT.search(cell)) for cell in cells)
    # Two columns may be labels and what they say, of which the first names nothing.
    headed = width >= _FEW or not _DIGIT.search(names[1])
    return headed and full * 2 > len(body) and figures * 2 >= len(cells) if width < _FEW else full * 2 > len(body)


def _is_amount_too(name: str, *column: str) -> bool:
    """Whether a name is an amount in the unit of those under it, and so names nothing."""
    units = [found["unit"] if (found := _AMOUNT.match(cell)) else "" for cell in (name, *column)]
    return bool(units[0]) and 2 * units[1:].count(units[0]) >= len(column)


def _is_number(name: str) -> bool:
    return _NUMBER.fullmatch(name) is not None and not YEAR.fullmatch(name)
