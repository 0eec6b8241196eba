"""Two things that a question sets side by side → the figure that the sources state of each: of one sentence, or of two."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.agent.offline.cues import light, scaffold, synonyms
from assistant.agent.offline.lookup import Match
from assistant.agent.offline.surroundings import around, before, plain_stems
from assistant.agent.offline.terms import stem_set
from assistant.language.figures import Figure, figures
from assistant.studies.vocabulary import read

_TWO = 2
# How questions set the two sides of a ratio apart, beside what sides.py knows.
_TO_THAT = re.compile(r"\b(?:to|by|over)\s+(?:that|those)\s+(?:of|in|with|on|for|after|under)\b", re.IGNORECASE)
_RATIOS = (
    re.compile(r"\bratio\s+(?:(?:of|between)\s+)?(?P<one>.+?)\s+(?:to|and)\s+(?P<two>.+)", re.IGNORECASE),
    re.compile(r"(?P<one>[\w-]+?)(?:[- ]to[- ]|[/:])(?P<two>\w+)(?:\s+\w+){0,2}[- ]ratio\b", re.IGNORECASE),
)
# What leads up to what a side is called by: "cats treated with two injections".
_LEADING = re.compile(r"\b(?:with|in|on|after|of|from|by|at|under|given|receiving|for|among)\b|[,:]\s", re.IGNORECASE)
# So much of what tells its side from the other the words around a figure have to have, and so much more than those of any other.
_TELLING, _MARGIN = 0.6, 0.2
_YEAR = re.compile(r"(?:19|20)\d\d")
_CONFIDENCE = re.compile(r"\s*(?:CI\b|confidence)")
# Where levels of confidence, ranges and what was given stand: behind something else within brackets.
_IN_BRACKETS = re.compile(r"\([^()]*[^()\s][^()]*$")
# What a column's name gives a unit in. So many characters beside its figure a cell may have.
_IN_NAME = re.compile(r"\(([^()]+)\)")
_SPARE = 2
# How much a word weighs that carries little.
_LIGHT = 0.25
_STATISTICS = frozenset(["mean", "median", "averag"])


@dataclass(frozen=True, slots=True)
class Stated:
    """``figure`` of the sentence of ``match``, in the unit ``measure`` or, in a table, that of its column.

    ``around`` are the stems of the words that belong to it, ``before`` of those before them in the sentence; ``column`` names its column.
    """

    figure: Figure
    match: Match
    measure: str
    around: frozenset[str]
    before: frozenset[str]
    column: str = ""

    def beside(self, other: Stated) -> bool:
        """Whether the two may be compared: other figures of one measure, in a table of one row or one column."""
        aligned = self.column == other.column or self.match.unit == other.match.unit
        return self.measure == other.measure and self.figure.value != other.figure.value and aligned


Words = frozenset[str]


def paired(question: str, apart: Sequence[str], matches: Sequence[Match], how: Collection[str]) -> tuple[Stated, Stated] | None:
    """The figures of the two sides of ``question``, of one unit, in sentences that speak of what is compared.

    ``apart`` is what it sets side by side as ``sides.sides`` reads it, ``how`` are stems that say how to calculate and not of what.
    None unless the words around one figure tell that it is of the one side, and those around another that it is of the other.
    """
    parts = _apart(question, apart)
    if len(parts) < _TWO:
        return None
    one, two = (_content(side).difference(how) for side in (_called_last(parts[-2]), _called_first(parts[-1])))
    quantity = plain_stems(question).difference(scaffold(), light(), how, one, two)
    if not (one - two and two - one):
        return None
    stated = [each for match in matches if _speaks_of(match, quantity) for each in _stated(match)]
    if all(_YEAR.fullmatch(min(side)) for side in (one - two, two - one)) and min(one - two) < min(two - one):
        one, two = two, one  # what came of it goes before what was
    return _fitting(_Asked(one - two, two - one, quantity), stated)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The words that tell ``one`` side from the other, those that tell the other from it, and those for what is compared."""

    one: Words
    two: Words
    quantity: Words


def _apart(question: str, apart: Sequence[str]) -> Sequence[str]:
    if _TO_THAT.search(question):
        return _TO_THAT.split(question)
    ratio = next((match for pattern in _RATIOS if (match := pattern.search(question))), None)
    return (ratio["one"], ratio["two"]) if ratio else apart


def _content(text: str) -> Words:
    """The stems of a side that tell something, its numbers among them."""
    return frozenset(word for word in plain_stems(text) if word not in scaffold() or _counts(word))


