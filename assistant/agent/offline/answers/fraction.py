"""Which share of a radionuclide is left, or gone, after a time, where no activity is told: "how much Lu-177 is gone after 2 days"."""

from __future__ import annotations

from assistant.agent.offline.answers.half_life import half_life, look_up
from assistant.agent.offline.answers.held import share_held
from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.phrasing import amount, phrase, quoted, significant, time_passed
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.figures import Figure
from assistant.language.units import ACTIVITY_UNITS, TIME_UNITS
from assistant.values import Result

_DIGITS, _ALL = 3, 100


def plan(topic: Topic, findings: Findings) -> list[Call]:
    """The share, once the half-life is known: by the documents, else by the tables; nothing where another thing is asked for."""
    asked = _asked(topic)
    if asked is None:
        return []
    nuclide, elapsed = asked
    known = half_life(findings, nuclide, None)
    return [*look_up(findings, nuclide, None), *([_share(topic, elapsed, known.written)] if known else [])]


def say(topic: Topic, findings: Findings) -> list[str]:
    """The share, with the half-life that it was worked out from and, where a document states this, its sentence."""
    asked, calls = _asked(topic), plan(topic, findings)
    working = findings.working(calls[-1]) if calls and calls[-1].name == "calculate" else None
    if asked is None or working is None:
        return []
    nuclide, elapsed = asked
    known = half_life(findings, nuclide, None)
    if known is None:
        return []
    said = phrase(
        "fraction_gone" if _is_gone(topic) else "fraction_left",
        nuclide=nuclide,
        half_life=known.words,
        marker=known.marker,
        amount=amount(significant(working.results[0].value, _DIGITS), "percent"),
        elapsed=time_passed(elapsed.value, elapsed.unit),
        mark=findings.mark(calls[-1]),
    )
    said = f"{share_held(topic, [_left_of(topic, working.results[0])])} {said}".strip()
    return [said, quoted("", known.text, known.marker)] if known.text else [said]


def _left_of(topic: Topic, share: Result) -> tuple[Result, Result]:
    """What is left in percent, where ``share`` may be gone, twice, since no activity is told."""
    left = share.model_copy(update={"value": _ALL - share.value}) if _is_gone(topic) else share
    return left, left


def _asked(topic: Topic) -> tuple[str, Figure] | None:
    """The one radionuclide and the one time of a question of what is left of it, or gone, that tells no activity and no study."""
    times = [figure for figure in topic.figures if figure.unit in TIME_UNITS and figure.value]
    told = any(figure.unit in ACTIVITY_UNITS for figure in topic.figures) or topic.named.studies
    if not topic.signals & {"remaining", "gone"} or "how_long" in topic.signals or told or len(topic.nuclides) != 1 or len(times) != 1:
        return None
    return topic.nuclides[0], times[0]


def _is_gone(topic: Topic) -> bool:
    return "gone" in topic.signals and "left_over" not in topic.signals


def _share(topic: Topic, elapsed: Figure, half: str) -> Call:
    left = f"0.5 ^ ({elapsed.value:.10g} {elapsed.unit} / ({half}))"
    return call("calculate", expression=f"{f'1 - {left}' if _is_gone(topic) else left} in percent")
