"""What a sentence's figures give when they are put together as the question wants: quoted, then calculated."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.agent.offline.answers.text import matches_of, quotes
from assistant.agent.offline.aspects import TEXT
from assistant.agent.offline.cues import words_of
from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.fitness import is_about
from assistant.agent.offline.formulas import Formula, amounts, formula, is_wanted
from assistant.agent.offline.lookup import Encode, Match
from assistant.agent.offline.phrasing import amount, phrase, significant
from assistant.agent.offline.topic import Topic
from assistant.language.stems import stem
from assistant.language.units import CURRENCIES, money
from assistant.values import Result

# So many sentences are tried.
_TRIED = 4
# Of the question's words the sentence has at least this share: its figures are those of the thing that is asked about.
_COVERED = 0.6
# With so much of them it may be that thing, so that its rate is not passed over in silence; of more than so many none is meant.
_RELATED, _RATES = 0.35, 3
# By so much less the share of another sentence may be for it to be as good.
_AS_GOOD = 0.15
_DIGITS = 4
# Aspects beside the text's own words for which a stated rate may have to be multiplied; extraction serves all others.
_ASPECTS = frozenset([TEXT, "dose"])
# Signals whose words say how to calculate and not of what.
_WORD = re.compile(r"[^\W\d_]+|%")
_HOW = ("percent", "ratio", "change", "share")


def plan(topic: Topic, findings: Findings, encode: Encode) -> list[Call]:
    """The calculations, once the passages are found."""
    return [_call(wanted) for _, wanted in _found(topic, findings, encode)]


def say(topic: Topic, findings: Findings, encode: Encode) -> Sequence[str]:
    """Each sentence, quoted, and what its figures give."""
    said: list[str] = []
    for match, wanted in _found(topic, findings, encode):
        if working := findings.working(_call(wanted)):
            value = _amount(working.results[0])
            said += quotes([match], "", findings)
            said.append(phrase(f"worked_{wanted.kind}", amount=value, reference=wanted.given, mark=findings.mark(_call(wanted))))
    return said


def _amount(result: Result) -> str:
    if result.unit in CURRENCIES:
        return money(result.value, result.unit)
    return amount(significant(result.value, _DIGITS), result.unit)


def _found(topic: Topic, findings: Findings, encode: Encode) -> list[tuple[Match, Formula]]:
    """The sentences about what is asked whose figures can be put together as asked.

    Several only where each states a rate, one for each thing that may be meant; of other figures those of two sentences that
    are as good may not be guessed between.
    """
    if topic.aspect not in _ASPECTS or not is_wanted(topic.figures, topic.signals):
        return []
    thing = _thing(topic)
    matches = [m for m in matches_of(thing, findings, encode) if m.names >= 1 and is_about(thing, m, findings)]
    enough = max([_COVERED, *(match.coverage - _AS_GOOD for match in matches[:_TRIED])])
    found: dict[str, tuple[Match, Formula]] = {}
    for position, match in enumerate(matches):
        wanted = formula(topic.figures, topic.signals, topic.unit, match.unit.text)
        if wanted and match.coverage >= (_RELATED if wanted.kind == "rate" else enough if position < _TRIED else 1.0):
            found.setdefault(wanted.expression, (match, wanted))
    rates = {wanted.kind for _, wanted in found.values()} == {"rate"}
    return list(found.values()) if len(found) == 1 or (rates and len(found) <= _RATES) else []


def _thing(topic: Topic) -> Topic:
    """``topic`` without the words that say how to calculate, and without the amounts that it gives to calculate with."""
    question = topic.question
    for figure in reversed(amounts(topic.figures)):
        question = f"{question[: figure.start]} {question[figure.end :]}"
    how = words_of(*_HOW)
    question = _WORD.sub(lambda word: "" if stem(word.group().casefold()) in how else word.group(), question)
    return replace(topic, question=question, form="what")


def _call(wanted: Formula) -> Call:
    return call("calculate", expression=wanted.expression)
