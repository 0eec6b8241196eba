"""Physics: what is left of an activity, how many half-lives pass, how long a half-life is."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.agent.offline.answers import decayed
from assistant.agent.offline.answers.conversion import conversion, converted
from assistant.agent.offline.answers.doses import summary
from assistant.agent.offline.answers.selection import selected
from assistant.agent.offline.answers.stated import stated_half_lives
from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.phrasing import activity_words, amount, missing, number, phrase, significant, time_passed
from assistant.agent.offline.understanding.topic import Topic, half_lives
from assistant.language.figures import Figure
from assistant.language.names import nuclides
from assistant.language.units import ACTIVITY_UNITS, TIME_UNITS
from assistant.studies.facts import Activity
from assistant.studies.quantities import scale
from assistant.values import Result, Span

# So many passages are searched for what documents say of a half-life.
_PASSAGES = 3
_COMPARING = frozenset(["compare", "decay_rate", "gain", "quantified", "ratio", "which_study"])

# "The half-life of the isotope", which a document names.
_UNNAMED = re.compile(r"\b(?:radio-?)?(?:isotope|nuclide)\b|\b(?:alpha|beta|gamma)[ -]emitter\b", re.IGNORECASE)
# "A half-life of 8 days", "half-life is 8 days"; "8 days as the half-life", "an 8-day half-life".
_HALF_LIFE_BEFORE = re.compile(
    r"\bhalf[- ]?life(?:\s+of\s+(?!\d)[\w-]+)?\s*(?:of|is|was|were|=|:|as|being)?\s*(?:about|approximately|roughly|~)?\s*$", re.IGNORECASE
)
_HALF_LIFE_BEHIND = re.compile(
    r"[\s-]*(?:(?:is|are|was|were)\s+)?(?:(?:taken|used|assumed|given)\s+)?(?:(?:as|for|to\s+be|being)\s+)?(?:(?:the|its|a)\s+)?"
    r"(?:physical\s+)?half[- ]?life\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Decay:
    """A decay to compute: where activity and time were read, if in a document."""

    nuclide: str
    activity: Activity
    activity_span: Span | None
    elapsed: float
    elapsed_words: str
    elapsed_span: Span | None
    half_life: Figure | None = None

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
    def _share(self) -> str:
        assert self.half_life is not None
        return f"0.5 ^ ({self.elapsed:.10g} day / {self.half_life.value:.10g} {self.half_life.unit})"


def plan_decay(topic: Topic, findings: Findings) -> list[Call]:
    """The decay of each dose that the topic means, and a conversion of what is left where another unit is asked for."""
    # An interval that does not begin on day 0 stands in no source: the dose summary works it out from the days that do.
    calls = [summary(study, arm) for study, arm in selected(topic).arms if len(arm.days) > 1 and arm.days[0]]
    calls += [decay.call for decay in _decays(topic)]
    calls += [share for decay in _decays(topic) if (share := decay.share)]
    for decay in _decays(topic):
        left = _left(findings, decay)
        if left and topic.unit in ACTIVITY_UNITS and topic.unit != left.unit:
            calls.append(call("convert_activity", value=left.value, unit=left.unit, to=topic.unit))
        if left and (present := _present(topic, left, decay)):
            calls.append(present)
    return calls


def say_decay(topic: Topic, findings: Findings) -> list[str]:
    """What is left of each dose, in its unit and in percent."""
    said = []
    for decay in _decays(topic):
        left, percent = _left(findings, decay), _share_left(findings, decay)
        if left is None or percent is None:
            said.append(missing("calculation", reason=findings.refusals.get(decay.call, "")))
            continue
        told = phrase(
            "decay_assumed" if decay.half_life else "decay",
            half_life=amount(number(decay.half_life.value), decay.half_life.unit) if decay.half_life else "",
            activity=activity_words(decay.activity),
            nuclide=decay.nuclide,
            marker=findings.cite(decay.activity_span, decay.elapsed_span),
            remaining=amount(significant(left.value, 3), left.unit),
            percent=amount(significant(percent.value, 3), "percent"),
            elapsed=decay.elapsed_words,
            mark=findings.mark(decay.call) + (findings.mark(decay.share) if decay.share else ""),
        )
        said.append(f"{decayed.of_share(topic, percent.value)} {told}".strip())
        if topic.unit in ACTIVITY_UNITS and topic.unit != left.unit:
            said += converted(findings, left.value, left.unit, topic.unit)
        present = _present(topic, left, decay)
        if present and (working := findings.working(present)):
            together = amount(significant(working.results[0].value, 3), working.results[0].unit)
            dose = amount(number(decay.activity.value), decay.activity.unit)
            remaining = amount(significant(left.value, 3), left.unit)
            said.append(phrase("present", remaining=remaining, dose=dose, total=together, mark=findings.mark(present)))
    return said


def _left(findings: Findings, decay: Decay) -> Result | None:
    """The activity that is left."""
    working = findings.working(decay.call)
    return working.results[0] if decay.half_life and working else findings.result(decay.call, "remaining activity")


def _share_left(findings: Findings, decay: Decay) -> Result | None:
    """The share of the activity that is left, in percent."""
    working = findings.working(decay.share) if decay.share else None
    return working.results[0] if working else findings.result(decay.call, "remaining")


def _present(topic: Topic, left: Result, decay: Decay) -> Call | None:
    """What is left of a dose together with the next one, where the activity right after that one is asked for."""
    if "present_after" not in topic.signals or decay.elapsed_span is None:
        return None
    return call("calculate", expression=f"{left.value:.6g} {left.unit} + {decay.activity.value:g} {decay.activity.unit}")


def say_half_lives(topic: Topic, findings: Findings) -> list[str]:
    """How many half-lives pass."""
    said = []
    for decay in _decays(topic):
        passed = findings.result(decay.call, "half-lives elapsed")
        if passed:
            marks = findings.cite(decay.elapsed_span) + findings.mark(decay.call)
            count = significant(passed.value, 3)
            told = phrase("half_lives", elapsed=decay.elapsed_words, count=count, nuclide=decay.nuclide, mark=marks)
            said.append(f"{decayed.of_half_lives(topic, passed.value)} {told}".strip())
    return said


def plan_half_life(topic: Topic, findings: Findings) -> list[Call]:
    """The half-life of each nuclide that the topic means, in the unit asked for, and a search for what the documents state of it."""
    nuclides_meant = _nuclides(topic, findings)
    searches = [call("search_passages", query=f"half-life of {nuclide}", k=_PASSAGES) for nuclide in nuclides_meant]
    if not _known_nuclides(topic) and _UNNAMED.search(topic.question):
        searches.append(call("search_passages", query=topic.query, k=_PASSAGES))
    tables = [call("half_life", nuclide=nuclide) for nuclide in nuclides_meant]
    shown = [working.results[-1] for table in tables if (working := findings.working(table))]
    apart = _apart(topic, findings)
    return [
        *tables,
        *searches,
        *([apart] if apart else []),
        *(conversion(result, topic.unit) for result in shown if _is_in_another(result, topic)),
    ]


def _is_in_another(result: Result, topic: Topic) -> bool:
    """Whether a time is asked for in another unit than that of ``result``."""
    return topic.unit in TIME_UNITS and topic.unit != result.unit


def say_half_life(topic: Topic, findings: Findings) -> list[str]:
    """The half-life of each nuclide as the documents state it, then as the tables have it; the shortest first if they are compared."""
    wanted_calls = [wanted for wanted in plan_half_life(topic, findings) if wanted.name == "half_life"]
    if topic.signals & {"decay_rate", "which_study"}:
        wanted_calls.sort(key=lambda wanted: _days(findings, wanted), reverse="gain" in topic.signals and "decay_rate" not in topic.signals)
    said = stated_half_lives(findings, _nuclides(topic, findings))
    for wanted in wanted_calls:
        working = findings.working(wanted)
        if working:
            result = working.results[-1]
            value = amount(significant(result.value), result.unit)
            said.append(phrase("half_life", nuclide=dict(wanted.arguments)["nuclide"], amount=value, mark=findings.mark(wanted)))
            said += converted(findings, result.value, result.unit, topic.unit or "") if _is_in_another(result, topic) else []
        elif wanted in findings.refusals:
            said.append(missing("calculation", reason=findings.refusals[wanted]))
    if said and "decay_rate" in topic.signals and len(wanted_calls) > 1:
        said[0] = f"{phrase('fastest_first')} {said[0]}"
    if (apart := _apart(topic, findings)) and (working := findings.working(apart)):
        name = "worked_ratio" if "ratio" in topic.signals else "worked_difference"
        said.append(phrase(name, amount=amount(significant(working.results[0].value), working.results[0].unit), mark=findings.mark(apart)))
    return said


def _apart(topic: Topic, findings: Findings) -> Call | None:
    """The difference of two half-lives, or how many times the other one is, where they are compared."""
    half_lives = [findings.result(call("half_life", nuclide=nuclide), "half-life") for nuclide in _nuclides(topic, findings)]
    known = sorted((f"{each.value:g} {each.unit}" for each in half_lives if each), key=lambda each: -float(each.split()[0]))
    if len(known) != 2 or len({each.split()[1] for each in known}) > 1 or not topic.signals & _COMPARING:
        return None
    return call("calculate", expression=f"{known[0]} {'/' if 'ratio' in topic.signals else '-'} {known[1]}")


def _days(findings: Findings, wanted: Call) -> float:
    half_life = findings.result(wanted, "half-life")
    return half_life.value if half_life else math.inf


def _decays(topic: Topic) -> list[Decay]:
    """One for each distinct dose and nuclide: from the question's own figures, else from the studies."""
    activities = [figure for figure in topic.figures if figure.unit in ACTIVITY_UNITS]
    half_life = given_half_life(topic)
    times = [figure for figure in topic.figures if figure.unit in TIME_UNITS and figure != half_life]
    times = times if any(time.value for time in times) and (len(times) > 1 or times[0].value) else []
    found: dict[tuple[str, float, float], Decay] = {}
    if topic.nuclides and activities and times and not topic.named.studies:
        asked = Activity(value=activities[0].value, unit=activities[0].unit)
        length, words = times[-1].value * scale(times[-1].unit)[1], time_passed(times[-1].value, times[-1].unit)
        return [Decay(nuclide, asked, None, length, words, None, half_life) for nuclide in topic.nuclides]
    for study, arm in selected(topic).arms or [(one, each) for one in topic.studies for each in one.arms]:
        own = study.nuclide.name if study.nuclide else None
        wrong = bool(topic.named.studies and study.nuclide and study.nuclide.stated)
        nuclide = own if wrong else topic.nuclides[0] if topic.nuclides else own
        if nuclide is None or (topic.nuclides and own != nuclide and not (activities and times)):
            continue
        given = Activity(value=activities[0].value, unit=activities[0].unit) if activities else arm.activity
        if given is None or given.per:
            continue
        if times:
            first = next((time.value for time in times if time.value), 0.0)
            length = times[-1].value - times[0].value if _are_days(topic, times) else first
            elapsed, words, span = length * scale(times[0].unit)[1], time_passed(length, times[0].unit), None
        elif len(arm.days) > 1 and not any(figure.unit == "date" for figure in topic.figures):
            elapsed = float(arm.days[-1] - arm.days[0]) if "total" in topic.signals else float(arm.days[1] - arm.days[0])
            words, span = amount(number(elapsed), "day"), arm.spans.get("days")
        else:
            continue
        source = None if activities else arm.spans.get("activity")
        found.setdefault((nuclide, given.value, elapsed), Decay(nuclide, given, source, elapsed, words, span, half_life))
    return list(found.values())


