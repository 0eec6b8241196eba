"""How long an arm lived for each unit of the activity that it got in all."""

from __future__ import annotations

from assistant.agent.offline.answers.doses import summary
from assistant.agent.offline.answers.selection import selected
from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.phrasing import arm_words, missing, phrase, significant, survival_words
from assistant.agent.offline.topic import Topic
from assistant.studies.facts import Arm, Study


def plan(topic: Topic, findings: Findings) -> list[Call]:
    """What each arm that is meant got in all, then its survival divided by that."""
    calls: list[Call] = []
    for study, arm in _meant(topic):
        calls.append(summary(study, arm))
        calls += [wanted] if (wanted := _division(findings, study, arm)) else []
    return calls


def say(topic: Topic, findings: Findings) -> list[str]:
    """A sentence for each arm; of arms whose activity is not stated that it is missing."""
    said, lacks = [], []
    for study, arm in _meant(topic):
        wanted = _division(findings, study, arm)
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


def _division(findings: Findings, study: Study, arm: Arm) -> Call | None:
    total = findings.result(summary(study, arm), "total activity")
    if total is None or arm.survival is None:
        return None
    return call("calculate", expression=f"{arm.survival.value:g} {arm.survival.unit} / {total.value:g} {total.unit}")
