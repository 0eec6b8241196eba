"""Which columns of a table a question is about: that of a value, those that count a part, that which counts all of whom it is one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.agent.offline.deriving.grids import Grid
from assistant.agent.offline.deriving.naming_lines import forms, traits_in, traits_of
from assistant.agent.offline.deriving.reading import TABLE, Reading, times_of
from assistant.agent.offline.deriving.row_groups import OF_ALL
from assistant.agent.offline.understanding.cues import content, light, scaffold, signals, words_of
from assistant.agent.offline.understanding.terms import stem_set
from assistant.language.abbreviations import explained
from assistant.language.stems import stems
from assistant.language.units import ACTIVITY_UNITS
from assistant.resources import prompt_table

CATEGORIES = ("complete", "partial", "stable", "progressive")
"""What the best response may be, by the cues of prompts/questions.toml."""
_BRACKETS = re.compile(r"\([^()]*\)")
# What tells how far values lie apart, or how long something lasts, beside the value itself.
_SPREAD = re.compile(r"^\W*(?:SD|SE|SEM|s\.d\.|range|min|max|minimum|maximum|95% CI|CI|IQR|CV)\b|half[- ]life", re.IGNORECASE)
_OF_DOSE = re.compile(r"\b(?:dose|activity|escalat\w*|step)\b", re.IGNORECASE)
_DOSE_UNITS = frozenset(["Gy", "mGy", "cGy", "Sv", "mSv"])
# "Who were evaluable for DLT" are counted themselves.
_WERE_ASSESSED = re.compile(r"\b(?:were|was|are|became|being)\s+(?:\w+\s+)?(?:evaluable|assessable)\b", re.IGNORECASE)


def names_of(grid: Grid, column: int) -> frozenset[str]:
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


def column_meant(view: Reading, among: Sequence[int], leaving: frozenset[str] = frozenset()) -> int | None:
    """The one column of which the question has most words, or the only one that tells values; None where two are as good."""
    put = view.groups.words | scaffold() | light() | stem_set(view.grid.corner) | words_of("mean", table="derivations")
    told = view.stems - put - leaving | view.initials
    times = frozenset(trait for trait in traits_in(view.question) if trait[0] == "time")
    timed = [column for column in among if times_of(view.grid.columns[column]) & times]
    fit = {column: len(told & names_of(view.grid, column)) for column in timed or among}
    best = max(fit.values(), default=0)
    likely = [column for column, hits in fit.items() if hits == best]
    if best and len(likely) > 1:
        exact = [column for column in likely if not content(_BRACKETS.sub(" ", view.grid.columns[column])) - told - light()]
        likely = exact if len(exact) == 1 else [c for c in likely if not _SPREAD.search(view.grid.columns[c])]
    plain = [column for column in likely if not _SPREAD.search(view.grid.columns[column])]
    if not best:
        alone = timed or (view.groups.named and not view.groups.words >= told)
        return plain[0] if len(plain) == 1 and alone else None
    return likely[0] if len(likely) == 1 else None


def given_column(view: Reading, rows: Sequence[int]) -> int | None:
    """The only column of the activity that the rows' groups were given, where a question asks how these compare."""
    columns = range(len(view.grid.columns)) if _OF_DOSE.search(view.question) else ()
    given = [c for c in columns if (cells := view.cells(rows, [c])) and all(cell.measure in ACTIVITY_UNITS for cell in cells)]
    return given[0] if len(given) == 1 else None


def parts_meant(view: Reading) -> tuple[int, ...]:
    """The columns that count together those who had what is asked for."""
    if _WERE_ASSESSED.search(view.question):
        assessed = [c for c in view.values if _counts_all(view, c) and _is_said(view, c, view.stems)]
        return tuple(c for c in assessed if "evaluable" in view.grid.columns[c].casefold())[:1]
    on = signals(view.question, TABLE)
    labels = {column: signals(view.grid.columns[column], TABLE) for column in view.values}
    counted = [column for column in view.values if view.counts(column)]
    of_kind = {kind: [c for c in counted if kind in labels[c] and not labels[c] & {"response", "disease_control"}] for kind in CATEGORIES}
    if "disease_control" in on:
        return tuple(column for kind in CATEGORIES[:-1] for column in of_kind[kind][:1])
    if named := tuple(column for kind in CATEGORIES if kind in on for column in of_kind[kind][:1]):
        return named
    if "response" in on:
        known = [c for c in view.values if not _counts_all(view, c) and any(view.grid.cell(row, c) for row in range(len(view.grid.rows)))]
        whole = [c for c in known if "response" in labels[c] and not labels[c] & {"complete", "partial"}]
        return tuple(whole[:1]) or tuple(column for kind in CATEGORIES[:2] for column in of_kind[kind][:1])
    told = (view.stems | view.initials) - view.groups.words - scaffold() - light()
    said = [
        c for c in counted if not _counts_all(view, c) and content(_BRACKETS.sub(" ", view.grid.columns[c])) and _is_said(view, c, told)
    ]
    fit = [c for c in said if not OF_ALL.match(view.grid.columns[c])] or said
    return tuple(fit) if len(fit) == 1 else ()


