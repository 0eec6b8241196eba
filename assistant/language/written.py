"""How numbers and amounts are written for people, in tables and charts: ``12,345.67``, ``≈ 300 µCi``, ``54.8%``."""

from __future__ import annotations

from assistant.language.units import CURRENCIES, TIME_UNITS

_UNITS = {"percent": "%", "ratio": "×"}
_MICRO = {"uCi": "µCi", "uBq": "µBq", "ug": "µg"}
# Up to here a whole number is written in full.
_LONGEST = 1e15


def number(value: float) -> str:
    """``value`` with at most ten significant digits, whole numbers in full: ``52.5``, ``0.71``, ``12,345.67``."""
    return f"{value:,.0f}" if abs(value) < _LONGEST and value == int(value) else f"{value:,.10g}"


def rounded(value: float) -> str:
    """A calculated ``value`` to four significant digits, its whole part in full."""
    return number(float(f"{value:.0f}" if 1000 <= abs(value) < _LONGEST else f"{value:.4g}"))


def unit_name(unit: str, value: float = 2) -> str:
    """The unit as people write it: ``µCi``, ``days``, ``%``, ``days/µCi``."""
    head, slash, rest = unit.partition("/")
    head = _UNITS.get(head, _MICRO.get(head, head))
    if head in TIME_UNITS and abs(value) != 1:
        head += "s"
    return head + slash + _MICRO.get(rest, rest)


def amount(value: float, unit: str, *, approximate: bool = False) -> str:
    """``52.5 days``, ``≈ 300 µCi``, ``54.8%``."""
    if unit in CURRENCIES:
        return money(value, unit)
    gap = "" if unit in ("percent", "ratio", "") else " "
    return ("≈ " if approximate else "") + number(value) + gap + unit_name(unit, value)


def money(value: float, currency: str) -> str:
    """A sum as releases write it: ``USD 11.6 million``, ``NOK 500``."""
    for scale, word in ((1e9, " billion"), (1e6, " million")):
        if abs(value) >= scale:
            return f"{currency} {value / scale:,.10g}{word}"
    return f"{currency} {value:,.10g}"
