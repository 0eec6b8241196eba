"""Unit-aware arithmetic: the value of an expression, with every number typed as an operand."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from assistant.errors import CalculationError
from assistant.studies.expression import DATE, Binary, Call, Expression, Group, Negative, Node, Number, Unit, numbers, parse, shown
from assistant.studies.quantities import LIMIT, calendar_notes, registry
from assistant.values import Operand, Result, Working

if TYPE_CHECKING:
    from pint.facets.plain import PlainQuantity

    Amount = PlainQuantity[float]

_LARGEST_EXPONENT = 64
_LARGEST_UNIT_POWER = 3
_MOST_DIGITS = 12
DATES_NOTE = "a time between two dates leaves the first day out; where both days are counted it is one day longer"


def calculate(expression: str) -> Working:
    """The value of an expression such as ``2 * 40 uCi in MBq`` or ``(90 - 60) / 60 in percent``.

    Knows ``+ - * / ^``, parentheses, percent, the units of ``language.units``, ``in``/``to`` a unit, and the functions abs, exp,
    ln, log10, max, mean, min, round, sqrt, sum. The result's unit is ASCII: ``day``, ``day/uCi``, ``ratio`` for a quotient of
    like units or of two plain numbers, empty for other plain numbers. Of dates, ``2024-09-26 - 2024-01-08``, only differences are
    known; such an operand has the unit ``date`` and as value the ordinal of its day, 1 for 0001-01-01. Operands carry neither span nor
    source. Raises CalculationError for all else.
    """
    parsed = parse(expression)
    value, unit = _valued(parsed)
    typed = tuple(dict.fromkeys(numbers(parsed.body)))
    target = f" in {parsed.target}" if parsed.target else ""
    return Working(
        tool="calculate",
        formula=f"result = {shown(parsed.body)}{target}",
        operands=tuple(Operand(name=number.text, value=number.value, unit=number.unit) for number in typed),
        results=(Result(name="result", value=value, unit=unit),),
        notes=(
            *([DATES_NOTE] if any(number.unit == DATE for number in typed) else []),
            *calendar_notes(*(number.unit for number in typed if number.unit), *([unit] if unit else [])),
        ),
    )


def _valued(parsed: Expression) -> tuple[float, str]:
    from pint.errors import DimensionalityError

    try:
        value = _value(parsed.body)
        if parsed.target:
            return _finite(float(value.to(parsed.target).magnitude)), parsed.target
        return _in_own_unit(value, is_ratio=_has_units(parsed.body) or _is_quotient(parsed.body))
    except DimensionalityError as error:
        one, two = (
            str(part) if str(part) not in ("", "dimensionless", "ratio") else "a plain number" for part in (error.units1, error.units2)
        )
        raise CalculationError(f"{one} and {two} measure different things and cannot be added, compared or converted") from None
    except (OverflowError, ZeroDivisionError):
        raise CalculationError("the expression divides by zero or overflows") from None


def _value(node: Node) -> Amount:
    match node:
        case Number(unit=unit) | Unit(name=unit):
            return _quantity(node.value if isinstance(node, Number) else 1.0, unit)
        case Negative(operand=operand):
            return _negated(_value(operand))
        case Group(inner=inner, unit=unit):
            return _SIGNS["*"](_value(inner), _quantity(1.0, unit)) if unit else _value(inner)
        case Call(name=name, arguments=arguments):
            return _bounded(_called(name, [_value(argument) for argument in arguments]))
        case Binary(sign="-", left=Number(unit="date") as later, right=Number(unit="date") as earlier):
            return _quantity(later.value - earlier.value, "day")
        case Binary(sign=sign, left=left, right=right):
            return _bounded(_SIGNS[sign](_value(left), _value(right)))


def _quantity(value: float, unit: str) -> Amount:
    if unit == DATE:
        day = date.fromordinal(int(value))
        raise CalculationError(f"from {day} only another date can be taken, as in 2024-09-26 - 2024-01-08")
    return registry().Quantity(value, "" if unit == "ratio" else unit)


def _add(one: Amount, two: Amount) -> Amount:
    """Refuses ``100 + 10 %``, which people mean in two ways."""
    if _is_percent(one) != _is_percent(two):
        raise CalculationError("a percentage is added to something else; write '10 percent of …' for the part that is meant")
    total: Amount = one + two
    return total


def _negated(amount: Amount) -> Amount:
    negative: Amount = -amount
    return negative


def _power(base: Amount, exponent: Amount) -> Amount:
    power = _number(exponent, "an exponent")
    if abs(power) > _LARGEST_EXPONENT:
        raise CalculationError(f"an exponent must lie between -{_LARGEST_EXPONENT} and {_LARGEST_EXPONENT}")
    if base.dimensionless:
        return _quantity(_real(_number(base, "the base") ** power), "")
    if power != int(power) or abs(power) > _LARGEST_UNIT_POWER:
        raise CalculationError(f"a quantity with a unit can be raised to whole powers up to {_LARGEST_UNIT_POWER} only")
    raised: Amount = base ** int(power)
    return raised


_SIGNS: Mapping[str, Callable[[Amount, Amount], Amount]] = {
    "+": _add,
    "-": lambda one, two: _add(one, _negated(two)),
    "*": lambda one, two: _part(one) * _part(two),
    "/": lambda one, two: _part(one) / _part(two),
    "^": _power,
}


def _called(name: str, arguments: Sequence[Amount]) -> Amount:
    if name in _OF_NUMBER and len(arguments) == 1:
        argument = _number(arguments[0], f"the argument of {name}")
        if argument < 0 or (argument == 0 and name != "sqrt"):
            argument = _in_domain(name, argument)
        return _quantity(_OF_NUMBER[name](argument), "")
    if name in _OF_AMOUNTS:
        return _OF_AMOUNTS[name](arguments)
    if name == "abs" and len(arguments) == 1:
        return abs(arguments[0])
    if name == "round" and len(arguments) <= 2:
        digits = _number(arguments[1], "the number of digits") if len(arguments) == 2 else 0
        if digits != int(digits) or not 0 <= digits <= _MOST_DIGITS:
            raise CalculationError(f"round takes a whole number of digits from 0 to {_MOST_DIGITS}")
        return registry().Quantity(round(float(arguments[0].magnitude), int(digits)), arguments[0].units)
    known = sorted({*_OF_NUMBER, *_OF_AMOUNTS, "abs", "round"})
    if name in known:
        raise CalculationError(f"{name} does not take {len(arguments)} arguments")
    raise CalculationError(f"{name[:40]!r} is no function known here; known are {', '.join(known)}")


def _in_domain(name: str, argument: float) -> float:
    if name == "exp":
        return argument
    raise CalculationError(f"{name} of {argument:g} is not a real number")


def _added(arguments: Sequence[Amount]) -> Amount:
    total = arguments[0]
    for argument in arguments[1:]:
        total = _add(total, argument)
    return total


_OF_NUMBER: Mapping[str, Callable[[float], float]] = {"exp": math.exp, "ln": math.log, "log10": math.log10, "sqrt": math.sqrt}
_OF_AMOUNTS: Mapping[str, Callable[[Sequence[Amount]], Amount]] = {
    "max": max,
    "min": min,
    "sum": _added,
    "mean": lambda arguments: _added(arguments) / len(arguments),
}


def _number(amount: Amount, called: str) -> float:
    if not amount.dimensionless:
        raise CalculationError(f"{called} must be a plain number, without a unit")
    return float(amount.to("").magnitude)


def _real(value: float | complex) -> float:
    if isinstance(value, complex):
        raise CalculationError("a negative number has no such power")
    return value


def _is_percent(amount: Amount) -> bool:
    return dict(amount.unit_items()) == {"percent": 1}


def _part(amount: Amount) -> Amount:
    """A percentage as the part that it is: 50 percent of 8 are 4, not 400 percent."""
    return amount.to("") if _is_percent(amount) else amount


def _bounded(amount: Amount) -> Amount:
    _finite(float(amount.magnitude))
    return amount


def _finite(value: float) -> float:
    if not math.isfinite(value) or abs(value) > LIMIT**2:
        raise CalculationError("the result is beyond anything that can be measured; check the numbers")
    return value


def _has_units(node: Node) -> bool:
    match node:
        case Number(unit=unit) | Unit(name=unit):
            return unit not in ("", "percent")
        case Negative(operand=inner):
            return _has_units(inner)
        case Group(inner=inner, unit=unit):
            return bool(unit) or _has_units(inner)
        case Binary(sign=sign, left=left, right=right):
            return _has_units(left) or (sign != "^" and _has_units(right))
        case Call(arguments=arguments):
            return any(map(_has_units, arguments))


def _is_quotient(node: Node) -> bool:
    return _is_quotient(node.inner) if isinstance(node, Group) else isinstance(node, Binary) and node.sign == "/"


def _in_own_unit(value: Amount, *, is_ratio: bool) -> tuple[float, str]:
    """The value and its unit's ASCII name: ``day/uCi``, ``mm^2``, ``ratio``; empty for a plain number."""
    if _is_percent(value):
        return _finite(float(value.magnitude)), "percent"
    if value.dimensionless:
        return _finite(float(value.to("").magnitude)), "ratio" if is_ratio else ""
    reduced = value.to_reduced_units()
    powers = {name: float(str(power)) for name, power in reduced.unit_items()}
    above, below = (
        "*".join(name if abs(power) == 1 else f"{name}^{abs(power):g}" for name, power in powers.items() if (power > 0) == wanted)
        for wanted in (True, False)
    )
    divided = f"/({below})" if "*" in below else f"/{below}" if below else ""
    return _finite(float(reduced.magnitude)), f"{above or '1'}{divided}"
