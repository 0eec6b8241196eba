"""Where a document has tables: rows of cells between bars."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from assistant.studies.extraction.mentions import Clause, Page

_RULE = re.compile(r"[\s|:+-]*")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text without the space around it, at ``start``:``end`` of the document.

    ``raw`` is as written: a footnote's raised mark is no digit there.
    """

    start: int
    end: int
    text: str
    raw: str


def grids(page: Page) -> Iterator[tuple[int, list[list[Cell]]]]:
    """Each table with the offset at which it starts, and its rows."""
    for rows in _runs(page):
        yield rows[0].start, [_cells(page, row) for row in rows if not _RULE.fullmatch(page.text, row.start, row.end)]


def _runs(page: Page) -> Iterator[list[Clause]]:
    """Runs of rows that follow each other without an empty line."""
    run: list[Clause] = []
    for clause in page.clauses:
        if run and (clause.kind != "row" or page.text[run[-1].end : clause.start].strip(" ") != "\n"):
            yield run
            run = []
        if clause.kind == "row":
            run.append(clause)
    if run:
        yield run


def _cells(page: Page, row: Clause) -> list[Cell]:
    bars = [place for place in range(row.start, row.end) if page.text[place] == "|"]
    cells = []
    for bar, following in pairwise(bars):
        bare = page.text[bar + 1 : following].strip(" *")
        start = page.text.index(bare, bar + 1) if bare else bar + 1
        cells.append(Cell(start, start + len(bare), bare, page.raw[start : start + len(bare)]))
    return cells
