"""A question and a sentence that states figures → what is to be worked out of them: a rate for an amount, a share, a total, a change."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isclose
from typing import Literal

from assistant.agent.offline.cues import light, scaffold
from assistant.agent.offline.surroundings import around
from assistant.errors import CalculationError
from assistant.language.figures import Figure, figures
from assistant.language.stems import stems
from assistant.language.units import ACTIVITY_UNITS, CURRENCIES, TIME_UNITS
from assistant.studies.quantities import convert
from assistant.studies.vocabulary import read

Kind = Literal["rate", "limit", "share", "total", "total_at_most", "difference", "points", "increase", "decrease", "ratio"]

_TWO = 2
_FOR_A_BODY = frozenset(f"{unit}/{per}" for unit in ACTIVITY_UNITS for per in ("kg", "m2"))
_GIVEN = r"(?:doses|injections|infusions|administrations|cycles|fractions|treatments)\b"
_UP_TO = r"\b(?:up to|at most|a maximum of|no more than|not more than|as many as)"
_WHOLE = re.compile(
    r"\b(?:all|every|each|full)\s+(?:\w+\s+){0,3}?(?:dose|injection|infusion|administration|cycle|fraction|treatment)", re.IGNORECASE
)
# One amount in two units is rounded in one of them.
_ROUNDED = 0.02
# What stands between a part and its whole, and what before a whole whose part follows: "9 of the 23", "of 23 patients, 9".
_PART_OF = re.compile(r"\s*(?:/|(?:out\s+)?of(?:\s+(?:the|all))?)\s*", re.IGNORECASE)
_WHOLE_FIRST = re.compile(r"(?:^|[.;,(:]\s)\W*of\s+(?:the\s+)?$", re.IGNORECASE)
_NOUN_THEN_PART = re.compile(r"\s+[a-z]+(?:\s+\w+){0,3},?\s+", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_IN_YEAR = re.compile(r"\s+(?:in|for)\s+(?:the\s+)?(?:\w+\s+){0,3}?(?P<year>(?:19|20)\d\d)\b")
# What stands between a figure and the one that it came from, or between that one and what became of it.
_LATER_FIRST = re.compile(
    r"\b(?:versus|vs\.?|against|compared\s+(?:with|to)|(?:up|down|increased|decreased)?\s*from|than)\b", re.IGNORECASE
)
_FROM = re.compile(r"\bfrom\b[^.;]{0,40}$", re.IGNORECASE)
_TO = re.compile(r"\bto\b", re.IGNORECASE)
# Of a sum for each share or unit a change is not asked where the sum itself is told.
_PER = re.compile(r"\s+(?:per|a|each)\s+\w+", re.IGNORECASE)
_EACH_SHARE = re.compile(r"\b(?:per|a|each)\s+share\b", re.IGNORECASE)
_CONFIDENCE = re.compile(r"\s*(?:CI\b|confidence)")
# "SEK 50 million (2010: SEK 40 million)": what was told of another time stands behind it in brackets.
_THEN = re.compile(r"[^()]*\(\s*(?:[^():]{0,30}\b(?:19|20)\d\d|[^():]{0,20}\b(?:year|quarter|half|before|earlier))\s*:\s*")
# "60 euros for 20 MBq": what so much of a thing costs.
_FOR = re.compile(r"\s+(?:for|per)\s+(?:each\s+|every\s+)?", re.IGNORECASE)
# What a question puts together.
_JOINED = re.compile(r"\b(?:and|plus|with)\b|[+&]", re.IGNORECASE)
# A difference of these is asked of arms, whose figures extraction has read.
_CHANGES = frozenset(["gain", "gain_noun", "shortfall", "compare", "change"])


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
    stated = [figure for figure in figures(sentence) if figure.kind in ("number", "word")]
    return (
        _rate(asked, _meant(stated, sentence, question), unit)
        or _limit(asked, stated, signals)
        or _price(asked, stated, sentence)
        or (_total(stated, sentence, question, unit) or _sum(stated, sentence, question) if "total" in signals else None)
        or (_share(stated, sentence) if {"percent", "share"} & set(signals) and not _CHANGES & set(signals) else None)
        or (
            _change(_of_one_kind(stated, sentence, question, unit), signals, sentence)
            if _CHANGES & set(signals) or "ratio" in signals
            else None
        )
    )


def is_wanted(asked: Sequence[Figure], signals: Collection[str]) -> bool:
    """Whether a question may want something worked out of a sentence's figures."""
    return (
        bool({"percent", "ratio", "share", "total"} & set(signals))
        or (bool({"quantified", "named_unit"} & set(signals)) and bool(_CHANGES & set(signals)))
        or bool(amounts(asked))
    )


