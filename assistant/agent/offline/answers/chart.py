"""A chart of survival by arm: the studies that the user is shown bars of, and what the bars say, in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.agent.offline.answers.selection import selected
from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.phrasing import amount, arm_words, missing, number, phrase, reference_words, survival_words, title_words
from assistant.agent.offline.understanding.topic import Topic
from assistant.studies.chart import Gain, gains
from assistant.studies.facts import Arm, Study


def plan(topic: Topic, _: Findings) -> list[Call]:
    """The chart of each study that has something to draw."""
    return [_chart_of(study) for study in _drawn(topic)]


def say(topic: Topic, findings: Findings) -> list[str]:
    """For each study that was drawn the survival of its arms, then what the chart marks as gained."""
    drawn = [study for study in _drawn(topic) if findings.made(_chart_of(study))]
    if not drawn:
        return [missing("drawn", study=study.name) for study in topic.studies]
    several = len({study.document for study in drawn}) > 1
    said = []
    for study in drawn:
        document = phrase("of_document", document=title_words(study, findings)) if several else ""
        said += [_survival(study, arm, findings, document) for arm in study.arms if arm.survival]
        said += [_gain(study, gain, findings) for gain in gains(study)]
    return said


def _drawn(topic: Topic) -> Sequence[Study]:
    return [study for study in selected(topic).studies or topic.studies if any(arm.survival for arm in study.arms)]


def _chart_of(study: Study) -> Call:
    return call("chart", study=study.name, document=study.document)


def _survival(study: Study, arm: Arm, findings: Findings, document: str) -> str:
    assert arm.survival is not None
    words, marker = arm_words(study, arm, capital=True), findings.cite_arm(study, arm)
    return phrase("survival", arm=words, survival=survival_words(arm.survival), marker=marker, document=document)


def _gain(study: Study, gain: Gain, findings: Findings) -> str:
    results = {result.name: result for result in gain.working.results}
    over, ratio = results["gain"], results["ratio"]
    lived = phrase("gained" if over.value >= 0 else "lost", amount=amount(number(abs(over.value)), over.unit))
    return phrase(
        "drawn_gain",
        treatment=arm_words(study, gain.arm, capital=True),
        reference=reference_words(gain.reference),
        gain=lived,
        ratio=number(ratio.value, 2),
        mark=findings.mark_of(gain.working),
    )
