"""Yes or no to what a question says of stated figures: that one is larger than another, than before, or than a figure of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.agent.offline.answers.text import quotes
from assistant.agent.offline.deriving.fitting import one_figure
from assistant.agent.offline.deriving.labelled import Labelled, labelled
from assistant.agent.offline.deriving.linking import changed, latest
from assistant.agent.offline.deriving.over_time import over_time
from assistant.agent.offline.deriving.pairing import Weights, apart, paired, told_apart
from assistant.agent.offline.encoders import Encode
from assistant.agent.offline.findings import Findings
from assistant.agent.offline.sentences.endpoints import endpoints
from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.sentences.matching import matches_of
from assistant.agent.offline.sentences.organs import has_any, organs_of
from assistant.agent.offline.sentences.scope import names_in
from assistant.agent.offline.understanding.bounds import bounded, is_bound, without
from assistant.agent.offline.understanding.cues import signals
from assistant.agent.offline.understanding.operation import Operation, comparison
from assistant.agent.offline.understanding.terms import forms_of
from assistant.agent.offline.understanding.topic import Topic
from assistant.agent.offline.verdicts.aligned import are_meant
from assistant.agent.offline.verdicts.measured import holds_of, lacks_more
from assistant.agent.offline.verdicts.polarity import verdict
from assistant.agent.offline.verdicts.sizes import has_measured
from assistant.errors import CalculationError
from assistant.language.figures import Figure
from assistant.language.periods import tells_earlier, tells_the_same, without_earlier
from assistant.language.stems import stems
from assistant.studies.quantities import convert

_TABLE = "directions"
# So many sentences are looked through.
_CONSIDERED = 60
# So many words behind a figure tell what it counts.
_COUNTED_WITHIN = 2
# "Was revenue up?", "is it down on Q2?", which is no "up to", "follow-up" or "up and running".
_UP_OR_DOWN = re.compile(
    r"\b(?:is|are|was|were)\b(?:\s+[\w&'’-]+)+?\s(?<!followed )(?<!set )(?<!shut )(?<!broken )(?P<which>up|down)"
    r"(?=\W*$|\s+(?:on|by|than|against|versus|vs|since|over|year|from)\b)",
    re.IGNORECASE,
)
# What tells of a disease burden.
_OF_TUMORS = frozenset(["burden", "tumor"])
_MOVED = re.compile(r"f[ae]ll\w*|drop\w*|r[io]se\w*|climb\w*|s[iau]nk\w*|declin\w*|c[ao]me", re.IGNORECASE)
_CAUSE = re.compile(r"\b(?:significant\w*|because|due to|statistical\w*|why)\b", re.IGNORECASE)


def say(topic: Topic, findings: Findings, encode: Encode) -> list[str]:
    """The sentences of the figures that are compared, behind yes or no; nothing where they are not told or no such thing is asked."""
    up = _direction(topic.question)
    if topic.form != "yesno" or up is None or _CAUSE.search(topic.question):
        return []
    bound = bound_of(topic)
    question = without_earlier(without(topic.question, bound) if bound else topic.question)
    asked = comparison(question, names_in(topic, findings.evidence.sources))
    thing = replace(topic, form="what", question=question)
    matches = [m for m in matches_of(thing, findings, encode)[:_CONSIDERED] if endpoints(topic.question) <= endpoints(m.unit.meaning)]
    stated = [each for each in labelled(matches, findings) if _is_of(each, topic)]
    compared = _held_to(bound, asked, topic, stated) if bound else _compared(asked, topic, stated, up=up)
    if compared is None:
        return []
    shown, held = compared
    texts = [f"{each.match.unit.meaning} {each.match.unit.columns}" for each in shown]
    of_tumors = topic.aspect != "burden" or all(signals(text) & _OF_TUMORS for text in texts)
    if not _has_organs(topic.question, texts) or not of_tumors or not all(has_measured(topic.question, text) for text in texts):
        return []
    return quotes(tuple(dict.fromkeys(each.match for each in shown)), verdict(topic, held=held), findings)


def _has_organs(question: str, texts: Sequence[str]) -> bool:
    """Whether the texts of the figures that are compared have each organ that a question names: a dose of fingers is none of a kidney."""
    said = frozenset(stems(" ".join(texts)))
    return all(has_any(frozenset([organ]), said) for organ in organs_of(frozenset(stems(question))))


def _held_to(bound: Figure, asked: Operation, topic: Topic, stated: Sequence[Labelled]) -> tuple[Sequence[Labelled], bool] | None:
    """The figure that is held to ``bound``, and whether it is as bounded."""
    counted = stems(topic.question[bound.end :])[:_COUNTED_WITHIN]
    alike = [each for each in latest(stated) if value_in(each, bound.unit) is not None and _counts(each, bound, counted)]
    single = one_figure(asked, alike)
    if single is None or lacks_more(_of_level(single.match), bound):
        return None
    told = holds_of(topic.question, bound, single.match)
    return None if told is None else ([single], told)


def _of_level(match: Match) -> Match:
    """The match without the words by which a level is said to fall below a bound."""
    return match._replace(lacks=tuple(word for word in match.lacks if not _MOVED.fullmatch(word)))


def _compared(asked: Operation, topic: Topic, stated: Sequence[Labelled], *, up: bool) -> tuple[Sequence[Labelled], bool] | None:
    """The two figures that the question compares, and whether the first is the larger one as it says, or with ``up`` false the smaller."""
    sides = apart(without_earlier(topic.question))
    pair = paired(asked, sides, stated) or paired(asked, sides, latest(stated))
    pair = pair or over_time(topic.question, asked, stated)
    if pair is None and (tells_earlier(topic.question) or not told_apart(asked, sides)[1]):  # than before, and than nothing else
        pair = changed(asked, [each for each in stated if tells_the_same(topic.question, each.unit.text)], ordered=True)
    if pair and not _are_meant(topic.question, asked, sides, pair):
        return None
    return (pair, (pair[0].size > pair[1].size) is up) if pair else None


def _are_meant(question: str, asked: Operation, sides: Sequence[str], pair: Sequence[Labelled]) -> bool:
    """Whether each of two figures of one sentence is that of its side by all that the question says beside: the time, the organ."""
    one, two = pair
    first, second = told_apart(asked, sides)
    if one.place != two.place or not (first and second):
        return True
    texts = [_without(question, other, own) for own, other in ((first, second), (second, first))]
    orders = (texts, texts[::-1])  # what came later stands first in a pair
    return any(are_meant([(one.figure, here), (two.figure, there)], one.match) for here, there in orders)


def _without(question: str, other: Weights, own: Weights) -> str:
    """The question without what tells the other side; a time that is put behind one of them is that of both."""
    numbered = any(any(map(str.isdigit, word.text)) for word in own) or all(any(map(str.isdigit, word.text)) for word in other)
    for word in other:
        if numbered or not any(map(str.isdigit, word.text)):
            question = re.sub(rf"\b{re.escape(word.text)}", " ", question, flags=re.IGNORECASE)
    return question


def _is_of(each: Labelled, topic: Topic) -> bool:
    """Whether a figure may be what is asked about: one that only counts things must count what the question names, and not the doses by
    which it calls the arms: "were tumors smaller after two doses than after one?".
    """
    if each.figure.value in topic.named.counts and not each.figure.unit:
        return False
    if each.measure or each.column or not each.counted:
        return True
    return not frozenset(each.counted).isdisjoint(form for word in stems(topic.question) for form in forms_of(word))


def _counts(each: Labelled, bound: Figure, counted: Sequence[str]) -> bool:
    """Whether a figure counts what a bound without a unit counts: "more than 20 patients"."""
    return bool(bound.unit) or not frozenset(counted).isdisjoint(each.counted)


def _direction(question: str) -> bool | None:
    """Whether the question takes the first for the larger one; None where it says neither or both."""
    question = without_earlier(question)
    on = signals(question, _TABLE) & {"up", "down"}
    if not on and (alone := _UP_OR_DOWN.search(question)):
        on = frozenset([alone["which"].casefold()])
    return "up" in on if len(on) == 1 else None


def bound_of(topic: Topic) -> Figure | None:
    """The figure of the question that is a bound: "above 90 %", "more than 3 GBq"."""
    bounds = [figure for figure in bounded(topic.question) if figure.kind in ("number", "word") and is_bound(figure)]
    return bounds[0] if len(bounds) == 1 else None


def value_in(each: Labelled, unit: str) -> float | None:
    """The figure's value in ``unit``; None where it measures something else."""
    if not unit:
        return None if each.measure or each.column else each.figure.value
    try:
        return convert(each.figure.value, each.written.partition(" ")[2] or "ratio", unit)
    except CalculationError:
        return None
