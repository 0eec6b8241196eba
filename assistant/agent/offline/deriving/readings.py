"""A question and a table → what the cells give of the rows that it means, along its rows or else its columns: nothing where it is open."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.agent.offline.deriving.grids import Grid
from assistant.agent.offline.deriving.labelled import Labelled
from assistant.agent.offline.deriving.made import Composed
from assistant.agent.offline.deriving.meant_columns import column_meant, given_column, parts_meant, population
from assistant.agent.offline.deriving.naming_lines import traits_of
from assistant.agent.offline.deriving.reading import PAIRED, TABLE, Made, Reading, is_time, reading, times_of
from assistant.agent.offline.deriving.shares_of_tables import EACH, OF_SHARES, per_head, share_of
from assistant.agent.offline.deriving.strange_words import tells_more
from assistant.agent.offline.deriving.wanted import Wanted
from assistant.agent.offline.understanding.administrations import administrations_in
from assistant.agent.offline.understanding.cues import signals
from assistant.language.figures import figures
from assistant.language.periods import periods, tells_earlier
from assistant.language.units import ACTIVITY_UNITS

# What came of it stands last: "from 4 to 24 h", "between dose level 1 and 2".
_IN_TIME = re.compile(r"\b(?:from|between|going)\b", re.IGNORECASE)
_SAME = re.compile(r"\b(?:same|equal|identical)\s+(?:total\s+)?(?:activity|dose)\b", re.IGNORECASE)
_GONE = re.compile(r"\b(?:gone|lost|cleared|disappeared|washed out|eliminated)\b", re.IGNORECASE)
# "How many times longer is the tumour's?" has the larger first, unless it tells than what.
_TIMES_MORE = re.compile(r"\btimes\s+(?:longer|higher|more|greater|larger|bigger)\b(?!.*\bthan\b)", re.IGNORECASE)
_SIZE = re.compile(
    r"\b(?:(?:group|arm|cohort|sample) sizes?|(?:number of|how many)\s+(?:patients?|animals?|mice|rats?|dogs?|subjects?"
    r"|participants?|pts?))\b",
    re.IGNORECASE,
)
_COMPARED = frozenset(["compare", "difference", "apart", "ratio", "percent", "change"])


def read_off(asked: Wanted, grid: Grid, text: str) -> Composed | None:
    """What is wanted of the table's cells; None where rows, columns or what to do with them are open, or a word tells of something else.

    ``text`` is what is found of the table's document.
    """
    for table, ways in ((grid, _WAYS), (grid.turned, _WAYS_OF_COLUMNS if grid.even else ())):
        view = reading(asked, table, text)
        made = next((made for way in ways if (made := way(view))), None) if view else None
        if not (view and made) or tells_more(view, made.columns):
            continue
        if _are_of_named_periods(view.question, made.cells) and not (made.kind in PAIRED and any(map(_has_its_share, made.cells))):
            return made.composed
    return _of_own(asked, grid, text)


def _has_its_share(cell: Labelled) -> bool:
    """Whether a cell counts and tells the share beside it, "25 (31.6)": which of the two is set against another's nobody says."""
    return re.search(rf"(?<![\d.]){re.escape(cell.figure.text)}\s*\(\s*[\d.]+\s*%?\s*\)", cell.unit.text) is not None


def _are_of_named_periods(question: str, cells: Sequence[Labelled]) -> bool:
    """Whether cells of two periods are of two that the question names, as far as it names any, or the one right before."""
    told = {period for each in cells for period in periods(each.column)[:1]}
    return len(told) < 2 or len(periods(question)) != 1 or tells_earlier(question)


def _of_two(view: Reading) -> Made | None:
    """What the cells of two rows give in one column."""
    rows, kind = view.pair, _kind(view)
    if rows is None or not kind or (parts_meant(view) and not all(is_time(view.grid.rows[row]) for row in rows)):
        return None
    column = column_meant(view, view.values)
    column = given_column(view, rows) if column is None else column
    cells = view.cells(rows, [column]) if column is not None else ()
    if column is None or not cells or not _differ(view.question, *cells):
        return None
    return _set_apart(kind, *_ordered(view, rows, *cells), cells, column)


def _kind(view: Reading) -> str:
    """What is wanted of two cells; of decay-corrected uptake that is gone or left, at two times, a change or a share."""
    asked = view.asked
    over_time = view.pair is not None and all(times_of(view.grid.rows[row]) for row in view.pair)
    if asked.kinds[:1] == ("left",):
        left = "change" if _GONE.search(view.question) else "share"
        return left if "percent" in asked.cues and over_time else ""
    kind = next((each for each in asked.kinds if each in PAIRED), "")
    return "factor" if kind == "ratio" and ("factor" in asked.cues or over_time or _TIMES_MORE.search(view.question)) else kind


def _differ(question: str, one: Labelled, two: Labelled) -> bool:
    """Whether two cells are of one measure and differ, which what is said to be the same does not."""
    alike = one.measure == two.measure or {one.measure, two.measure} <= ACTIVITY_UNITS
    said_same = one.measure in ACTIVITY_UNITS and _SAME.search(question)
    return bool(alike and one.size != two.size and one.figure.value and two.figure.value and not said_same)


