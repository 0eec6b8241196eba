"""Which activity is needed at first to have a stated one later: "calibrated two days before, what must it hold?"."""

from __future__ import annotations

from assistant.agent.offline.answers.decays import Decay, decays
from assistant.agent.offline.answers.stated import half_life_of
from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.phrasing import activity_words, amount, number, phrase, significant
from assistant.agent.offline.understanding.earlier import asks_earlier
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.units import ACTIVITY_UNITS

_DIGITS = 4


def plan(topic: Topic, findings: Findings) -> list[Call]:
    """The activity divided by the share that decay leaves of it, once the half-life is known; nothing where it is asked what is left."""
    calls: list[Call] = []
    for decay in decays(topic) if asks_earlier(topic.question) else ():
        table, needed = _table(findings, decay), _needed(topic, findings, decay)
        calls += [*([table] if table else []), *([needed] if needed else [])]
    return calls


def say(topic: Topic, findings: Findings) -> list[str]:
    """The activity, with the half-life that it was worked out from."""
    said = []
    for decay in decays(topic) if asks_earlier(topic.question) else ():
        needed = _needed(topic, findings, decay)
        working = findings.working(needed) if needed else None
        if needed is None or working is None:
            continue
        half_life, marker = _half_life(findings, decay)
        said.append(
            phrase(
                "beforehand_assumed" if decay.half_life else "beforehand",
                activity=activity_words(decay.activity),
                nuclide=decay.nuclide,
                elapsed=decay.elapsed_words,
                amount=amount(significant(working.results[0].value, _DIGITS), working.results[0].unit),
                half_life=half_life,
                marker=marker,
                mark=findings.cite(decay.activity_span, decay.elapsed_span) + findings.mark(needed),
            )
        )
    return said


def _table(findings: Findings, decay: Decay) -> Call | None:
    """The look-up of the half-life, where neither the question nor a document states one."""
    if decay.half_life or half_life_of(findings, decay.nuclide):
        return None
    return call("half_life", nuclide=decay.nuclide)


def _half_life(findings: Findings, decay: Decay) -> tuple[str, str]:
    """The half-life with its unit and what it is cited by; empty while it is not known."""
    if own := decay.half_life:
        return amount(number(own.value), own.unit), ""
    if stated := half_life_of(findings, decay.nuclide):
        return amount(number(stated.figure.value), stated.figure.unit), stated.marker
    table = call("half_life", nuclide=decay.nuclide)
    known = findings.result(table, "half-life")
    return (amount(significant(known.value, _DIGITS), known.unit), findings.mark(table)) if known else ("", "")


def _needed(topic: Topic, findings: Findings, decay: Decay) -> Call | None:
    stated, known = half_life_of(findings, decay.nuclide), findings.result(call("half_life", nuclide=decay.nuclide), "half-life")
    told = decay.half_life or (stated.figure if stated else known)
    if told is None:
        return None
    target = f" in {topic.unit}" if topic.unit in ACTIVITY_UNITS and topic.unit != decay.activity.unit else ""
    left = f"0.5 ^ ({decay.elapsed:.10g} day / {told.value:.10g} {told.unit})"
    return call("calculate", expression=f"{decay.activity.value:.10g} {decay.activity.unit} / {left}{target}")
