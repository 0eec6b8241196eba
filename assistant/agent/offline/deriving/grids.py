"""The rows that were found of a table → the table: its cells by row and column, and whether all of its rows are there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.agent.evidence import Source
from assistant.agent.offline.deriving.labelled import Labelled, labelled
from assistant.agent.offline.deriving.rows import column_names, plain_cells
from assistant.agent.offline.findings import Findings
from assistant.agent.offline.sentences.lookup import Match

# So many characters may stand between two passages that go on with each other.
_GAP = 4


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of one document: ``cells`` by row and column where these are one figure, ``corner`` the name above the rows' names.

    ``context`` is what stands around the table, ``complete`` whether it is known that no row is missing. ``texts`` are all cells of each
    row as they are written, the row's name first.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    corner: str
    cells: Mapping[tuple[int, int], Labelled]
    context: str
    complete: bool
    texts: tuple[tuple[str, ...], ...]

    @property
    def turned(self) -> Grid:
        """The table with its rows as columns, of which none is missing."""
        cells = {(column, row): cell for (row, column), cell in self.cells.items()}
        texts = tuple((name, *(row[column + 1] for row in self.texts)) for column, name in enumerate(self.columns))
        return Grid(self.columns, self.rows, self.corner, cells, self.context, True, texts)

    def cell(self, row: int, column: int) -> Labelled | None:
        """The figure there."""
        return self.cells.get((row, column))


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
    first = plain_cells(found[0].unit.text)
    names = column_names(found[0].unit.columns, first)
    rows = tuple(plain_cells(match.unit.text)[0] for match in found)
    if len(set(rows)) < len(rows) or len(set(names)) < len(names):
        return None
    places = {name: place for place, name in enumerate(names[1:])}
    cells = {
        (row, places[each.column]): each for row, match in enumerate(found) for each in labelled([match], findings) if each.column in places
    }
    told = [tuple(plain_cells(match.unit.text)) for match in found]
    texts = tuple(row + ("",) * (len(names) - len(row)) for row in told)  # a row may leave its last cells out
    return Grid(rows, tuple(names[1:]), names[0], cells, _caption(found[0]), _is_complete(found, findings), texts)


def _is_complete(found: Sequence[Match], findings: Findings) -> bool:
    """Whether the rows begin below their heading, go on without a gap, and something else stands below the last one."""
    sources = list(dict.fromkeys(match.unit.source for match in found))
    passages = [findings.evidence.sources[number - 1].passage for number in sources]
    if found[0].unit.columns not in passages[0].text:
        return False
    if any(not 0 <= after.start - before.end <= _GAP for before, after in pairwise(passages)):
        return False
    last = passages[-1]
    ends = last.text.rstrip().endswith(found[-1].unit.text.rstrip())
    below = (source.passage for source in findings.evidence.sources if source.passage.document == last.document)
    return not ends or any(0 <= each.start - last.end <= _GAP and each.columns is None for each in below)
