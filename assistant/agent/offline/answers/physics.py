"""Physics: what is left of an activity, how many half-lives pass, how long a half-life is."""

from __future__ import annotations

import math
import re

from assistant.agent.offline.answers.conversion import converted
from assistant.agent.offline.answers.decays import Decay, decays, look_for_half_lives
from assistant.agent.offline.answers.doses import summary
from assistant.agent.offline.answers.half_life import HalfLife, half_life, look_up
from assistant.agent.offline.answers.held import passed_held, share_held
from assistant.agent.offline.answers.selection import selected
from assistant.agent.offline.answers.stated import stated_half_lives
from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.phrasing import activity_words, amount, missing, number, phrase, significant
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.names import nuclides
from assistant.language.units import ACTIVITY_UNITS, TIME_UNITS
from assistant.studies.quantities import convert
from assistant.values import Result

# So many passages are searched for what documents say of a half-life.
_PASSAGES = 3
_BOTH = 2
_COMPARING = frozenset(["compare", "decay_rate", "gain", "quantified", "ratio", "which_study"])

# "The half-life of the isotope", which a document names.
_UNNAMED = re.compile(r"\b(?:radio-?)?(?:isotope|nuclide)\b|\b(?:alpha|beta|gamma)[ -]emitter\b", re.IGNORECASE)

# What asks how much is no longer there.
_GONE = re.compile(r"\b(?:gone|lost|loses?|decayed|disappeared|vanished|decays? (?:away|within|over|in|during|between))\b", re.IGNORECASE)


def plan_decay(topic: Topic, findings: Findings) -> list[Call]:
    """The decay of each dose that the topic means, and a conversion of what is left where another unit is asked for."""
    # An interval that does not begin on day 0 stands in no source: the dose summary works it out from the days that do.
    calls = [summary(study, arm) for study, arm in selected(topic).arms if len(arm.days) > 1 and arm.days[0]]
    searches = look_for_half_lives(topic)
    if not all(map(findings.made, searches)):
        return [*calls, *searches]
    calls += [since for decay in decays(topic, findings) if (since := decay.since)]
    calls += [decay.call for decay in decays(topic, findings)]
    calls += [share for decay in decays(topic, findings) if (share := decay.share)]
    for decay in decays(topic, findings):
        left = _left(findings, decay)
        if left and topic.unit in ACTIVITY_UNITS and topic.unit != left.unit:
            calls.append(call("convert_activity", value=left.value, unit=left.unit, to=topic.unit))
        if left and (present := _present(topic, left, decay)):
            calls.append(present)
        calls += _gone(topic, left, decay)
    calls += [both] if (both := _of_both(topic, findings)) else []
    return calls


def say_decay(topic: Topic, findings: Findings) -> list[str]:
    """What is left of each dose, in its unit and in percent; whether that is as the question states."""
    said = []
    shown: list[tuple[Result, Result]] = []
    for decay in decays(topic, findings):
        left, percent = _left(findings, decay), _share_left(findings, decay)
        if left is None or percent is None:
            said.append(missing("calculation", reason=findings.refusals.get(decay.call, "")))
            continue
        shown.append((left, percent))
        said.append(_remaining(findings, decay, left, percent))
        if topic.unit in ACTIVITY_UNITS and topic.unit != left.unit:
            said += converted(findings, left.value, left.unit, topic.unit)
        said += _say_gone(topic, findings, left, decay)
        dose = amount(number(decay.activity.value), decay.activity.unit)
        said += _say_sum(findings, _present(topic, left, decay), _rounded(left), dose)
    if len(shown) == _BOTH:
        said += _say_sum(findings, _of_both(topic, findings), *(_rounded(left) for left, _ in shown))
    if held := share_held(topic, shown):
        said[0] = f"{held} {said[0]}"
    return said


