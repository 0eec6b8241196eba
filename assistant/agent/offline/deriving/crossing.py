"""A question and a table → what the cells give at which the rows and columns cross that the question names: nothing where it is open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.agent.offline.deriving.grids import Grid
from assistant.agent.offline.deriving.labelled import Labelled, counts
from assistant.agent.offline.deriving.naming_lines import Named, forms, named_lines, traits_in, traits_of
from assistant.agent.offline.deriving.wanted import Wanted
from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.understanding.administrations import administrations_in
from assistant.agent.offline.understanding.cues import content, cues, light, signals, words_of
from assistant.agent.offline.understanding.terms import all_forms, is_light, stem_set
from assistant.language.periods import periods
from assistant.language.units import ACTIVITY_UNITS

_TABLE = "tabled"
# What came of it stands last: "from 4 to 24 h", "between dose level 1 and 2".
_IN_TIME = re.compile(r"\b(?:from|between|going)\b", re.IGNORECASE)
_EXCEPT = re.compile(r"\b(?:not|except|excluding|without|but not|other than|leaving out)\b(?P<rest>.*)", re.IGNORECASE)
_SAME = re.compile(r"\b(?:same|equal|identical)\s+(?:total\s+)?(?:activity|dose)\b", re.IGNORECASE)
_GONE = re.compile(r"\b(?:gone|lost|cleared|disappeared|washed out|eliminated)\b", re.IGNORECASE)
_HIGHEST = re.compile(
    r"\b(?P<most>highest|top|maximum|largest|lowest|smallest|first|starting)\s+(?:(?:dose|activity)\s*)?(?:level|cohort|group|dose|activity)\b",
    re.IGNORECASE,
)
_LEAST = frozenset(["lowest", "smallest", "first", "starting"])
_LEVEL = re.compile(r"\b(?:low|mid|middle|high|intermediate)[- ]?(?:er)?[- ]dose", re.IGNORECASE)
_OF_DOSE = re.compile(r"\b(?:dose|activity|escalat\w*|step)\b", re.IGNORECASE)
_OF_ALL = re.compile(r"^\W*(?:total|all|overall|sum|any)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Crossed:
    """``expression`` as ``studies.calculate`` reads it, made of ``inputs``; ``said_as`` is the phrase that tells the result."""

    said_as: str
    expression: str
    inputs: tuple[Labelled, ...]
    told: int

    @property
    def matches(self) -> tuple[Match, ...]:
        """The rows of the cells."""
        return tuple(dict.fromkeys(each.match for each in self.inputs))


@dataclass(frozen=True, slots=True)
class _View:
    """A table looked at along its rows or its columns: ``entities`` are the lines that are set side by side or added, ``measures`` what
    is told of each; ``groups`` and ``of`` are those that the question names.
    """

    grid: Grid
    question: str
    flipped: bool
    entities: tuple[str, ...]
    measures: tuple[str, ...]
    groups: tuple[Named, ...]
    of: tuple[Named, ...]

    def cell(self, entity: int, measure: int) -> Labelled | None:
        return self.grid.cell(entity, measure, flipped=self.flipped)

    @property
    def measured(self) -> Sequence[int]:
        """The measures that have figures."""
        return [m for m in range(len(self.measures)) if any(self.cell(e, m) for e in range(len(self.entities)))]


def crossed(asked: Wanted, grid: Grid) -> Crossed | None:
    """What is wanted of the table's cells; None where the question does not tell which, or has words that the table knows nothing of."""
    views = list(_views(asked.question, grid))
    for view in views:
        for make in (_own_amount, _share, _pair):
            found = make(asked, view)
            if found and not _strange(asked, view.grid, views[0], own=make is _own_amount):
                return found
    return None


def _views(question: str, grid: Grid) -> Iterator[_View]:
    rows, columns = named_lines(question, grid.rows), named_lines(question, grid.columns)
    yield _View(grid, question, False, grid.rows, grid.columns, rows, columns)
    yield _View(grid, question, True, grid.columns, grid.rows, columns, rows)


def _strange(asked: Wanted, grid: Grid, view: _View, *, own: bool) -> bool:
    """Whether the question has a time, an amount, a sign or a telling word that neither names a line nor stands around the table."""
    had = {trait for named in (*view.groups, *view.of) for trait in named.traits}
    for trait in traits_in(asked.question):
        kind, value = trait
        if kind in ("time", "sign") and trait not in had:
            return True
        if kind == "amount" and not own and not any(kind == "amount" for kind, _ in had):
            return True
    if _LEVEL.search(asked.question) and not any(_LEVEL.search(label) for label in (*grid.rows, *grid.columns)):
        return True
    around = stem_set(f"{grid.corner} {' '.join(grid.columns)} {grid.context}")
    named = {value for kind, value in had if kind == "word"}
    initials = {value for kind, value in had if kind == "initials"}
    how = words_of(table="operations") | words_of(table="derivations") | words_of(table="directions")
    plain = words_of("plain", "overall", "population", table=_TABLE)
    plain |= {
        stem
        for name in ("response", "disease_control", "complete", "partial", "stable")
        for cue in cues(asked.question, name, _TABLE)
        for stem in cue
    }
    for word, weight in asked.operation.words.items():
        parts = word.stem.split()
        if (
            weight < 1
            or counts(word.text)
            or word.text.upper() in initials
            or is_light(word.stem)
            or word.stem in how | plain
            or any(map(str.isdigit, word.text))
            or len(word.text) == 1
        ):
            continue
        own_forms = all_forms(word) | forms(word.stem)
        if all(part in how | plain or part in named for part in parts) or own_forms & (around | named):
            continue
        return True
    return False


