"""The activity that all animals of a group, or of all groups, got together: so many, so often, so much each time."""

from __future__ import annotations

import re

from assistant.agent.offline.answers.selection import selected
from assistant.agent.offline.deriving.misfits import means_everybody
from assistant.agent.offline.deriving.naming_lines import named_lines
from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.phrasing import amount, arm_words, phrase, significant
from assistant.agent.offline.understanding.arms import given
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.units import ACTIVITY_UNITS
from assistant.studies.facts import Arm, Study

_ALL_ARMS = re.compile(
    r"\b(?:all|whole|entire)\s+(?:the\s+)?(?:[\w-]+\s+){0,2}?(?:groups|arms|cohorts|study|experiment|trial)\b", re.IGNORECASE
)


def asks(topic: Topic) -> bool:
    """Whether it is asked what all who were treated got together."""
    return means_everybody(topic.question)


def plan(topic: Topic, _: Findings) -> list[Call]:
    """The calculation; nothing where it is not told how many there were of a group, or how often or how much they got."""
    return [wanted for wanted in [_sum(topic)] if wanted]


def say(topic: Topic, findings: Findings) -> list[str]:
    """The total, behind what was given to how many of each group."""
    wanted = _sum(topic)
    working = findings.working(wanted) if wanted else None
    if wanted is None or working is None:
        return []
    cited = [findings.cite_of(study, arm.spans.get("activity"), arm.spans.get("n"), arm.spans.get("label")) for study, arm in _arms(topic)]
    groups = [
        phrase("sample_size", arm=arm_words(study, arm, capital=True), n=arm.n or 0, marker=marker)
        for (study, arm), marker in zip(_arms(topic), cited, strict=True)
    ]
    result = working.results[0]
    return [*groups, phrase("worked_total", amount=amount(significant(result.value, 6), result.unit), mark=findings.mark(wanted))]


def _arms(topic: Topic) -> list[tuple[Study, Arm]]:
    """The treated arms that are meant: those that the question names by their labels, all where it says so."""
    every = [(study, arm) for study in topic.studies for arm in study.arms if not arm.control]
    if _ALL_ARMS.search(topic.question):
        return every
    named = named_lines(topic.question, [arm.label for _, arm in every])
    return [every[line.place] for line in named] or [(study, arm) for study, arm in selected(topic).arms if not arm.control]


def _sum(topic: Topic) -> Call | None:
    terms = []
    for study, arm in _arms(topic):
        if not arm.n or arm.activity is None or arm.activity.per or not (times := given(study, arm)):
            return None
        often = f"{times} * " if times > 1 else ""
        terms.append(f"{arm.n} * {often}{arm.activity.value:.10g} {arm.activity.unit}")
    target = f" in {topic.unit}" if topic.unit in ACTIVITY_UNITS else ""
    return call("calculate", expression=" + ".join(terms) + target) if terms else None
