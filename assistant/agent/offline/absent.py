"""Arms and amounts that a question speaks of and no known arm has."""

from __future__ import annotations

from assistant.agent.offline.answers.selection import joined
from assistant.agent.offline.arms import given
from assistant.agent.offline.phrasing import doses_words, missing, phrase
from assistant.agent.offline.topic import Topic
from assistant.errors import CalculationError
from assistant.language.figures import Figure, figures
from assistant.language.units import ACTIVITY_UNITS
from assistant.studies.facts import Activity, Arm, Study
from assistant.studies.quantities import convert

# Aspects that are answered from what studies measured, for which a narrowing word makes another question.
MEASURED = frozenset(
    ["survival", "benefit", "benefit_per_activity", "dose", "total", "sample_size", "extreme", "after_dose", "schedule", "statistic"]
)
# Units in which doses are given: activities, and masses for drugs that are not radioactive.
_DOSE_UNITS = ACTIVITY_UNITS | {"mg", "ug", "g"}
_AMOUNT_TOLERANCE = 0.01


def absent_amounts(topic: Topic) -> list[str]:
    """What is said of a dose in the question, 30 mg/kg, that no known arm was given; one of another arm is corrected elsewhere."""
    if topic.aspect not in MEASURED or topic.follows:
        return []
    asked = [figure for figure in topic.figures if figure.unit.partition("/")[0] in _DOSE_UNITS]
    known = [activity for study in topic.known for arm in study.arms for activity in _activities(study, arm, topic)]
    unknown = [figure for figure in asked if not any(_same_amount(figure, activity) for activity in known)]
    return [missing("amount", amount=joined(" ".join(figure.text.split()) for figure in unknown))] if unknown else []


def _activities(study: Study, arm: Arm, topic: Topic) -> list[Activity]:
    """What the arm was given at once, and in all where that is spoken of."""
    if arm.activity is None:
        return []
    count = given(study, arm) or 1
    return [arm.activity, *([arm.activity.model_copy(update={"value": arm.activity.value * count})] if "total" in topic.signals else [])]


def _same_amount(figure: Figure, activity: Activity) -> bool:
    working = _amount_in(activity.value, activity.unit, figure.unit.partition("/")[0])
    return working is not None and abs(working - figure.value) <= _AMOUNT_TOLERANCE * figure.value


def _amount_in(value: float, unit: str, to: str) -> float | None:
    """``value`` of ``unit`` in ``to``; None where the two measure different things."""
    try:
        return convert(value, unit, to)
    except CalculationError:
        return None


def absent_arms(topic: Topic) -> list[str]:
    """What is said of numbers of doses that no arm of the topic's studies was given, where none of those named was."""
    counts = {given(study, arm) for study in topic.studies for arm in study.arms}
    repeated = topic.named.several and not any((count or 0) > 1 for count in counts)
    if not repeated and (not topic.named.counts or topic.named.counts & counts or not any(counts)):
        return []
    stated = {figure.value for figure in figures(topic.question)}
    wordings = (doses_words(count) if count in stated or not stated else phrase("more_doses") for count in sorted(topic.named.counts))
    asked = joined([phrase("repeated")] if repeated else wordings)
    return [missing("arm", arm=asked, study=study.name) for study in topic.studies]