def _pair(asked: Wanted, view: _View) -> Crossed | None:
    """What two cells give that differ in the line that the question sets side by side."""
    kind = next((each for each in asked.kinds if each in ("ratio", "factor", "change", "difference", "moved", "points")), None)
    left = asked.kinds[:1] == ("left",) and "percent" in asked.cues and _is_over_time(view)
    kind = ("change" if _GONE.search(asked.question) else "share") if left else kind
    if kind is None or len(view.groups) != 2:
        return None
    measure = _one(view)
    if measure is None:
        return None
    one, two = (view.cell(named.place, measure) for named in view.groups)
    if one and one.measure in ACTIVITY_UNITS and _SAME.search(asked.question):
        return None  # what is said to be the same is not what differs
    if one is None or two is None or one.figure.value == two.figure.value or not two.figure.value or not one.figure.value:
        return None
    if kind in ("change", "moved", "share") or (kind == "difference" and _is_over_time(view)):
        later, earlier = _ordered(asked.question, view, one, two)
    else:
        later, earlier = one, two
    told = len({trait for named in (*view.groups, *view.of) for trait in named.traits})
    large, small = (one, two) if one.size > two.size else (two, one)
    if kind == "share":
        return Crossed("share", f"{later.written} / {earlier.written} in percent", (later, earlier), told)
    if kind == "change":
        said = "increase" if later.size > earlier.size else "decrease"
        return Crossed(said, f"({large.written} - {small.written}) / {earlier.written} in percent", (later, earlier), told)
    if kind in ("difference", "moved", "points"):
        percents = one.measure == "percent"
        return Crossed("points" if percents else "difference", f"{large.written} - {small.written}", (large, small), told)
    if kind == "factor" or "factor" in asked.cues or _is_over_time(view):
        return Crossed("factor", f"{large.written} / {small.written}", (large, small), told)
    return Crossed("ratio", f"{one.written} / {two.written}", (one, two), told)


def _one(view: _View) -> int | None:
    """The one measure that the question names, or the only one that there is."""
    if len(view.of) == 1:
        return view.of[0].place
    given = [m for m in view.measured if all((cell := view.cell(e.place, m)) and cell.measure in ACTIVITY_UNITS for e in view.groups)]
    if not view.of and len(given) == 1 and _OF_DOSE.search(view.question):
        return given[0]
    return view.measured[0] if not view.of and len(view.measured) == 1 else None


def _is_over_time(view: _View) -> bool:
    return all(any(kind == "time" for kind, _ in named.traits) for named in view.groups)


def _ordered(question: str, view: _View, one: Labelled, two: Labelled) -> tuple[Labelled, Labelled]:
    """The later of two, or what is compared, before the earlier, or what it is compared with."""
    times = [next((float(value) for kind, value in named.traits if kind == "time"), None) for named in view.groups]
    if times[0] is not None and times[1] is not None:
        return (one, two) if times[0] > times[1] else (two, one)
    return (two, one) if _IN_TIME.search(question) else (one, two)


def _share(asked: Wanted, view: _View) -> Crossed | None:
    """What part the count of one measure is of that of another one, of one group or of several together."""
    denied = asked.operation.denied and not ((left := _EXCEPT.search(asked.question)) and named_lines(left["rest"], view.entities))
    if not ({"percent", "share", "part_of"} & asked.cues) or denied:
        return None
    parts = _parts(asked, view)
    whole = _population(view, parts)
    if not parts or whole is None or whole in parts:
        return None
    groups = _groups(asked, view)
    differ = asked.kinds[0] in ("points", "difference", "ratio", "factor", "change")
    if not groups or (differ and len(groups) != 2):
        return None
    if differ:
        return _of_two_rates(asked, view, groups, parts, whole)
    tops = [view.cell(group, part) for group in groups for part in parts]
    below = [view.cell(group, whole) for group in groups]
    if None in tops or None in below or any(each.measure or each.figure.value % 1 for each in (*tops, *below) if each):
        return None
    top, bottom = [each for each in tops if each], [each for each in below if each]
    if sum(each.figure.value for each in top) > sum(each.figure.value for each in bottom):
        return None
    told = len({trait for named in (*view.groups, *view.of) for trait in named.traits}) + len(parts)
    return Crossed("share", f"{_sum(top)} / {_sum(bottom)} in percent", (*top, *bottom), told)


