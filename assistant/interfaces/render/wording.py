"""How counts, dates, paths and positions are written for people."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import PurePath

from assistant.resources import prompt_table

_PATH_PARTS = 2


def counted(count: int, noun: str) -> str:
    """``1 document``, ``1,200 documents``."""
    return f"{count:,} {noun if count == 1 else noun + 's'}"


def short_path(path: str) -> str:
    """The end of a long path, as much of it as tells people which file it is: ``…/reports/2031.pdf``."""
    parts = PurePath(path).parts
    return path if len(parts) <= _PATH_PARTS + 1 else "/".join(("…", *parts[-_PATH_PARTS:]))


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
