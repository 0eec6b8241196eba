"""Yes or no to what a question states of gains: that there is one, how large it is, that one dose added more than the other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.agent.offline.answers.increments import of_each_dose
from assistant.agent.offline.answers.selection import side_by_side
from assistant.agent.offline.findings import Call, Findings
from assistant.agent.offline.understanding.arms import lived
from assistant.agent.offline.understanding.bounds import holds, is_bound
from assistant.agent.offline.understanding.cues import signals
from assistant.agent.offline.understanding.mentions import mentions
from assistant.agent.offline.understanding.topic import Topic
from assistant.agent.offline.verdicts import polarity
from assistant.agent.offline.verdicts.asked import offers_choice
from assistant.language.figures import Figure
from assistant.language.names import name_key
from assistant.language.units import ACTIVITY_UNITS, TIME_UNITS
from assistant.studies.facts import Study
from assistant.studies.quantities import convert
from assistant.values import Result

# "Double" is said of a ratio that is two to within a tenth.
_ROUNDED = 0.1
# What is up to so much more is called neither double nor not; what is exactly double is to so many places.
_SOMEWHAT, _EXACT_PLACES = 0.25, 2
_EXACTLY = re.compile(r"\b(?:exactly|precisely)\b", re.IGNORECASE)
# That two things are equal, or not, without which is more.
_AS_MANY = re.compile(r"\bas (?:many|much|long|large)\b.*\bas\b", re.IGNORECASE)
_DIFFERENT = re.compile(r"\bdiffer(?:s|ed|ent|ence)?\b", re.IGNORECASE)
# What stands between the one that had more, or less, and the other.
_AGAINST = re.compile(r"\b(?:than|outlive[sd]?|outlast(?:s|ed)?|exceed(?:s|ed)?|surpass(?:es|ed)?|beat|beats)\b", re.IGNORECASE)
_BY_SHARE = re.compile(r"\bby\b", re.IGNORECASE)
# "One dose over control" is what the first added.
_OVER_CONTROL = re.compile(
    r"\b(?:one|single|1) (?:dose|shot|injection|jab)\b[^,.;?]*?\b(?:controls?|vehicle|saline|placebo|untreated)\b", re.IGNORECASE
)
# A bound in words, which is read as no figure.
_ONE_TIME = re.compile(r"\b(?:(?P<least>at least)|more than|over)\s+(?:a|one)\s+(?P<unit>day|week|month|year)\b", re.IGNORECASE)
_FIRST, _SECOND = (
    re.compile(rf"\b(?:{names}|(?:dose|shot|injection)(?: number)? (?:{counts}))\b", re.IGNORECASE)
    for names, counts in (("first|1st", "1|one"), ("second|2nd", "2|two"))
)


def verdict(topic: Topic, compared: Sequence[Call], findings: Findings, studies: Sequence[Study]) -> str:
    """Yes or no to what is stated of the gains that were ``compared``; empty where they disagree or nothing is stated of them."""
    times = any(figure.unit == "ratio" for figure in topic.figures)
    equal = "as_much" in topic.signals or _AS_MANY.search(topic.question) is not None
    apart = len(compared) > 1 and equal and not times  # what is asked is whether the gains are equal
    apart = apart or _is_against_another(topic, studies)
    apart = apart or (len(topic.named.studies) > 1 and len(compared) == 1 and _AGAINST.search(topic.question) is not None)
    apart = apart or (len({study.compound for study in topic.named.studies}) > 1 and _AGAINST.search(topic.question) is not None)
    if (
        apart
        or offers_choice(topic.question)
        or topic.signals & {"significance", "cross_study", "judgement"}
        or (len(compared) > 1 and not topic.named.arms and "second_dose" not in topic.signals and not of_each_dose(topic))
    ):
        return ""
    held = _of_doses(topic, compared, findings, studies) if of_each_dose(topic) else _of_each(topic, compared, findings, studies)
    if "overstated" in topic.signals:
        held = [not each for each in held]
    if "always" in topic.signals and not all(held):
        return polarity.verdict(topic, held=False)
    return polarity.verdict(topic, held=held[0]) if held and len(set(held)) == 1 else ""


def _of_each(topic: Topic, compared: Sequence[Call], findings: Findings, studies: Sequence[Study]) -> list[bool]:
    """For each comparison whether it is as stated: so many days, percent or times, or just longer."""
    gains, ratios, increases = (_results(name, compared, findings) for name in ("gain", "ratio", "increase"))
    days = [figure for figure in topic.figures if figure.unit in TIME_UNITS and not _is_survival(figure, studies)]
    percent = [figure for figure in topic.figures if figure.unit == "percent"]
    times = [figure for figure in topic.figures if figure.unit == "ratio"]
    bound = None if days else _ONE_TIME.search(topic.question)
    if bound or len(days) == 1:
        return [held for gain in gains if (held := _is_beyond(gain, bound) if bound else _is_so_long(gain, days[0])) is not None]
    if len(percent) == 1:
        return [holds(increase.value, percent[0], rounded=True) for increase in increases]
    if times and times[0].value < 1 and _BY_SHARE.search(topic.question):
        return [holds(increase.value / 100, times[0]) for increase in increases]
    if times:
        ratios = [] if _is_of_gains(topic.question, times[0]) else ratios
        return [held for ratio in ratios if (held := _is_so_many_times(ratio.value, times[0], topic.question)) is not None]
    told = "compare" in topic.signals or not _DIFFERENT.search(topic.question)  # which of the two had more
    if topic.signals & {"gain", "shortfall"} and "ratio" not in topic.signals and told:
        return [(ratio.value > 1) is _is_stated_longer(topic, studies) for ratio in ratios]
    return []


def _is_so_many_times(ratio: float, stated: Figure, question: str) -> bool | None:
    """Whether a ratio is the stated one to within a tenth, or as it is bounded; None where it is somewhat more, which "twice" may mean."""
    if is_bound(stated):
        return holds(ratio, stated)
    if _EXACTLY.search(question):
        return round(ratio, _EXACT_PLACES) == stated.value
    if abs(ratio - stated.value) <= _ROUNDED * stated.value:
        return True
    return None if 0 < ratio - stated.value <= _SOMEWHAT * stated.value else False


def _is_beyond(gain: Result, bound: re.Match[str]) -> bool:
    """Whether a gain is more than the one week, or as long as it at least, that the question names."""
    value = convert(gain.value, gain.unit, bound["unit"].casefold())
    return value >= 1 if bound["least"] else value > 1


def _is_so_long(gain: Result, stated: Figure) -> bool | None:
    """Whether a gain is as long as stated; None where it only rounds to it in the question's unit: 13 days are no two weeks, but nearly."""
    value = convert(gain.value, gain.unit, stated.unit)
    if gain.unit != stated.unit and not is_bound(stated) and value != stated.value and round(value) == stated.value:
        return None
    return holds(value, stated)


