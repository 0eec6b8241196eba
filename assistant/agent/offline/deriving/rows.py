"""The row of a table → its cells, the figures with which they begin, and the measure, time and whole that its names tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.agent.offline.understanding.cues import signals
from assistant.agent.offline.understanding.terms import measure_key
from assistant.language.figures import Figure, figures
from assistant.language.tables import cells
from assistant.language.units import CURRENCIES, TIME_UNITS, canonical_unit, is_activity

# What a column's name gives a unit in, and what may stand behind the figure of a cell: its spread or its share.
_IN_NAME = re.compile(r"\(([^()]+)\)")
_WHOLE_OF = re.compile(r"\b(?:out of|of|n\s*=)\s*(?P<whole>[1-9][\d,]*)(?=\s*(?:\)|$|[a-z]))", re.IGNORECASE)
# An amount that is spent or lost, as accounts write it.
_LOSS = re.compile(r"\((?P<amount>[$€£]?[\d.,]+%?)\)|[-–−](?P<less>[$€£]?[\d.,]+%?)")
SPREAD = re.compile(r"\s*(?:$|±|\+/-|\()")


def whole_of(column: str) -> float | None:
    """The number of all of whom a column counts some: "Number of men (out of 96)", "Arm B (N = 82)"."""
    found = _WHOLE_OF.search(column)
    return float(found["whole"].replace(",", "")) if found else None


def stated_in(cell: str) -> Sequence[Figure]:
    """The figures with which a cell begins, or the only activity that it tells of in words, "a single dose of 20 MBq"."""
    found = figures(cell)
    if found and found[0].start > 0:
        measured = [figure for figure in found if is_activity(figure.unit)]
        found = tuple(measured) if len(measured) == 1 else ()
    return () if found and found[0].qualifier else found


def plain_cells(text: str) -> Sequence[str]:
    """The cells of a row without what makes them bold, and without the signs of a row that gives all its amounts as spent or lost.

    Those of a result keep their signs: they would be taken for gains.
    """
    row = [cell.strip("*_ ") for cell in cells(text)]
    amounts = [cell for cell in row[1:] if any(map(str.isdigit, cell))]
    spent = amounts and signals(row[0], "accounts") == {"spent"} and all(_LOSS.fullmatch(cell) for cell in amounts)
    return [row[0], *(loss["amount"] or loss["less"] if spent and (loss := _LOSS.fullmatch(cell)) else cell for cell in row[1:])]


def measure_named(names: str) -> str:
    """What the names of a column and a row give in brackets: a unit that is known, before what may be anything."""
    named = [each for each in _IN_NAME.findall(names) if whole_of(each) is None]
    return next((each for each in named if unit_of(each)), min(named, key=lambda each: " " in each, default=""))


def unit_alone(name: str) -> str:
    """The unit that is all of a column's name, "Gy/MBq"; empty where there is more."""
    return (canonical_unit(name.strip()) or "") if "/" in name else ""


def unit_of(measure: str) -> str:
    """The unit that a column's name gives, as ``calculate`` knows it; empty where it knows none."""
    return canonical_unit(measure) or (measure if measure in CURRENCIES else "")


def time_named(name: str) -> str:
    """The one time at which the name of a column or row tells that its cells were so: "Uptake at 24 h"."""
    times = {measure_key(each) for each in figures(name) if each.unit in TIME_UNITS and each.kind == "number"}
    return times.pop() if len(times) == 1 else ""
