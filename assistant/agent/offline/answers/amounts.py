"""Two amounts of the question held against each other: "is 500 uCi more than 20 MBq?"."""

from __future__ import annotations

from math import isclose

from assistant.agent.offline.answers.conversion import converted
from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.understanding.bounds import holds, is_bound
from assistant.agent.offline.understanding.cues import signals
from assistant.agent.offline.understanding.naming import two_amounts
from assistant.agent.offline.understanding.topic import Topic
from assistant.agent.offline.verdicts.polarity import verdict

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
    said = converted(findings, one.value, one.unit, two.unit)
    if not is_bound(two) and signals(topic.question, "directions"):
        return said  # it is asked which is larger, in words that bound neither
    held = holds(value, two) if is_bound(two) else isclose(value, two.value, rel_tol=_SAME)
    return [f"{verdict(topic, held=held)} {sentence}".strip() for sentence in said]
