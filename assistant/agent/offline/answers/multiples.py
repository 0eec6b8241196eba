"""How many times one gain is another one: "days gained with two doses divided by days gained with one"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.phrasing import amount, arm_words, phrase, significant
from assistant.agent.offline.understanding.topic import Topic
from assistant.studies.facts import Arm, Study

_PAIR = 2
# What is divided is named first: "the gain with one dose divided by that with two".
_DIVIDED = re.compile(r"\bdivided by\b|\bratio (?:of|between)\b|÷", re.IGNORECASE)
_GAINED = re.compile(
    r"\b(?:gain(?:s|ed)?|benefits?|advantages?|improvements?|increases?|increments?|extra|added|additional|extensions?|bought|prolong\w*)\b",
    re.IGNORECASE,
)
_ONE = re.compile(r"\b(?:one|1|single|once|1x|first)\b", re.IGNORECASE)
_MORE = re.compile(r"\b(?:two|2|second|twice|2x|double|both|repeat\w*|multiple)\b", re.IGNORECASE)


def multiple(topic: Topic, compared: Sequence[tuple[Arm, Arm]]) -> Call | None:
    """The gain of one of the two comparisons divided by that of the other; None where no multiple of gains is asked for."""
    if len(compared) != _PAIR or not (topic.signals & {"ratio"} or _DIVIDED.search(topic.question)) or not _GAINED.search(topic.question):
        return None
    gains = [_gain(*arms) for arms in _ordered(topic, compared)]
    return call("calculate", expression=f"({gains[0]}) / ({gains[1]})") if all(gains) else None


def say_multiple(topic: Topic, findings: Findings, study: Study, compared: Sequence[tuple[Arm, Arm]]) -> list[str]:
    """How many times the one gain is the other."""
    wanted = multiple(topic, compared)
    working = findings.working(wanted) if wanted else None
    if wanted is None or working is None:
        return []
    first, second = (arm_words(study, treatment) for treatment, _ in _ordered(topic, compared))
    value = amount(significant(working.results[0].value, 3), "ratio")
    markers = findings.cite_arm(study, compared[0][0]) + findings.mark(wanted)
    return [phrase("gains_multiple", treatment=first, reference=second, amount=value, mark=markers)]


def _ordered(topic: Topic, compared: Sequence[tuple[Arm, Arm]]) -> Sequence[tuple[Arm, Arm]]:
    """The comparison to divide and that to divide by: the larger gain first, unless the question names the smaller one as divided."""
    ordered = sorted(compared, key=_size, reverse=True)
    one, more = _ONE.search(topic.question), _MORE.search(topic.question)
    if _DIVIDED.search(topic.question) and one and more and one.start() < more.start():
        return ordered[::-1]
    return ordered


def _size(arms: tuple[Arm, Arm]) -> float:
    treated, reference = (arm.survival for arm in arms)
    return treated.value - reference.value if treated and reference else 0.0


def _gain(treatment: Arm, reference: Arm) -> str:
    """The gain as an expression; empty where it is none, or of two units."""
    one, other = treatment.survival, reference.survival
    if one is None or other is None or one.unit != other.unit or one.value <= other.value:
        return ""
    return f"{one.value:g} {one.unit} - {other.value:g} {other.unit}"