def _is_said(view: Reading, column: int, told: frozenset[str]) -> bool:
    """Whether the question has every telling word of a column's name, or its initials."""
    traits, asked = traits_of(view.grid.columns[column]), traits_in(view.question)
    if any(trait[0] == "time" and trait not in asked for trait in traits):
        return False
    own = {value for kind, value in traits if kind == "word"} - light() - words_of("plain", "put", "population", table=TABLE)
    signed = any(trait[0] in ("initials", "sign") and trait in asked for trait in traits)
    return signed or (bool(own) and all(forms(stem) & told for stem in own))


def _telling(view: Reading, column: int) -> frozenset[str]:
    """What the name of a column that counts all tells of whom: "for response"."""
    return content(_BRACKETS.sub(" ", view.grid.columns[column])) - light() - words_of("population", "plain", table=TABLE)


def _counts_all(view: Reading, column: int) -> bool:
    name = view.grid.columns[column]
    on = "population" in signals(name, TABLE) or name.strip(" ()").casefold() == "n"
    return on and view.counts(column) and (_is_assessed(name) or not _telling(view, column))


def _is_assessed(name: str) -> bool:
    return any(word in name.casefold() for word in ("evaluable", "assessable"))


def _is_any(view: Reading, column: int, own: frozenset[str]) -> bool:
    """Whether a column counts all who had any of what is told in ``own``: "Any grade"."""
    name = view.grid.columns[column]
    return OF_ALL.match(name) is not None and view.counts(column) and _telling(view, column) <= own


def population(view: Reading, parts: Sequence[int], among: str = "") -> int | None:
    """The column that counts all of whom the ``parts`` are some: of those that could be assessed for just this, else the plain one."""
    own = frozenset(form for part in parts for form in names_of(view.grid, part))
    known = [c for c in view.values if c not in parts and (_counts_all(view, c) or _is_any(view, c, own))]
    fitting = [c for c in known if own & frozenset(form for stem in _telling(view, c) for form in forms(stem))]
    if len(fitting) == 1:
        return fitting[0]
    general = [c for c in known if not _telling(view, c)]
    said = frozenset(stems(among or view.question))
    named = [c for c in general if said & stem_set(view.grid.columns[c])]
    if named or not general:
        return named[0] if len(named) == 1 else None
    order = [stem for name in prompt_table("questions.toml")[TABLE]["population"] for stem in stem_set(name)]
    return min(general, key=lambda c: min((order.index(s) for s in stem_set(view.grid.columns[c]) if s in order), default=len(order)))


def whole_meant(view: Reading, parts: Sequence[int]) -> tuple[int, ...]:
    """The columns that count all of whom the ``parts`` are some: of responses all that were assessed, of each kind if not together."""
    assessed = "evaluable" in view.question.casefold() or signals(view.question, TABLE) & {"response", "disease_control"}
    column = population(view, parts)
    together = column is not None and _is_assessed(view.grid.columns[column]) and not _telling(view, column)
    whole = _categories(view, parts) if assessed and not together else ()
    return whole or (() if column is None else (column,))


def _categories(view: Reading, parts: Sequence[int]) -> tuple[int, ...]:
    """The columns of all best responses, which add up to those who could be assessed; none where one is missing."""
    labels = {column: signals(view.grid.columns[column], TABLE) for column in view.values if view.counts(column)}
    found = {kind: [c for c, had in labels.items() if kind in had] for kind in CATEGORIES}
    columns = tuple(c for kind in CATEGORIES for c in found[kind])
    whole = all(len(found[kind]) == 1 for kind in CATEGORIES[1:])
    return columns if whole and set(parts) < set(columns) else ()
