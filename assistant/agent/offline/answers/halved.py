"""What is left of an activity after so many half-lives, for which no half-life has to be known."""

from __future__ import annotations

from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.phrasing import amount, number, phrase, significant
from assistant.agent.offline.understanding.topic import Topic, half_lives
from assistant.language.units import ACTIVITY_UNITS

_DIGITS = 4


def plan(topic: Topic, _: Findings) -> list[Call]:
    """The activity of the question, halved so often; the share that is left where it gives none."""
    activities = [figure for figure in topic.figures if figure.unit in ACTIVITY_UNITS]
    passed = half_lives(topic.question)
    if passed is None or len(activities) > 1:
        return []
    left = f"0.5 ^ ({passed:.10g})"
    if not activities:
        return [call("calculate", expression=f"{left} in percent")]
    target = f" in {topic.unit}" if topic.unit in ACTIVITY_UNITS else ""
    return [call("calculate", expression=f"{activities[0].value:.10g} {activities[0].unit} * {left}{target}")]


def say(topic: Topic, findings: Findings) -> list[str]:
    """How much that is."""
    passed = half_lives(topic.question)
    for wanted in plan(topic, findings):
        if passed is not None and (working := findings.working(wanted)):
            result = working.results[0]
            left = amount(significant(result.value, _DIGITS), result.unit)
            return [phrase("halved", count=number(passed), amount=left, mark=findings.mark(wanted))]
    return []