def _called_last(side: str) -> str:
    """What a side is called by where it ends with it: "two injections" of "did the cats live with two injections"."""
    *_, last = _LEADING.split(side)
    return last if _content(last) and not any(figure.unit for figure in figures(last)) else side


def _called_first(side: str) -> str:
    return next((part for part in _LEADING.split(side) if _content(part)), side)


def _fitting(asked: _Asked, stated: Sequence[Stated]) -> tuple[Stated, Stated] | None:
    """The one pair of figures of one measure that fits the two sides, and what is compared, clearly better than any other."""
    firsts, seconds = ([each for each in stated if any(_has(word, each.around) for word in side)] for side in (asked.one, asked.two))
    pairs = [(a, b) for a in firsts for b in seconds if a.beside(b)]
    fits = [(min(_told(asked.one, a, b), _told(asked.two, b, a)), a, b) for a, b in pairs]
    fitting = [(fit + min(_share(asked.quantity, a), _share(asked.quantity, b)), a, b) for fit, a, b in fits if fit >= _TELLING]
    if not fitting:
        return None
    best, first, second = max(fitting, key=lambda each: each[0])
    rivals = [fit for fit, a, b in fitting if (a.figure.value, b.figure.value) != (first.figure.value, second.figure.value)]
    statistics = first.around & _STATISTICS, second.around & _STATISTICS
    clear = all(rival <= best - _MARGIN for rival in rivals)
    return (first, second) if clear and (not all(statistics) or statistics[0] == statistics[1]) else None


def _share(quantity: Words, stated: Stated) -> float:
    """The share of the words for what is compared that stand around a figure or before it in its sentence."""
    said = stated.around | stated.before
    return sum(_has(word, said) for word in quantity) / len(quantity) if quantity else 1.0


def _told(words: Words, here: Stated, there: Stated) -> float:
    """The share of ``words`` that stand around a figure; half for words that stand before it or around the other one too."""
    if any(_counts(word) and not _has(word, here.around) for word in words):
        return 0.0
    weights = {word: _LIGHT if word in light() else 1.0 for word in words}
    found = {word: _weight_of(word, here, there) for word in words}
    return sum(weights[word] * found[word] for word in words) / sum(weights.values())


def _weight_of(word: str, here: Stated, there: Stated) -> float:
    if not _has(word, here.around):
        return 0.5 if _has(word, here.before) else 0.0
    return 0.5 if _has(word, there.around) and not _is_amount(word) else 1.0  # what holds at 24 h is compared at 24 h


def _is_amount(word: str) -> bool:
    return " " in word


def _has(word: str, said: Words) -> bool:
    if said & (synonyms().get(word, frozenset()) | {word}):
        return True
    counted = _counts(word)
    return bool(counted) and any(counted & _counts(other) for other in said)


@cache
def _counts(word: str) -> frozenset[str]:
    """What a word counts: "two", "2", "twice"."""
    return frozenset(value for term in read(word) for value in term.values("count"))


def _speaks_of(match: Match, quantity: Words) -> bool:
    """Whether the sentence, with what stands around it, has half of the words for what is compared."""
    said = stem_set(match.unit.meaning) | stem_set(match.unit.context)
    return 2 * sum(_has(word, said) for word in quantity) >= len(quantity)


def _stated(match: Match) -> Iterator[Stated]:
    """The figures of a sentence that have a unit, each with the words between it and what belongs to others; the cells of a row."""
    text = match.unit.text
    if match.unit.columns:
        yield from _cells(match)
        return
    for figure in figures(text):
        bound = _CONFIDENCE.match(text, figure.end) or _IN_BRACKETS.search(text[: figure.start])
        if figure.kind in ("number", "word") and figure.unit not in ("", "ratio") and not figure.qualifier and not bound:
            yield Stated(figure, match, figure.unit, around(figure, text), before(figure, text))


def _cells(match: Match) -> Iterator[Stated]:
    """The cells of a row that are one figure, each with the words of the row's first cell and of its column's name."""
    cells, names = ([cell.strip() for cell in row.strip().strip("|").split("|")] for row in (match.unit.text, match.unit.columns))
    for cell, name in zip(cells[1:], names[1:], strict=False):
        found = figures(cell)
        if len(found) == 1 and not found[0].qualifier and len(cell) - len(found[0].text) <= _SPARE:
            measure = found[0].unit or " ".join(_IN_NAME.findall(name)) or name
            yield Stated(found[0], match, measure, stem_set(cells[0]) | stem_set(name), frozenset(), name)
