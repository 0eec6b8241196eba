"""Calculation → its results, computed again from the inputs that it shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from assistant.errors import AssistantError, CalculationError
from assistant.studies.activity import convert_activity, decay, half_life
from assistant.studies.calculate import calculate
from assistant.studies.quantities import convert
from assistant.values import Calculation, CalculationInput, Result

Results = dict[tuple[str, str], float]


def recomputed(calculation: Calculation) -> Results:
    """Name and unit of each result → its value by the inputs.

    Raises CalculationError where the inputs do not give results, LookupError for a tool that is not known.
    """
    compute = _BY_TOOL[calculation.tool]
    try:
        return compute(calculation)
    except (AssistantError, LookupError, ArithmeticError, ValueError) as error:
        raise CalculationError(f"{calculation.id} cannot be computed again from its inputs") from error


def _benefit(calculation: Calculation) -> Results:
    treated, base = calculation.inputs[:2]
    unit = treated.unit if treated.unit == base.unit else "day"
    longer, shorter = convert(treated.value, treated.unit, unit), convert(base.value, base.unit, unit)
    gain = longer - shorter
    results = {("gain", unit): gain, ("ratio", "ratio"): longer / shorter, ("increase", "percent"): 100 * gain / shorter}
    given = calculation.inputs[2:]
    if given:
        per = given[0].unit
        added = _total(given, _arm(treated.name), per) - _total(given, _arm(base.name), per)
        results["added activity", per] = added
        results["gain per added activity", f"{unit}/({per})" if "/" in per else f"{unit}/{per}"] = gain / added
    return results


def _arm(name: str) -> str:
    """``two doses`` of an input's name ``mean survival(two doses)``."""
    return name.partition("(")[2].removesuffix(")")


def _total(inputs: Sequence[CalculationInput], arm: str, unit: str) -> float:
    """What an arm got in all, in ``unit``; nothing where no activity of it was taken in, as with a control."""
    own = {entry.name.removesuffix(f"({arm})"): entry for entry in inputs if entry.name.endswith(f"({arm})")}
    if "activity" not in own:
        return 0.0
    one = own["activity"]
    return convert(one.value, one.unit.partition("/")[0], unit.partition("/")[0]) * _count(own)


def _count(own: Mapping[str, CalculationInput]) -> float:
    """The number of administrations: as it was taken in, else of the days on which doses were given."""
    return own["administrations"].value if "administrations" in own else len(_days(own))


def _days(own: Mapping[str, CalculationInput]) -> list[float]:
    return [entry.value for name, entry in own.items() if name.startswith("day of dose ")]


def _doses(calculation: Calculation) -> Results:
    own = {entry.name.partition("(")[0]: entry for entry in calculation.inputs}
    results: Results = {}
    days = _days(own)
    if "administrations" in own or days:
        results["administrations", ""] = _count(own)
    if one := own.get("activity"):
        results["activity per administration", one.unit] = one.value
        if ("administrations", "") in results:
            total = one.value * results["administrations", ""]
            results["total activity", one.unit] = total
            unit, _, per = one.unit.partition("/")
            results["total activity", f"MBq/{per}" if per else "MBq"] = convert(total, unit, "MBq")
    gaps = [later - earlier for earlier, later in pairwise(days)]
    for number, gap in enumerate(gaps[:1] if len(set(gaps)) == 1 else gaps, 1):
        name = "interval" if len(set(gaps)) == 1 else f"interval {number}"
        results |= {(name, "day"): gap, (name, "week"): gap / 7}
    return results


def _decay(calculation: Calculation) -> Results:
    values = {entry.name.partition("(")[0]: entry for entry in calculation.inputs}
    activity, period = values["activity"], values["half-life"]
    return _by_name(decay(_arm(period.name), activity.value, activity.unit, values["elapsed"].value).results)


def _half_life(calculation: Calculation) -> Results:
    return _by_name(half_life(_arm(calculation.inputs[0].name)).results)


def _conversion(calculation: Calculation) -> Results:
    amount = calculation.inputs[0]
    again = [convert_activity(amount.value, amount.unit, result.unit).results[0] for result in calculation.results]
    return _by_name(again)


def _expression(calculation: Calculation) -> Results:
    """The formula's own figures must be the inputs; they are what has a source."""
    again = calculate(calculation.formula.removeprefix("result = "))
    if Counter((o.value, o.unit) for o in again.operands) != Counter((entry.value, entry.unit) for entry in calculation.inputs):
        raise CalculationError("its formula has other figures than its inputs")
    return _by_name(again.results)


def _by_name(results: Sequence[Result]) -> Results:
    return {(result.name, result.unit): result.value for result in results}


_BY_TOOL: Mapping[str, Callable[[Calculation], Results]] = {
    "survival_benefit": _benefit,
    "dose_summary": _doses,
    "decay": _decay,
    "half_life": _half_life,
    "convert_activity": _conversion,
    "calculate": _expression,
}
