"""A table's cells → rows of text under their column names, in the form that the whole program reads: cells between bars."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from assistant.language.figures import YEAR

Grid = Sequence[Sequence[str]]

# Signs that some documents put into cells of their own.
_BEFORE_FIGURE = frozenset("$ € £ ¥ US$ ( ($ < > ≤ ≥ ± ~".split())
_AFTER_FIGURE = frozenset("% ) %) )% * ** † ‡ § x ×".split())


def pipe_table(rows: Grid, heads: int = 1) -> str:
    """The rows as lines of cells; the first ``heads`` rows become one row of column names. Empty where no cell has text."""
    width = max(map(len, rows), default=0)
    cells = [[_cell(text) for text in row] + [""] * (width - len(row)) for row in rows]
    if heads > 1:
        cells = [_merged_heads(cells[:heads]), *cells[heads:]]
    cells = _without_empty(cells)
    if not cells:
        return ""
    rule = "|" + "---|" * len(cells[0])
    lines = ["| " + " | ".join(row) + " |" for row in cells]
    return "\n".join([lines[0], rule, *lines[1:]])


def count_heads(rows: Grid) -> int:
    """How many rows at the top name columns, as far as their texts tell: one, and those that go on with an empty corner or its name."""
    heads = 1
    while heads < len(rows) - 1 and _goes_on(rows[heads - 1], rows[heads]):
        heads += 1
    return heads


def _goes_on(names: Sequence[str], row: Sequence[str]) -> bool:
    corner = row[0].strip()
    return corner == names[0].strip() if corner else any(row) and not any(map(_is_figure, row))


def with_signs_joined(row: Sequence[str]) -> list[str]:
    """The row with signs such as ``$`` and ``%`` in the cells of the figures that they belong to."""
    joined = [text.strip() for text in row]
    filled = [place for place, text in enumerate(joined) if text]
    for here, following in pairwise(filled):
        if joined[here] in _BEFORE_FIGURE and re.match(r"[\d.(]", joined[following]):
            joined[here], joined[following] = "", joined[here] + joined[following]
    filled = [place for place, text in enumerate(joined) if text]
    for before, here in pairwise(filled):
        if joined[here] in _AFTER_FIGURE and re.search(r"\d\W*$", joined[before]):
            joined[before], joined[here] = joined[before] + joined[here], ""
    return joined


def _cell(text: str) -> str:
    # A bar would end the cell; the broken bar is the sign nearest to it.
    return " ".join(text.split()).replace("|", "¦")


def _is_figure(text: str) -> bool:
    return re.match(r"\W*\d", text) is not None and not YEAR.fullmatch(text.strip())


def _merged_heads(rows: Grid) -> list[str]:
    return [" ".join(dict.fromkeys(filter(None, names))) for names in zip(*rows, strict=True)]


def _without_empty(rows: Grid) -> list[list[str]]:
    """Without empty rows, and without columns that have nothing below their name while others have."""
    rows = [row for row in rows if any(row)]
    body = rows[1:] or rows
    kept = [place for place in range(len(rows[0]) if rows else 0) if _any_at(body, place)]
    return [[row[place] for place in kept] for row in rows]


def _any_at(rows: Iterable[Sequence[str]], place: int) -> bool:
    return any(row[place] for row in rows)
