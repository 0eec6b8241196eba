"""Where a document has tables: rows of cells, by bars, tabs or columns of spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.studies.extraction.mentions import Clause, Page

# A second line of a heading that holds nothing but units: "(MBq)      (days)".
_UNIT = re.compile(r"\([^()\n]{1,12}\)")
_UNITS = re.compile(r"\s*(?:\([^()\n]{1,12}\)\s*)+")
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
    """Each table with the offset at which it starts, its rows of as many cells as its widest."""
    for rows in _runs(page):
        table = _aligned(page, [cells for row in rows if (cells := _cells(page, row))])
        yield rows[0].start, _with_units(page, table)


def _runs(page: Page) -> Iterator[list[Clause]]:
    """Runs of rows that follow each other; an empty line ends a table whose cells stand between bars."""
    run: list[Clause] = []
    for clause in page.clauses:
        gap = page.text[run[-1].end : clause.start] if run else ""
        if (
            clause.kind == "row"
            and (not gap.strip() or _UNITS.fullmatch(gap))
            and not (gap.count("\n") > 1 and page.text[clause.start] == "|")
        ):
            run.append(clause)
            continue
        if run:
            yield run
        run = [clause] if clause.kind == "row" else []
    if run:
        yield run


def _with_units(page: Page, table: list[list[Cell]]) -> list[list[Cell]]:
    """A table with the units of a second line of its heading, each added to the column under which it stands."""
    if len(table) < 2 or not table[0] or not table[1]:
        return table
    gap = page.text[table[0][-1].end : table[1][0].start]
    if not _UNITS.fullmatch(gap) or not gap.strip():
        return table
    line = page.text.find("\n", table[0][-1].end) + 1
    head = list(table[0])
    for unit in _UNIT.finditer(page.text, line, table[1][0].start):
        under = [c for c in range(len(head)) if _column(page, table, c)[0] <= unit.start() - line < _column(page, table, c)[1]]
        if len(under) == 1:
            head[under[0]] = replace(head[under[0]], text=f"{head[under[0]].text} {unit.group()}")
    return [head, *table[1:]]


def _column(page: Page, table: list[list[Cell]], column: int) -> tuple[int, int]:
    """From where to where in its lines a column reaches."""
    places = [
        (c.start - page.text.rfind("\n", 0, c.start) - 1, c.end - page.text.rfind("\n", 0, c.end) - 1)
        for c in (row[column] for row in table)
    ]
    return min(start for start, _ in places), max(end for _, end in places)


def _cells(page: Page, row: Clause) -> list[Cell]:
    """The cells of a row, empty for the rule under a Markdown heading."""
    start = page.text.rfind("\n", 0, row.start) + 1
    if _RULE.fullmatch(page.text, row.start, row.end):
        return []
    barred = "|" in row.text
    led = page.text[row.start] == "|" and (page.text[row.end - 1] == "|" or row.start == start)  # else its first cell is empty
    pattern = re.compile(r"\|" if barred else r"\t" if "\t" in row.text else r" {2,}")
    first = row.start + 1 if led else start if pattern.pattern == r"\t" else row.start
    last = row.end - 1 if barred and page.text[row.end - 1] == "|" else row.end
    cells = []
    for cut in [*pattern.finditer(page.text, first, last), None]:
        end = cut.start() if cut else last
        text = page.text[first:end]
        bare = text.strip(" \t\n*")
        left = first + text.find(bare) if bare else first
        cells.append(Cell(left, left + len(bare), bare, page.raw[left : left + len(bare)]))
        first = cut.end() if cut else last
    return cells


def _aligned(page: Page, grid: list[list[Cell]]) -> list[list[Cell]]:
    """Rows of as many cells as the widest: where columns are set apart by spaces, an empty cell shows only by its place in the line."""
    width = max((len(cells) for cells in grid), default=0)
    full = [cells for cells in grid if len(cells) == width]
    if len(full) == len(grid) or len(full) < 2 or page.text[grid[0][0].start - 1 : grid[0][0].start] == "|":
        return grid
    return [row for cells in grid if (row := cells if len(cells) == width else _spread(page, cells, full))]


def _spread(page: Page, cells: list[Cell], full: list[list[Cell]]) -> list[Cell]:
    """The cells of a short row, each under the column of the ``full`` rows that it overlaps; none where that is not clear."""

    def place(cell: Cell) -> tuple[int, int]:
        line = page.text.rfind("\n", 0, cell.start) + 1
        return cell.start - line, cell.end - line

    spans = [(min(place(row[c])[0] for row in full), max(place(row[c])[1] for row in full)) for c in range(len(full[0]))]
    spread = [Cell(cells[0].start, cells[0].start, "", "")] * len(spans)
    for cell in cells:
        start, end = place(cell)
        under = [c for c, (first, last) in enumerate(spans) if start < last and first < end]
        if len(under) != 1 or spread[under[0]].text:
            return []
        spread[under[0]] = cell
    return spread