def _remaining(findings: Findings, decay: Decay, left: Result, percent: Result) -> str:
    """The sentence that tells what is left of an activity, and by whose half-life."""
    return phrase(
        "decay_stated" if decay.stated else "decay_assumed" if decay.half_life else "decay",
        source=decay.stated,
        half_life=amount(number(decay.half_life.value), decay.half_life.unit) if decay.half_life else "",
        activity=activity_words(decay.activity),
        nuclide=decay.nuclide,
        marker=findings.cite(decay.activity_span, decay.elapsed_span),
        remaining=_rounded(left),
        percent=_rounded(percent),
        elapsed=decay.elapsed_words,
        mark="".join(findings.mark(wanted) for wanted in (decay.since, decay.call, decay.share) if wanted),
    )


def _rounded(result: Result) -> str:
    return amount(significant(result.value, 3), result.unit)


def _say_sum(findings: Findings, wanted: Call | None, one: str, other: str) -> list[str]:
    """Two activities that are there at once, and what they come to."""
    working = findings.working(wanted) if wanted else None
    if wanted is None or working is None:
        return []
    return [phrase("present", remaining=one, dose=other, total=_rounded(working.results[0]), mark=findings.mark(wanted))]


def _say_gone(topic: Topic, findings: Findings, left: Result, decay: Decay) -> list[str]:
    """How much has decayed, in its unit and in percent."""
    calls = _gone(topic, left, decay)
    results = [working.results[0] for wanted in calls if (working := findings.working(wanted))]
    if not calls or len(results) < len(calls):
        return []
    return [phrase("gone", amount=" or ".join(map(_rounded, results)), mark="".join(map(findings.mark, calls)))]


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
    return call(
        "calculate", expression=f"{left.value:.6g} {left.unit} + {decay.activity.value:g} {decay.activity.unit}{_target(topic, left.unit)}"
    )


def _of_both(topic: Topic, findings: Findings) -> Call | None:
    """What is left of the first dose and of the second together, at a time that is counted from the second, or on a later day."""
    found = decays(topic, findings)
    left = [each for decay in found if (each := _left(findings, decay))]
    if len(left) != _BOTH or bool(found[0].worked) == bool(found[1].worked):
        return None
    return call("calculate", expression=" + ".join(f"{each.value:.6g} {each.unit}" for each in left) + _target(topic, left[0].unit))


def _target(topic: Topic, unit: str) -> str:
    """`` in MBq`` where activities of ``unit`` are asked for in another one."""
    return f" in {topic.unit}" if topic.unit in ACTIVITY_UNITS and topic.unit != unit else ""


def _gone(topic: Topic, left: Result | None, decay: Decay) -> list[Call]:
    """How much has decayed, and which share, where that is asked for and not what is left."""
    if left is None or topic.form == "yesno" or topic.signals & {"left_over", "present_after"} or not _GONE.search(topic.question):
        return []
    lost = f"{decay.activity.value:g} {decay.activity.unit} - {left.value:.6g} {left.unit}"
    share = f"({lost}) / ({decay.activity.value:g} {decay.activity.unit}) in percent"
    return [call("calculate", expression=lost), call("calculate", expression=share)]


def plan_half_lives(topic: Topic, findings: Findings) -> list[Call]:
    """How many half-lives pass: of the decay tool, or by the half-life that the question gives."""
    searches = look_for_half_lives(topic)
    if not all(map(findings.made, searches)):
        return searches
    return [decay.passed or decay.call for decay in decays(topic, findings)]


def _told_by(decay: Decay) -> str:
    """The phrase for how many half-lives pass, by whose half-life."""
    if decay.stated:
        return "half_lives_stated"
    return ("half_lives_assumed" if decay.elapsed_span else "half_lives_passed") if decay.half_life else "half_lives"


