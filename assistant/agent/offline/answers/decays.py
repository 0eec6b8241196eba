"""Which decays a question means: of which activity and nuclide, over which time, by which half-life."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from assistant.agent.offline.answers.selection import selected
from assistant.agent.offline.answers.stated import half_life_of
from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.phrasing import amount, number, time_passed
from assistant.agent.offline.understanding.arms import given
from assistant.agent.offline.understanding.bounds import is_bound
from assistant.agent.offline.understanding.lifetimes import own_half_life
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.figures import Figure
from assistant.language.units import ACTIVITY_UNITS, TIME_UNITS
from assistant.studies.facts import Activity, Arm, Study
from assistant.studies.quantities import convert, scale
from assistant.values import Span

# "5 days after the second dose", from which the time since the first is worked out.
# So many passages are looked through for a half-life that documents state.
_PASSAGES = 3
_NEXT = re.compile(r"\s+(?P<side>after|following|past|before|prior to)\s+(?:the\s+)?(?:second|2nd|next|last)\b", re.IGNORECASE)
# "At the third injection", "between the first and the last".
_LATER_DOSE = re.compile(
    r"\b(?:at|to|until|till|and|after|before|past|following)\s+(?:the\s+)?(?:(?P<third>third|3rd)|(?P<fourth>fourth|4th)|(?P<last>last|final))\b"
    r"(?!\s+(?:\w+\s+)?(?:study|experiment|group|arm|cohort|day|week|month|quarter)\b)",
    re.IGNORECASE,
)
# "Of the second dose" tells that the time is counted from that one.
_OF_SECOND = re.compile(
    r"(?<!time )(?<!day )(?<!moment )(?<!onset )\bof\s+(?:the\s+|its\s+|their\s+)?(?:second|2nd)\s+(?:[\w-]+\s+){0,2}"
    r"(?:dose|injection|infusion|administration|shot)\b",
    re.IGNORECASE,
)
_ON_DAY = re.compile(r"\bday\s*$", re.IGNORECASE)
_TWO = 2
_BEHIND = frozenset(["after", "following", "past"])
# "How many half-lives did they live?"
_LIVED = re.compile(r"\b(?:survive[ds]?|survival|lived?|die[ds]?|death)\b", re.IGNORECASE)
# "Decayed to 1 uCi".
_DOWN_TO = re.compile(r"\b(?:decay(?:ed)?|fallen|fall|dropped|drop|gone|down)\s+(?:\w+\s+)?(?:to|below|under)\s+$", re.IGNORECASE)
# Of an activity that stands before these words it is asked whether so much is left.
_OF_IT = re.compile(r"\b(?:of|the|these|those|my|our)\s+$", re.IGNORECASE)
_IS_LEFT = re.compile(r"(?:\s+of\b.{1,40}?)?\s+(?:still\s+)?(?:left|remain\w*|still (?:there|around|active))\b", re.IGNORECASE)


class Passed(NamedTuple):
    """A time over which something decays; ``worked`` is the expression that it is worked out by, if by one."""

    days: float
    words: str
    span: Span | None
    worked: str = ""


@dataclass(frozen=True, slots=True)
class Decay:
    """A decay to compute: where activity and time were read, if in a document; ``worked`` is how the time was worked out.

    ``half_life`` is the question's own, or that of a document which ``stated`` cites; None where the tables tell it.
    """

    nuclide: str
    activity: Activity
    activity_span: Span | None
    elapsed: float
    elapsed_words: str
    elapsed_span: Span | None
    half_life: Figure | None = None
    worked: str = ""
    stated: str = ""

    @property
    def own_half_life(self) -> Figure | None:
        """The half-life that the question brings; None where it brings none."""
        return None if self.stated else self.half_life

    @property
    def since(self) -> Call | None:
        """The calculation of the time that passes, where it is counted from the second dose."""
        return call("calculate", expression=self.worked) if self.worked else None

    @property
    def call(self) -> Call:
        """The tool call; by a ``half_life`` that the question gives, what is left is calculated."""
        if self.half_life:
            return call("calculate", expression=f"{self.activity.value:g} {self.activity.unit} * {self._share}")
        return call("decay", nuclide=self.nuclide, activity=self.activity.value, unit=self.activity.unit, elapsed_days=self.elapsed)

    @property
    def share(self) -> Call | None:
        """The calculation of which share is left, where the question gives the half-life; the decay tool tells it by itself."""
        return call("calculate", expression=f"{self._share} in percent") if self.half_life else None

    @property
    def passed(self) -> Call | None:
        """The calculation of how many half-lives pass, where the question gives the half-life; the decay tool tells that, too."""
        return call("calculate", expression=self._half_lives) if self.half_life else None

    @property
    def _share(self) -> str:
        return f"0.5 ^ ({self._half_lives})"

    @property
    def _half_lives(self) -> str:
        assert self.half_life is not None
        return f"{self.elapsed:.10g} day / {self.half_life.value:.10g} {self.half_life.unit}"


def decays(topic: Topic, findings: Findings) -> list[Decay]:
    """One for each distinct dose and nuclide: from the question's own figures, else from the studies; by the half-life of the question,
    else by the one that the documents state.
    """
    return [_as_stated(decay, findings) for decay in _decays(topic)]


def look_for_half_lives(topic: Topic) -> list[Call]:
    """The searches for what documents state of the half-lives that decays go by, where the question tells none."""
    meant = dict.fromkeys(decay.nuclide for decay in _decays(topic) if decay.half_life is None)
    return [call("search_passages", query=f"half-life of {nuclide}", k=_PASSAGES) for nuclide in meant]


def _as_stated(decay: Decay, findings: Findings) -> Decay:
    stated = None if decay.half_life else half_life_of(findings, decay.nuclide)
    return replace(decay, half_life=stated.figure, stated=stated.marker) if stated else decay


def _decays(topic: Topic) -> list[Decay]:
    activities = [figure for figure in topic.figures if figure.unit in ACTIVITY_UNITS and not is_claimed(topic, figure)]
    half_life = given_half_life(topic)
    times = _times(topic, half_life)
    if topic.nuclides and activities and times and not topic.named.studies:
        asked = Activity(value=activities[0].value, unit=activities[0].unit)
        last = [time for time in times if time.value][-1]  # to have it on day 0
        length, words = last.value * scale(last.unit)[1], time_passed(last.value, last.unit)
        return [Decay(nuclide, asked, None, length, words, None, half_life) for nuclide in topic.nuclides]
    found: dict[tuple[str, float, float], Decay] = {}
    if topic.named.unknown and not topic.nuclides and not topic.named.studies:
        return []  # what it carries is not known
    for study, arm in _given(_arms(topic, times), activities if not times else ()):
        own = study.nuclide.name if study.nuclide else None
        wrong = bool(topic.named.studies and study.nuclide and study.nuclide.stated)
        nuclide = own if wrong else topic.nuclides[0] if topic.nuclides else own
        if nuclide is None or (topic.nuclides and own != nuclide and not (activities and times)):
            continue
        dose = Activity(value=activities[0].value, unit=activities[0].unit) if activities else arm.activity
        if dose is None or dose.per:
            continue
        source = None if activities else arm.spans.get("activity")
        for passed in _passed(topic, study, arm, times):
            key = ("" if half_life else nuclide, dose.value, passed.days)
            found.setdefault(key, Decay(nuclide, dose, source, passed.days, passed.words, passed.span, half_life, passed.worked))
    return list(found.values())


def _arms(topic: Topic, times: Sequence[Figure]) -> Sequence[tuple[Study, Arm]]:
    """The arms that are named, or all; up to the second dose those that got one, though "the second one" seems to name a single dose."""
    every = [(study, arm) for study in topic.studies for arm in study.arms]
    named = selected(topic).arms or every
    counted = _counted_from_next(topic, times)
    up_to_dose = counted or (topic.signals & {"first_dose", "second_dose"} and not times and "at_death" not in topic.signals)
    return every if up_to_dose and not any(len(arm.days) > 1 for _, arm in named) else named


def _given(arms: Sequence[tuple[Study, Arm]], activities: Sequence[Figure]) -> Sequence[tuple[Study, Arm]]:
    """The arms that were given the first of ``activities``; all where none was, as in "what if it were 20 MBq?"."""
    if not activities:
        return arms
    asked = activities[0]
    alike = [
        (study, arm)
        for study, arm in arms
        if arm.activity and not arm.activity.per and math.isclose(convert(arm.activity.value, arm.activity.unit, asked.unit), asked.value)
    ]
    return alike or arms


def _times(topic: Topic, half_life: Figure | None) -> list[Figure]:
    """The times of the question that pass; none where they are but the day of a first dose."""
    times = [figure for figure in topic.figures if figure.unit in TIME_UNITS and figure != half_life]
    return times if any(time.value for time in times) and (len(times) > 1 or times[0].value) else []


def _passed(topic: Topic, study: Study, arm: Arm, times: Sequence[Figure]) -> list[Passed]:
    """The days that pass, their words and, where a document tells them, their place: the question's, up to a death, or between doses."""
    if counted := _counted_from_next(topic, times):
        return _since(topic, arm, times[0], counted["side"])
    of_second = "first_dose" not in topic.signals and _OF_SECOND.search(topic.question) is not None
    if of_second and len(arm.days) < _TWO:
        return []
    day = times[0] if len(times) == 1 and _is_study_day(topic, study, times[0]) else None
    if day and (of_second or _of_either(topic, arm, day) or _is_of_all(topic, arm, day)):
        return _since_second(arm, day) if of_second else [] if _of_either(topic, arm, day) else _since_each(arm, day)
    if times:
        first = next((time.value for time in times if time.value), 0.0)
        length = times[-1].value - times[0].value if _are_days(topic, times) else first
        elapsed = length * scale(times[0].unit)[1]
        apart = len(arm.days) > 1 and elapsed == arm.days[1] - arm.days[0]
        return [Passed(elapsed, time_passed(length, times[0].unit), arm.spans.get("days") if apart else None)]
    if "at_death" in topic.signals or (topic.aspect == "half_lives" and _LIVED.search(topic.question)):
        return _up_to_death(topic, study, arm)
    dated = any(figure.unit == "date" for figure in topic.figures)
    between = None if dated else _between(topic, arm, of_second=of_second)
    return [] if between is None else [Passed(between, amount(number(between), "day"), arm.spans.get("days"))]


