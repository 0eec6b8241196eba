"""Two figures that a text itself sets in relation, told by a question's words: what was and what came of it, a part and its whole."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import combinations, pairwise

from assistant.agent.offline.cues import scaffold, signals
from assistant.agent.offline.labelled import THEN, Labelled
from assistant.agent.offline.operation import Operation
from assistant.agent.offline.pairing import Pair, is_number
from assistant.language.figures import Figure
from assistant.language.stems import Word

# So much more of a question's words has to be said of two figures than of any other two; so much it counts that one sentence has both.
_MARGIN, _TOGETHER = 0.1, 0.1
# So large a share of the words that tell what is meant may be said of none of two figures that are of one thing.
_LACKING = 0.25
# So well a word is said of a figure that stands in its sentence.
_SAID = 0.5
_NEAR = 0.9
# A lighter word does not tell what is meant.
_LEAST = 0.25
_IN_YEAR = re.compile(r"\s+(?:in|for)\s+(?:the\s+)?(?:\w+\s+){0,3}?(?P<year>(?:19|20)\d\d)\b")
_YEAR = re.compile(r"(?:19|20)\d\d")
# What stands between a figure and the one that it came from, or between that one and what became of it.
_LATER_FIRST = re.compile(
    r"\b(?:versus|vs\.?|against|compared\s+(?:with|to)|(?:up|down|increased|decreased|rose|fell)?\s*from|than)\b", re.IGNORECASE
)
_CONJUNCTION = re.compile(r"\b(?:and|but|while|whereas)\b|;", re.IGNORECASE)
_RANGE = re.compile(r"\b(?:between|from)\s*$", re.IGNORECASE)
_WORDS_BETWEEN = 12
_FROM = re.compile(r"\bfrom\b[^.;]{0,40}$", re.IGNORECASE)
_TO = re.compile(r"\bto\b", re.IGNORECASE)
# What stands between a part and its whole, and what before a whole whose part follows: "9 of the 23", "of 23 patients, 9".
_PART_OF = re.compile(r"\s*(?:/|(?:\w+\s+){0,2}?(?:out\s+)?of(?:\s+(?:the|all|these))?)\s*", re.IGNORECASE)
_OF_WHOLE = re.compile(r"(?:^|[.;,(:]\s)\W*(?:out\s+)?of\s+(?:the\s+|all\s+)?$", re.IGNORECASE)


def changed(asked: Operation, stated: Sequence[Labelled], *, ordered: bool) -> Pair | None:
    """What came of it and what was before, of one measure in one sentence or row, where most of the question's words are said of them.

    ``ordered`` takes only those of which the text tells which one came before.
    """
    pairs = (_order(*pair) or pair for pair in _neighbours(stated) if _order(*pair) or (not ordered and _is_parallel(*pair)))
    return _best(asked, [pair for pair in pairs if pair[0].figure.value != pair[1].figure.value], stated)


def one_figure(asked: Operation, stated: Sequence[Labelled]) -> Labelled | None:
    """The one figure of which most, and clearly more of the question's words is said than of any other."""
    pair = _best(asked, [(each, each) for each in stated], stated)
    return pair[0] if pair else None


def latest(stated: Sequence[Labelled]) -> tuple[Labelled, ...]:
    """The figures without those of which the text tells what came of them."""
    earlier = [order[1] for pair in _neighbours(stated) if (order := _order(*pair))]
    return tuple(each for each in stated if each not in earlier)


def part_and_whole(asked: Operation, stated: Sequence[Labelled]) -> Pair | None:
    """A part and what it is a part of: "9 of 23", or two counts of which the words of the question tell one and the other."""
    linked = [_smaller_first(*pair) for pair in _neighbours(stated) if _is_part(*pair)]
    for pairs in (linked, _counted_together(asked, stated)):
        if found := _best(asked, [pair for pair in pairs if _divides(pair, asked)], stated, lacking=0):
            return found
    return None


def _divides(pair: Pair, asked: Operation) -> bool:
    """Whether the larger figure is of all that the question names as such, and the smaller one of the rest; so where it names none."""
    rest = {word for word, weight in asked.words.items() if weight >= _LEAST} - asked.whole
    sides = ((pair[0], rest), (pair[1], asked.whole))
    return not asked.whole or all(any(each.has(word) >= _NEAR for word in words) for each, words in sides)


def _best(asked: Operation, pairs: Sequence[Pair], stated: Sequence[Labelled], lacking: float = _LACKING) -> Pair | None:
    """The one pair of which enough, and clearly more of the question's words is said than of any other.

    A number of the question that stands near any figure stands near one of the two: "group 3". So large a share of the words that
    tell what is meant may be ``lacking``.
    """
    near = {word for word in asked.words if any(each.has(word) >= _NEAR for each in stated)}
    numbers = [word for word in near if is_number(word) and asked.words[word] >= 1]
    meant = [pair for pair in pairs if _lacks(pair, asked, near) <= lacking and _has_all(pair, numbers)]
    rated = sorted(((_said_of(pair, asked), number, pair) for number, pair in enumerate(meant)), key=lambda each: -each[0])
    if not rated or rated[0][0] < asked.enough:
        return None
    (best, _, pair), *rivals = rated
    others = [rate for rate, _, rival in rivals if _values(rival) != _values(pair)]
    return pair if all(rate <= best - _MARGIN for rate in others) else None


