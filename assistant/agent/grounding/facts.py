"""Typed facts of the studies: a value that the text states apart from its unit or name, as a table cell does, with its span."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.agent.grounding.codes import codes
from assistant.studies.facts import Arm, Study
from assistant.values import Span


@dataclass(frozen=True, slots=True)
class Fact:
    """A value with its unit as extraction read it at ``span``; ``dated`` where it is a day of the schedule, not a length of time."""

    value: float
    unit: str
    span: Span
    dated: bool = False


def facts(studies: Iterable[Study]) -> tuple[Fact, ...]:
    """Survival, activity, number of doses, days and size of every arm."""
    return tuple(fact for study in studies for arm in study.arms for fact in _of(arm))


def names_together(study: Study) -> frozenset[str]:
    """The codes that belong together as names of one study: its compound, model, nuclide, disease and arms."""
    nuclide = study.nuclide.name if study.nuclide else ""
    return codes(" ; ".join([study.compound or "", study.model or "", nuclide, study.disease or "", *(arm.label for arm in study.arms)]))


def _of(arm: Arm) -> Iterator[Fact]:
    if arm.survival:
        yield Fact(arm.survival.value, arm.survival.unit, arm.survival.span)
    if arm.activity and "activity" in arm.spans:
        yield Fact(arm.activity.value, arm.activity.measure, arm.spans["activity"])
    counts = [("doses", arm.doses), ("n", arm.n), *(("days", day) for day in arm.days)]
    for field, value in counts:
        if value is not None and field in arm.spans:
            yield Fact(float(value), "day" if field == "days" else "", arm.spans[field], dated=field == "days")
    if arm.days and "days" in arm.spans:
        yield Fact(float(len(arm.days)), "", arm.spans["days"])
