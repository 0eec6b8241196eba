"""The rows that were found of a table → the table: its cells by row and column, and whether all of its rows are there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.agent.evidence import Source
from assistant.agent.offline.deriving.labelled import Labelled, labelled
from assistant.agent.offline.deriving.rows import plain_cells
from assistant.agent.offline.findings import Findings
from assistant.agent.offline.sentences.lookup import Match
from assistant.language.sentences import sentences
from assistant.language.tables import cells as cells_of
from assistant.language.tables import headed_rows
from assistant.language.units import ACTIVITY_UNITS
from assistant.values import Passage

# So many characters may stand between two passages that go on with each other.
_GAP = 4


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of one document: ``cells`` by row and column where these are one figure, ``corner`` the name above the rows' names.

    ``context`` is what stands around the table, ``complete`` whether it is known that no row is missing. ``texts`` are all cells of each
    row as they are written, the row's name first; ``even`` whether each row has as many as there are columns: which are missing in one
    that has fewer, nobody knows.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    corner: str
    cells: Mapping[tuple[int, int], Labelled]
    context: str
    complete: bool
    texts: tuple[tuple[str, ...], ...]
    even: bool

    @property
    def turned(self) -> Grid:
        """The table with its rows as columns, of which none is missing."""
        cells = {(column, row): cell for (row, column), cell in self.cells.items()}
        texts = tuple((name, *(row[column + 1] for row in self.texts)) for column, name in enumerate(self.columns))
        return Grid(self.columns, self.rows, self.corner, cells, self.context, True, texts, self.even)

    def cell(self, row: int, column: int) -> Labelled | None:
        """The figure there."""
        return self.cells.get((row, column))

    def activities(self, row: int) -> list[Labelled]:
        """The activities among the figures of a row."""
        return [cell for column in range(len(self.columns)) if (cell := self.cell(row, column)) and cell.measure in ACTIVITY_UNITS]


def grids(matches: Sequence[Match], findings: Findings) -> Iterator[Grid]:
    """The tables of which rows were found, each with the rows in the order of its document."""
    tables: dict[tuple[str, str], list[Match]] = {}
    for match in matches:
        if match.unit.columns:
            tables.setdefault((findings.document_of(match.unit.source).id, match.unit.columns), []).append(match)
    for rows in tables.values():
        if grid := _grid(sorted(rows, key=lambda match: _place(match, findings)), findings):
            yield grid


def _caption(match: Match) -> str:
    return " ".join(match.unit.context.split())


def _place(match: Match, findings: Findings) -> tuple[int, int]:
    return _source(match, findings).passage.start, match.unit.position


def _source(match: Match, findings: Findings) -> Source:
    return findings.evidence.sources[match.unit.source - 1]


def _grid(found: Sequence[Match], findings: Findings) -> Grid | None:
    """None where a row or a column is named like another one."""
    columns = found[0].unit.columns
    names = cells_of(columns)
    passages = [_source(match, findings).passage for match in {match.unit.source: match for match in found}.values()]
    matched = {match.unit.text: match for match in found}
    told = {tuple(plain_cells(text)): matched.get(text) for text in [*_rows(passages, columns), *matched]}
    rows = tuple(row[0] for row in told)
    if len(set(rows)) < len(told) or len(set(names)) < len(names):
        return None
    places = {name: place for place, name in enumerate(names[1:])}
    cells: dict[tuple[int, int], Labelled] = {}
    for row, match in enumerate(told.values()):
        for each in labelled([match], findings) if match else ():
            if each.column in places:
                cells.setdefault((row, places[each.column]), each)  # of "3/20" the part
    texts = tuple(row + ("",) * (len(names) - len(row)) for row in told)  # a row may leave its last cells out
    even = {len(row) for row in told} == {len(names)}
    return Grid(rows, tuple(names[1:]), names[0], cells, _caption(found[0]), _is_complete(passages, found, findings), texts, even)


def _rows(passages: Sequence[Passage], columns: str) -> Iterator[str]:
    """All rows below the names of the columns, those too that have no figure and answer nothing by themselves."""
    for passage in passages:
        yield from (row.text for row, names in headed_rows(sentences(passage.text), passage.columns) if names == columns)


def _is_complete(passages: Sequence[Passage], found: Sequence[Match], findings: Findings) -> bool:
    """Whether the rows begin below their heading, go on without a gap, and something else stands below the last one."""
    if found[0].unit.columns not in passages[0].text:
        return False
    if any(not 0 <= after.start - before.end <= _GAP for before, after in pairwise(passages)):
        return False
    last = passages[-1]
    ends = last.text.rstrip().endswith(found[-1].unit.text.rstrip())
    below = (source.passage for source in findings.evidence.sources if source.passage.document == last.document)
    return not ends or any(0 <= each.start - last.end <= _GAP and each.columns is None for each in below)
