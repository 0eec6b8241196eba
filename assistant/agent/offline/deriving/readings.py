"""A question and a table → what the cells of the rows that it means give, in the column that its words, its unit or its count tells."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.agent.offline.deriving.grids import Grid
from assistant.agent.offline.deriving.labelled import Labelled, counts
from assistant.agent.offline.deriving.naming_lines import forms, traits_in, traits_of
from assistant.agent.offline.deriving.row_groups import RowGroups, is_descriptive, row_groups
from assistant.agent.offline.deriving.views import Crossed
from assistant.agent.offline.deriving.wanted import Wanted
from assistant.agent.offline.understanding.cues import content, cues, light, scaffold, signals, words_of
from assistant.agent.offline.understanding.terms import all_forms, is_light, stem_set
from assistant.language.abbreviations import explained
from assistant.language.stems import stems, words
from assistant.language.units import canonical_unit

_TABLE = "tabled"
_BRACKETS = re.compile(r"\([^()]*\)")
# What tells how far values lie apart, or how long something lasts, beside the value itself.
_SPREAD = re.compile(r"^\W*(?:SD|SE|SEM|s\.d\.|range|min|max|minimum|maximum|95% CI|CI|IQR|CV)\b|half[- ]life", re.IGNORECASE)
_EACH = re.compile(
    r"\b(?:per|each|every|a)\s+(?:treated\s+|evaluable\s+)?(?:patients?|animals?|mouse|mice|rats?|dogs?|subjects?|participants?|pts?)\b"
)
_DOSE_UNITS = frozenset(["Gy", "mGy", "cGy", "Sv", "mSv"])
# "How many times longer is the tumour's?" has the larger first, unless it tells than what.
_TIMES_MORE = re.compile(r"\btimes\s+(?:longer|higher|more|greater|larger|bigger)\b(?!.*\bthan\b)", re.IGNORECASE)
_SIZE = re.compile(
    r"\b(?:(?:group|arm|cohort|sample) sizes?|(?:number of|how many)\s+(?:patients?|animals?|mice|rats?|dogs?|subjects?"
    r"|participants?|pts?))\b",
    re.IGNORECASE,
)
_COMPARED = frozenset(["compare", "difference", "apart", "ratio", "percent", "change"])
# "Who were evaluable for DLT" are counted themselves.
_WERE_ASSESSED = re.compile(r"\b(?:were|was|are|became|being)\s+(?:\w+\s+)?(?:evaluable|assessable)\b", re.IGNORECASE)
_PAIRED = frozenset(["ratio", "factor", "change", "difference", "moved", "points"])
_CATEGORIES = ("complete", "partial", "stable", "progressive")


@dataclass(frozen=True, slots=True)
class _Reading:
    """A table read for a question: ``groups`` are the rows meant, ``values`` the columns that tell what came of them."""

    asked: Wanted
    grid: Grid
    groups: RowGroups
    values: tuple[int, ...]
    text: str

    @property
    def question(self) -> str:
        return self.asked.question

    def cells(self, rows: Sequence[int], columns: Sequence[int]) -> tuple[Labelled, ...]:
        """The figures there; none where one is missing."""
        found = [self.grid.cell(row, column) for row in rows for column in columns]
        return tuple(each for each in found if each) if None not in found else ()

    def counted(self, rows: Sequence[int], columns: Sequence[int]) -> tuple[Labelled, ...]:
        """The counts there, of the row of all where all are meant and there is one; none where one is no count."""
        if self.groups.total is not None and (whole := self.cells([self.groups.total], columns)):
            return whole if all(map(_is_count, whole)) else ()
        found = self.cells(rows, columns) if self.groups.named or self.grid.complete else ()
        return found if all(map(_is_count, found)) else ()


def read_off(asked: Wanted, grid: Grid, text: str) -> Crossed | None:
    """What is wanted of the table's cells; None where rows, columns or what to do with them are open, or a word tells of something else.

    ``text`` is what is found of the table's document.
    """
    groups = row_groups(asked.question, grid, paired=bool(_PAIRED & set(asked.kinds)))
    if groups is None:
        return None
    values = tuple(c for c in range(len(grid.columns)) if not is_descriptive(grid, c))
    view = _Reading(asked, grid, groups, values, text)
    ways: Sequence[Callable[[_Reading], tuple[Crossed, tuple[int, ...]] | None]] = (_of_two, _per_head, _share, _mean, _total)
    for way in ways:
        if found := way(view):
            crossed, columns = found
            return None if _is_strange(view, columns) else crossed
    return None


def _is_count(cell: Labelled) -> bool:
    named = cell.measure.casefold() in ("", "n") or f"({cell.measure})" in cell.row  # "A (PBS)" is no measure
    return named and not cell.figure.unit and not cell.figure.value % 1


def _names_of(grid: Grid, column: int) -> frozenset[str]:
    """The stems of a column's name, of what its abbreviations are short for, and "dose" where it is in the unit of one."""
    name = grid.columns[column]
    found = set(stem_set(_BRACKETS.sub(" ", name)) or stem_set(name))
    for letters, long in explained([grid.context, name]).items():
        if re.search(rf"\b{re.escape(letters)}\b", name):
            found |= {stem for each in long for stem in each}
    measures = {cell.measure.partition("/")[0] for row in range(len(grid.rows)) if (cell := grid.cell(row, column))}
    if measures & _DOSE_UNITS:
        found |= {"dose", "absorb"}
    return frozenset(form for stem in found - {"of", "per"} for form in forms(stem))


