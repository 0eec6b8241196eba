"""A question and a sentence that states figures → what is to be worked out of them: a rate for an amount, a share, a total, a change."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import isclose
from typing import Literal

from assistant.agent.offline.deriving.labelled import Labelled
from assistant.agent.offline.sentences.organs import has_any, organs_of
from assistant.agent.offline.sentences.surroundings import behind
from assistant.agent.offline.understanding.administrations import administrations_in
from assistant.agent.offline.understanding.operation import Kind as Operations
from assistant.errors import CalculationError
from assistant.language.figures import Figure, figures
from assistant.language.stems import stems
from assistant.language.units import ACTIVITY_UNITS, CURRENCIES, TIME_UNITS, is_activity, measures_alike
from assistant.studies.quantities import convert
from assistant.studies.vocabulary import read

Kind = Literal[
    "rate", "limit", "share", "rest", "total", "total_at_most", "difference", "points", "increase", "decrease", "ratio", "factor"
]

_GIVEN = r"(?:doses|injections|infusions|administrations|cycles|fractions|treatments)\b"
_BEFORE_DOSES = re.compile(rf"\b([\w.]+)(?=\s+(?:\w+\s+)?{_GIVEN})", re.IGNORECASE)
_UP_TO = r"\b(?:up to|at most|a maximum of|no more than|not more than|as many as)"
_WHOLE = re.compile(
    r"\b(?:all|every|each|full)\s+(?:\w+\s+){0,3}?(?:dose|injection|infusion|administration|cycle|fraction|treatment)", re.IGNORECASE
)
# So many words behind a rate may tell what it is of: "to the tumour".
_NEXT = 3
# What a mean is given with, and how far clauses of several means go.
_SPREAD, _ITS_SPREAD = re.compile(r"(?:±|\+/-)\s*$"), re.compile(r"\s*(?:±|\+/-)\s*[\d.,]+(?:\s*[A-Za-z]+/[A-Za-z]+)?")
_CLAUSE = re.compile(r"[,;.](?=\s|$)|\band\b")
_DOSES = ("Gy", "Sv", "gray", "sievert")
# One amount in two units is rounded in one of them.
_ROUNDED = 0.02
# "60 euros for 20 MBq": what so much of a thing costs.
_FOR = re.compile(r"\s+(?:for|per)\s+(?:each\s+|every\s+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Formula:
    """``expression`` as ``studies.calculate`` reads it; ``given`` is the question's own figure, where one goes into it."""

    kind: Kind
    expression: str
    given: str = ""


def formula(asked: Sequence[Figure], signals: Collection[str], unit: str | None, sentence: str, question: str = "") -> Formula | None:
    """What the figures of ``sentence`` give for a question with the figures ``asked``, which wants its result in ``unit``.

    None where the sentence does not state the one set of figures that fits: of two candidates neither is taken.
    """
    stated = [figure for figure in figures(sentence) if figure.kind in ("number", "word") and not _SPREAD.search(sentence[: figure.start])]
    return (
        _rate(asked, _meant(_of_organ(stated, sentence, question), sentence, question), unit, administrations_in(question))
        or _limit(asked, stated, signals)
        or _price(asked, stated, sentence)
        or (_total(stated, sentence, question, unit) if "total" in signals else None)
    )


def is_wanted(asked: Sequence[Figure], signals: Collection[str]) -> bool:
    """Whether a question may want a rate of a sentence multiplied, or its amount by how often it is given."""
    return "total" in signals or bool(amounts(asked))


def amounts(asked: Sequence[Figure]) -> list[Figure]:
    """The figures of a question that a rate may be multiplied with."""
    return [figure for figure in asked if figure.unit and "/" not in figure.unit and figure.unit not in TIME_UNITS | {"percent", "ratio"}]


