"""What is left of an activity after so many half-lives, for which no half-life has to be known."""

from __future__ import annotations

from assistant.agent.offline.answers.falling import times_smaller
from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.phrasing import amount, half_lives_words, phrase, significant
from assistant.agent.offline.understanding.naming import half_lives
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.units import ACTIVITY_UNITS

_DIGITS, _WHOLE = 4, 100


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
            return [phrase("halved", count=half_lives_words(passed), amount=left, mark=findings.mark(wanted))]
    return []


def plan_count(topic: Topic, _: Findings) -> list[Call]:
    """How many half-lives it takes until the share of the question is left, or gone: log2 of how many times smaller it becomes."""
    shares = [figure for figure in topic.figures if figure.unit == "percent" and 0 < figure.value < _WHOLE]
    return [call("calculate", expression=f"ln({times_smaller(topic, shares[0])}) / ln(2)")] if len(shares) == 1 else []


def say_count(topic: Topic, findings: Findings) -> list[str]:
    """How many these are."""
    for wanted in plan_count(topic, findings):
        if working := findings.working(wanted):
            return [
                phrase(
                    "halvings", count=half_lives_words(float(significant(working.results[0].value, _DIGITS))), mark=findings.mark(wanted)
                )
            ]
    return []
