"""A table as a question looks at it: along its rows or its columns, which lines it sets side by side, what is told of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.agent.offline.deriving.grids import Grid
from assistant.agent.offline.deriving.labelled import Labelled
from assistant.agent.offline.deriving.naming_lines import Named, Trait, named_lines
from assistant.agent.offline.sentences.lookup import Match
from assistant.language.units import ACTIVITY_UNITS

TABLE = "tabled"
"""The table of prompts/questions.toml with what tables call their lines."""
_OF_DOSE = re.compile(r"\b(?:dose|activity|escalat\w*|step)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Crossed:
    """``expression`` as ``studies.calculate`` reads it, made of ``inputs``; ``said_as`` is the phrase that tells the result."""

    said_as: str
    expression: str
    inputs: tuple[Labelled, ...]
    told: int

    @property
    def matches(self) -> tuple[Match, ...]:
        """The rows of the cells."""
        return tuple(dict.fromkeys(each.match for each in self.inputs))


@dataclass(frozen=True, slots=True)
class View:
    """A table looked at along its rows or its columns: ``entities`` are the lines that are set side by side or added, ``measures`` what
    is told of each; ``groups`` and ``of`` are those that the question names.
    """

    grid: Grid
    question: str
    flipped: bool
    entities: tuple[str, ...]
    measures: tuple[str, ...]
    groups: tuple[Named, ...]
    of: tuple[Named, ...]

    def cell(self, entity: int, measure: int) -> Labelled | None:
        """The figure of one measure of one entity."""
        return self.grid.cell(entity, measure, flipped=self.flipped)

    @property
    def measured(self) -> Sequence[int]:
        """The measures that have figures."""
        return [m for m in range(len(self.measures)) if any(self.cell(e, m) for e in range(len(self.entities)))]

    @property
    def traits(self) -> frozenset[Trait]:
        """By what the question names its lines."""
        return frozenset(trait for named in (*self.groups, *self.of) for trait in named.traits)

    @property
    def measure(self) -> int | None:
        """The one measure that the question names, or the only one that there is; the activity where it speaks of doses."""
        if len(self.of) == 1:
            return self.of[0].place
        given = [m for m in self.measured if all((cell := self.cell(e.place, m)) and cell.measure in ACTIVITY_UNITS for e in self.groups)]
        if not self.of and len(given) == 1 and _OF_DOSE.search(self.question):
            return given[0]
        return self.measured[0] if not self.of and len(self.measured) == 1 else None


def views(question: str, grid: Grid) -> Iterator[View]:
    """The table along its rows, then along its columns."""
    rows, columns = named_lines(question, grid.rows), named_lines(question, grid.columns)
    yield View(grid, question, False, grid.rows, grid.columns, rows, columns)
    yield View(grid, question, True, grid.columns, grid.rows, columns, rows)
