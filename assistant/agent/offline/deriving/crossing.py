"""A question and a table → what the cells give at which the rows and columns cross that the question names: nothing where it is open."""

from __future__ import annotations

import re

from assistant.agent.offline.deriving.grids import Grid
from assistant.agent.offline.deriving.labelled import Labelled, counts
from assistant.agent.offline.deriving.naming_lines import forms, traits_in
from assistant.agent.offline.deriving.shares_of_tables import share_of
from assistant.agent.offline.deriving.views import TABLE, Crossed, View, views
from assistant.agent.offline.deriving.wanted import Wanted
from assistant.agent.offline.understanding.administrations import administrations_in
from assistant.agent.offline.understanding.cues import cues, words_of
from assistant.agent.offline.understanding.terms import all_forms, is_light, stem_set
from assistant.language.stems import Word
from assistant.language.units import ACTIVITY_UNITS

# What came of it stands last: "from 4 to 24 h", "between dose level 1 and 2".
_IN_TIME = re.compile(r"\b(?:from|between|going)\b", re.IGNORECASE)
_SAME = re.compile(r"\b(?:same|equal|identical)\s+(?:total\s+)?(?:activity|dose)\b", re.IGNORECASE)
_GONE = re.compile(r"\b(?:gone|lost|cleared|disappeared|washed out|eliminated)\b", re.IGNORECASE)
_LEVEL = re.compile(r"\b(?:low|mid|middle|high|intermediate)[- ]?(?:er)?[- ]dose", re.IGNORECASE)
# What two cells give of each kind that may be wanted.
_OF_PAIRS = {
    "ratio": "ratio",
    "factor": "factor",
    "change": "change",
    "difference": "difference",
    "moved": "difference",
    "points": "difference",
}
# What a share is called by, which tells its parts.
_BY_NAME = ("response", "disease_control", "complete", "partial", "stable")


def crossed(asked: Wanted, grid: Grid) -> Crossed | None:
    """What is wanted of the table's cells; None where the question does not tell which, or has words that the table knows nothing of."""
    seen = list(views(asked.question, grid))
    for view in seen:
        for make in (_own_amount, share_of, _pair):
            found = make(asked, view)
            if found and not _is_strange(asked, seen[0], own=make is _own_amount):
                return found
    return None


def _is_strange(asked: Wanted, view: View, *, own: bool) -> bool:
    """Whether the question has a time, an amount, a sign or a telling word that neither names a line nor stands around the table."""
    had = view.traits
    for trait in traits_in(asked.question):
        if trait[0] in ("time", "sign") and trait not in had:
            return True
        if trait[0] == "amount" and not own and not any(kind == "amount" for kind, _ in had):
            return True
    grid = view.grid
    if _LEVEL.search(asked.question) and not any(_LEVEL.search(label) for label in (*grid.rows, *grid.columns)):
        return True
    known = stem_set(f"{grid.corner} {' '.join(grid.columns)} {grid.context}") | {value for kind, value in had if kind == "word"}
    initials = {value for kind, value in had if kind == "initials"}
    plain = _plain(asked.question)
    telling = [word for word, weight in asked.operation.words.items() if weight >= 1 and word.text.upper() not in initials]
    return any(_tells(word, plain) and not _is_known(word, plain, known) for word in telling)


def _plain(question: str) -> frozenset[str]:
    """The words that tell how to calculate, or nothing of which figure is meant."""
    how = words_of(table="operations") | words_of(table="derivations") | words_of(table="directions")
    named = (stem for name in _BY_NAME for cue in cues(question, name, TABLE) for stem in cue)
    return how | words_of("plain", "overall", "population", table=TABLE) | frozenset(named)


def _tells(word: Word, plain: frozenset[str]) -> bool:
    """Whether a word tells which figure is meant, beside the numbers and signs that name lines."""
    is_sign = len(word.text) == 1 or any(map(str.isdigit, word.text)) or bool(counts(word.text))
    return not is_sign and not is_light(word.stem) and word.stem not in plain


