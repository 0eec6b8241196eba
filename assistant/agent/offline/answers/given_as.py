"""Yes or no to what a question states of what was given: the activity of a dose, of all doses, the day of one of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.agent.offline.understanding.bounds import holds
from assistant.agent.offline.understanding.topic import Topic
from assistant.agent.offline.verdicts.polarity import verdict
from assistant.errors import CalculationError
from assistant.language.figures import Figure
from assistant.language.numerals import ORDINALS
from assistant.language.units import ACTIVITY_UNITS
from assistant.studies.facts import Activity, Arm
from assistant.studies.quantities import convert
from assistant.values import Result

# An activity is of one dose where a dose has it: "was the dose 50 uCi?", "50 uCi per injection"; "did they get 50 uCi?" may mean all.
_OF_A_DOSE = re.compile(
    r"\b(?:per|each|every|an?|the|single|one)\s+(?:(?!two|three|four)[\w-]+\s+){0,3}?(?:dose|injection|shot|administration|infusion)\b",
    re.IGNORECASE,
)
# What is about that is not just that.
_EXACT = re.compile(r"\b(?:exact(?:ly)?|precise(?:ly)?|about|around|approximate(?:ly)?|roughly|estimate\w*|only|just)\b", re.IGNORECASE)
_DOSE = re.compile(
    rf"\b(?P<which>{'|'.join(ORDINALS)})\b(?:\s+(?!(?:{'|'.join(ORDINALS)})\b)[\w-]+){{0,4}}?\s+(?:dose|injection|shot)\b", re.I
)


def of_activity(topic: Topic, given: Sequence[Activity]) -> str:
    """The verdict on the one activity that a question states of a dose, where all that were ``given`` are alike."""
    stated = _stated(topic)
    if stated is None or not _OF_A_DOSE.search(topic.question) or len({(each.value, each.measure) for each in given}) != 1 or given[0].per:
        return ""
    return _held(topic, given[0].value, given[0].unit, stated)


def of_total(topic: Topic, totals: Sequence[Result]) -> str:
    """The verdict on the one activity that a question states of all doses of an arm."""
    stated = _stated(topic)
    return "" if stated is None or len(totals) != 1 else _held(topic, totals[0].value, totals[0].unit, stated)


def of_day(topic: Topic, arms: Sequence[Arm]) -> str:
    """The verdict on the day on which a question says that the second dose, or another, was given; of one arm."""
    days = [figure for figure in topic.figures if figure.unit == "day"]
    which = {ORDINALS[found["which"].casefold()] for found in _DOSE.finditer(topic.question)}
    if topic.form != "yesno" or len(days) != 1 or len(which) != 1 or len(arms) != 1 or _EXACT.search(topic.question):
        return ""
    place = int(which.pop())
    return verdict(topic, held=holds(arms[0].days[place - 1], days[0])) if place <= len(arms[0].days) else ""


def _stated(topic: Topic) -> Figure | None:
    """The one activity of a yes/no question about one study, where it is not asked to be exact."""
    stated = [figure for figure in topic.figures if figure.unit in ACTIVITY_UNITS]
    plain = topic.form == "yesno" and len(topic.named.studies) == 1 and not _EXACT.search(topic.question)
    return stated[0] if plain and len(stated) == 1 else None


def _held(topic: Topic, value: float, unit: str, stated: Figure) -> str:
    try:
        asked = convert(stated.value, stated.unit, unit)
    except CalculationError:
        return ""
    return verdict(topic, held=holds(value, replace(stated, value=asked), rounded=stated.unit != unit))
