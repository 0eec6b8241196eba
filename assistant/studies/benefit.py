"""Survival gained by one arm over another, and what makes the comparison less than sound."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.errors import CalculationError
from assistant.studies.activity import activity_operand, counted
from assistant.studies.facts import Arm, Study, Survival
from assistant.studies.naming import administrations
from assistant.studies.quantities import calendar_notes, convert
from assistant.studies.vocabulary import read
from assistant.values import Operand, Result, Working

_BURDEN = "burden"


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a comparison: an arm, its study, its survival, what formulas call it, and its survival in the common unit."""

    study: Study
    arm: Arm
    survival: Survival
    called: str

    @property
    def operand(self) -> Operand:
        lead = f"{self.survival.statistic} survival" if self.survival.statistic else "survival"
        return Operand(name=f"{lead}({self.called})", value=self.survival.value, unit=self.survival.unit, span=self.survival.span)


@dataclass(frozen=True, slots=True)
class _Total:
    """The activity that an arm got in all: ``formula`` names the operands it is the product of; 0 for a control."""

    value: float
    formula: str
    operands: tuple[Operand, ...]


def survival_benefit(
    study: Study, treatment: Arm, reference: Arm, reference_study: Study | None = None, *, per_activity: bool = True
) -> Working:
    """What ``treatment`` gained over ``reference``: gain (in the text's unit), ratio, increase in percent.

    With ``per_activity``, within one study, where both totals are known and the treatment's is larger, also the added activity
    (over a control: all of it) and the gain per added activity, e.g. in day/uCi. ``reference_study`` is given when the reference
    belongs to another study; the result is then marked as descriptive. Notes name everything else that makes the comparison less
    than sound.
    Raises CalculationError where survival is missing or zero, for a mean against a median, and for an arm of another study.
    """
    other = reference_study if reference_study is not None and reference_study != study else None
    treated = _side(study, treatment, named_with_study=other is not None)
    base = _side(other or study, reference, named_with_study=other is not None)
    if other is None and treatment == reference:
        raise CalculationError(f"{treatment.label!r} is compared with itself; name two different arms of {study.name}")
    _check_statistics(treated, base)
    formula, results = _gain(treated, base)
    operands = [treated.operand, base.operand]
    notes = _notes(treated, base)
    if per_activity and other is None and (added := _per_activity(treated, base, results[0])):
        formula = f"{formula}; {added.formula}"
        operands += added.operands
        results += added.results
        notes += added.notes
    return Working(
        tool="survival_benefit",
        formula=formula,
        operands=tuple(operands),
        results=tuple(results),
        notes=tuple(dict.fromkeys(notes)),
    )


def _side(study: Study, arm: Arm, *, named_with_study: bool) -> _Side:
    if arm not in study.arms:
        raise CalculationError(f"{arm.label!r} is no arm of {study.name}; say which study it belongs to")
    if arm.survival is None:
        known = ", ".join(other.label for other in study.arms if other.survival) or "none"
        raise CalculationError(f"the text states no survival for {arm.label!r} of {study.name}; arms with survival: {known}")
    return _Side(study, arm, arm.survival, f"{arm.label}, {study.name}" if named_with_study else arm.label)


def _check_statistics(treated: _Side, base: _Side) -> None:
    one, two = treated.survival.statistic, base.survival.statistic
    if one and two and one != two:
        raise CalculationError(
            f"survival is a {one} for {treated.called!r} but a {two} for {base.called!r}, and these cannot be subtracted; "
            "compare arms with the same statistic"
        )


def _gain(treated: _Side, base: _Side) -> tuple[str, list[Result]]:
    one, two = treated.survival, base.survival
    names = [treated.operand.name, base.operand.name]
    unit = one.unit
    if one.unit != two.unit:
        unit = "day"
        names = [name if side.unit == unit else f"{name} in day" for name, side in zip(names, (one, two), strict=True)]
    longer, shorter = convert(one.value, one.unit, unit), convert(two.value, two.unit, unit)
    if shorter <= 0:
        raise CalculationError(f"survival of {base.called!r} is {two.value:g} {two.unit}, so no ratio can be formed")
    formula = f"gain = {names[0]} − {names[1]}; ratio = {names[0]} / {names[1]}; increase = gain / {names[1]} × 100"
    gained = longer - shorter
    return formula, [
        Result(name="gain", value=gained, unit=unit),
        Result(name="ratio", value=longer / shorter, unit="ratio"),
        Result(name="increase", value=100 * gained / shorter, unit="percent"),
    ]