def _up_to_death(topic: Topic, study: Study, arm: Arm) -> list[Passed]:
    """How long an arm lived, of whose doses one is meant; behind the second dose it would be less."""
    lived = arm.survival
    if lived is None or (given(study, arm) not in (None, 1) and "first_dose" not in topic.signals):
        return []
    return [Passed(lived.value * scale(lived.unit)[1], time_passed(lived.value, lived.unit), lived.span)]


def _between(topic: Topic, arm: Arm, *, of_second: bool) -> float | None:
    """The days between the doses that are meant, the first two unless a later one is named; None where the arm did not get so many."""
    if len(arm.days) < 2:
        return None
    later = _LATER_DOSE.search(topic.question)
    if later is None and not of_second:
        return float((arm.days[-1] if "total" in topic.signals else arm.days[1]) - arm.days[0])
    upto = len(arm.days) - 1 if later is None or later["last"] else 2 if later["third"] else 3
    summed = "present_after" in topic.signals and upto > 1  # what more than one dose leaves comes to more
    start = 1 if of_second else 0
    return None if summed or upto >= len(arm.days) or upto == start else float(arm.days[upto] - arm.days[start])


def _of_either(topic: Topic, arm: Arm, time: Figure) -> bool:
    """Whether an arm lived just so long that got more than one dose, of which the question does not tell which it means."""
    return len(arm.days) > 1 and "first_dose" not in topic.signals and _lived(arm, time)