def _column(view: _Reading, among: Sequence[int], leaving: frozenset[str] = frozenset()) -> int | None:
    """The one column of which the question has most words, or the only one that tells values; None where two are as good."""
    told = {word.stem for word in words(view.question)} - view.groups.words - scaffold() - light() - leaving
    told -= words_of("mean", table="derivations")
    told |= {value.casefold() for kind, value in traits_in(view.question) if kind == "initials"}
    fit = {column: len(told & _names_of(view.grid, column)) for column in among}
    best = max(fit.values(), default=0)
    likely = [column for column, hits in fit.items() if hits == best]
    if best and len(likely) > 1:
        exact = [column for column in likely if not content(_BRACKETS.sub(" ", view.grid.columns[column])) - told - light()]
        likely = exact if len(exact) == 1 else [c for c in likely if not _SPREAD.search(view.grid.columns[c])]
    plain = [column for column in likely if not _SPREAD.search(view.grid.columns[column])]
    if not best:
        return plain[0] if len(plain) == 1 and view.groups.named and not view.groups.words >= told else None
    return likely[0] if len(likely) == 1 else None


def _singles(view: _Reading) -> tuple[int, int] | None:
    sides = view.groups.sides
    return (sides[0][0], sides[1][0]) if len(sides) == 2 and len(sides[0]) == len(sides[1]) == 1 else None


def _of_two(view: _Reading) -> tuple[Crossed, tuple[int, ...]] | None:
    """What the cells of two rows give in one column."""
    kind = next((each for each in view.asked.kinds if each in _PAIRED), None)
    rows = _singles(view)
    if kind is None or rows is None or _parts(view):
        return None
    column = _column(view, view.values)
    if column is None or not (cells := view.cells(rows, [column])):
        return None
    one, two = cells
    if one.figure.value == two.figure.value or not one.figure.value or not two.figure.value or one.measure != two.measure:
        return None
    large, small = (one, two) if one.size > two.size else (two, one)
    if kind == "ratio" and _TIMES_MORE.search(view.question) and one.size < two.size:
        kind = "factor"
    if kind == "ratio":
        made = Crossed("ratio", f"{one.written} / {two.written}", (one, two), 3)
    elif kind == "factor":
        made = Crossed("factor", f"{large.written} / {small.written}", (large, small), 3)
    elif kind == "change":
        said = "increase" if one.size > two.size else "decrease"
        made = Crossed(said, f"({large.written} - {small.written}) / {two.written} in percent", (one, two), 3)
    else:
        said = "points" if one.measure == "percent" else "difference"
        made = Crossed(said, f"{large.written} - {small.written}", (large, small), 3)
    return made, (column,)


