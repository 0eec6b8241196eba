"""Expressions that the question spells out, calculated, and whether a result that it states holds."""

from __future__ import annotations

import math

from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.phrasing import arithmetic, missing
from assistant.agent.offline.understanding.arithmetic import claimed_result, expression
from assistant.agent.offline.understanding.topic import Topic
from assistant.agent.offline.verdicts.polarity import verdict

# A stated result is the calculated one to as many figures as people round to.
_AS_STATED = 0.005


def plan(topic: Topic, _: Findings) -> list[Call]:
    """The expression that the question spells out."""
    spelled_out = expression(topic.question)
    return [call("calculate", expression=spelled_out)] if spelled_out else []


def say(topic: Topic, findings: Findings) -> list[str]:
    """The expression and its result."""
    for wanted in plan(topic, findings):
        if working := findings.working(wanted):
            said = arithmetic(str(dict(wanted.arguments)["expression"]), working.results[0], findings.mark(wanted))
            return [f"{_held(topic, working.results[0].value)} {said}".strip()]
        return [missing("calculation", reason=findings.refusals.get(wanted, ""))]
    return []


def _held(topic: Topic, result: float) -> str:
    """Yes or no to a result that the question states: "so 30 minus 12 is 17?"."""
    stated = claimed_result(topic.question)
    return "" if stated is None else verdict(topic, held=math.isclose(stated, result, rel_tol=_AS_STATED))
