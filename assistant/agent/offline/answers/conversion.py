"""Amounts in other units: those of the question in each unit that it asks for, and results of other calculations."""

from __future__ import annotations

from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.phrasing import amount, missing, phrase, significant
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.figures import Figure
from assistant.language.units import ACTIVITY_UNITS, TIME_UNITS
from assistant.values import Result


def plan(topic: Topic, _: Findings) -> list[Call]:
    """A conversion of every figure of the question into each unit asked for that its own can become."""
    return [call("convert_activity", value=figure.value, unit=figure.unit, to=unit) for figure, unit in _convertible(topic)]


def say(topic: Topic, findings: Findings) -> list[str]:
    """Each figure and what it is in the unit asked for."""
    return [
        sentence
        for figure, unit in _convertible(topic)
        for sentence in converted(findings, figure.value, figure.unit, unit, approximate=figure.qualifier == "~")
    ]


def _convertible(topic: Topic) -> list[tuple[Figure, str]]:
    """Each figure of the question with each unit asked for that measures the same."""
    return [
        (figure, unit)
        for family in (ACTIVITY_UNITS, TIME_UNITS)
        for figure in topic.figures
        for unit in topic.units
        if figure.unit in family and unit in family and figure.unit != unit
    ]


def conversion(result: Result, to: str | None) -> Call:
    """The call that expresses ``result`` in the unit ``to``."""
    return call("convert_activity", value=result.value, unit=result.unit, to=to)


def converted(findings: Findings, value: float, unit: str, to: str, *, approximate: bool = False) -> list[str]:
    """What is said of ``value`` in the unit ``to``, or why it cannot be; nothing while the call is not answered."""
    wanted = call("convert_activity", value=value, unit=unit, to=to)
    working = findings.working(wanted)
    if working is None:
        return [missing("calculation", reason=findings.refusals[wanted])] if wanted in findings.refusals else []
    result = working.results[0]
    stated = f"{'approximately ' if approximate else ''}{amount(significant(value, 6), unit)}"
    return [phrase("conversion", amount=stated, converted=amount(significant(result.value), result.unit), mark=findings.mark(wanted))]
