"""Two cells of a table that a question sets side by side: of one row for two periods or times, of one period for a part and its whole."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from assistant.agent.offline.deriving.labelled import Labelled
from assistant.agent.offline.deriving.pairing import Pair
from assistant.agent.offline.understanding.cues import content, light
from assistant.agent.offline.understanding.operation import Operation
from assistant.agent.offline.understanding.terms import all_forms, is_light, stem_set
from assistant.language.figures import figures
from assistant.language.periods import Period, periods, set_side_by_side
from assistant.language.stems import Word
from assistant.language.units import TIME_UNITS
from assistant.studies.quantities import convert

# The names of the later column and of the earlier one, each list of one name unless several columns are called alike.
Columns = tuple[list[str], ...]

_TWO_TIMES = re.compile(r"(?P<one>\d+(?:\.\d+)?)\s+(?P<joint>and|to|or)\s+(?P<two>\d+(?:\.\d+)?)\s*(?P<unit>[a-z]+)\b", re.IGNORECASE)
# A number that stands alone in the name of a row, "8 to 12 m".
NUMBER = re.compile(r"(?<![\w.-])\d+(?:\.\d+)?(?![\w-]|\.\d)")
# A word that says how to calculate, or when, tells no row; one that names something has to be said of it.
_TELLING, _NAMING = 0.25, 0.5


def over_time(question: str, asked: Operation, stated: Sequence[Labelled]) -> Pair | None:
    """The cell of the later period and that of the earlier one, in the row that the question names; None where it names no single one.

    ``stated`` are the figures of the sentences that may answer, the likeliest first.
    """
    for cells in _tables(stated):
        columns = list(dict.fromkeys(cell.column for cell in cells))
        both = _of_periods(question, columns) or _of_times(question, columns)
        if both and (row := _row(question, asked, cells)):
            return _cells_of(row, both)
    return None


def of_whole(question: str, asked: Operation, whole: Collection[Word], stated: Sequence[Labelled]) -> Pair | None:
    """The cell of a part and that of its whole, "what share of total sales is the generator", in the column of the period that the
    question names, else of the latest; None where it names no two rows.
    """
    parts = replace(asked, words={word: weight for word, weight in asked.words.items() if word not in whole})
    wholes = replace(asked, words={word: 1.0 for word in whole if not is_light(word.stem)})
    for cells in _tables(stated):
        named = {cell.column: found[0] for cell in cells if len(found := periods(cell.column)) == 1}
        column = [cell for cell in cells if named.get(cell.column) == _meant(question, tuple(named.values()))] if len(named) > 1 else []
        part, total = _row(question, parts, column), _row(question, wholes, column)
        if part and total and part[0].place != total[0].place and part[0].measure == total[0].measure:
            return part[0], total[0]
    return None


def _meant(question: str, known: Collection[Period]) -> Period | None:
    """The one period that a question names, or the latest where it names none; None where it names another or several."""
    asked = periods(question)
    meant = {period for period in known if any(period.is_meant_by(each) for each in asked)}
    return max(known) if not asked else meant.pop() if len(meant) == 1 else None


def _tables(stated: Sequence[Labelled]) -> Iterable[Sequence[Labelled]]:
    """The cells of each table, in the order of its first one."""
    tables: dict[tuple[str, str], list[Labelled]] = {}
    for each in stated:
        if each.column:
            tables.setdefault((each.document, each.unit.columns), []).append(each)
    return tables.values()


def _of_periods(question: str, columns: Sequence[str]) -> Columns | None:
    named = {column: found[0] for column in columns if len(found := periods(column)) == 1}
    both = set_side_by_side(question, tuple(dict.fromkeys(named.values())))
    return tuple([column for column, period in named.items() if period == each] for each in both) if both else None


def _of_times(question: str, columns: Sequence[str]) -> Columns | None:
    """The columns of the later and of the earlier of two times after the start, "at 24 h than at 4 h"."""
    named = {column: found[0] for column in columns if len(found := _times(column)) == 1}
    both = sorted(set(_times(question)) & set(named.values()), reverse=True)
    return tuple([column for column, time in named.items() if time == each] for each in both) if len(both) == 2 else None


def _times(text: str) -> list[float]:
    """The times that a text names, in minutes, the first of "between 4 and 24 h" too."""
    text = _TWO_TIMES.sub(r"\g<one> \g<unit> \g<joint> \g<two> \g<unit>", text)
    return [
        convert(figure.value, figure.unit, "minute") for figure in figures(text) if figure.unit in TIME_UNITS and figure.kind == "number"
    ]


def _cells_of(row: Sequence[Labelled], both: Columns) -> Pair | None:
    later, earlier = ([cell for cell in row if cell.column in columns] for columns in both)
    return (later[0], earlier[0]) if len(later) == len(earlier) == 1 and later[0].measure == earlier[0].measure else None


def _row(question: str, asked: Operation, cells: Sequence[Labelled]) -> Sequence[Labelled] | None:
    """The cells of the row whose name has most of the question's words; of two that have as many the one that has fewer others.

    What else the question tells stands around the table.
    """
    words = [all_forms(word) for word, weight in asked.words.items() if weight >= _TELLING and not tells_when(word)]
    rows: dict[tuple[int, int], list[Labelled]] = {}
    for cell in cells:
        rows.setdefault(cell.place, []).append(cell)
    heavy = [word for word, weight in asked.words.items() if weight >= _NAMING and not tells_when(word)]
    named = [row for row in rows.values() if all(_is_said(word, row[0]) for word in heavy)]
    numbers = frozenset(NUMBER.findall(question))
    rated = sorted(((_rate(words, numbers, row[0].row), row) for row in named), key=lambda each: each[0], reverse=True)
    if not rated or rated[0][0][0] == 0 or (len(rated) > 1 and rated[1][0] == rated[0][0]):
        return None
    return rated[0][1]


def _is_said(word: Word, cell: Labelled) -> bool:
    return cell.has(word) > 0 or not all_forms(word).isdisjoint(stem_set(cell.row))


def tells_when(word: Word) -> bool:
    """Whether a word is a period or a time."""
    return bool(periods(word.text) or _times(word.text))


def _rate(words: Sequence[Collection[str]], numbers: Collection[str], name: str) -> tuple[int, int]:
    own = stem_set(name)
    had = [forms for forms in words if not own.isdisjoint(forms)]
    rest = [stem for stem in own & content(name) - light() if not any(stem in forms for forms in had)]
    own_numbers = frozenset(NUMBER.findall(name))
    return len(had) + len(own_numbers.intersection(numbers)), -len(rest) - len(own_numbers.difference(numbers))