def _group(view: _Reading) -> tuple[int, ...] | None:
    """The rows of the one group that is meant, all of them where all are spoken of or none is named."""
    if len(view.groups.sides) == 1:
        return view.groups.sides[0]
    together = signals(view.question, _TABLE) & {"overall"} or "sum" in view.asked.cues
    return tuple(row for side in view.groups.sides for row in side) if together else None


def _per_head(view: _Reading) -> tuple[Crossed, tuple[int, ...]] | None:
    """How many of something came to each of those who took part."""
    each = _EACH.search(view.question)
    rows = _group(view)
    if each is None or rows is None or not {"each", "mean"} & view.asked.cues:
        return None
    whole = _population(view, (), each.group())
    heads = frozenset(stems(each.group()))
    counted = [c for c in view.values if c != whole and view.counted(rows, [c])]
    part = _column(view, counted, heads)
    if part is None or whole is None or not set(_stems(view)) & _names_of(view.grid, part) - heads:
        return None
    top, below = view.counted(rows, [part]), view.counted(rows, [whole])
    if not top or not below:
        return None
    return Crossed("quotient", f"{_sum(top)} / {_sum(below)}", (*top, *below), 3), (part, whole)


def _stems(view: _Reading) -> tuple[str, ...]:
    return tuple(word.stem for word in words(view.question))


def _sum(cells: Sequence[Labelled]) -> str:
    added = " + ".join(f"{each.figure.value:.10g}" for each in cells)
    return f"({added})" if len(cells) > 1 else added


def _parts(view: _Reading) -> tuple[int, ...]:
    """The columns that count together those who had what is asked for."""
    if _WERE_ASSESSED.search(view.question):
        assessed = [c for c in view.values if _is_population(view, c) and _is_said(view, c, set(_stems(view)))]
        return tuple(c for c in assessed if "evaluable" in view.grid.columns[c].casefold())[:1]
    on = signals(view.question, _TABLE)
    labels = {column: signals(view.grid.columns[column], _TABLE) for column in view.values}
    by_kind = {
        kind: next(
            (c for c, had in labels.items() if kind in had and not had & {"response", "disease_control"} and not _unit(view, c)), None
        )
        for kind in _CATEGORIES
    }
    named = [column for kind, column in by_kind.items() if kind in on and column is not None]
    if "disease_control" in on:
        return tuple(c for kind in ("complete", "partial", "stable") if (c := by_kind[kind]) is not None)
    if "response" in on and not named:
        whole = [c for c, had in labels.items() if "response" in had and not had & {"complete", "partial"} and not _is_population(view, c)]
        return tuple(whole[:1]) or tuple(c for kind in ("complete", "partial") if (c := by_kind[kind]) is not None)
    if named:
        return tuple(named)
    told = {word.stem for word in words(view.question)} | {v.casefold() for k, v in traits_in(view.question) if k == "initials"}
    told -= view.groups.words | scaffold() | light()
    counted = [c for c in view.values if not _unit(view, c) and not _is_population(view, c)]
    fit = [c for c in counted if content(_BRACKETS.sub(" ", view.grid.columns[c])) and _is_said(view, c, told)]
    return tuple(fit) if len(fit) == 1 else ()


def _is_said(view: _Reading, column: int, told: set[str]) -> bool:
    """Whether the question has every telling word of a column's name."""
    traits = traits_of(view.grid.columns[column])
    if any(trait[0] == "time" and trait not in traits_in(view.question) for trait in traits):
        return False
    own = {value for kind, value in traits if kind == "word"} - light() - words_of("plain", "put", "population", table=_TABLE)
    return bool(own) and all(forms(stem) & told for stem in own)


def _unit(view: _Reading, column: int) -> bool:
    known = [cell for row in range(len(view.grid.rows)) if (cell := view.grid.cell(row, column))]
    return not known or any(not _is_count(cell) for cell in known)


def _is_population(view: _Reading, column: int) -> bool:
    name = view.grid.columns[column]
    told = content(_BRACKETS.sub(" ", name)) - light() - words_of("population", "plain", table=_TABLE)
    on = "population" in signals(name, _TABLE) or name.strip(" ()").casefold() == "n"
    return on and not _unit(view, column) and (not told or "evaluable" in name.casefold() or "assessable" in name.casefold())


