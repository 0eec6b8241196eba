"""Figures that tell nothing of what a question sets side by side: counts of other things, days on which something was done."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.agent.offline.deriving.labelled import NEAR, Labelled
from assistant.agent.offline.deriving.pairing import told_apart
from assistant.agent.offline.understanding.operation import Operation
from assistant.language.units import TIME_UNITS

# On which days it was, "on days 10 and 12", and what in a question tells that it asks how far apart they are.
_ON_DAYS = re.compile(r"\bon days?\s+(?:\d+\s*(?:,|and|or)\s*)*$", re.IGNORECASE)
_OF_TIME = re.compile(
    r"\b(?:days?|weeks?|months?|hours?|years?|time|when|apart|interval|gap|long|longer|later|earlier|sooner|between|delay\w*)\b",
    re.IGNORECASE,
)


def are_of_no_side(chosen: Sequence[Labelled], asked: Operation, sides: Sequence[str], stated: Sequence[Labelled]) -> bool:
    """Whether figures only count, and of one of two sides no figure is told at all: five arms of ten animals for tumor to liver."""
    if any(each.measure or each.column for each in chosen):
        return False
    return any(side and not any(each.has(word) >= NEAR for word in side for each in stated) for side in told_apart(asked, sides))


def tell_days(chosen: Sequence[Labelled], question: str) -> bool:
    """Whether figures are days on which something was done, and ``question`` has no word of time: deaths on days 10 and 12 tell of no
    weight.
    """
    return all(_is_day(each) for each in chosen) and not _OF_TIME.search(question)


def _is_day(each: Labelled) -> bool:
    return each.measure in TIME_UNITS and not each.column and _ON_DAYS.search(each.unit.text[: each.figure.start]) is not None
