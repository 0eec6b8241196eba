"""Physics: what is left of an activity, how many half-lives pass, how long a half-life is."""

from __future__ import annotations

import math
import re

from assistant.agent.offline.answers.conversion import conversion, converted
from assistant.agent.offline.answers.decays import Decay, decays, look_for_half_lives
from assistant.agent.offline.answers.doses import summary
from assistant.agent.offline.answers.held import passed_held, share_held
from assistant.agent.offline.answers.selection import selected
from assistant.agent.offline.answers.stated import stated_half_lives
from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.phrasing import activity_words, amount, missing, number, phrase, significant
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.units import ACTIVITY_UNITS, TIME_UNITS
from assistant.values import Result

# So many passages are searched for what documents say of a half-life.
_PASSAGES = 3
_BOTH = 2
_COMPARING = frozenset(["compare", "decay_rate", "gain", "quantified", "ratio", "which_study"])

# "The half-life of the isotope", which a document names.

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
    """What is left of the first dose and of the second together, at a time that is counted from the second."""
    found = decays(topic, findings)
    left = [each for decay in found if (each := _left(findings, decay))]
    if len(left) != _BOTH or not found[0].worked or found[1].worked:
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
    """The half-life of each nuclide that the topic means, in the unit asked for, and a search for what the documents state of it."""
    nuclides_meant = _known_nuclides(topic)
    searches = [call("search_passages", query=f"half-life of {nuclide}", k=_PASSAGES) for nuclide in nuclides_meant]
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
    said = stated_half_lives(findings, _known_nuclides(topic))
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
    half_lives = [findings.result(call("half_life", nuclide=nuclide), "half-life") for nuclide in _known_nuclides(topic)]
    known = sorted((f"{each.value:g} {each.unit}" for each in half_lives if each), key=lambda each: -float(each.split()[0]))
    if len(known) != 2 or len({each.split()[1] for each in known}) > 1 or not topic.signals & _COMPARING:
        return None
    return call("calculate", expression=f"{known[0]} {'/' if 'ratio' in topic.signals else '-'} {known[1]}")


def _days(findings: Findings, wanted: Call) -> float:
    half_life = findings.result(wanted, "half-life")
    return half_life.value if half_life else math.inf


def _known_nuclides(topic: Topic) -> list[str]:
    if topic.nuclides:
        return list(topic.nuclides)
    return list(dict.fromkeys(study.nuclide.name for study in topic.studies if study.nuclide))