def _is_of_all(topic: Topic, arm: Arm, time: Figure) -> bool:
    """Whether a study day is behind the second dose of an arm, of whose doses the question names none: what all of them leave is asked."""
    named = "first_dose" in topic.signals or any(figure.unit in ACTIVITY_UNITS for figure in topic.figures)
    late = len(arm.days) > 1 and time.value * scale(time.unit)[1] > arm.days[1]
    return late and not named and _ON_DAY.search(topic.question, 0, time.start) is not None


def _lived(arm: Arm, time: Figure) -> bool:
    return arm.survival is not None and (arm.survival.value, arm.survival.unit) == (time.value, time.unit)


def _is_study_day(topic: Topic, study: Study, time: Figure) -> bool:
    """Whether a time is counted from the first dose: "on day 50", or how long an arm of the study lived."""
    return _ON_DAY.search(topic.question, 0, time.start) is not None or any(_lived(arm, time) for arm in study.arms)


def _since_second(arm: Arm, time: Figure) -> list[Passed]:
    """The days from the second dose to a study day."""
    day = time.value * scale(time.unit)[1]
    elapsed = day - arm.days[1]
    worked = f"{day:.10g} day - {arm.days[1]} day"
    return [Passed(elapsed, amount(number(elapsed), "day"), arm.spans.get("days"), worked)] if elapsed > 0 else []