def _said_of(pair: Pair, asked: Operation) -> float:
    """The share of the question's words that are said of one of the two, a little more in one sentence; 0 without a number of it."""
    said = {word: max(_said(word, each) for each in pair) for word in asked.words}
    total = sum(asked.words.values())
    if not total or any(is_number(word) and not said[word] for word in said):
        return 0.0
    together = _TOGETHER if pair[0].place == pair[1].place else 0.0
    return together + sum(weight * said[word] for word, weight in asked.words.items()) / total


def _said(word: Word, each: Labelled) -> float:
    return each.has(word) if is_number(word) else each.leads(word)


def _has_all(pair: Pair, numbers: Iterable[Word]) -> bool:
    return all(max(each.has(number) for each in pair) >= _NEAR for number in numbers)


def _lacks(pair: Pair, asked: Operation, near: Collection[Word]) -> float:
    """The share of the telling words that are not said of a pair; what stands ``near`` another figure is not said by standing around."""
    telling = [word for word, weight in asked.words.items() if weight >= 1]
    said = {word: max(_said(word, each) for each in pair) for word in telling}
    return sum(said[word] < _SAID if word in near else not said[word] for word in telling) / len(telling) if telling else 0.0


def _values(pair: Pair) -> set[float]:
    return {each.figure.value for each in pair}


def _neighbours(stated: Sequence[Labelled]) -> Iterator[Pair]:
    """Each figure with the next one of its measure in the same sentence or row."""
    for place in dict.fromkeys(each.place for each in stated):
        own = [each for each in stated if each.place == place]
        for measure in dict.fromkeys(each.measure for each in own):
            yield from pairwise(each for each in own if each.measure == measure)


def _is_parallel(one: Labelled, two: Labelled) -> bool:
    """Whether two figures stand in clauses that are joined, "70 % with the old buffer and 90 % with the new one", and are no range."""
    if one.column or not one.measure or _RANGE.search(one.unit.text[: one.figure.start]):
        return False
    between = one.unit.text[one.figure.end : two.figure.start]
    return _CONJUNCTION.search(between) is not None and len(between.split()) <= _WORDS_BETWEEN


def _order(one: Labelled, two: Labelled) -> Pair | None:
    """What came of it before what was, as the text between and behind them, or the names of their columns, tell."""
    if one.column or two.column:
        years = [_YEAR.search(each.column) for each in (one, two)]
        return None if not all(years) else (one, two) if years[0].group() > years[1].group() else (two, one)  # type: ignore[union-attr]
    earlier, _ = earlier_and_later(one.figure, two.figure, one.unit.text)
    if earlier:
        return (two, one) if earlier is one.figure else (one, two)
    before = ["then" in _cues(each) for each in (one, two)]
    return None if before[0] == before[1] else (two, one) if before[0] else (one, two)


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
    return (two, one) if _LATER_FIRST.search(between) else (None, None)


def _is_part(one: Labelled, two: Labelled) -> bool:
    if one.column or one.measure:
        return False
    between, before = one.unit.text[one.figure.end : two.figure.start], one.unit.text[: one.figure.start]
    if _PART_OF.fullmatch(between):
        return 0 < one.figure.value <= two.figure.value
    return _OF_WHOLE.search(before) is not None and 0 < two.figure.value <= one.figure.value


def _smaller_first(one: Labelled, two: Labelled) -> Pair:
    return (one, two) if one.figure.value <= two.figure.value else (two, one)


def _counted_together(asked: Operation, stated: Sequence[Labelled]) -> list[Pair]:
    """Two counts of one document: a word of the question tells the smaller alone, and another, or that it counts all, the larger."""
    found = []
    for one, two in combinations(stated, 2):
        part, whole = _smaller_first(one, two)
        if part.figure.value in (0.0, whole.figure.value) or one.measure != two.measure or one.document != two.document:
            continue
        if one.column and not (one.unit == two.unit or one.column == two.column):
            continue
        theirs, own = ({word for word in asked.words if each.has(word) >= _NEAR} for each in (whole, part))
        theirs, own = theirs - own, own - theirs
        named = _tells(own, asked) and (bool(theirs) or _is_population(whole, part, stated))
        if named or (own and _tells(theirs & asked.whole, asked)):
            found.append((part, whole))
    return found


def _tells(words: Iterable[Word], asked: Operation) -> bool:
    return any(asked.words.get(word, 0.0) >= 1 for word in words)


def _is_population(whole: Labelled, part: Labelled, stated: Sequence[Labelled]) -> bool:
    """Whether a figure counts all who were treated, or where no figure does, all who took part, of those whom the other one counts."""
    alike = not whole.measure and not whole.column and bool(set(part.counted) & whole.said - scaffold())
    sign = "treated" if any("treated" in _cues(each) for each in stated if each.document == whole.document) else "population"
    return alike and sign in _cues(whole)


def _cues(each: Labelled) -> frozenset[str]:
    return signals(" ".join(each.near), "reference_figures")