def _rate(asked: Sequence[Figure], stated: Sequence[Figure], unit: str | None, counts: Collection[int]) -> Formula | None:
    """A rate such as 7 MBq/kg for the question's 20 kg, of as many administrations as it ``counts``."""
    found = [
        (rate, given) for given in amounts(asked) for rate in stated if rate.unit.partition("/")[2] == given.unit and not rate.qualifier
    ]
    if not found or any(not _same(found[0], other) for other in found):
        return None
    rate, given = next((pair for pair in found if unit and pair[0].unit.startswith(f"{unit}/")), found[0])
    target = f" in {unit}" if unit in ACTIVITY_UNITS and is_activity(rate.unit) else ""
    times = max(counts) if len(counts) == 1 else 1
    amount = f"{times} * {given.written}" if times > 1 else given.written
    return Formula("rate", f"{rate.written} * {amount}{target}", amount.replace("*", "×"))


def _of_organ(stated: Sequence[Figure], sentence: str, question: str) -> Sequence[Figure]:
    """Of several doses those of the organ that the question names, where their clauses tell organs; no other's is taken for it."""
    asked = organs_of(frozenset(stems(question)))
    doses = [figure for figure in stated if figure.unit.partition("/")[0].endswith(_DOSES)]
    told = {figure.start: _organs(figure, sentence) for figure in doses}
    if not asked or not any(told.values()):
        return stated
    return [figure for figure in stated if figure not in doses or has_any(asked, told[figure.start])]


def _organs(figure: Figure, sentence: str) -> frozenset[str]:
    """The stems of the organs behind a figure and its spread, up to the next clause, else of those before it."""
    spread = _ITS_SPREAD.match(sentence, figure.end)
    behind_it = _CLAUSE.split(sentence[spread.end() if spread else figure.end :], maxsplit=1)[0]
    for clause in (behind_it, _CLAUSE.split(sentence[: figure.start])[-1]):
        found = frozenset(stems(clause))
        if organs_of(found):
            return found
    return frozenset()


def _meant(stated: Sequence[Figure], sentence: str, question: str) -> Sequence[Figure]:
    """Of several figures in one unit those next to a word of the question, if any are: "tumour 0.8 Gy/MBq", "0.4 Gy/MBq to the kidney"."""
    words = frozenset(stems(question))
    ends = [0, *(figure.end for figure in stated)]
    before = [stems(sentence[end : figure.start])[-1:] for end, figure in zip(ends, stated, strict=False)]
    shared = [len(words & {*one, *stems(behind(f, sentence))[:_NEXT]}) for one, f in zip(before, stated, strict=True)]
    best = {unit: max(s for s, f in zip(shared, stated, strict=True) if f.unit == unit) for unit in {f.unit for f in stated}}
    return [figure for figure, count in zip(stated, shared, strict=True) if count == best[figure.unit]]


def _limit(asked: Sequence[Figure], stated: Sequence[Figure], signals: Collection[str]) -> Formula | None:
    """Which weight or surface a limit such as 600 MBq is reached at, for a rate such as 10 MBq/kg in the sentence."""
    limits = [figure for figure in asked if figure.unit in ACTIVITY_UNITS]
    rates = [f for f in stated if is_activity(f.unit) and f.unit.partition("/")[2] in ("kg", "m2") and not f.qualifier]
    if "body_weight" not in signals or len(limits) != 1 or len({(f.value, f.unit) for f in rates}) != 1:
        return None
    return Formula("limit", f"{limits[0].written} / ({rates[0].written})", limits[0].written)


def _price(asked: Sequence[Figure], stated: Sequence[Figure], sentence: str) -> Formula | None:
    """What the question's amount costs where a sentence tells the price of another: "60 euros for 20 MBq"."""
    for price, of in pairwise(stated):
        told = price.unit in CURRENCIES and _FOR.fullmatch(sentence[price.end : of.start]) is not None
        given = [figure for figure in amounts(asked) if told and of.unit in ACTIVITY_UNITS and figure.unit in ACTIVITY_UNITS]
        if len(given) == 1:
            return Formula("rate", f"{price.written} / {of.written} * {given[0].written}", given[0].written)
    return None