def amounts(asked: Sequence[Figure]) -> list[Figure]:
    """The figures of a question that a rate may be multiplied with."""
    return [figure for figure in asked if figure.unit and "/" not in figure.unit and figure.unit not in TIME_UNITS | {"percent", "ratio"}]


def _rate(asked: Sequence[Figure], stated: Sequence[Figure], unit: str | None) -> Formula | None:
    """A rate such as 7 MBq/kg for the question's 20 kg."""
    found = [
        (rate, given) for given in amounts(asked) for rate in stated if rate.unit.partition("/")[2] == given.unit and not rate.qualifier
    ]
    if not found or any(not _same(found[0], other) for other in found):
        return None
    rate, given = next((pair for pair in found if unit and pair[0].unit.startswith(f"{unit}/")), found[0])
    target = f" in {unit}" if unit in ACTIVITY_UNITS and rate.unit.partition("/")[0] in ACTIVITY_UNITS else ""
    return Formula("rate", f"{_written(rate)} * {_written(given)}{target}", _written(given))


def _meant(stated: Sequence[Figure], sentence: str, question: str) -> Sequence[Figure]:
    """Of several figures in one unit those behind a word of the question, if any are: "tumour 0.8 Gy/MBq, kidney 0.4 Gy/MBq"."""
    words = frozenset(stems(question))
    ends = [0, *(figure.end for figure in stated)]
    behind = [stems(sentence[end : figure.start])[-1:] for end, figure in zip(ends, stated, strict=False)]
    shared = [len(words.intersection(word)) for word in behind]
    best = {unit: max(s for s, f in zip(shared, stated, strict=True) if f.unit == unit) for unit in {f.unit for f in stated}}
    return [figure for figure, count in zip(stated, shared, strict=True) if count == best[figure.unit]]


def _limit(asked: Sequence[Figure], stated: Sequence[Figure], signals: Collection[str]) -> Formula | None:
    """Which weight or surface a limit such as 600 MBq is reached at, for a rate such as 10 MBq/kg in the sentence."""
    limits = [figure for figure in asked if figure.unit in ACTIVITY_UNITS]
    rates = [
        f for f in stated if f.unit.partition("/")[0] in ACTIVITY_UNITS and f.unit.partition("/")[2] in ("kg", "m2") and not f.qualifier
    ]
    if "body_weight" not in signals or len(limits) != 1 or len({(f.value, f.unit) for f in rates}) != 1:
        return None
    return Formula("limit", f"{_written(limits[0])} / ({_written(rates[0])})", _written(limits[0]))


def _price(asked: Sequence[Figure], stated: Sequence[Figure], sentence: str) -> Formula | None:
    """What the question's amount costs where a sentence tells the price of another: "60 euros for 20 MBq"."""
    for price, of in pairwise(stated):
        told = price.unit in CURRENCIES and _FOR.fullmatch(sentence[price.end : of.start]) is not None
        given = [figure for figure in amounts(asked) if told and of.unit in ACTIVITY_UNITS and figure.unit in ACTIVITY_UNITS]
        if len(given) == 1:
            return Formula("rate", f"{_written(price)} / {_written(of)} * {_written(given[0])}", _written(given[0]))
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
    return re.search(rf"\b{re.escape(count)}\s+(?:\w+\s+)?{_GIVEN}", sentence, re.IGNORECASE) is not None


def _same(one: tuple[Figure, Figure], other: tuple[Figure, Figure]) -> bool:
    """Whether both give the same for the same amount: 7.4 MBq/kg and, in parentheses, 0.2 mCi/kg."""
    try:
        rate = convert(other[0].value, other[0].unit, one[0].unit)
    except CalculationError:
        return False
    return isclose(rate, one[0].value, rel_tol=_ROUNDED) and (one[1].value, one[1].unit) == (other[1].value, other[1].unit)


def _sum(stated: Sequence[Figure], sentence: str, question: str) -> Formula | None:
    """What things that a question joins come to, where the sentence states each in one unit: "A and B together"."""
    words = frozenset(stems(question)) - scaffold() - light()
    told = [(figure, words & around(figure, sentence)) for figure in stated if figure.unit in CURRENCIES | ACTIVITY_UNITS]
    # Each is one of those that the question names, by a word that none of the others has around it.
    summed = [figure for figure, own in told if own.difference(*(other for each, other in told if each is not figure))]
    exact = len({figure.unit for figure in summed}) == 1 and not any(figure.qualifier for figure in summed)
    return Formula("total", " + ".join(map(_written, summed))) if len(summed) >= _TWO and exact and _JOINED.search(question) else None


