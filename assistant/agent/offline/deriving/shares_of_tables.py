"""Which part of those whom a table counts something holds of: of one group, of all together, of one beside another."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.agent.offline.deriving.labelled import Labelled
from assistant.agent.offline.deriving.naming_lines import forms, named_lines, traits_of
from assistant.agent.offline.deriving.views import TABLE, Crossed, View
from assistant.agent.offline.deriving.wanted import Wanted
from assistant.agent.offline.understanding.cues import content, light, signals, words_of
from assistant.agent.offline.understanding.terms import stem_set
from assistant.language.periods import periods
from assistant.language.units import ACTIVITY_UNITS
from assistant.resources import prompt_table

_OF_TWO = frozenset(["points", "difference", "ratio", "factor", "change"])
_EXCEPT = re.compile(r"\b(?:not|except|excluding|without|but not|other than|leaving out)\b(?P<rest>.*)", re.IGNORECASE)
_HIGHEST = re.compile(
    r"\b(?P<most>highest|top|maximum|largest|lowest|smallest|first|starting)\s+(?:(?:dose|activity)\s*)?"
    r"(?:level|cohort|group|dose|activity)\b",
    re.IGNORECASE,
)
_LEAST = frozenset(["lowest", "smallest", "first", "starting"])
_OF_ALL = re.compile(r"^\W*(?:total|all|overall|sum|any)\b", re.IGNORECASE)


def share_of(asked: Wanted, view: View) -> Crossed | None:
    """What part the count of one measure is of that of another one, of one group or of several together."""
    denied = asked.operation.denied and not ((left := _EXCEPT.search(asked.question)) and named_lines(left["rest"], view.entities))
    if not ({"percent", "share", "part_of"} & asked.cues) or denied:
        return None
    parts, groups = _parts(asked, view), _groups(asked, view)
    whole = _population(view, parts)
    if not parts or not groups or whole is None or whole in parts:
        return None
    if asked.kinds[0] in _OF_TWO:
        return _of_two_rates(asked, view, groups, parts, whole)
    top, bottom = _counts(view, groups, parts), _counts(view, groups, (whole,))
    if not top or not bottom or sum(each.figure.value for each in top) > sum(each.figure.value for each in bottom):
        return None
    return Crossed("share", f"{_sum(top)} / {_sum(bottom)} in percent", (*top, *bottom), len(view.traits) + len(parts))


def _counts(view: View, groups: Sequence[int], measures: Sequence[int]) -> list[Labelled]:
    """The counts of several measures of several groups; none where one is left open or no count."""
    found = [view.cell(group, measure) for group in groups for measure in measures]
    counts = [each for each in found if each and not each.measure and not each.figure.value % 1]
    return counts if len(counts) == len(found) else []


def _of_two_rates(asked: Wanted, view: View, groups: Sequence[int], parts: Sequence[int], whole: int) -> Crossed | None:
    """How many points the rate of one group lies above that of another."""
    rates = [(_counts(view, [group], parts), _counts(view, [group], [whole])) for group in groups]
    if len(rates) != 2 or asked.kinds[0] not in ("points", "difference") or not all(top and below[:1] for top, below in rates):
        return None
    if not all(below[0].figure.value for _, below in rates):
        return None
    values = [sum(each.figure.value for each in top) / below[0].figure.value for top, below in rates]
    if values[0] == values[1] or max(values) > 1:
        return None
    one, other = rates if values[0] > values[1] else rates[::-1]
    expression = f"{_sum(one[0])} / {_sum(one[1])} - {_sum(other[0])} / {_sum(other[1])} in percent"
    return Crossed("points", expression, (*one[0], *one[1], *other[0], *other[1]), len(view.traits) + len(parts))


def _sum(cells: Sequence[Labelled]) -> str:
    added = " + ".join(f"{each.figure.value:.10g}" for each in cells)
    return f"({added})" if len(cells) > 1 else added


def _parts(asked: Wanted, view: View) -> tuple[int, ...]:
    """The measures that are counted together as the part."""
    question = signals(asked.question, TABLE)
    labels = [signals(label, TABLE) for label in view.measures]
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
    return "population" in signals(label, TABLE) or label.strip(" ()").casefold() == "n" or _OF_ALL.match(label) is not None


def _population(view: View, parts: Sequence[int]) -> int | None:
    """The measure that counts all: the one that the question names, else that of the likeliest name; none that is of another part."""
    told = stem_set(" ".join(view.measures[part] for part in parts))
    plain = words_of("population", "plain", table=TABLE)
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
    order = [stem for name in prompt_table("questions.toml")[TABLE]["population"] for stem in stem_set(name)]
    return min(known, key=lambda place: min((order.index(s) for s in stem_set(view.measures[place]) if s in order), default=len(order)))


def _groups(asked: Wanted, view: View) -> tuple[int, ...]:
    """The groups that are meant: those that are named, or all where all are spoken of; none where that is open."""
    question = asked.question
    left = _EXCEPT.search(question)
    excluded = {named.place for named in named_lines(left["rest"], view.entities)} if left else set[int]()
    named = tuple(each.place for each in view.groups if each.place not in excluded)
    if named:
        return named
    if (extreme := _HIGHEST.search(question)) and (single := _extreme(view, least=extreme["most"].casefold() in _LEAST)) is not None:
        return (single,)
    return _everyone(view, [place for place in range(len(view.entities)) if place not in excluded])


def _everyone(view: View, every: Sequence[int]) -> tuple[int, ...]:
    """All groups, or the line that has their sum, where all are spoken of and are there; who was counted at several times is one."""
    if len(every) == 1:
        return tuple(every)
    at_times = any(periods(label) or any(kind == "time" for kind, _ in traits_of(label)) for label in view.entities)
    if at_times or "overall" not in signals(view.question, TABLE) or not (view.grid.complete or view.flipped):
        return ()
    totals = [place for place in every if _OF_ALL.match(view.entities[place])]
    return tuple(totals) if len(totals) == 1 else () if totals else tuple(every)


def _extreme(view: View, *, least: bool) -> int | None:
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
