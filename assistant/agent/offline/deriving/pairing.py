"""Two things that a question sets side by side → the figure that the sources state of each: of one sentence, of two, of two cells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.agent.offline.deriving.labelled import NEAR, Labelled, counts
from assistant.agent.offline.understanding.cues import words_of
from assistant.agent.offline.understanding.operation import Operation, telling_words
from assistant.agent.offline.understanding.sides import sides
from assistant.language.figures import YEAR, figures
from assistant.language.stems import Word
from assistant.language.units import TIME_UNITS, measures_alike
from assistant.studies.quantities import convert

Pair = tuple[Labelled, Labelled]
Weights = Mapping[Word, float]

# How questions set the two sides apart, beside what sides.py knows; what came of it is the first.
_TO_THAT = re.compile(r"\b(?:to|by|over)\s+(?:that|those)\s+(?:of|in|with|on|for|after|under)\b", re.IGNORECASE)
ONE_TO_ANOTHER = re.compile(
    r"^\W*(?:(?:what|whats|what's|which)\W+(?:is|was|are|were)?\W*)?(?:the\W+)?(?P<one>[a-z]{4,})(?:-to-|\s+to\s+)(?P<two>[a-z]{4,})\b(?!\s+(?!at|after|on|in|by)[a-z])",
    re.IGNORECASE,
)
"""A ratio that is asked for by its two sides alone, "tumor-to-kidney at 24 h"; "the intention-to-treat population" is none."""
_APART = (
    re.compile(r"\bratio\s+(?:(?:of|between)\s+)?(?P<one>.+?)\s+(?:to|over|versus|vs\.?)\s+(?P<two>.+)", re.IGNORECASE),
    re.compile(r"\bratio\s+(?:(?:of|between)\s+)?(?P<one>.+?)\s+and\s+(?P<two>.+)", re.IGNORECASE),
    re.compile(r"(?P<one>[\w-]+?)(?:[- ]to[- ]|[/:])(?P<two>\w+)(?:\s+\w+){0,2}[- ]ratio\b", re.IGNORECASE),
    ONE_TO_ANOTHER,
    re.compile(r"\bfrom\s+(?P<two>.+?)\s+to\s+(?P<one>.+)", re.IGNORECASE),
)
# What leads up to what a side is called by: "cats treated with two injections".
_LEADING = re.compile(r"\b(?:with|in|on|after|of|from|by|at|under|given|receiving|for|among)\b|[,:]\s", re.IGNORECASE)
# Between the members of a list stands nothing that tells one from another.
_LISTED = re.compile(r"\s*(?:,|and|or|,\s*and|&)\s*(?:[$€£]|[A-Z]{3}\s)?\s*", re.IGNORECASE)
# So much of what tells its side from the other the words around a figure have to have, and so much more than those of any other.
_TELLING, _MARGIN = 0.6, 0.2
# So much of what is compared has to be said of each or around it.
_SPOKEN_OF = 0.5
# A lighter word does not tell what is meant.
_LEAST = 0.25
# As well as what stands near a figure does for what is compared a word elsewhere in its sentence.
_IN_SENTENCE = 0.6
_STATISTICS = frozenset(["mean", "median", "averag"])


def apart(question: str) -> Sequence[str]:
    """The two things that ``question`` sets side by side, as it words them; none where it sets none."""
    if _TO_THAT.search(question):
        return _TO_THAT.split(question)
    for pattern in _APART:
        if match := pattern.search(question):
            return match["one"], match["two"]
    return sides(question)


def paired(asked: Operation, both: Sequence[str], stated: Sequence[Labelled]) -> Pair | None:
    """The figures of ``both`` sides of a question, of one measure, where the words tell that each is of its side; None else."""
    first, second = told_apart(asked, both)
    if not (first and second):
        return None
    if _is_later(second, first):
        first, second = second, first  # what came of it goes before what was
    quantity = {word: weight for word, weight in asked.words.items() if word not in first and word not in second and weight >= _LEAST}
    return _fitting(first, second, quantity, stated, asked)


def told_apart(asked: Operation, both: Sequence[str]) -> tuple[Weights, Weights]:
    """For each of two sides the words that tell it from the other; none where there are no two."""
    if len(both) < 2:
        return {}, {}
    one, two = (_words(asked, side) for side in (_called_last(both[-2]), _called_first(both[-1])))
    first, second = ({word: w for word, w in side.items() if word not in other} for side, other in ((one, two), (two, one)))
    return first, second


def _words(asked: Operation, side: str) -> Weights:
    """The words of a side that tell something, its numbers among them, each as heavy as in the question."""
    return {word: asked.words[word] for word in telling_words(side) if asked.words.get(word, 0.0) >= _LEAST}


def _is_later(one: Weights, two: Weights) -> bool:
    """Whether ``one`` tells a later time than ``two``: the year after, 24 h after 4 h."""
    times = [_time(min(side, key=lambda word: word.text)) for side in (one, two)]
    return times[0] is not None and times[1] is not None and times[0] > times[1]


def _time(word: Word) -> float | None:
    if YEAR.fullmatch(word.text):
        return float(word.text)
    value, _, unit = word.stem.partition(" ")
    return convert(float(value), unit, "minute") if unit in TIME_UNITS else None


def _called_last(side: str) -> str:
    """What a side is called by where it ends with it: "two injections" of "did the cats live with two injections"."""
    *_, last = _LEADING.split(side)
    return last if telling_words(last) and not any(figure.unit for figure in figures(last)) else side


def _called_first(side: str) -> str:
    return next((part for part in _LEADING.split(side) if telling_words(part)), side)


def _fitting(first: Weights, second: Weights, quantity: Weights, stated: Sequence[Labelled], asked: Operation) -> Pair | None:
    """The one pair of figures that fits the two sides, and what is compared, clearly better than any other."""
    times = [word for word in quantity if is_time(word) and any(each.has(word) >= NEAR for each in stated)]
    meant = [each for each in stated if _spoken_of(quantity, each) >= _SPOKEN_OF and all(each.has(time) >= _IN_SENTENCE for time in times)]
    firsts, seconds = ([each for each in meant if any(each.has(word) >= NEAR for word in side)] for side in (first, second))
    pairs = [(a, b) for a in firsts for b in seconds if beside(a, b, asked)]
    fits = [(min(told(first, a, b), told(second, b, a)), a, b) for a, b in pairs]
    fitting = [(fit + min(_share(quantity, a), _share(quantity, b)), a, b) for fit, a, b in fits if fit >= _TELLING]
    if not fitting:
        return None
    best, one, two = max(fitting, key=lambda each: each[0])
    rivals = [fit for fit, a, b in fitting if (a.figure.value, b.figure.value) != (one.figure.value, two.figure.value)]
    statistics = one.near & _STATISTICS, two.near & _STATISTICS
    clear = all(rival <= best - _MARGIN for rival in rivals)
    return (one, two) if clear and (not all(statistics) or statistics[0] == statistics[1]) else None


def beside(one: Labelled, two: Labelled, asked: Operation) -> bool:
    """Whether two figures may be set side by side: other ones of one measure, in a table of one row or column; what counts, of one noun."""
    if not (one.measure == two.measure or measures_alike(one.measure, two.measure)) or one.size == two.size:
        return False
    if bool(one.column) != bool(two.column):
        return one.measure == two.measure and one.moment == two.moment != ""
    if one.column:
        return one.column == two.column or one.unit == two.unit
    return bool(one.measure) or (_counts(one, asked) or _counts(two, asked))


def _counts(each: Labelled, asked: Operation) -> bool:
    """Whether a figure without a unit counts what the question asks for."""
    return (asked.counts or "ratio" in asked.kinds) and any(word.stem in each.counted for word in asked.words)


def _spoken_of(words: Weights, each: Labelled) -> float:
    """The share of ``words`` that stand near a figure, in its sentence or around that; 1 where there are none."""
    return sum(each.has(word) > 0 for word in words) / len(words) if words else 1.0


def _share(words: Weights, each: Labelled) -> float:
    """How much of ``words`` is said of a figure; 1 where there are none."""
    return sum(min(1.0, each.has(word) / _IN_SENTENCE) for word in words) / len(words) if words else 1.0


def told(words: Weights, here: Labelled, there: Labelled) -> float:
    """The share of ``words`` that stand near a figure; half or a quarter for words further off, half for those near the other one too."""
    if any(is_number(word) and here.has(word) < NEAR for word in words):
        return 0.0
    return sum(weight * _weight_of(word, here, there) for word, weight in words.items()) / sum(words.values())


def _weight_of(word: Word, here: Labelled, there: Labelled) -> float:
    if here.has(word) < NEAR:
        return 0.5 if here.has(word) >= _IN_SENTENCE else 0.25 if here.has(word) else 0.0
    return 0.5 if there.has(word) >= NEAR and " " not in word.stem else 1.0  # what holds at 24 h is compared at 24 h


def is_of_another(asked: Operation, chosen: Sequence[Labelled], stated: Sequence[Labelled]) -> bool:
    """Whether a telling word of the question stands near another figure of their measure in the sentence, and near none of the ``chosen``:
    of who works part time, where these are all and the women.
    """
    first = chosen[0]
    others = [each for each in stated if each.place == first.place and each.measure == first.measure and each not in chosen]
    if any(each.place != first.place or each.column for each in chosen):
        return False
    whom = words_of("whom", table="reference_figures")
    telling = [word for word, weight in asked.words.items() if weight >= _LEAST and not is_time(word) and word.stem not in whom]
    taken = whom | words_of("population", table="tabled")
    counted = {noun for each in others for noun in each.counted[:1] if noun in taken or any(noun in own.counted for own in chosen)}
    # "2 of 8 mice in one group and 6 of 8 in the other" are all mice.
    theirs = [word for word in telling if word.stem not in counted and any(each.has(word) >= NEAR for each in others)]
    return any(not any(each.leads(word) >= NEAR for each in chosen) for word in theirs)


def is_listed(chosen: Sequence[Labelled], stated: Sequence[Labelled]) -> bool:
    """Whether one of the figures is of a bare list with others, "were 512, 493 and 486 MBq", of which nothing tells which is meant."""
    others = [each for each in stated if each not in chosen and not each.column]
    pairs = [sorted((one, two), key=lambda each: each.figure.start) for one in chosen for two in others if one.place == two.place]
    return any(_LISTED.fullmatch(a.unit.text, a.figure.end, b.figure.start) for a, b in pairs if a.measure == b.measure)


def is_untimed(each: Labelled, stated: Sequence[Labelled]) -> bool:
    """Whether a figure has no time, in a sentence that tells two times of others of its measure: it is of either of these."""
    moments = {other.moment for other in stated if other.place == each.place and other.measure == each.measure and other.moment}
    return not each.moment and len(moments) > 1


def is_time(word: Word) -> bool:
    """Whether a word is so much time, "24 h"."""
    return word.stem.partition(" ")[2] in TIME_UNITS


def is_number(word: Word) -> bool:
    """Whether a word is a number or a lone letter, or has a digit: nothing else stands for it."""
    return len(word.text) == 1 or any(map(str.isdigit, word.text)) or bool(counts(word.stem))