def _is_against_another(topic: Topic, studies: Sequence[Study]) -> bool:
    """Whether an amount of the question is what an arm got of another study than those that were compared: "did A outlive 20 kBq of B?"."""
    amounts = [name_key(figure.unit) + f"{figure.value:g}" for figure in topic.figures if figure.unit in ACTIVITY_UNITS]
    own, others = (
        {name_key(arm.activity.measure) + f"{arm.activity.value:g}" for study in each for arm in study.arms if arm.activity}
        for each in (studies, [study for study in topic.known if study not in studies])
    )
    return any(amount in others and amount not in own for amount in amounts)


def _is_of_gains(question: str, times: Figure) -> bool:
    """Whether one gain is said to be so many times another: "is the gain of the second dose twice what the first brought?"."""
    return all("gain" in signals(side) for side in (question[: times.start], question[times.end :]))


def _is_stated_longer(topic: Topic, studies: Sequence[Study]) -> bool:
    """Whether the arm that is compared is said to have lived longer than the one that it is compared with."""
    if "shortfall" in topic.signals and any(side_by_side(study, topic) for study in studies):
        return True  # what is said to fall short is what the other side is compared with
    return ("gain" in topic.signals and "shortfall" not in topic.signals) is not _sets_control_first(topic)


def _sets_control_first(topic: Topic) -> bool:
    """Whether it is asked of the controls that they had more, or less, than others, while comparisons are made against controls."""
    set_against = _AGAINST.search(topic.question)
    if not set_against:
        return False
    first, other = topic.question[: set_against.start()], topic.question[set_against.end() :]
    return mentions(first, topic.known, topic.callings).control and not mentions(other, topic.known, topic.callings).control


def _of_doses(topic: Topic, compared: Sequence[Call], findings: Findings, studies: Sequence[Study]) -> list[bool]:
    """Whether the dose that is named first added more, or so many times as much, as the other; what is stated where only one is named."""
    gains = [gain.value for gain in _results("gain", compared, findings)]
    first = _FIRST.search(topic.question) or _OVER_CONTROL.search(topic.question)
    second = _SECOND.search(topic.question)
    if len(gains) != 2 or len(studies) > 1 or not first or not second:
        return _of_each(topic, compared, findings, studies) if len(gains) == 1 else []
    one, other = gains if first.start() < second.start() else reversed(gains)
    times = [figure.value for figure in topic.figures if figure.unit == "ratio"]
    if times and other:
        return [abs(one / other - times[0]) <= _ROUNDED * times[0]]
    return [one < other if "shortfall" in topic.signals else one > other] if "compare" in topic.signals else []


def _results(name: str, compared: Sequence[Call], findings: Findings) -> list[Result]:
    return [result for wanted in compared if (result := findings.result(wanted, name))]


def _is_survival(figure: Figure, studies: Sequence[Study]) -> bool:
    """Whether a time of the question is how long an arm lived, and no claim of a gain."""
    return any(lived(arm, figure) for study in studies for arm in study.arms)
