"""How much of a survival came after the last dose."""

from __future__ import annotations

from assistant.agent.offline.answers import survival
from assistant.agent.offline.answers.conversion import conversion, converted
from assistant.agent.offline.answers.selection import selected
from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.phrasing import amount, arm_words, days_words, decimals, number, phrase, survival_words
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.units import TIME_UNITS
from assistant.studies.facts import Arm, Study


def plan(topic: Topic, findings: Findings) -> list[Call]:
    """A subtraction for every arm whose days are known, and its result in the unit asked for where that is another."""
    wanted = [_remainder(arm) for _, arm in _repeated(topic)]
    left = [result for each in wanted if (result := findings.result(each, "result"))]
    return [*wanted, *(conversion(each, topic.unit) for each in left if topic.unit in TIME_UNITS - {each.unit})]


def say(topic: Topic, findings: Findings) -> list[str]:
    """A sentence for each arm; the survivals where none has the days of its doses."""
    said: list[str] = []
    for study, arm in _repeated(topic):
        result = findings.result(_remainder(arm), "result")
        if arm.survival is None or result is None:
            continue
        said.append(
            phrase(
                "after_dose",
                arm=arm_words(study, arm, capital=True),
                survival=survival_words(arm.survival),
                days=days_words(arm.days[-1:]),
                amount=amount(number(result.value, decimals(arm.survival.value)), result.unit),
                marker=findings.cite_arm(study, arm) + findings.cite(arm.spans.get("days")),
                mark=findings.mark(_remainder(arm)),
            )
        )
        said += converted(findings, result.value, result.unit, topic.unit) if topic.unit in TIME_UNITS - {result.unit} else []
    return said or survival.say(topic, findings)


def _repeated(topic: Topic) -> list[tuple[Study, Arm]]:
    return [(study, arm) for study, arm in selected(topic).arms if arm.survival and len(arm.days) > 1]


def _remainder(arm: Arm) -> Call:
    assert arm.survival is not None
    unit = arm.survival.unit
    return call("calculate", expression=f"{arm.survival.value:g} {unit} - {arm.days[-1]} day")