def _since_each(arm: Arm, time: Figure) -> list[Passed]:
    """The days from each of two doses to a study day; of more nothing is worked out."""
    first = time.value * scale(time.unit)[1] - arm.days[0]
    of_first = Passed(first, amount(number(first), "day"), arm.spans.get("days"))
    return [of_first, *_since_second(arm, time)] if len(arm.days) == _TWO else []


def _counted_from_next(topic: Topic, times: Sequence[Figure]) -> re.Match[str] | None:
    """Where the one time of the question is counted from the second dose: "5 days after the second"."""
    return _NEXT.match(topic.question, times[0].end) if len(times) == 1 else None


def _since(topic: Topic, arm: Arm, time: Figure, side: str) -> list[Passed]:
    """The days from the first dose to so long before or after the second; behind it those from the second, unless the first is meant."""
    if len(arm.days) < 2:
        return []
    length = time.value * scale(time.unit)[1]
    behind = side.casefold() in _BEHIND
    apart = arm.days[1] - arm.days[0]
    elapsed = apart + (length if behind else -length)
    worked = f"{apart} day {'+' if behind else '-'} {length:.10g} day"
    since = [Passed(elapsed, amount(number(elapsed), "day"), arm.spans.get("days"), worked)] if elapsed > 0 else []
    second = [Passed(length, time_passed(time.value, time.unit), None)] if behind and "first_dose" not in topic.signals else []
    return [*since, *second]


def given_half_life(topic: Topic) -> Figure | None:
    """The time that the question gives as the half-life: "assuming a half-life of 8 days", "8 days as the half-life"."""
    return own_half_life(topic.question, topic.figures)


def is_claimed(topic: Topic, figure: Figure) -> bool:
    """Whether an activity of a yes/no question is how much may be left, and not what decays: "was more than 1 uCi of it left?"."""
    if topic.form != "yesno" or figure.unit not in ACTIVITY_UNITS:
        return False
    if _DOWN_TO.search(topic.question[: figure.start]):
        return True
    of_it = _OF_IT.search(topic.question[: figure.start])
    return not of_it and (is_bound(figure) or _IS_LEFT.match(topic.question, figure.end) is not None)


def _are_days(topic: Topic, times: Sequence[Figure]) -> bool:
    """Whether the times are study days, "from day 0 to day 42", whose distance is meant."""
    named = all(re.search(r"\bdays?\s*$", topic.question[: figure.start], re.IGNORECASE) for figure in times)
    return len(times) > 1 and named and times[-1].value > times[0].value and times[0].unit == times[-1].unit