def _per_activity(treated: _Side, base: _Side, gain: Result) -> Working | None:
    """The gain for each unit of activity that the treatment got more than the reference; None where that is not known."""
    if treated.arm.activity is None:
        return None
    unit = treated.arm.activity.measure
    total, compared = _total(treated.arm, unit), _total(base.arm, unit)
    if total is None or compared is None or total.value <= compared.value:
        return None
    added = total.value - compared.value
    less = f" − {compared.formula}" if compared.formula else ""
    notes = ["total activity derived: activity per administration × administrations"]
    if any(arm.activity and arm.activity.approximate for arm in (treated.arm, base.arm)):
        notes.append("activity is approximate in the text, so the gain per added activity is too")
    return Working(
        tool="survival_benefit",
        formula=f"added activity = {total.formula}{less}; gain per added activity = gain / added activity",
        operands=(*total.operands, *compared.operands),
        results=(
            Result(name="added activity", value=added, unit=unit),
            Result(name="gain per added activity", value=gain.value / added, unit=_per(gain.unit, unit)),
        ),
        notes=tuple(notes),
    )


def _total(arm: Arm, unit: str) -> _Total | None:
    if arm.control and arm.activity is None:
        return _Total(0.0, "", ())
    count = administrations(arm)
    if arm.activity is None or not count or arm.activity.measure.partition("/")[2] != unit.partition("/")[2]:
        return None
    one = activity_operand(arm)
    number, numbers = counted(arm, count)
    amount = one.name if one.unit == unit else f"{one.name} in {unit}"
    return _Total(
        convert(arm.activity.value, arm.activity.unit, unit.partition("/")[0]) * count,
        f"{amount} × {number}",
        (one, *numbers),
    )


def _per(time: str, activity: str) -> str:
    return f"{time}/({activity})" if "/" in activity else f"{time}/{activity}"


def _notes(treated: _Side, base: _Side) -> list[str]:
    notes = []
    if treated.study != base.study:
        notes.append(f"descriptive only: the studies differ ({'; '.join(_differences(treated, base))})")
    elif not any(arm.control for arm in treated.study.arms):
        notes.append(f"{treated.study.name} has no control arm, so no benefit over untreated animals can be computed")
    notes += _statistic_notes(treated, base)
    notes += _burden_notes(treated, base)
    notes += calendar_notes(treated.survival.unit, base.survival.unit)
    if treated.study != base.study or "p_value" not in treated.study.spans:
        lacking = "no variance is given" if treated.arm.n and base.arm.n else "no variance or n is given"
        notes.append(f"{lacking}, so no significance can be stated")
    return notes


def _statistic_notes(treated: _Side, base: _Side) -> list[str]:
    unstated = [side for side in (treated, base) if side.survival.statistic is None]
    if len(unstated) == 2:
        return ["the text does not say whether survival is a mean or a median"]
    if unstated:
        stated = base if unstated[0] is treated else treated
        return [f"survival is a {stated.survival.statistic} for {stated.called}, but the text names no statistic for {unstated[0].called}"]
    return []


def _burden_notes(treated: _Side, base: _Side) -> list[str]:
    """The burden remarks on the two arms, and which arm's burden stays unknown though the study tells another's."""
    remarks = [note for side in (treated, base) for note in side.arm.notes if note.kind == _BURDEN]
    notes = [f"confounded by disease burden at the start: {' '.join(note.text.split())}" for note in remarks]
    for side in (treated, base):
        told = [note for arm in side.study.arms for note in arm.notes if note.kind == _BURDEN]
        if told and not any(note.kind == _BURDEN for note in side.arm.notes) and not _names_control(side.arm, [n.text for n in told]):
            notes.append(f"disease burden at the start is not given for {side.called}")
    return notes


def _names_control(arm: Arm, texts: list[str]) -> bool:
    return arm.control and any(term.values("control") for text in texts for term in read(text))


def _differences(treated: _Side, base: _Side) -> list[str]:
    pairs = {
        "compound": (treated.study.compound, base.study.compound),
        "model": (treated.study.model or treated.study.disease, base.study.model or base.study.disease),
        "species": (treated.study.species, base.study.species),
        "activity": (_dose(treated.arm), _dose(base.arm)),
        "interval": (_interval(treated), _interval(base)),
    }
    found = [f"{name}: {one or 'not stated'} against {two or 'not stated'}" for name, (one, two) in pairs.items() if one != two]
    return found or ["separate experiments"]


def _dose(arm: Arm) -> str | None:
    if arm.activity is None:
        return "none" if arm.control else None
    return f"{'about ' if arm.activity.approximate else ''}{arm.activity.value:g} {arm.activity.measure}"


def _interval(side: _Side) -> str | None:
    """The days between the first two doses of the arm or, if it got one, of the study's other arms."""
    for arm in (side.arm, *side.study.arms):
        if len(arm.days) > 1:
            return f"{arm.days[1] - arm.days[0]} day"
    return None
