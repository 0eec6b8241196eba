"""How numbers, units, dates and positions are written for people."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import PurePath

from assistant.language.units import CURRENCIES, money
from assistant.resources import prompt_table

_UNITS = {"percent": "%", "ratio": "×"}
_COUNTED = frozenset(("day", "week", "month", "year", "hour", "minute"))
_PATH_PARTS = 2
_MICRO = {"uCi": "µCi", "uBq": "µBq", "ug": "µg"}


def number(value: float) -> str:
    """``value`` with at most ten significant digits, whole numbers in full: ``52.5``, ``0.71``, ``12,500``."""
    size = abs(value)
    if size < 1e15 and value == int(value):
        return f"{value:,.0f}"
    if 10_000 <= size < 1e15:
        return f"{value:,.1f}"
    return f"{value:.10g}"


def rounded(value: float) -> str:
    """A calculated ``value`` to four significant digits, its whole part in full."""
    return number(float(f"{value:.0f}" if 1000 <= abs(value) < 1e15 else f"{value:.4g}"))


def unit_name(unit: str, value: float = 2) -> str:
    """The unit as people write it: ``µCi``, ``days``, ``%``, ``days/µCi``."""
    head, slash, rest = unit.partition("/")
    head = _UNITS.get(head, _MICRO.get(head, head))
    if head in _COUNTED and abs(value) != 1:
        head += "s"
    return head + slash + _MICRO.get(rest, rest)


def counted(count: int, noun: str) -> str:
    """``1 document``, ``1,200 documents``."""
    return f"{count:,} {noun if count == 1 else noun + 's'}"


def short_path(path: str) -> str:
    """The end of a long path, as much of it as tells people which file it is: ``…/reports/2031.pdf``."""
    parts = PurePath(path).parts
    return path if len(parts) <= _PATH_PARTS + 1 else "/".join(("…", *parts[-_PATH_PARTS:]))


def amount(value: float, unit: str, *, approximate: bool = False) -> str:
    """``52.5 days``, ``≈ 300 µCi``, ``54.8%``."""
    if unit in CURRENCIES:
        return money(value, unit)
    gap = "" if unit in ("percent", "ratio", "") else " "
    return ("≈ " if approximate else "") + number(value) + gap + unit_name(unit, value)


def animals(species: str) -> str:
    """The plural of ``species`` as caveats have it: ``mice``; what is not listed stays as it is."""
    plural: str = prompt_table("caveats.toml")["species"].get(species.casefold(), species)
    return plural


def day_month_year(iso: str | None) -> str:
    """``2017-04-27`` as ``27 April 2017``; what is no full ISO date stays as it is, and none is ``undated``."""
    if not iso:
        return "undated"
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def minute(utc: str) -> str:
    """A time as answers carry it, ISO 8601 in UTC, as ``2017-04-27 15:09`` on the clock of this machine."""
    return datetime.fromisoformat(utc).astimezone().strftime("%Y-%m-%d %H:%M")


_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


def position(start: int, end: int, page: int | None = None, section: str | None = None, columns: str | None = None) -> str:
    """Where a quote stands: ``p. 3, “Results”, characters 1045`` to ``1123``, with a dash; the end is exclusive.

    ``columns`` are the names of the columns that a table's row stands under.
    """
    named = (f"p. {page}" if page is not None else "", f"“{section}”" if section else "")
    return ", ".join(part for part in (*named, f"characters {start}–{end}", f"under “{columns}”" if columns else "") if part)