def _population(view: _Reading, parts: Sequence[int], among: str = "") -> int | None:
    """The column that counts all of whom the ``parts`` are some: of those that could be assessed for just this, else the plain one."""
    known = [column for column in view.values if column not in parts and _is_population(view, column)]
    own = frozenset(form for part in parts for form in _names_of(view.grid, part))
    plain = words_of("population", "plain", table=_TABLE)
    special = {c: content(_BRACKETS.sub(" ", view.grid.columns[c])) - light() - plain for c in known}
    fitting = [c for c in known if special[c] and own & frozenset(f for s in special[c] for f in forms(s))]
    if len(fitting) == 1:
        return fitting[0]
    general = [c for c in known if not special[c]]
    said = frozenset(stems(among or view.question))
    named = [c for c in general if said & stem_set(view.grid.columns[c])]
    if len(named) == 1:
        return named[0]
    return general[0] if len(general) == 1 else None


def _categories(view: _Reading, parts: Sequence[int]) -> tuple[int, ...]:
    """The columns of all best responses, which add up to those who could be assessed; none where one is missing."""
    labels = {column: signals(view.grid.columns[column], _TABLE) for column in view.values if not _unit(view, column)}
    found = {kind: [c for c, had in labels.items() if kind in had] for kind in _CATEGORIES}
    columns = tuple(c for kind in _CATEGORIES for c in found[kind])
    whole = all(len(found[kind]) == 1 for kind in _CATEGORIES[1:])
    return columns if whole and set(parts) < set(columns) else ()


def _share(view: _Reading) -> tuple[Crossed, tuple[int, ...]] | None:
    """What part of a group had what is counted."""
    parts, rows = _parts(view), _group(view)
    if len(view.groups.sides) == 2 and parts and _PAIRED & set(view.asked.kinds):
        return _of_two_shares(view, parts)
    if {"points", "ratio", "factor", "difference"} & set(view.asked.kinds[:1]):
        return None
    if not {"percent", "share", "part_of"} & view.asked.cues or not parts or rows is None or view.asked.operation.denied:
        return None
    whole = _whole(view, parts)
    top, below = view.counted(rows, parts), view.counted(rows, whole)
    if not top or not below or not (bottom := sum(each.figure.value for each in below)):
        return None
    if sum(each.figure.value for each in top) > bottom:
        return None
    return Crossed("share", f"{_sum(top)} / {_sum(below)} in percent", tuple(dict.fromkeys((*top, *below))), 3), (*parts, *whole)


def _whole(view: _Reading, parts: Sequence[int]) -> tuple[int, ...]:
    """The columns that count all of whom the ``parts`` are some: of responses all that were assessed."""
    assessed = "evaluable" in view.question.casefold() or signals(view.question, _TABLE) & {"response", "disease_control"}
    whole = _categories(view, parts) if assessed else ()
    if not whole and (population := _population(view, parts)) is not None:
        return (population,)
    return whole


def _of_two_shares(view: _Reading, parts: Sequence[int]) -> tuple[Crossed, tuple[int, ...]] | None:
    """How many points the share of one group lies above that of another, or how often it is the other."""
    whole = _whole(view, parts)
    told = [(view.counted(rows, parts), view.counted(rows, whole)) for rows in view.groups.sides]
    if not all(top and below and sum(each.figure.value for each in below) for top, below in told):
        return None
    shares = [sum(each.figure.value for each in top) / sum(each.figure.value for each in below) for top, below in told]
    if max(shares) > 1 or shares[0] == shares[1] or not {"percent", "share", "part_of", "points"} & view.asked.cues:
        return None
    (one, other) = told if shares[0] > shares[1] else told[::-1]
    written = [f"{_sum(top)} / {_sum(below)}" for top, below in (one, other)]
    if not {"points", "difference"} & set(view.asked.kinds[:1]):
        return None
    cells = tuple(dict.fromkeys((*one[0], *one[1], *other[0], *other[1])))
    return Crossed("points", f"{written[0]} - {written[1]} in percent", cells, 3), (*parts, *whole)


