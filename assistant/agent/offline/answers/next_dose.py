"""On which day a further dose would fall, were it given at the interval of those before it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.phrasing import arm_words, days_words, doses_words, missing, number, phrase
from assistant.agent.offline.understanding.topic import Topic
from assistant.studies.facts import Arm, Study


def plan(topic: Topic, _: Findings) -> list[Call]:
    """One calculation for each arm that got its doses at one interval."""
    return [_next_day(arm) for _, arm in _repeated(topic)]


def say(topic: Topic, findings: Findings) -> list[str]:
    """The day for each arm, and that no arm of its study got that dose; nothing where no arm was given several."""
    said, lacks = [], []
    for study, arm in _repeated(topic):
        if working := findings.working(_next_day(arm)):
            words = {"arm": arm_words(study, arm, capital=True), "days": days_words(arm.days)}
            cited, day = findings.cite(arm.spans.get("days")), number(working.results[0].value)
            said.append(phrase("next_dose", day=day, marker=cited, mark=findings.mark_of(working), **words))
            lacks.append(missing("arm", arm=doses_words(len(arm.days) + 1), study=study.name))
    return [*said, *dict.fromkeys(lacks)]


def _repeated(topic: Topic) -> Iterator[tuple[Study, Arm]]:
    """The arms with most doses of the studies that are meant, where the days between these are the same throughout."""
    for study in topic.studies:
        most = max((len(arm.days) for arm in study.arms), default=0)
        for arm in study.arms:
            if len(arm.days) == most and len({after - before for before, after in pairwise(arm.days)}) == 1:
                yield study, arm


def _next_day(arm: Arm) -> Call:
    before, last = arm.days[-2:]
    return call("calculate", expression=f"{last} day + ({last} day - {before} day)")