def _is_known(word: Word, plain: frozenset[str], known: frozenset[str]) -> bool:
    """Whether a word, or what means the same, names a line or stands around the table, or each of its words is plain."""
    parts = all(part in plain or part in known for part in word.stem.split())
    return parts or bool((all_forms(word) | forms(word.stem)) & known)


def _pair(asked: Wanted, view: View) -> Crossed | None:
    """What two cells give that differ in the line that the question sets side by side."""
    kind, measure = _kind(asked, view), view.measure
    if not kind or measure is None or len(view.groups) != 2:
        return None
    one, two = (view.cell(named.place, measure) for named in view.groups)
    unlike = one and two and one.size != two.size and one.figure.value and two.figure.value
    # What is said to be the same is not what differs.
    if not one or not two or not unlike or (one.measure in ACTIVITY_UNITS and _SAME.search(asked.question)):
        return None
    later, earlier = _ordered(asked.question, view, one, two)
    large, small = (one, two) if one.size > two.size else (two, one)
    percents = one.measure == "percent"
    if kind == "change":
        said = "increase" if later is large else "decrease"
        expression = f"({large.written} - {small.written}) / {earlier.written} in percent"
        return None if percents else Crossed(said, expression, (later, earlier), len(view.traits))
    if kind == "share":
        return Crossed(kind, f"{later.written} / {earlier.written} in percent", (later, earlier), len(view.traits))
    if kind == "difference":
        said = "points" if percents else kind
        return Crossed(said, f"{large.written} - {small.written}", (large, small), len(view.traits))
    first, second = (large, small) if kind == "factor" else (one, two)
    return Crossed(kind, f"{first.written} / {second.written}", (first, second), len(view.traits))


def _kind(asked: Wanted, view: View) -> str:
    """What is wanted of two cells; of decay-corrected uptake that is gone or left, at two times, a change or a share."""
    if asked.kinds[:1] == ("left",) and "percent" in asked.cues and _is_over_time(view):
        return "change" if _GONE.search(asked.question) else "share"
    kind = next((_OF_PAIRS[each] for each in asked.kinds if each in _OF_PAIRS), "")
    return "factor" if kind == "ratio" and ("factor" in asked.cues or _is_over_time(view)) else kind


def _is_over_time(view: View) -> bool:
    return all(any(kind == "time" for kind, _ in named.traits) for named in view.groups)


def _ordered(question: str, view: View, one: Labelled, two: Labelled) -> tuple[Labelled, Labelled]:
    """The later of two, or what is compared, before the earlier, or what it is compared with."""
    times = [next((float(value) for kind, value in named.traits if kind == "time"), None) for named in view.groups]
    if times[0] is not None and times[1] is not None:
        return (one, two) if times[0] > times[1] else (two, one)
    return (two, one) if _IN_TIME.search(question) else (one, two)


def _own_amount(asked: Wanted, view: View) -> Crossed | None:
    """What an amount of the question gives at the rate of a cell, 2 MBq at 3 Gy/MBq, or how much gives it: 6 Gy."""
    if len(view.groups) != 1 or view.flipped or (measure := view.measure) is None:
        return None
    cell = view.cell(view.groups[0].place, measure)
    above, _, per = cell.measure.partition("/") if cell else ("", "", "")
    if cell is None or not per:
        return None
    times = _times(asked)
    for own in asked.own:
        if own.unit == per or (own.unit in ACTIVITY_UNITS and per in ACTIVITY_UNITS):
            return Crossed("product", f"{times}{own.value:.10g} {own.unit} * {cell.written}", (cell,), 3)
        if own.unit == above and any(unit in ACTIVITY_UNITS for unit in asked.units):
            return Crossed("until", f"{own.value:.10g} {own.unit} / ({cell.written})", (cell,), 3)
    return None


def _times(asked: Wanted) -> str:
    """``2 * `` where an amount of the question is given twice."""
    for own in asked.own:
        if own.unit == "ratio" and own.value > 1 and any(0 <= other.start - own.end <= 1 and other.unit for other in asked.own):
            return f"{own.value:.10g} * "
    given = administrations_in(asked.question)
    return f"{max(given)} * " if len(given) == 1 and max(given) > 1 else ""
