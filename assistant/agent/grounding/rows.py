"""Which row of a table a statement speaks of, and whether its figures stand there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.agent.grounding.agreement import stated, valued
from assistant.agent.grounding.amounts import Amount, amounts
from assistant.agent.grounding.parts import stated_parts
from assistant.agent.grounding.reading import Line, headed
from assistant.agent.grounding.vocabulary import content, reason, stems, table
from assistant.language.conjunctions import COMPARING, CONTRASTING
from assistant.language.tables import cells

# Where a statement sets two rows against each other it may name one of them in words of its own.
_OTHERS = re.compile(rf"{COMPARING}|{CONTRASTING}|;|\bfrom\b|\bthe (?:other|rest|latter|former)\b", re.IGNORECASE)
_LABELS = 2  # so many columns may tell what a row is of where the first has no word


@dataclass(frozen=True, slots=True)
class _Row:
    """A row: the stems of its first cell, the figures with a unit of its first cells, and all its figures."""

    label: frozenset[str]
    keys: tuple[Amount, ...]
    figures: tuple[Amount, ...]


def misrowed(said: str, lines: Sequence[Line]) -> str | None:
    """A figure that stands in another row only than those of which ``said`` names what tells them from the others."""
    if _OTHERS.search(said):
        return None
    for rows in _tables(tuple(line for line in lines if line.is_row)):
        every = [word for row in rows for word in row.label]
        words = content(said)
        figures = amounts(said)
        named = [
            row
            for row in rows
            if any(every.count(word) == 1 for word in row.label & words)
            or any(_is_key(figure, row, rows) for figure in figures if figure.unit)
        ]
        if len(named) != 1 or len(rows) == 1:
            continue
        elsewhere = [figure for line in lines if not line.is_row for figure in line.figures]
        wholes = [whole for _, whole in stated_parts(said)]  # "of the ten mice", which another row may number
        for figure in figures:
            if (
                figure in wholes
                or (figure.value == 1 and not figure.unit)
                or figure.kind not in ("number", "word")
                or any(valued(figure, other) for other in elsewhere)
            ):
                continue
            held = [row for row in rows if any(valued(figure, other) for other in row.figures)]
            if held and not any(row in named for row in held):
                return reason("place", name=figure.text, source=", ".join(sorted(held[0].label)))
    return None


def _is_key(figure: Amount, row: _Row, rows: Sequence[_Row]) -> bool:
    """Whether a figure with a unit tells ``row`` from all others."""
    return [other for other in rows if any(stated(figure, key) for key in other.keys)] == [row]


@lru_cache(maxsize=1024)
def _tables(rows: tuple[Line, ...]) -> tuple[tuple[_Row, ...], ...]:
    """The rows of each table below its heading."""
    found: dict[tuple[str, int], list[_Row]] = {}
    for line in rows:
        head = headed(line.passage).get(line.block, line.block)
        if head != line.block and line.figures:
            starts = [match.end() for match in re.finditer(r"^\s*\|?|\|", line.text)]
            first = cells(line.text)[0]
            labels = 1 if any(word.isalpha() for word in content(first)) else _LABELS
            last = line.start + (starts[labels] if len(starts) > labels else len(line.text))
            keys = tuple(figure for figure in line.figures if figure.unit and figure.start < last)
            label = frozenset(word for word in content(first) if word.isalpha()) - stems(table("words")["frame"])
            found.setdefault((line.passage, head), []).append(_Row(label, keys, line.figures))
    return tuple(map(tuple, found.values()))
