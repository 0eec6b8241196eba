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
# How many of which base unit each unit is. Activity is a dimension of its own here, so that becquerel never turns into "per
# second". A month and a year are the mean ones of the Gregorian calendar: 365.2425 days, and a twelfth of them. 1 Ci = 3.7e10 Bq
# exactly (BIPM, SI brochure).
_DEFINITIONS: dict[str, tuple[float, str]] = {
    "Bq": (1.0, "[activity]"),
    "Ci": (3.7e10, "Bq"),
    "day": (1.0, "[time]"),
    "minute": (1 / 1440, "day"),
    "hour": (1 / 24, "day"),
    "week": (7.0, "day"),
    "month": (30.436875, "day"),
    "year": (365.2425, "day"),
    "percent": (0.01, ""),
    "ratio": (1.0, ""),
    "g": (1.0, "[mass]"),
    "kg": (1000.0, "g"),
    "mg": (0.001, "g"),
    "ug": (1e-6, "g"),
    "mm": (1.0, "[length]"),
    "cm": (10.0, "mm"),
    "mm3": (1.0, "mm ** 3"),
    "cm3": (1000.0, "mm ** 3"),
    "mL": (1000.0, "mm ** 3"),
    "m2": (1e6, "mm ** 2"),
    "Gy": (1.0, "[absorbed_dose]"),
    "mGy": (0.001, "Gy"),
    "cGy": (0.01, "Gy"),
    "nM": (1.0, "[concentration]"),
    "mouse": (1.0, "[mouse]"),
    "animal": (1.0, "[animal]"),
    "patient": (1.0, "[patient]"),
}
_DEFINITIONS |= {unit: (_PREFIX[unit[:-2]] * _DEFINITIONS[unit[-2:]][0], "Bq") for unit in ACTIVITY_UNITS - {"Bq", "Ci"}}
# Rates of exchange are nobody's to assume, so that no currency turns into another.
_DEFINITIONS |= {currency: (1.0, f"[{currency}]") for currency in sorted(CURRENCIES)}
_DEFINITIONS["cent"] = (1.0, "[cent]")
CALENDAR_NOTE = "a month is taken as 30.436875 days and a year as 365.2425 days (Gregorian mean)"
_EXAMPLES = "for example uCi, mCi, MBq, GBq, day, week or percent"


@cache
def registry() -> UnitRegistry[float]:
    """The registry of the units of ``language.units``; nothing of pint's own tables is loaded."""
    from pint import UnitRegistry

    units: UnitRegistry[float] = UnitRegistry(None)
    for name, (factor, base) in _DEFINITIONS.items():
        units.define(f"{name} = {base if base.startswith('[') else f'{factor} * ({base})' if base else factor}")
    return units


def scale(unit: str) -> tuple[str, float]:
    """The base unit of what ``unit`` measures, and how many of it one is: ``("day", 7.0)`` for ``week``.

    A share, and a unit that is not known, is a base of its own.
    """
    factor, base = _DEFINITIONS.get(unit, (1.0, ""))
    return (base, factor) if base and not base.startswith("[") else (unit, 1.0)


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
