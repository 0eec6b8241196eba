"""Quantities with units: one small pint registry over the units that documents use, and conversion within a dimension."""

from __future__ import annotations

import math
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from assistant.errors import CalculationError
from assistant.language.units import ACTIVITY_UNITS, CURRENCIES, canonical_unit

if TYPE_CHECKING:
    from pint import UnitRegistry

# Beyond this no dose, time or size of a document lies; it also keeps every product of two inputs finite.
LIMIT = 1e15

_PREFIX = {"n": 1e-9, "u": 1e-6, "m": 1e-3, "": 1.0, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12}
# Activity is a dimension of its own here, so that becquerel never turns into "per second". A month and a year are the mean
# ones of the Gregorian calendar: 365.2425 days, and a twelfth of them. 1 Ci = 3.7e10 Bq exactly (BIPM, SI brochure).
_DEFINITIONS = {
    "Bq": "[activity]",
    "Ci": "3.7e10 * Bq",
    "day": "[time]",
    "minute": "day / 1440",
    "hour": "day / 24",
    "week": "7 * day",
    "month": "30.436875 * day",
    "year": "365.2425 * day",
    "percent": "0.01",
    "ratio": "1",
    "g": "[mass]",
    "kg": "1000 * g",
    "mg": "0.001 * g",
    "ug": "1e-6 * g",
    "mm": "[length]",
    "cm": "10 * mm",
    "mm3": "mm ** 3",
    "cm3": "1000 * mm ** 3",
    "mL": "1000 * mm ** 3",
    "m2": "1e6 * mm ** 2",
    "Gy": "[absorbed_dose]",
    "mGy": "0.001 * Gy",
    "cGy": "0.01 * Gy",
    "nM": "[concentration]",
    "mouse": "[mouse]",
    "animal": "[animal]",
    "patient": "[patient]",
}
CALENDAR_NOTE = "a month is taken as 30.436875 days and a year as 365.2425 days (Gregorian mean)"
_EXAMPLES = "for example uCi, mCi, MBq, GBq, day, week or percent"


@cache
def registry() -> UnitRegistry[float]:
    """The registry of the units of ``language.units``; nothing of pint's own tables is loaded."""
    from pint import UnitRegistry

    units: UnitRegistry[float] = UnitRegistry(None)
    for name, definition in _DEFINITIONS.items():
        units.define(f"{name} = {definition}")
    for name in sorted(CURRENCIES):  # rates of exchange are nobody's to assume, so that none turns into another
        units.define(f"{name} = [{name}]")
    for name in sorted(ACTIVITY_UNITS - {"Bq", "Ci"}):
        units.define(f"{name} = {_PREFIX[name[:-2]]} * {name[-2:]}")
    return units


def known_unit(spelling: str) -> str:
    """The ASCII name of a unit, ``uCi`` for ``µCi``. Raises CalculationError for what is no known unit."""
    if unit := canonical_unit(spelling):
        return unit
    if spelling.strip().casefold() in ("ratio", "percentage"):
        return {"ratio": "ratio", "percentage": "percent"}[spelling.strip().casefold()]
    raise CalculationError(f"{spelling[:40]!r} is no unit known here; use one such as {_EXAMPLES[12:]}")


def convert(value: float, unit: str, to: str) -> float:
    """``value`` in ``to``, both units in their ASCII names. Raises CalculationError where they measure different things."""
    return value if unit == to else _converted(value, unit, to)


@lru_cache(maxsize=4096)  # figures of one passage are compared again with every question
def _converted(value: float, unit: str, to: str) -> float:
    from pint.errors import DimensionalityError, UndefinedUnitError

    units = registry()
    try:
        return float(units.Quantity(value, unit or "ratio").to(to or "ratio").magnitude)
    except DimensionalityError:
        raise CalculationError(f"{unit or 'a plain number'} cannot be converted to {to or 'a plain number'}") from None
    except UndefinedUnitError as error:
        raise CalculationError(f"{error.unit_names} is no unit of activity, mass or time") from None


def checked(value: float, name: str) -> float:
    """``value`` if it is a finite amount from 0 to LIMIT, else CalculationError; ``name`` says which one is meant."""
    if not math.isfinite(value):
        raise CalculationError(f"{name} must be a finite number, not {value}")
    if value < 0:
        raise CalculationError(f"{name} must not be negative, and is {value:g}")
    if value > LIMIT:
        raise CalculationError(f"{name} of {value:g} is beyond anything administered or measured; check the number")
    return value


def calendar_notes(*units: str) -> tuple[str, ...]:
    """The note that a conversion owes when it passes from or to months or years, whose lengths vary."""
    named = [unit for unit in units if unit.partition("/")[0] in ("month", "year")]
    return (CALENDAR_NOTE,) if named and len(set(units)) > 1 else ()
