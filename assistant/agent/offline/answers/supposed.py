"""What a supposition of the question comes to: a further dose that adds as much as the last one did, doses of another activity."""

from __future__ import annotations

from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.phrasing import amount, arm_words, doses_words, missing, number, phrase, result_words, survival_words
from assistant.agent.offline.understanding.arms import given
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.figures import Figure
from assistant.language.units import ACTIVITY_UNITS
from assistant.studies.facts import Arm, Study


def plan(topic: Topic, _: Findings) -> list[Call]:
    """One calculation for each study."""
    return [wanted for study in topic.studies if (wanted := _further(topic, study) or _changed(topic, study))]


def say(topic: Topic, findings: Findings) -> list[str]:
    """What it comes to, and that no study has an arm with a dose more."""
    said, lacks = [], []
    for study in topic.studies:
        if further := _say_further(topic, findings, study):
            said.append(further)
            lacks.append(missing("arm", arm=doses_words(_most(study) + 1), study=study.name))
        elif changed := _say_changed(topic, findings, study):
            said.append(changed)
    return [*dict.fromkeys(said), *lacks]


def _say_further(topic: Topic, findings: Findings, study: Study) -> str:
    step, wanted = _last_step(study), _further(topic, study)
    working = findings.working(wanted) if wanted else None
    if step is None or wanted is None or working is None or step[0].survival is None:
        return ""
    return phrase(
        "further_dose",
        arm=arm_words(study, step[0], capital=True),
        survival=survival_words(step[0].survival),
        marker=findings.cite_arm(study, step[0]),
        amount=result_words(working.results[0]),
        mark=findings.mark(wanted),
    )


def _say_changed(topic: Topic, findings: Findings, study: Study) -> str:
    figure, wanted = _activity(topic), _changed(topic, study)
    working = findings.working(wanted) if wanted else None
    if figure is None or wanted is None or working is None:
        return ""
    activity, total = amount(number(figure.value), figure.unit), result_words(working.results[0])
    return phrase("changed_dose", count=doses_words(_doses(topic, study)), activity=activity, total=total, mark=findings.mark(wanted))


def _further(topic: Topic, study: Study) -> Call | None:
    """The survival with most doses and once more what the last of them added, where the question supposes one dose more."""
    step = _last_step(study) if "same_again" in topic.signals else None
    if step is None or max(topic.named.counts, default=0) > _most(study) + 1:
        return None
    most, before = (f"{arm.survival.value:g} {arm.survival.unit}" for arm in step if arm.survival)
    return call("calculate", expression=f"{most} + ({most} - {before})")


def _changed(topic: Topic, study: Study) -> Call | None:
    """The doses of the arm with most, or as many as are named, each of the activity that the question supposes."""
    figure, count = _activity(topic), _doses(topic, study)
    return call("calculate", expression=f"{count} * {figure.value:g} {figure.unit}") if figure and count > 1 else None


def _last_step(study: Study) -> tuple[Arm, Arm] | None:
    """The arm with most doses and that with one fewer; None where either is not just one arm with a survival."""
    measured = [arm for arm in study.arms if arm.survival]
    most = _most(study)
    last, before = ([arm for arm in measured if _count(study, arm) == count] for count in (most, most - 1))
    return (last[0], before[0]) if len(last) == len(before) == 1 else None


def _most(study: Study) -> int:
    return max((_count(study, arm) or 0 for arm in study.arms), default=0)


def _count(study: Study, arm: Arm) -> int | None:
    return 0 if arm.control else given(study, arm)


def _doses(topic: Topic, study: Study) -> int:
    return max(topic.named.counts, default=_most(study))


def _activity(topic: Topic) -> Figure | None:
    return next((figure for figure in topic.figures if figure.unit in ACTIVITY_UNITS), None)