def _of_two_rates(asked: Wanted, view: _View, groups: Sequence[int], parts: Sequence[int], whole: int) -> Crossed | None:
    """How many points the rate of one group lies above that of another."""
    rates = []
    for group in groups:
        top, below = [view.cell(group, part) for part in parts], view.cell(group, whole)
        if None in top or below is None or not below.figure.value or below.measure or below.figure.value % 1:
            return None
        rates.append(([each for each in top if each], below))
    values = [sum(each.figure.value for each in top) / below.figure.value for top, below in rates]
    if asked.kinds[0] not in ("points", "difference") or values[0] == values[1] or max(values) > 1:
        return None
    (one, other) = rates if values[0] > values[1] else rates[::-1]
    expression = f"{_sum(one[0])} / {one[1].figure.value:.10g} - {_sum(other[0])} / {other[1].figure.value:.10g} in percent"
    return Crossed("points", expression, (*one[0], one[1], *other[0], other[1]), len(parts) + 4)


def _sum(cells: Sequence[Labelled]) -> str:
    added = " + ".join(f"{each.figure.value:.10g}" for each in cells)
    return f"({added})" if len(cells) > 1 else added


def _parts(asked: Wanted, view: _View) -> tuple[int, ...]:
    """The measures that are counted together as the part."""
    question = signals(asked.question, _TABLE)
    labels = [signals(label, _TABLE) for label in view.measures]
    kinds = [
        next((place for place, on in enumerate(labels) if kind in on and not on & {"response", "disease_control"}), None)
        for kind in ("complete", "partial", "stable")
    ]
    of = [named.place for named in view.of if not _is_population(view.measures[named.place])]
    if "disease_control" in question and None not in kinds:
        return tuple(kind for kind in kinds if kind is not None)
    if "response" in question and not question & {"complete", "partial"} and kinds[1] is not None:
        whole = [place for place, on in enumerate(labels) if "response" in on and "complete" not in on and "partial" not in on]
        return tuple(whole[:1]) or tuple(kind for kind in kinds[:2] if kind is not None)
    return (of[0],) if len(of) == 1 else ()


def _is_population(label: str) -> bool:
    return "population" in signals(label, _TABLE) or label.strip(" ()").casefold() == "n" or _OF_ALL.match(label) is not None


def _population(view: _View, parts: Sequence[int]) -> int | None:
    """The measure that counts all: the one that the question names, else that of the likeliest name; none that is of another part."""
    told = stem_set(" ".join(view.measures[part] for part in parts))
    plain = words_of("population", "plain", table=_TABLE)
    known = [
        place
        for place, label in enumerate(view.measures)
        if _is_population(label) and not content(label) - light() - plain - {form for stem in told for form in forms(stem)}
    ]
    named = [each.place for each in view.of if each.place in known]
    if len(named) == 1 or len(known) <= 1:
        return named[0] if len(named) == 1 else known[0] if known else None
    if named:
        return None
    order = [stem for name in _names("population") for stem in stem_set(name)]
    return min(known, key=lambda place: min((order.index(s) for s in stem_set(view.measures[place]) if s in order), default=len(order)))


def _names(name: str) -> Sequence[str]:
    from assistant.resources import prompt_table

    return list(prompt_table("questions.toml")[_TABLE][name])


def _groups(asked: Wanted, view: _View) -> tuple[int, ...]:
    """The groups that are meant: those that are named, or all where all are spoken of; none where that is open."""
    excluded = set[int]()
    question = asked.question
    if left := _EXCEPT.search(question):
        out = named_lines(left["rest"], view.entities)
        excluded = {named.place for named in out}
    named = tuple(each.place for each in view.groups if each.place not in excluded)
    if named:
        return named
    if (extreme := _HIGHEST.search(question)) and (single := _extreme(view, least=extreme["most"].casefold() in _LEAST)) is not None:
        return (single,)
    everyone = [place for place, label in enumerate(view.entities) if place not in excluded]
    totals = [place for place in everyone if _OF_ALL.match(view.entities[place])]
    if len(everyone) == 1:
        return tuple(everyone)
    if any(periods(label) or any(kind == "time" for kind, _ in traits_of(label)) for label in view.entities):
        return ()  # who was counted at several times is counted once
    if "overall" not in signals(question, _TABLE) or not (view.grid.complete or view.flipped):
        return ()
    return tuple(totals) if len(totals) == 1 else () if totals else tuple(everyone)


def _extreme(view: _View, *, least: bool) -> int | None:
    """The group that got the most, or the least; None where the table does not tell what each got."""
    sizes: dict[int, float] = {}
    for place in range(len(view.entities)):
        cells = [cell for m in range(len(view.measures)) if (cell := view.cell(place, m)) and cell.measure in ACTIVITY_UNITS]
        if len(cells) != 1:
            return None
        sizes[place] = cells[0].size
    if len(set(sizes.values())) < len(sizes) or not view.grid.complete:
        return None
    return (min if least else max)(sizes, key=lambda place: sizes[place])


def _own_amount(asked: Wanted, view: _View) -> Crossed | None:
    """What an amount of the question gives at the rate of a cell, 2 MBq at 3 Gy/MBq, or how much gives it: 6 Gy."""
    if len(view.groups) != 1 or view.flipped or (measure := _one(view)) is None:
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
