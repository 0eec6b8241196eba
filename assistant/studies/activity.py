"""Administered activity: totals and intervals of an arm, conversion of units, physical decay of a nuclide."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from assistant.errors import CalculationError
from assistant.language.names import nuclides, plain
from assistant.language.units import is_activity
from assistant.studies.facts import Arm, Study
from assistant.studies.naming import administrations
from assistant.studies.quantities import calendar_notes, checked, convert, known_unit
from assistant.values import Operand, Result, Span, Working

if TYPE_CHECKING:
    from radioactivedecay import Nuclide as DecayingNuclide

# A decay product below this share of decays adds too little activity to be worth a remark.
_NOTABLE_BRANCH = 0.1
_SYMBOL_MASS = re.compile(r"\[?(?:([a-z]{1,2})[\s-]?(\d{1,3}m?)|(\d{1,3}m?)[\s-]?([a-z]{1,2}))\]?", re.IGNORECASE)


def dose_summary(study: Study, arm: Arm) -> Working:
    """What was given to an arm: activity per administration, administrations, total (in the text's unit and MBq), intervals.

    Raises CalculationError where the text states neither activity nor administrations for the arm.
    """
    count = administrations(arm)
    if arm.activity is None and count is None:
        raise CalculationError(f"the text gives neither an activity nor a number of doses for {arm.label!r} of {study.name}")
    formulas: list[str] = []
    operands: list[Operand] = []
    results: list[Result] = []
    for part in (_given(arm, count), _total(arm, count), _intervals(arm)):
        formulas += part.formula.split("; ") if part.formula else []
        operands += part.operands
        results += part.results
    return Working(
        tool="dose_summary",
        formula="; ".join(formulas),
        operands=tuple(dict.fromkeys(operands)),
        results=tuple(results),
        notes=_dose_notes(arm, count),
    )


def convert_activity(value: float, unit: str, to: str) -> Working:
    """``value`` of ``unit`` in the unit ``to``; any spelling of any unit of the documents, times and masses too.

    Raises CalculationError for unknown units, units of different things, and values that are negative or not finite.
    """
    checked(value, "the value")
    source, target = known_unit(unit), known_unit(to)
    return Working(
        tool="convert_activity",
        formula=f"amount in {target} = amount × {convert(1.0, source, target):.10g} {target} per {source}",
        operands=(Operand(name="amount", value=value, unit=source),),
        results=(Result(name=f"amount in {target}", value=convert(value, source, target), unit=target),),
        notes=calendar_notes(source, target),
    )


def half_life(nuclide: str) -> Working:
    """The physical half-life in days, and in hours or years where those are more readable, from ICRP Publication 107.

    Raises CalculationError for what is no radionuclide.
    """
    decaying = _radionuclide(nuclide)
    operand = _half_life_of(decaying)
    results = [Result(name="half-life", value=operand.value, unit="day")]
    if operand.value < 2:
        results.append(Result(name="half-life", value=convert(operand.value, "day", "hour"), unit="hour"))
    if operand.value > 1000:
        results.append(Result(name="half-life", value=convert(operand.value, "day", "year"), unit="year"))
    return Working(
        tool="half_life",
        formula=f"half-life = {operand.name}",
        operands=(operand,),
        results=tuple(results),
        notes=("physical half-life only, no biological clearance",),
    )


def decay(nuclide: str, activity: float, unit: str, elapsed_days: float) -> Working:
    """What is left of ``activity`` after ``elapsed_days``: remaining activity, percent, and half-lives elapsed.

    Raises CalculationError for what is no radionuclide or no unit of activity, and for impossible amounts.
    """
    checked(activity, "the activity")
    checked(elapsed_days, "the elapsed time in days")
    given = known_unit(unit)
    if not is_activity(given):
        raise CalculationError(f"{given} is no unit of activity; use one such as uCi, mCi, MBq or GBq")
    decaying = _radionuclide(nuclide)
    period = _half_life_of(decaying)
    passed = elapsed_days / period.value
    left = 0.5**passed
    return Working(
        tool="decay",
        formula=f"remaining activity = activity × 2^(−elapsed / {period.name}); remaining = remaining activity / activity × 100; "
        f"half-lives elapsed = elapsed / {period.name}",
        operands=(
            Operand(name="activity", value=activity, unit=given),
            Operand(name="elapsed", value=elapsed_days, unit="day"),
            period,
        ),
        results=(
            Result(name="remaining activity", value=activity * left, unit=given),
            Result(name="remaining", value=100 * left, unit="percent"),
            Result(name="half-lives elapsed", value=passed, unit="ratio"),
            Result(name="half-life", value=period.value, unit="day"),
        ),
        notes=("physical decay only, no biological clearance", *_daughter_notes(decaying)),
    )


def field_span(arm: Arm, field: str) -> Span | None:
    """Where a field of an arm was read: its own span, else that of the label ("two doses" says how many)."""
    return arm.spans.get(field) or arm.spans.get("label")


def activity_operand(arm: Arm) -> Operand:
    """The activity of one administration, with its span. The arm must have one."""
    assert arm.activity is not None
    name = f"activity({arm.label})"
    return Operand(name=name, value=arm.activity.value, unit=arm.activity.measure, span=field_span(arm, "activity"))


def counted(arm: Arm, count: int) -> tuple[str, tuple[Operand, ...]]:
    """What formulas call the number of administrations, and what it was read from: the stated number, else the listed days."""
    if arm.doses is None and arm.days:
        return f"number of days({arm.label})", _day_operands(arm)
    operand = Operand(name=f"administrations({arm.label})", value=count, unit="", span=field_span(arm, "doses"))
    return operand.name, (operand,)


def _day_operands(arm: Arm) -> tuple[Operand, ...]:
    span = arm.spans.get("days")
    return tuple(
        Operand(name=f"day of dose {number}({arm.label})", value=day, unit="day", span=span) for number, day in enumerate(arm.days, 1)
    )


def _part(formula: str, operands: list[Operand], results: list[Result]) -> Working:
    return Working(tool="dose_summary", formula=formula, operands=tuple(operands), results=tuple(results))


def _given(arm: Arm, count: int | None) -> Working:
    formulas, operands, results = [], [], []
    if arm.activity is not None:
        operand = activity_operand(arm)
        operands.append(operand)
        results.append(Result(name="activity per administration", value=operand.value, unit=operand.unit))
        formulas.append(f"activity per administration = {operand.name}")
    if count is not None:
        called, numbers = counted(arm, count)
        operands += numbers
        results.append(Result(name="administrations", value=count, unit=""))
        formulas.append(f"number of doses = {called}")
    return _part("; ".join(formulas), operands, results)


def _total(arm: Arm, count: int | None) -> Working:
    if arm.activity is None or count is None:
        return _part("", [], [])
    unit = arm.activity.measure
    total = arm.activity.value * count
    in_mbq = f"MBq/{arm.activity.per}" if arm.activity.per else "MBq"
    results = [Result(name="total activity", value=total, unit=unit)]
    if unit != in_mbq:
        results.append(Result(name="total activity", value=convert(total, arm.activity.unit, "MBq"), unit=in_mbq))
    return _part(f"total activity = activity({arm.label}) × {counted(arm, count)[0]}", [], results)


def _intervals(arm: Arm) -> Working:
    if len(arm.days) < 2:
        return _part("", [], [])
    operands = list(_day_operands(arm))
    gaps = [later - earlier for earlier, later in pairwise(arm.days)]
    same = len(set(gaps)) == 1
    formulas, results = [], []
    for number, gap in enumerate(gaps[:1] if same else gaps, 1):
        name = "interval" if same else f"interval {number}"
        formulas.append(f"{name} = {operands[number].name} − {operands[number - 1].name}")
        results += [Result(name=name, value=gap, unit="day"), Result(name=name, value=gap / 7, unit="week")]
    return _part("; ".join(formulas), operands, results)


def _dose_notes(arm: Arm, count: int | None) -> tuple[str, ...]:
    notes = []
    if arm.activity is None:
        notes.append("the text states no activity for this arm")
    elif arm.activity.approximate:
        notes.append("the activity is approximate in the text, so the total is too")
    if count is None:
        notes.append("the text does not say how many doses this arm got, so no total is given")
    elif arm.activity is not None and count > 1:
        notes.append("total derived: activity per administration × administrations")
    if count is not None and not arm.days:
        notes.append("the text does not say on which days this arm was dosed")
    if arm.doses is not None and arm.days and len(arm.days) != arm.doses:
        notes.append(f"the text states {arm.doses} doses but {len(arm.days)} days")
    return tuple(notes)


def _radionuclide(name: str) -> DecayingNuclide:
    # The package has no lighter entry than its whole self (1.5 to 3 s): any submodule imports matplotlib, pandas and sympy.
    import radioactivedecay

    spelled = _spelling(name)
    try:
        decaying = radioactivedecay.Nuclide(spelled)
    except ValueError:  # what the package raises for unknown elements, masses and nuclides, under two class names
        raise CalculationError(f"{spelled} is not among the radionuclides of ICRP-107; check the mass number") from None
    if decaying.half_life("d") == float("inf"):
        raise CalculationError(f"{spelled} is stable, so it does not decay; give a radionuclide such as Y-90")
    return decaying


def _spelling(name: str) -> str:
    shown = " ".join(name.split())[:40]
    mentioned = {mention.name for mention in nuclides(name)}
    if len(mentioned) == 1:
        return mentioned.pop()
    match = _SYMBOL_MASS.fullmatch(plain(name).strip())
    if mentioned or not match:
        raise CalculationError(f"{shown!r} is not one nuclide; name it by element and mass number, for example Y-90 or lutetium-177")
    symbol, mass = match[1] or match[4], match[2] or match[3]
    return f"{symbol.capitalize()}-{mass.lower()}"


def _half_life_of(decaying: DecayingNuclide) -> Operand:
    import radioactivedecay

    source = f"radioactivedecay {radioactivedecay.__version__}, decay data of ICRP-107 ({radioactivedecay.DEFAULTDATA.dataset_name})"
    name = f"half-life({decaying.nuclide})"
    return Operand(name=name, value=float(decaying.half_life("d")), unit="day", source=source)


def _daughter_notes(decaying: DecayingNuclide) -> tuple[str, ...]:
    import radioactivedecay

    products = []
    for product, share in zip(decaying.progeny(), decaying.branching_fractions(), strict=True):
        if share >= _NOTABLE_BRANCH and product != "SF" and radioactivedecay.Nuclide(product).half_life("d") != float("inf"):
            products.append(product)
    return (f"the activity of radioactive decay products ({', '.join(products)}) is not counted",) if products else ()