def _mean(view: _Reading) -> tuple[Crossed, tuple[int, ...]] | None:
    """The mean of one column over several rows."""
    rows = _group(view)
    if (
        "mean" not in view.asked.cues
        or view.asked.cues & _COMPARED
        or rows is None
        or len(rows) < 2
        or _EACH.search(view.question)
        or not (view.groups.named or view.grid.complete)
    ):
        return None
    column = _population(view, ()) if _SIZE.search(view.question) else _column(view, view.values)
    cells = view.cells(rows, [column]) if column is not None else ()
    compared = view.asked.cues & (_COMPARED - ({"percent"} if cells and cells[0].measure == "percent" else set()))
    if column is None or not cells or compared or (_unit(view, column) and len({each.measure for each in cells}) > 1):
        return None
    listed = ", ".join(each.written if _unit(view, column) else f"{each.figure.value:.10g}" for each in cells)
    suffix = " in percent" if cells[0].measure == "percent" else ""
    return Crossed("mean", f"mean({listed}){suffix}", cells, 3), (column,)


def _total(view: _Reading) -> tuple[Crossed, tuple[int, ...]] | None:
    """The sum of a column of counts."""
    rows = _group(view)
    if not {"total", "sum"} & set(view.asked.kinds) and "together" not in view.asked.cues:
        return None
    if rows is None or {"percent", "share", "part_of"} & view.asked.cues:
        return None
    parts = _parts(view)
    whole = None if parts else _population(view, ())
    columns = parts or ((whole,) if whole is not None and signals(view.question, _TABLE) & {"population"} else ())
    cells = view.counted(rows, columns) if len(columns) == 1 else ()
    if len(cells) < 2:
        return None
    return Crossed("total", " + ".join(f"{each.figure.value:.10g}" for each in cells), cells, 3), columns


def _tells_some(word: str, text: str) -> bool:
    """Whether the document counts those of whom a word tells, so that they are some of all: "15 PDAC, 9 CRC", "13 men"."""
    if word_is := words_of("population", "put", "plain", table=_TABLE) & set(stems(word)):
        return not word_is
    joined = rf"\b{re.escape(word)}\s+(?:and|or)\s+\w+|\w\s+(?:and|or)\s+{re.escape(word)}\b"
    if re.search(joined, text, re.IGNORECASE):  # "pancreatic and colorectal cancer"
        return True
    short = [letters for letters, long in explained([text]).items() if any(set(stems(word)) <= set(each) for each in long)]
    return any(re.search(rf"\b\d+\s+{re.escape(each)}\b", text, re.IGNORECASE) for each in (word, *short))


def _is_strange(view: _Reading, columns: Sequence[int]) -> bool:
    """Whether the question tells something apart of which the rows and columns taken, and what stands around the table, say nothing."""
    grid = view.grid
    around = stem_set(f"{grid.corner} {' '.join(grid.columns)} {grid.context}")
    named = view.groups.words | frozenset(form for column in columns for form in _names_of(grid, column))
    how = words_of(table="operations") | words_of(table="derivations") | words_of(table="directions")
    how |= words_of("plain", "overall", "population", "put", "response", "disease_control", *_CATEGORIES, table=_TABLE)
    how |= {stem for name in ("response", "disease_control", *_CATEGORIES) for cue in cues(view.question, name, _TABLE) for stem in cue}
    times = {trait for column in columns for trait in traits_of(grid.columns[column])}
    if any(trait[0] == "time" and trait not in times for trait in traits_in(view.question)):
        return True
    for word, weight in view.asked.operation.words.items():
        if (
            weight < 0.25
            or counts(word.text)
            or is_light(word.stem)
            or canonical_unit(word.text)
            or any(map(str.isdigit, word.text))
            or len(word.text) == 1
        ):
            continue
        own = all_forms(word) | forms(word.stem)
        if (
            any(
                _tells_some(part, f"{grid.context} {view.text}")
                for part in word.text.split()
                if stems(part) and not is_light(stems(part)[0])
            )
            and not own & named
        ):
            return True
        known = how | named | around | scaffold()
        if own & (named | around) or all(part in known or is_light(part) or forms(part) & named for part in word.stem.split()):
            continue
        return True
    return False
