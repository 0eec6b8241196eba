"""Figures that a question adds: each of the things that it joins, or all cells of a column."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.agent.offline.deriving.labelled import NEAR, Labelled
from assistant.agent.offline.deriving.meant_rows import of_meant_rows
from assistant.agent.offline.understanding.cues import content, light
from assistant.agent.offline.understanding.operation import Operation, telling_words
from assistant.agent.offline.understanding.terms import forms_of
from assistant.language.stems import Word
from assistant.language.units import ACTIVITY_UNITS, CURRENCIES

# What a question puts together.
_JOINED = re.compile(r"\b(?:and|plus|with)\b|[+,]", re.IGNORECASE)
# "Expenses (wages plus rent)": in brackets what is added.
_LISTED = re.compile(r"\([^()]*(?:\+|\bplus\b|\band\b)[^()]*\)", re.IGNORECASE)
# So much of what tells a thing from the others has to stand near its figure; so much of the question's words have to fit a column.
_TELLING, _OF_COLUMN = 0.6, 0.6
_WHOLE_ROW = re.compile(r"\b(?:total|sum|all|overall)\b", re.IGNORECASE)
_NOT_ADDED = frozenset(["percent", "ratio"])


def summed(asked: Operation, question: str, stated: Sequence[Labelled]) -> tuple[Labelled, ...]:
    """The figures to add, of one measure: those of the things that ``question`` joins, else those of a whole column; none where unclear."""
    added = [each for each in stated if each.measure not in _NOT_ADDED]
    return _of_things(asked, question, added) or _of_column(asked, question, added)


def _of_things(asked: Operation, question: str, stated: Sequence[Labelled]) -> tuple[Labelled, ...]:
    known = {word for word, weight in asked.words.items() if weight >= 1 and any(each.has(word) >= NEAR for each in stated)}
    listed = _LISTED.search(question)
    parts = [_known(part, asked, known) for part in _JOINED.split(listed.group() if listed else question)]
    own = [part.difference(*(other for other in parts if other is not part)) for part in parts]
    named = [words for words in own if words]
    if len(named) < 2:
        return ()
    measures = dict.fromkeys(each.measure for each in stated)
    whole = [found for measure in measures if (found := _of_each(named, asked, [each for each in stated if each.measure == measure]))]
    chosen = _of_each(named, asked, stated)
    if len({each.measure for each in chosen}) > 1:  # a table has the one in millions, a sentence the other in dollars
        return whole[0] if len(whole) == 1 else ()
    return chosen


def _of_each(named: Sequence[set[Word]], asked: Operation, stated: Sequence[Labelled]) -> tuple[Labelled, ...]:
    """For the words of each thing its figure; none unless each has one of its own."""
    found = [each for words in named if (each := _of_thing(words, asked.words, stated))]
    return tuple(found) if len({(each.place, each.figure.start) for each in found}) == len(named) else ()


def _known(part: str, asked: Operation, known: set[Word]) -> set[Word]:
    """The words for a thing that stand near some figure; where none does, all of them, so that nothing is left out in silence."""
    told = {word for word in telling_words(part) if asked.words.get(word, 0) >= 1}
    return told & known or told


def _of_thing(words: set[Word], asked: Mapping[Word, float], stated: Sequence[Labelled]) -> Labelled | None:
    """The one figure near which most of the words for a thing stand; of several, that of which most else of the question is said, and
    of these the one that has more of them.
    """
    told = [(sum(each.has(word) >= NEAR for word in words) / len(words), each) for each in stated]
    telling = [((sum(weight * each.has(word) for word, weight in asked.items()), share), each) for share, each in told if share >= _TELLING]
    best = max((said for said, _ in telling), default=(0.0, 0.0))
    likely = [each for said, each in telling if said == best]
    return likely[0] if len({each.figure.value for each in likely}) == 1 else None


def _of_column(asked: Operation, question: str, stated: Sequence[Labelled]) -> tuple[Labelled, ...]:
    """The cells of the column that is named, where none is a sum already: of the rows that have what the question tells apart."""
    cells = column(asked, stated)
    if any(_WHOLE_ROW.search(cell.row) for cell in cells) or _are_levels(cells):
        return ()
    meant = of_meant_rows(question, cells)
    return meant if len(meant) > 1 else ()


def _are_levels(cells: Sequence[Labelled]) -> bool:
    """Whether cells tell how much there was at several times, which add up to nothing; what was given or paid each time does."""
    given = ACTIVITY_UNITS | CURRENCIES
    return len({cell.moment for cell in cells if cell.moment}) > 1 and not any(cell.measure in given for cell in cells)


def column(asked: Operation, stated: Sequence[Labelled]) -> tuple[Labelled, ...]:
    """The cells of the one column, of one measure, whose name has most of the question's words; none where a row is named."""
    columns: dict[tuple[str, str, str], list[Labelled]] = {}
    for each in stated:
        if each.column:
            columns.setdefault((each.document, each.unit.columns, each.column), []).append(each)
    rated = sorted(((_fit(cells, asked), -_further(cells[0], asked), cells) for cells in columns.values()), key=lambda each: each[:2])
    if not rated or rated[-1][0] < _OF_COLUMN or (len(rated) > 1 and rated[-2][:2] == rated[-1][:2]):
        return ()
    cells = rated[-1][2]
    return tuple(cells) if len(cells) >= 2 and len({cell.measure for cell in cells}) == 1 else ()


def _further(cell: Labelled, asked: Operation) -> int:
    """How many words more a column's name has than the question: "72 h, blocked" where it is asked about 72 h."""
    return len(content(cell.column) - light() - {form for word in asked.words for form in forms_of(word.stem)})


def _fit(cells: Sequence[Labelled], asked: Operation) -> float:
    """The share of the question's words that are near each of the cells, or around all of them."""
    total = sum(asked.words.values())
    return sum(weight * min(cell.has(word) for cell in cells) for word, weight in asked.words.items()) / total if total else 0.0
