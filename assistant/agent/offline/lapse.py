"""The time between two events as questions ask for it, in which unit, and of two dates that a question names itself."""

from __future__ import annotations

import re

from assistant.language.dates import dates
from assistant.language.units import canonical_unit

_UNIT = r"(?P<unit>days?|weeks?|months?|years?)"
_ASKED = re.compile(
    rf"\b(?:how many|number of)\s+(?:more\s+)?{_UNIT}\b|\bhow long\b|\bwhat (?:time|period|interval)\b"
    r"|\b(?:interval|gap|time|lag|delay)\b.{0,30}\bbetween\b",
    re.IGNORECASE,
)
_NAMED = re.compile(rf"\b(?:in|many|of)\s+(?:calendar\s+)?{_UNIT}\b", re.IGNORECASE)
# Between two dates that a question names nothing but a time can lie: "days between 4 June 2024 and 12 August 2024".
_OF_DATES = re.compile(rf"{_ASKED.pattern.replace('?P<unit>', '?:')}|\b{_UNIT}\s+(?:between|from|since|apart)\b", re.IGNORECASE)
_TWO = 2


def asks_lapse(question: str) -> bool:
    """Whether the time between two events may be asked for."""
    return _ASKED.search(question) is not None


def in_unit(question: str) -> str:
    """`` in week`` where a time is wanted in weeks; empty for days, which the time between two dates comes in."""
    named = _NAMED.search(question)
    unit = canonical_unit(named["unit"]) if named else "day"
    return "" if unit == "day" else f" in {unit}"


def of_named_dates(question: str) -> str | None:
    """The time between the two dates that a question names, each with its year, as ``studies.calculate`` reads it; else None."""
    days = {day.isoformat() for dated in dates(question) if dated.year and (day := dated.within(dated.year))}
    if len(days) != _TWO or not _OF_DATES.search(question):
        return None
    return f"{max(days)} - {min(days)}{in_unit(question)}"