def _ordered(view: Reading, rows: tuple[int, int], one: Labelled, two: Labelled) -> tuple[Labelled, Labelled]:
    """The later of two, or what is compared, before the earlier, or what it is compared with."""
    times = [[float(value) for _, value in times_of(view.grid.rows[row])] for row in rows]
    if all(times):
        return (one, two) if times[0] > times[1] else (two, one)
    return (two, one) if _IN_TIME.search(view.question) else (one, two)


def _set_apart(kind: str, later: Labelled, earlier: Labelled, cells: tuple[Labelled, ...], column: int) -> Made:
    """What ``cells``, in the order of the question, give, of which one is ``later``, or compared with the other."""
    large, small = (later, earlier) if later.size > earlier.size else (earlier, later)
    said, expression = kind, f"{cells[0].written} / {cells[1].written}"
    if kind == "factor":
        expression = f"{large.written} / {small.written}"
    elif kind == "share":
        expression = f"{later.written} / {earlier.written} in percent"
    elif kind == "change":
        said, expression = (
            "increase" if later is large else "decrease",
            f"({large.written} - {small.written}) / {earlier.written} in percent",
        )
    elif kind != "ratio":
        said, expression = "points" if later.measure == "percent" else "difference", f"{large.written} - {small.written}"
    return Made(said, expression, cells, (column,))


def _mean(view: Reading) -> Made | None:
    """The mean of one column over several rows."""
    rows, asked = view.group, view.asked
    if "mean" not in asked.cues or rows is None or len(rows) < 2 or EACH.search(view.question):
        return None
    if not view.groups.named and not view.grid.complete:
        return None
    column = population(view, ()) if _SIZE.search(view.question) else column_meant(view, view.values)
    cells = view.cells(rows, [column]) if column is not None else ()
    measures = {each.measure for each in cells}
    compared = asked.cues & (_COMPARED - ({"percent"} if measures == {"percent"} else set()))
    if column is None or compared or len(measures) != 1:
        return None
    counted = view.counts(column)
    listed = ", ".join(each.number if counted else each.written for each in cells)
    return Made("mean", f"mean({listed}){' in percent' if measures == {'percent'} else ''}", cells, (column,))


def _total(view: Reading) -> Made | None:
    """The sum of a column of counts."""
    rows = view.group
    summed = {"total", "sum"} & set(view.asked.kinds) or "together" in view.asked.cues
    if not summed or rows is None or OF_SHARES & view.asked.cues:
        return None
    columns = parts_meant(view)
    if not columns and signals(view.question, TABLE) & {"population"} and (whole := population(view, ())) is not None:
        columns = (whole,)
    cells = view.counted(rows, columns) if len(columns) == 1 else ()
    return Made("total", " + ".join(each.number for each in cells), cells, columns) if len(cells) > 1 else None


def _of_own(asked: Wanted, grid: Grid, text: str) -> Composed | None:
    """What an amount of the question gives at the rate of a cell, 2 MBq at 3 Gy/MBq, or how much gives it: 6 Gy."""
    view = reading(asked, grid, text, question=_without_amounts(asked.question)) if asked.own else None
    if view is None or not view.groups.named or len(view.groups.sides) != 1 or len(view.groups.sides[0]) != 1:
        return None
    rated = [column for column in view.values if any("/" in cell.measure for cell in view.cells(view.groups.sides[0], [column]))]
    column = column_meant(view, rated)
    (row,) = view.groups.sides[0]
    cell = grid.cell(row, column) if column is not None else None
    if column is None or cell is None or not cell.figure.value or tells_more(view, [column]):
        return None
    above, _, per = cell.measure.partition("/")
    for own in asked.own:
        if own.unit == per or (own.unit in ACTIVITY_UNITS and per in ACTIVITY_UNITS):
            return Composed("product", f"{_times(asked, grid.rows[row])}{own.value:.10g} {own.unit} * {cell.written}", (cell.match,))
        if own.unit == above and not ACTIVITY_UNITS.isdisjoint(asked.units):
            return Composed("until", f"{own.value:.10g} {own.unit} / ({cell.written})", (cell.match,))
    return None


def _without_amounts(question: str) -> str:
    for figure in reversed(figures(question)):
        question = f"{question[: figure.start]} {question[figure.end :]}" if figure.unit else question
    return question


def _times(asked: Wanted, row: str) -> str:
    """``2 * `` where an amount of the question is given twice; the number of the row's group counts nothing."""
    for own in asked.own:
        if own.unit == "ratio" and own.value > 1 and any(0 <= other.start - own.end <= 1 and other.unit for other in asked.own):
            return f"{own.value:.10g} * "
    given = administrations_in(asked.question) - {int(sign) for kind, sign in traits_of(row) if kind == "sign" and sign.isdigit()}
    return f"{max(given)} * " if len(given) == 1 and max(given) > 1 else ""


_WAYS: Sequence[Callable[[Reading], Made | None]] = (_of_two, per_head, share_of, _mean, _total)
# What stands in one row is seldom of one kind, so that it is not added up.
_WAYS_OF_COLUMNS = (_of_two, share_of, _mean)
