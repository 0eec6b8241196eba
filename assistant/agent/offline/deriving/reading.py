"""A table as a question reads it: the rows that it means, the columns that tell what came of them, the figures where these cross."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.agent.offline.deriving.grids import Grid
from assistant.agent.offline.deriving.labelled import Labelled
from assistant.agent.offline.deriving.made import Composed
from assistant.agent.offline.deriving.naming_lines import Trait, traits_in, traits_of
from assistant.agent.offline.deriving.row_groups import RowGroups, row_groups
from assistant.agent.offline.deriving.selectors import is_descriptive
from assistant.agent.offline.deriving.wanted import Wanted
from assistant.agent.offline.understanding.cues import signals
from assistant.language.periods import periods
from assistant.language.stems import words

TABLE = "tabled"
"""The table of prompts/questions.toml with what tables call their lines."""
PAIRED = frozenset(["ratio", "factor", "change", "difference", "moved", "points", "left"])
"""The kinds of what two figures give."""


@dataclass(frozen=True, slots=True)
class Made:
    """What the ``cells`` of some ``columns`` give, as ``studies.calculate`` reads it; ``kind`` names the phrase that tells the result."""

    kind: str
    expression: str
    cells: tuple[Labelled, ...]
    columns: tuple[int, ...]

    @property
    def composed(self) -> Composed:
        """The same with the rows that the cells stand in."""
        return Composed(self.kind, self.expression, tuple(dict.fromkeys(each.match for each in self.cells)))


@dataclass(frozen=True, slots=True)
class Reading:
    """A table read for a question: ``groups`` are the rows meant, ``values`` the columns that tell what came of them.

    ``text`` is what is found of the table's document.
    """

    asked: Wanted
    grid: Grid
    groups: RowGroups
    values: tuple[int, ...]
    text: str

    @property
    def question(self) -> str:
        """What is asked."""
        return self.asked.question

    @property
    def stems(self) -> frozenset[str]:
        """The stems of what is asked."""
        return frozenset(word.stem for word in words(self.question))

    @property
    def initials(self) -> frozenset[str]:
        """Abbreviations of what is asked, in small letters."""
        return frozenset(value.casefold() for kind, value in traits_in(self.question) if kind == "initials")

    @property
    def group(self) -> tuple[int, ...] | None:
        """The rows of the one group that is meant, all of them where all are spoken of or none is named."""
        if len(self.groups.sides) == 1:
            return self.groups.sides[0]
        together = signals(self.question, TABLE) & {"overall"} or "sum" in self.asked.cues
        return tuple(row for side in self.groups.sides for row in side) if together else None

    @property
    def pair(self) -> tuple[int, int] | None:
        """The two rows that are set side by side."""
        sides = self.groups.sides
        return (sides[0][0], sides[1][0]) if len(sides) == 2 and len(sides[0]) == len(sides[1]) == 1 else None

    def cells(self, rows: Sequence[int], columns: Sequence[int]) -> tuple[Labelled, ...]:
        """The figures there; none where one is missing."""
        found = [self.grid.cell(row, column) for row in rows for column in columns]
        return tuple(each for each in found if each) if None not in found else ()

    def counted(self, rows: Sequence[int], columns: Sequence[int]) -> tuple[Labelled, ...]:
        """The counts there, of the row of all where all are meant and there is one; none where one is no count."""
        if self.groups.total is not None and (whole := self.cells([self.groups.total], columns)):
            return whole if all(map(is_count, whole)) else ()
        found = self.cells(rows, columns) if self.are_known(rows) else ()
        return found if all(map(is_count, found)) else ()

    def are_known(self, rows: Sequence[int]) -> bool:
        """Whether rows are all that are meant: those that are named, or all of the table, unless they are the same at several times."""
        return self.groups.named or (self.grid.complete and not (len(rows) > 1 and any(map(is_time, self.grid.rows))))

    def counts(self, column: int) -> bool:
        """Whether a column measures nothing: where a cell of it is empty, it still tells what is to be counted."""
        return all(is_count(cell) for row in range(len(self.grid.rows)) if (cell := self.grid.cell(row, column)))


def reading(asked: Wanted, grid: Grid, text: str, *, question: str = "") -> Reading | None:
    """None where the question means rows that the table has not; ``question`` tells of the rows, if not the whole one does."""
    groups = row_groups(question or asked.question, grid, paired=bool(PAIRED & set(asked.kinds)))
    values = tuple(c for c in range(len(grid.columns)) if not is_descriptive(grid, c))
    return Reading(asked, grid, groups, values, text) if groups else None


def is_count(cell: Labelled) -> bool:
    """Whether a figure counts and measures nothing."""
    named = cell.measure.casefold() in ("", "n") or f"({cell.measure})" in cell.row  # "A (PBS)" is no measure
    return named and not cell.figure.unit and not cell.figure.value % 1


def times_of(name: str) -> frozenset[Trait]:
    """The times that the name of a row or column tells."""
    return frozenset(trait for trait in traits_of(name) if trait[0] == "time")


def is_time(name: str) -> bool:
    """Whether a row or column is of a time or period."""
    return bool(times_of(name) or periods(name))
