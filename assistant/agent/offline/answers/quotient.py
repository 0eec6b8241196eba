"""How long an arm lived for each unit of the activity that it got in all."""

from __future__ import annotations

from assistant.agent.offline.answers.doses import summary
from assistant.agent.offline.answers.selection import selected
from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.phrasing import arm_words, missing, phrase, significant, survival_words
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.units import ACTIVITY_UNITS, TIME_UNITS
from assistant.studies.facts import Arm, Study
from assistant.values import Result


def plan(topic: Topic, findings: Findings) -> list[Call]:
    """What each arm that is meant got in all, then its survival divided by that."""
    calls: list[Call] = []
    for study, arm in _meant(topic):
        calls.append(summary(study, arm))
        calls += [wanted] if (wanted := _division(topic, findings, study, arm)) else []
    return calls


def say(topic: Topic, findings: Findings) -> list[str]:
    """A sentence for each arm; of arms whose activity is not stated that it is missing."""
    said, lacks = [], []
    for study, arm in _meant(topic):
        wanted = _division(topic, findings, study, arm)
        working = findings.working(wanted) if wanted else None
        if wanted is None or working is None or arm.survival is None:
            lacks.append(missing("activity", study=study.name))
            continue
        rate = working.results[0]
        value = phrase("gain_rate", amount=significant(rate.value, 3), unit=rate.unit.replace("day/", "days/"))
        marker = findings.cite_arm(study, arm)
        words = {"arm": arm_words(study, arm, capital=True), "survival": survival_words(arm.survival), "marker": marker}
        said.append(phrase("quotient", amount=value, mark=findings.mark(wanted), **words))
    return [*said, *dict.fromkeys(lacks)]


def _meant(topic: Topic) -> list[tuple[Study, Arm]]:
    return [(study, arm) for study, arm in selected(topic).arms if arm.survival and not arm.control]


def _division(topic: Topic, findings: Findings, study: Study, arm: Arm) -> Call | None:
    total = findings.result(summary(study, arm), "total activity")
    if total is None or arm.survival is None:
        return None
    lived = Result(name="survival", value=arm.survival.value, unit=arm.survival.unit)
    return rate_in(topic, lived, total) or call("calculate", expression=_quotient(lived, total))


def rate_in(topic: Topic, time: Result, activity: Result) -> Call | None:
    """``time`` for each unit of ``activity``, in the units that are asked for; None where none is, or those are their own."""
    asked, days = topic.rate_unit, topic.unit if topic.unit in TIME_UNITS else time.unit
    if asked is None or activity.unit not in ACTIVITY_UNITS or (days, asked) == (time.unit, activity.unit):
        return None
    return call("calculate", expression=f"{_quotient(time, activity)} in {days}/{asked}")


def gain_per_total(treatment: Arm, reference: Arm, count: int | None) -> Call | None:
    """What ``treatment`` gained over an arm that got activity, too, for each unit of all that it got in ``count`` administrations."""
    one, other, activity = treatment.survival, reference.survival, treatment.activity
    if not (one and other and activity and count) or reference.control or one.unit != other.unit or activity.per:
        return None
    gain = f"({one.value:g} {one.unit} - {other.value:g} {other.unit})"
    return call("calculate", expression=f"{gain} / ({count} * {activity.value:g} {activity.unit})")


def _quotient(time: Result, activity: Result) -> str:
    return f"{time.value:g} {time.unit} / {activity.value:g} {activity.unit}"
