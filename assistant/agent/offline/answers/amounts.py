"""Two amounts of the question held against each other: "is 500 uCi more than 20 MBq?"."""

from __future__ import annotations

import re
from math import isclose

from assistant.agent.offline.answers.conversion import converted
from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.phrasing import phrase
from assistant.agent.offline.topic import Topic, two_amounts

_MORE = re.compile(r"\b(?:more|greater|larger|bigger|higher|longer|stronger|above|over|exceeds?)\b", re.IGNORECASE)
_LESS = re.compile(r"\b(?:less|fewer|lower|smaller|shorter|weaker|below|under)\b", re.IGNORECASE)
# Amounts are called the same that differ by less than people round.
_SAME = 0.01


def plan(topic: Topic, _: Findings) -> list[Call]:
    """The first amount in the unit of the second."""
    one, two = two_amounts(topic.figures) or (None, None)
    return [call("convert_activity", value=one.value, unit=one.unit, to=two.unit)] if one and two else []


def say(topic: Topic, findings: Findings) -> list[str]:
    """Yes or no, and the first amount in the unit of the second."""
    one, two = two_amounts(topic.figures) or (None, None)
    working = next((findings.working(wanted) for wanted in plan(topic, findings)), None)
    if one is None or two is None or working is None:
        return []
    value = working.results[0].value
    if _MORE.search(topic.question):
        held = value > two.value
    elif _LESS.search(topic.question):
        held = value < two.value
    else:
        held = isclose(value, two.value, rel_tol=_SAME)
    said = converted(findings, one.value, one.unit, two.unit)
    return [f"{phrase('yes' if held else 'no')} {sentence}" for sentence in said]
