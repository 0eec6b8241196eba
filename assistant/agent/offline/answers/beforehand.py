"""Which activity is needed at first to have a stated one later: "calibrated two days before, what must it hold?"."""

from __future__ import annotations

from assistant.agent.offline.answers.decays import Decay, decays
from assistant.agent.offline.answers.half_life import half_life, look_up
from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.phrasing import activity_words, amount, phrase, significant
from assistant.agent.offline.understanding.earlier import asks_earlier
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.units import ACTIVITY_UNITS

_DIGITS = 4


def plan(topic: Topic, findings: Findings) -> list[Call]:
    """The activity divided by the share that decay leaves of it, once the half-life is known; nothing where it is asked what is left."""
    calls: list[Call] = []
    for decay in decays(topic, findings) if asks_earlier(topic.question) else ():
        needed = _needed(topic, findings, decay)
        calls += [*look_up(findings, decay.nuclide, decay.own_half_life), *([needed] if needed else [])]
    return calls


def say(topic: Topic, findings: Findings) -> list[str]:
    """The activity, with the half-life that it was worked out from."""
    said = []
    for decay in decays(topic, findings) if asks_earlier(topic.question) else ():
        needed, known = _needed(topic, findings, decay), half_life(findings, decay.nuclide, decay.own_half_life)
        working = findings.working(needed) if needed else None
        if needed is None or known is None or working is None:
            continue
        said.append(
            phrase(
                "beforehand_assumed" if decay.half_life and not decay.stated else "beforehand",
                activity=activity_words(decay.activity),
                nuclide=decay.nuclide,
                elapsed=decay.elapsed_words,
                amount=amount(significant(working.results[0].value, _DIGITS), working.results[0].unit),
                half_life=known.words,
                marker=known.marker,
                mark=findings.cite(decay.activity_span, decay.elapsed_span) + findings.mark(needed),
            )
        )
    return said


def _needed(topic: Topic, findings: Findings, decay: Decay) -> Call | None:
    known = half_life(findings, decay.nuclide, decay.own_half_life)
    if known is None:
        return None
    target = f" in {topic.unit}" if topic.unit in ACTIVITY_UNITS and topic.unit != decay.activity.unit else ""
    left = f"0.5 ^ ({decay.elapsed:.10g} day / {known.written})"
    return call("calculate", expression=f"{decay.activity.value:.10g} {decay.activity.unit} / {left}{target}")