def _share(stated: Sequence[Figure], sentence: str) -> Formula | None:
    """A part of a whole in percent."""
    plain = [figure for figure in stated if not figure.unit and not figure.qualifier and not _YEAR.fullmatch(figure.text)]
    found = (_part_and_whole(one, two, sentence) for one, two in pairwise(plain))
    pairs = {pair for pair in found if pair and 0 < pair[0] <= pair[1]}
    if len(pairs) != 1:
        return None
    ((part, whole),) = pairs
    return Formula("share", f"{part:.10g} / {whole:.10g} in percent")


def _part_and_whole(one: Figure, two: Figure, sentence: str) -> tuple[float, float] | None:
    between = sentence[one.end : two.start]
    if _PART_OF.fullmatch(between):
        return one.value, two.value
    if _WHOLE_FIRST.search(sentence[: one.start]) and _NOUN_THEN_PART.fullmatch(between):
        return two.value, one.value
    return None


def _change(stated: Sequence[Figure], signals: Collection[str], sentence: str) -> Formula | None:
    """The change from one figure to another of the same unit, where the sentence has just these two."""
    pairs = [pair for unit in {figure.unit for figure in stated} - {"", "ratio", "percent"} if (pair := _pair(stated, unit))]
    if not pairs and not {"percent", "ratio"} & set(signals) and (shares := _pair(stated, "percent")):
        larger, smaller = sorted(shares, key=lambda figure: -figure.value)
        return Formula("points", f"{_written(larger)} - {_written(smaller)}")
    if len(pairs) != 1:
        return None
    one, two = pairs[0]
    earlier, later = earlier_and_later(one, two, sentence)
    if not {"percent", "ratio"} & set(signals):
        return beside(one, two, signals)
    return beside(later, earlier, signals) if earlier and later else None


def beside(figure: Figure, reference: Figure, signals: Collection[str]) -> Formula | None:
    """What a figure is in comparison with a ``reference`` of its unit: their difference, their ratio, the change in percent."""
    larger, smaller = sorted((figure, reference), key=lambda each: -each.value)
    apart = f"{_written(larger)} - {_written(smaller)}"
    if figure.unit == "percent" and "ratio" not in signals:
        return Formula("points", apart)
    if not {"percent", "ratio"} & set(signals):
        return Formula("difference", apart)
    if not reference.value:
        return None
    if "percent" not in signals:
        return Formula("ratio", f"{_written(figure)} / {_written(reference)}")
    return Formula("increase" if figure.value >= reference.value else "decrease", f"({apart}) / {_written(reference)} in percent")


def _of_one_kind(stated: Sequence[Figure], sentence: str, question: str, unit: str | None) -> list[Figure]:
    """The figures without the levels of confidence, and those only that can be said in the ``unit`` asked for.

    Of sums they are those for each share where these are asked for, else the others.
    """
    for_each = _EACH_SHARE.search(question) is not None
    told = [f for f in stated if not _CONFIDENCE.match(sentence, f.end) and (unit is None or _measures_alike(f.unit, unit))]
    return [f for f in told if f.unit not in CURRENCIES or (_PER.match(sentence, f.end) is not None) is for_each]


def _measures_alike(one: str, other: str) -> bool:
    return any(one in family and other in family for family in (ACTIVITY_UNITS, TIME_UNITS))


def _pair(stated: Sequence[Figure], unit: str) -> tuple[Figure, Figure] | None:
    """The two figures of a unit, if there are just two and both are exact."""
    found = [figure for figure in stated if figure.unit == unit]
    return (found[0], found[1]) if len(found) == _TWO and not any(figure.qualifier for figure in found) else None


def earlier_and_later(one: Figure, two: Figure, sentence: str) -> tuple[Figure | None, Figure | None]:
    """The earlier or compared figure and the later one, as the words between them tell; None for both where they do not."""
    between = sentence[one.end : two.start]
    years = [match and int(match["year"]) for match in (_IN_YEAR.match(sentence, figure.end) for figure in (one, two))]
    if years[0] and years[1] and years[0] != years[1]:
        return (one, two) if years[0] < years[1] else (two, one)
    if _THEN.fullmatch(between):
        return two, one
    if _FROM.search(sentence[: one.start]) and _TO.search(between):
        return one, two
    return (two, one) if _LATER_FIRST.search(between) else (None, None)


def _written(figure: Figure) -> str:
    return f"{figure.value:.10g} {figure.unit}".strip()
