"""Whether a calculation is in the unit, or of the kind of amount, that a question asks for."""

from __future__ import annotations

import re

from assistant.agent.offline.deriving.candidate import Candidate
from assistant.agent.offline.deriving.wanted import Wanted
from assistant.language.units import ACTIVITY_UNITS, CURRENCIES, TIME_UNITS, canonical_unit, measures_alike

# "How many mice", "the number of mice": what is counted.
_COUNTED = re.compile(r"\b(?:how many|number of)\s+(?:(?:more|fewer|extra|additional)\s+)?(?P<noun>[a-z]+)\b", re.IGNORECASE)
# Results that are in no unit of their own.
_UNITLESS = frozenset(["ratio", "factor", "share", "change", "points", "quotient"])
_ACTIVITY = re.compile(r"\bactivit(?:y|ies)\b", re.IGNORECASE)
_MONEY = re.compile(
    r"\b(?:cost|price|paid?|pays?|fee|bill|owed?|spend|spent|money|cash|budget|sales|euros?|dollars?|pounds?|usd|eur|gbp)|[$€£]",
    re.IGNORECASE,
)


def is_in_unit(each: Candidate, asked: Wanted) -> bool:
    """Whether the result is in a unit that is asked for, or of the kind: no mass for an activity, no activity for so many mice."""
    bases = {part.measure.partition("/")[0] for part in each.inputs} - {"", "percent", "ratio"} - CURRENCIES
    if _ACTIVITY.search(asked.question) and not bases <= ACTIVITY_UNITS | TIME_UNITS:
        return False  # so many milligrams are no activity
    if each.kind in _UNITLESS or (each.kind == "left" and asked.share):
        return True
    measure = each.inputs[0].measure.partition("/")[0]
    counted = _COUNTED.search(asked.question)
    if counted and measure and not canonical_unit(counted["noun"]) and not _MONEY.fullmatch(counted["noun"]):
        return False  # so many mice are no activity
    if asked.units:
        return any(unit == measure or measures_alike(unit, measure) for unit in asked.units)
    return measure in CURRENCIES or not _MONEY.search(asked.question)