def say_half_lives(topic: Topic, findings: Findings) -> list[str]:
    """How many half-lives pass; whether these are as many as the question states."""
    said = []
    counts: list[float] = []
    for decay in decays(topic, findings):
        wanted = decay.passed or decay.call
        working = findings.working(wanted)
        passed = working.results[0] if decay.half_life and working else findings.result(wanted, "half-lives elapsed")
        if passed:
            counts.append(passed.value)
            said.append(
                phrase(
                    _told_by(decay),
                    source=decay.stated,
                    half_life=amount(number(decay.half_life.value), decay.half_life.unit) if decay.half_life else "",
                    elapsed=decay.elapsed_words,
                    count=significant(passed.value, 3),
                    nuclide=decay.nuclide,
                    mark=findings.cite(decay.elapsed_span) + findings.mark(wanted),
                )
            )
    if said and (held := passed_held(topic, counts)):
        said[0] = f"{held} {said[0]}"
    return said


def plan_half_life(topic: Topic, findings: Findings) -> list[Call]:
    """A search for what the documents state of each nuclide that the topic means; where they state none the tables; then its unit."""
    nuclides_meant = _nuclides(topic, findings)
    searches = [call("search_passages", query=f"half-life of {nuclide}", k=_PASSAGES) for nuclide in nuclides_meant]
    if not _known_nuclides(topic) and _UNNAMED.search(topic.question):
        searches.append(call("search_passages", query=topic.query, k=_PASSAGES))
    if not all(map(findings.made, searches)):
        return searches
    known = [found for nuclide in nuclides_meant if (found := half_life(findings, nuclide, None))]
    apart = _apart(topic, findings)
    return [
        *(table for nuclide in nuclides_meant for table in look_up(findings, nuclide, None)),
        *searches,
        *([apart] if apart else []),
        *(_in_asked_unit(found, topic) for found in known if _is_in_another(found, topic)),
    ]


def _in_asked_unit(known: HalfLife, topic: Topic) -> Call:
    return call("convert_activity", value=known.value, unit=known.unit, to=topic.unit)


def _is_in_another(known: HalfLife, topic: Topic) -> bool:
    """Whether a time is asked for in another unit than that of ``known``."""
    return topic.unit in TIME_UNITS and topic.unit != known.unit


def say_half_life(topic: Topic, findings: Findings) -> list[str]:
    """The half-life of each nuclide as the documents state it, else as the tables have it; the shortest first if they are compared."""
    meant = [(nuclide, half_life(findings, nuclide, None)) for nuclide in _nuclides(topic, findings)]
    if topic.signals & {"decay_rate", "which_study"}:
        meant.sort(key=lambda each: _days(each[1]), reverse="gain" in topic.signals and "decay_rate" not in topic.signals)
    said = stated_half_lives(findings, [nuclide for nuclide, _ in meant])
    for nuclide, known in meant:
        if known is None:
            said += [
                missing("calculation", reason=findings.refusals[each])
                for each in look_up(findings, nuclide, None)
                if each in findings.refusals
            ]
            continue
        if not known.text or len(meant) > 1:
            said.append(phrase("half_life", nuclide=nuclide, amount=known.words, mark=known.marker))
        said += converted(findings, known.value, known.unit, topic.unit or "") if _is_in_another(known, topic) else []
    if said and "decay_rate" in topic.signals and len(meant) > 1:
        said[0] = f"{phrase('fastest_first')} {said[0]}"
    if (apart := _apart(topic, findings)) and (working := findings.working(apart)):
        name = "worked_ratio" if "ratio" in topic.signals else "worked_difference"
        said.append(phrase(name, amount=amount(significant(working.results[0].value), working.results[0].unit), mark=findings.mark(apart)))
    return said


def _apart(topic: Topic, findings: Findings) -> Call | None:
    """The difference of two half-lives, or how many times the other one is, where they are compared."""
    known = [found for nuclide in _nuclides(topic, findings) if (found := half_life(findings, nuclide, None))]
    if len(known) != _BOTH or not topic.signals & _COMPARING:
        return None
    longer, shorter = sorted(known, key=_days, reverse=True)
    return call("calculate", expression=f"{longer.written} {'/' if 'ratio' in topic.signals else '-'} {shorter.written}")


def _days(known: HalfLife | None) -> float:
    return convert(known.value, known.unit, "day") if known else math.inf


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
