"""Two figures that a text itself sets in relation: what was, and what came of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.agent.offline.deriving.fitting import best, neighbours
from assistant.agent.offline.deriving.labelled import OF_ANOTHER, THEN, Labelled
from assistant.agent.offline.deriving.pairing import Pair
from assistant.agent.offline.understanding.cues import signals
from assistant.agent.offline.understanding.operation import Operation
from assistant.language.figures import YEAR, Figure
from assistant.language.periods import periods

_IN_YEAR = re.compile(r"\s+(?:in|for)\s+(?:the\s+)?(?:\w+\s+){0,3}?(?P<year>(?:19|20)\d\d)\b")
# What stands between a figure and the one that it came from, or between that one and what became of it.
_LATER_FIRST = re.compile(r"\b(?:versus|vs\.?|against|compared\s+(?:with|to)|from|than)\b", re.IGNORECASE)
_CONJUNCTION = re.compile(r"\b(?:and|but|while|whereas)\b|;", re.IGNORECASE)
_RANGE = re.compile(r"\b(?:between|from)\s*$", re.IGNORECASE)
_WORDS_BETWEEN = 12
_FROM = re.compile(r"\bfrom\b[^.;]{0,40}$", re.IGNORECASE)
# "And from 12 to 9 days": what opens another pair and ends it.
_OPENS_PAIR = re.compile(r"\band\s+(?:[^\d,;]*\s)?from\s+(?:[$€£]|[A-Z]{3}\s)?$", re.IGNORECASE)
_ENDS_PAIR = re.compile(r"[^\d,;.]{0,20}\bto\s+(?:[$€£]|[A-Z]{3}\s)?\d", re.IGNORECASE)
_UNTIL_NOW = re.compile(r"\b(?:to date|so far|until then)\b", re.IGNORECASE)
_TO = re.compile(r"\bto\b", re.IGNORECASE)


def changed(asked: Operation, stated: Sequence[Labelled], *, ordered: bool) -> Pair | None:
    """What came of it and what was before, of one measure in one sentence or row, where most of the question's words are said of them.

    ``ordered`` takes only those of which the text tells which one came before.
    """
    pairs = [order(*pair) or pair for pair in neighbours(stated) if order(*pair) or (not ordered and _is_parallel(*pair))]
    told = [pair[1] for pair in pairs if _is_told(*pair)]
    pairs = [pair for pair in pairs if pair[1] not in told or _is_told(*pair)]
    firsts = [each for each in stated if "then" in each.called and each not in told]
    pairs += [(each, first) for first in firsts for each in stated if _came_of(each, first)]
    return best(asked, [pair for pair in pairs if _may_differ(*pair, asked)], stated)


def _came_of(each: Labelled, first: Labelled) -> bool:
    """Whether a figure stands in one sentence with what the text calls the first one: "fell to 3 and to 5; the baseline was 9"."""
    return each.place == first.place and not each.column and each.measure == first.measure and "then" not in each.called


def _is_told(one: Labelled, two: Labelled) -> bool:
    """Whether the text between two figures tells that just the one came of the other: "88, down from 121"."""
    return not one.column and one.figure.end < two.figure.start and _LATER_FIRST.search(_between(one, two)) is not None


def _between(one: Labelled, two: Labelled) -> str:
    return one.unit.text[one.figure.end : two.figure.start]


def _may_differ(one: Labelled, two: Labelled, asked: Operation) -> bool:
    """Whether two figures are apart; what is only counted, if it is asked how many, in percent or times, or of one and the same noun."""
    alike = one.counted[:1] == two.counted[:1] != ()
    counted = asked.counts or "difference" not in asked.kinds or alike
    return one.figure.value != two.figure.value and (bool(one.measure or one.column) or counted)


def latest(stated: Sequence[Labelled]) -> tuple[Labelled, ...]:
    """The figures without those of which the text tells what came of them."""
    earlier = [found[1] for pair in neighbours(stated) if (found := order(*pair))]
    return tuple(each for each in stated if each not in earlier)


def _is_parallel(one: Labelled, two: Labelled) -> bool:
    """Whether two figures stand in clauses that are joined, "70 % with the old buffer and 90 % with the new one", and are no range."""
    if one.column or not one.measure or _RANGE.search(one.unit.text[: one.figure.start]):
        return False
    between = one.unit.text[one.figure.end : two.figure.start]
    if OF_ANOTHER.search(between):
        return True
    next_pair = _OPENS_PAIR.search(between) and _ENDS_PAIR.match(one.unit.text, two.figure.end)
    return not next_pair and _CONJUNCTION.search(between) is not None and len(between.split()) <= _WORDS_BETWEEN


def order(one: Labelled, two: Labelled) -> Pair | None:
    """What came of it before what was, as the text between and behind them, or the names of their columns, tell."""
    if one.column or two.column:
        first, second = YEAR.search(one.column), YEAR.search(two.column)
        if first is None or second is None:
            return _then_last(one, two, *(_tells_then(each.column) for each in (one, two)))
        if first.group() == second.group():
            return _of_one_year(one, two)
        return (one, two) if first.group() > second.group() else (two, one)
    earlier, _ = earlier_and_later(one.figure, two.figure, one.unit.text)
    if earlier:
        return (two, one) if earlier is one.figure else (one, two)
    return _then_last(one, two, *("then" in each.called for each in (one, two)))


def _of_one_year(one: Labelled, two: Labelled) -> Pair | None:
    """The cell of the later part of a year, a quarter, before that of the earlier one; None where their columns tell no parts alike."""
    first, second = periods(one.column), periods(two.column)
    if len(first) != 1 or len(second) != 1 or first[0].parts != second[0].parts or first == second:
        return None
    return (one, two) if first > second else (two, one)


def _tells_then(column: str) -> bool:
    """Whether a column is of what came before, "previous model": what is spent to date is not."""
    return "then" in signals(column, "reference_figures") and not _UNTIL_NOW.search(column)


def _then_last(one: Labelled, two: Labelled, one_before: bool, two_before: bool) -> Pair | None:
    """Both with the one last that came before, where just one did."""
    return None if one_before == two_before else (two, one) if one_before else (one, two)


def earlier_and_later(one: Figure, two: Figure, sentence: str) -> tuple[Figure | None, Figure | None]:
    """The earlier or compared figure and the later one, as the words between them tell; None for both where they do not."""
    between = sentence[one.end : two.start]
    years = [match and int(match["year"]) for match in (_IN_YEAR.match(sentence, figure.end) for figure in (one, two))]
    if years[0] and years[1] and years[0] != years[1]:
        return (one, two) if years[0] < years[1] else (two, one)
    if THEN.match(between) and ")" not in between:
        return two, one
    if _FROM.search(sentence[: one.start]) and _TO.search(between):
        return one, two
    if _OPENS_PAIR.search(between) and _ENDS_PAIR.match(sentence, two.end):
        return None, None  # "from 31 to 19 days, and from 12 to 9"
    return (two, one) if _LATER_FIRST.search(between) else (None, None)
