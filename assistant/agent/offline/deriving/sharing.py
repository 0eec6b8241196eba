"""A part and what it is a part of: as a text joins the two, "9 of 23", or as the words of a question tell one count from another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import combinations

from assistant.agent.offline.deriving.fitting import best, neighbours
from assistant.agent.offline.deriving.labelled import NEAR, Labelled
from assistant.agent.offline.deriving.misfits import are_set_beside
from assistant.agent.offline.deriving.pairing import Pair
from assistant.agent.offline.understanding.cues import scaffold, words_of
from assistant.agent.offline.understanding.operation import Operation
from assistant.language.negations import NEGATION
from assistant.language.stems import Word
from assistant.language.units import TIME_UNITS

_INDIVISIBLE = TIME_UNITS | {"percent", "ratio"}
# A lighter word does not tell what is meant.
_LEAST = 0.25
# What stands between a part and its whole, and what before a whole whose part follows: "9 of the 23", "of 23 patients, 9".
_PART_OF = re.compile(r"\s*(?:/|(?:\w+\s+){0,2}?(?:out\s+)?of(?:\s+(?:the|all|these|a|an)(?:\s+[a-z]+)?)?)\s*", re.IGNORECASE)
# "96 employees, of whom 71": the whole stands first.
_OF_WHOM = re.compile(r"[^.;()]*\bof\s+(?:whom|which|these|them|those)\s*", re.IGNORECASE)
# "3,480 orders, 3,306 of them on time": the part says of whom it is.
_OF_THEM = re.compile(r"\s+of\s+(?:whom|which|these|them|those)\b", re.IGNORECASE)
_THEN_PART = re.compile(r"(?:\s+[^\d\s.;:()]+){1,6}?(?:,|\s+and|,\s+and)\s+(?:only\s+|just\s+|about\s+)?", re.IGNORECASE)
_NEXT_CLAUSE = re.compile(r"[,;:.]\s|\b(?:and|but|while|whereas)\b", re.IGNORECASE)
_OF_WHOLE = re.compile(r"(?:^|[.;,(:]\s)\W*(?:out\s+)?of\s+(?:the\s+|all\s+)?$", re.IGNORECASE)


def is_denied(part: Labelled, whole: Labelled) -> bool:
    """Whether the sentence tells of the part that something does not hold of it: "2 of the 20 dogs did not respond"."""
    last = max(part.figure.end, whole.figure.end) if part.place == whole.place else part.figure.end
    return NEGATION.search(_NEXT_CLAUSE.split(part.unit.text[last:])[0]) is not None


def part_and_whole(asked: Operation, stated: Sequence[Labelled]) -> Pair | None:
    """A part and what it is a part of: "9 of 23", or two counts of which the words of the question tell one and the other."""
    linked = [_smaller_first(*pair) for pair in neighbours(stated) if _is_part(*pair)]
    for pairs in (linked, _counted_together(asked, stated)):
        if found := best(asked, [pair for pair in pairs if _divides(pair, asked)], stated, lacking=0):
            return found
    return None


def _divides(pair: Pair, asked: Operation) -> bool:
    """Whether the larger figure is of all that the question names as such, and the smaller one of the rest; so where it names none."""
    rest = {word for word, weight in asked.words.items() if weight >= _LEAST} - asked.whole
    sides = ((pair[0], rest), (pair[1], asked.whole))
    return not asked.whole or all(any(each.has(word) >= NEAR for word in words) for each, words in sides)


def _is_part(one: Labelled, two: Labelled) -> bool:
    if one.column:
        return one.column == two.column and 0 < one.figure.value <= two.figure.value  # of one cell: "4/9"
    between, before = one.unit.text[one.figure.end : two.figure.start], one.unit.text[: one.figure.start]
    if _PART_OF.fullmatch(between):
        return not one.measure and 0 < one.figure.value <= two.figure.value
    whole_first = bool(_OF_WHOM.fullmatch(between)) or is_of_these(two, one) or (not one.measure and bool(_OF_WHOLE.search(before)))
    return whole_first and 0 < two.figure.value <= one.figure.value


def is_of_these(part: Labelled, whole: Labelled) -> bool:
    """Whether a sentence tells of the one right behind the other as a part of it: "nine people, three of them part-time"."""
    if part.place != whole.place or part.column or part.figure.start < whole.figure.end:
        return False
    text = part.unit.text
    follows = _THEN_PART.fullmatch(text, whole.figure.end, part.figure.start) is not None
    return follows and part.figure.value <= whole.figure.value and _OF_THEM.match(text, part.figure.end) is not None


def _smaller_first(one: Labelled, two: Labelled) -> Pair:
    return (one, two) if one.figure.value <= two.figure.value else (two, one)


def _counted_together(asked: Operation, stated: Sequence[Labelled]) -> list[Pair]:
    """Two counts of one document: a word of the question tells the smaller alone, and another, or that it counts all, the larger."""
    found = []
    for one, two in combinations(stated, 2):
        part, whole = _smaller_first(one, two)
        if part.figure.value in (0.0, whole.figure.value) or one.document != two.document or not _may_divide(one, two):
            continue
        if are_set_beside(one, two):
            continue
        theirs, own = ({word for word in asked.words if each.has(word) >= NEAR} for each in (whole, part))
        theirs, own = theirs - own, own - theirs
        near = part.column or part.place == whole.place or theirs & asked.whole
        apart = bool(own and near) and _tells(own | theirs if part.column and theirs else theirs, asked)
        if apart or (_tells(own, asked) and _is_population(whole, part, stated)):
            found.append((part, whole))
    return found


def _may_divide(one: Labelled, two: Labelled) -> bool:
    """Whether one figure may be a part of the other: counts, cells of a row or column, amounts of one sentence, but no times."""
    if one.measure != two.measure or one.measure in _INDIVISIBLE:
        return False
    if one.column or two.column:
        return one.unit == two.unit or one.column == two.column
    return not one.measure or one.place == two.place


def _tells(words: Iterable[Word], asked: Operation) -> bool:
    return any(asked.words.get(word, 0.0) >= 1 for word in words)


def _is_population(whole: Labelled, part: Labelled, stated: Sequence[Labelled]) -> bool:
    """Whether a figure counts all who were treated, or where no figure does, all who took part, of those whom the other one counts."""
    counted = words_of("whom", table="reference_figures") | frozenset(part.counted) - scaffold()
    alike = not whole.measure and not whole.column and bool(counted & part.said & whole.said)
    sign = "treated" if any("treated" in each.called for each in stated if each.document == whole.document) else "population"
    return alike and sign in whole.called
