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
from assistant.language.units import TIME_UNITS
from assistant.studies.facts import Study
from assistant.studies.quantities import convert
from assistant.values import Result

# "Double" is said of a ratio that is two to within a tenth.
_ROUNDED = 0.1
# What stands between the one that had more, or less, and the other.
_AGAINST = re.compile(r"\b(?:than|outlive[sd]?|outlast(?:s|ed)?|exceed(?:s|ed)?|surpass(?:es|ed)?|beat|beats)\b", re.IGNORECASE)
_BY_SHARE = re.compile(r"\bby\b", re.IGNORECASE)
# "One dose over control" is what the first added.
_OVER_CONTROL = re.compile(
    r"\b(?:one|single|1) (?:dose|shot|injection|jab)\b[^,.;?]*?\b(?:controls?|vehicle|saline|placebo|untreated)\b", re.IGNORECASE
)
_FIRST, _SECOND = (
    re.compile(rf"\b(?:{names}|(?:dose|shot|injection)(?: number)? (?:{counts}))\b", re.IGNORECASE)
    for names, counts in (("first|1st", "1|one"), ("second|2nd", "2|two"))
)


def verdict(topic: Topic, compared: Sequence[Call], findings: Findings, studies: Sequence[Study]) -> str:
    """Yes or no to what is stated of the gains that were ``compared``; empty where they disagree or nothing is stated of them."""
    times = any(figure.unit == "ratio" for figure in topic.figures)
    apart = len(compared) > 1 and "as_much" in topic.signals and not times  # what is asked is whether the gains are equal
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
    if len(days) == 1:
        return [held for gain in gains if (held := _is_so_long(gain, days[0])) is not None]
    if len(percent) == 1:
        return [holds(increase.value, percent[0], rounded=True) for increase in increases]
    if times and times[0].value < 1 and _BY_SHARE.search(topic.question):
        return [holds(increase.value / 100, times[0]) for increase in increases]
    if times:
        ratios = [] if _is_of_gains(topic.question, times[0]) else ratios
        return [abs(ratio.value - times[0].value) <= _ROUNDED * times[0].value for ratio in ratios]
    if topic.signals & {"gain", "shortfall"} and "ratio" not in topic.signals:
        return [(ratio.value > 1) is _is_stated_longer(topic, studies) for ratio in ratios]
    return []


def _is_so_long(gain: Result, stated: Figure) -> bool | None:
    """Whether a gain is as long as stated; None where it only rounds to it in the question's unit: 13 days are no two weeks, but nearly."""
    value = convert(gain.value, gain.unit, stated.unit)
    if gain.unit != stated.unit and not is_bound(stated) and value != stated.value and round(value) == stated.value:
        return None
    return holds(value, stated)


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
