"""Table rows: their cells as clauses, and figures that take the unit which their column's heading gives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from assistant.agent.grounding.amounts import Amount, amounts
from assistant.agent.grounding.sums import of_heading
from assistant.agent.grounding.vocabulary import content
from assistant.language.figures import figures
from assistant.language.sentences import sentences
from assistant.language.tables import cells, headed_rows
from assistant.language.units import canonical_unit

# "Survival (days)", "Activity, uCi", "survival in days"
_UNIT_NOTE = re.compile(r"\s*[(\[]\s*([^)\]]{1,12})[)\]]\s*$|(?:,|\bin)\s+(\S{1,12})$")
# "Week of nadir", "Day of death"
_NUMBERED = re.compile(r"\s*(day|week|month)s? of\s", re.IGNORECASE)


def in_words(row: str, columns: Sequence[str]) -> str:
    """The row as clauses, each led by its column's heading; a figure without a unit takes the heading's: "survival: 12 day".

    A number that the heading makes a name is written as one: "cohort 3".
    """
    return "; ".join(clauses_of(row, columns))


def clauses_of(row: str, columns: Sequence[str]) -> tuple[str, ...]:
    """What ``in_words`` makes of each cell."""
    clauses = []
    for index, cell in enumerate(cells(row)):
        heading = columns[index] if index < len(columns) else ""
        unit = _unit_of(heading)
        figure = figures(cell)
        with_unit = f"{cell[: figure[-1].end]} {unit}{cell[figure[-1].end :]}" if unit and figure and not figure[-1].unit else cell
        noun = _UNIT_NOTE.sub("", heading).strip()
        is_name = bool(figure) and not figures(f"{noun} {cell}")
        clauses.append((f"{noun} {cell}" if is_name else f"{noun}: {with_unit}") if noun else with_unit)
    return tuple(clauses)


@lru_cache(maxsize=1024)
def known_amounts(text: str, columns: str | None = None) -> tuple[Amount, ...]:
    """All figures of an evidence text; a table cell's figure stands twice, the second time with its column's unit and noun.

    ``columns`` are the names that the text begins below.
    """
    found = list(amounts(text))
    for row, names in headed_rows(sentences(text), columns):
        starts = [match.end() for match in re.finditer(r"^\s*\|?|\|", row.text)]
        measure = cells(row.text)[0]  # "Purity (%)", whose unit is that of the whole row
        for heading, (start, end) in zip(cells(names), pairwise([*starts, len(row.text)]), strict=False):
            inside = [a for a in found if row.start + start <= a.start < row.start + end and not a.unit and a.kind == "number"]
            unit = _unit_of(heading) or _unit_of(measure) or ""
            found += [replace(a, unit=unit, nouns=content(_UNIT_NOTE.sub("", heading))) for a in inside]
            # "€ million" at the head of the rows is said of all columns.
            for factor, sort in filter(None, map(of_heading, dict.fromkeys((heading, cells(names)[0], measure)))):
                found += [replace(a, value=a.value * factor, grain=a.grain * factor, unit=sort, nouns=frozenset()) for a in inside]
    return tuple(found)


def _unit_of(heading: str) -> str | None:
    if numbered := _NUMBERED.match(heading):
        return canonical_unit(numbered[1].lower())
    if "/" in heading and (unit := canonical_unit(heading.strip())):
        return unit  # "Gy/MBq"
    note = _UNIT_NOTE.search(heading)
    return canonical_unit(note[1] or note[2]) if note else None