def given_half_life(topic: Topic) -> Figure | None:
    """The time that the question gives as the half-life: "assuming a half-life of 8 days", "8 days as the half-life"."""
    if half_lives(topic.question) is not None:  # which count the time that passes
        return None
    times = [figure for figure in topic.figures if figure.unit in TIME_UNITS and figure.value]
    named = (
        figure
        for figure in times
        if _HALF_LIFE_BEFORE.search(topic.question[: figure.start]) or _HALF_LIFE_BEHIND.match(topic.question, figure.end)
    )
    return next(named, None)


def _are_days(topic: Topic, times: Sequence[Figure]) -> bool:
    """Whether the times are study days, "from day 0 to day 42", whose distance is meant."""
    named = all(re.search(r"\bdays?\s*$", topic.question[: figure.start], re.IGNORECASE) for figure in times)
    return len(times) > 1 and named and times[-1].value > times[0].value and times[0].unit == times[-1].unit


def _nuclides(topic: Topic, findings: Findings) -> list[str]:
    """The nuclides that the topic means: "the isotope" is the only one that the passages name where no study has one."""
    if (known := _known_nuclides(topic)) or not _UNNAMED.search(topic.question):
        return known
    named = dict.fromkeys(mention.name for source in findings.evidence.sources for mention in nuclides(source.passage.text))
    return list(named) if len(named) == 1 else []


def _known_nuclides(topic: Topic) -> list[str]:
    if topic.nuclides:
        return list(topic.nuclides)
    return list(dict.fromkeys(study.nuclide.name for study in topic.studies if study.nuclide))