def _total(stated: Sequence[Figure], sentence: str, question: str, unit: str | None) -> Formula | None:
    """What so many administrations of one amount come to: "2 GBq, repeated for five cycles"; at most so much for "up to five cycles".

    Who asks of all cycles, or of five, means the whole number.
    """
    given = {(f.value, f.unit) for f in stated if f.unit in ACTIVITY_UNITS and not f.qualifier}
    terms = [term for term in read(sentence) if _counts_doses(term.text, sentence)]
    terms = terms or [term for term in read(question) if _counts_doses(term.text, question)]
    counts = {int(value) for term in terms for value in term.values("count")}
    if len(given) != 1 or len(counts) != 1:
        return None
    ((value, own),), (count,) = given, counts
    target = f" in {unit}" if unit in ACTIVITY_UNITS and unit != own else ""
    bound = any(_at_most(term.text, sentence) for term in terms if term.values("count"))
    whole = _WHOLE.search(question) or str(count) in {value for term in read(question) for value in term.values("count")}
    return Formula("total_at_most" if bound and not whole else "total", f"{count} * {value:.10g} {own}{target}")


def _at_most(count: str, sentence: str) -> bool:
    """Whether the word bounds what it counts: "up to four cycles", "four cycles at most"."""
    return re.search(rf"{_UP_TO}\s+{re.escape(count)}\b|\b{re.escape(count)}\s+\w+\s+at most\b", sentence, re.IGNORECASE) is not None


def _counts_doses(count: str, sentence: str) -> bool:
    """Whether the word counts administrations: "three cycles", "two further infusions"."""
    return bool(count) and count.rsplit(maxsplit=1)[-1].casefold() in _before_doses(sentence) and count.casefold() in sentence.casefold()


@lru_cache(maxsize=4096)  # the sentences of documents are looked at again with every question
def _before_doses(sentence: str) -> frozenset[str]:
    """The words behind which administrations stand, with one word between them or none."""
    return frozenset(word.casefold() for word in _BEFORE_DOSES.findall(sentence))


def _same(one: tuple[Figure, Figure], other: tuple[Figure, Figure]) -> bool:
    """Whether both give the same for the same amount: 7.4 MBq/kg and, in parentheses, 0.2 mCi/kg."""
    try:
        rate = convert(other[0].value, other[0].unit, one[0].unit)
    except CalculationError:
        return False
    return isclose(rate, one[0].value, rel_tol=_ROUNDED) and (one[1].value, one[1].unit) == (other[1].value, other[1].unit)


def of_pair(
    kind: Operations | Literal["others", "factor"], figure: Labelled, reference: Labelled, unit: str | None = None
) -> Formula | None:
    """What a figure is beside a ``reference`` of its measure, a difference in ``unit`` where one is asked for."""
    one, two = figure.written, reference.written
    larger, smaller = (one, two) if figure.size >= reference.size else (two, one)
    if kind in ("difference", "change") and figure.measure == "percent":  # of "%ID/g" it is as of any amount
        return Formula("points", f"{larger} - {smaller}")
    if kind in ("difference", "rest"):
        target = f" in {unit}" if unit and unit != figure.measure and measures_alike(figure.measure, unit) else ""
        return Formula(kind, f"{larger} - {smaller}{target}")
    if not reference.figure.value:
        return None
    if kind in ("ratio", "factor"):
        return Formula(kind, f"{one} / {two}" if kind == "ratio" else f"{larger} / {smaller}")
    if kind in ("share", "others"):
        return Formula("share", f"{one if kind == 'share' else f'({two} - {one})'} / {two} in percent")
    return Formula("increase" if one == larger else "decrease", f"({larger} - {smaller}) / {two} in percent")


def of_sum(parts: Sequence[Labelled], unit: str | None) -> Formula:
    """What figures of one measure come to."""
    target = f" in {unit}" if unit and unit != parts[0].measure and measures_alike(parts[0].measure, unit) else ""
    return Formula("total", " + ".join(each.written for each in parts) + target)
