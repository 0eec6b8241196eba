"""Dates in a text, those without a year among them: "9 January to 22 February 2023" are two of 2023."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from assistant.language.figures import MONTH, MONTHS, figures
from assistant.language.kept import kept_for_passages

# A month and its day take up so much of a number: 316 is the sixteenth of March.
MONTH_STEP = 100
_WITHOUT_YEAR = re.compile(
    rf"\b(?:(?P<m1>{MONTH})\.?\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\b(?![.,:]?\d|,?\s+\d{{4}}\b)"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m2>{MONTH})\b(?!\.?,?\s+\d{{4}}\b))",
    re.IGNORECASE,
)
# The first days of "8–10 June" and of "12 and 14 March".
_FIRST_DAY = re.compile(
    rf"(?<![\w.,-])(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?=\s?(?:–|-|—|to|and|until|through)\s?\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{MONTH})\b)",
    re.IGNORECASE,
)
# What may stand between two dates of which the second has the year of both.
_JOINED = re.compile(r"\s?(?:–|-|—|,|to|and|or|until|till|through|,\s?and)\s?", re.IGNORECASE)
_PERIOD = re.compile(r"\s?(?:–|-|—|to|until|till|through)\s?", re.IGNORECASE)
_LEAP_YEAR = 2000


@dataclass(frozen=True, slots=True)
class Dated:
    """A date at ``start``:``end`` of a text: ``day`` and ``month``, and the ``year`` that the text gives it, None where it gives none."""

    start: int
    end: int
    day: int
    month: int
    year: int | None
    text: str

    def within(self, year: int) -> date | None:
        """The date, in ``year`` where it has none; None where that year has no such day."""
        try:
            return date(self.year or year, self.month, self.day)
        except ValueError:
            return None


@kept_for_passages
def dates(text: str) -> tuple[Dated, ...]:
    """The dates of ``text`` in their order. One without a year has that of the date it is joined to, else of the one before it."""
    known = [_of_ordinal(f.start, f.end, int(f.value), f.text) for f in figures(text) if f.kind == "date"]
    found = sorted([*known, *_without_year(text)], key=lambda each: each.start)
    for place in reversed(range(len(found) - 1)):
        here, behind = found[place], found[place + 1]
        if here.year is None and behind.year is not None and are_joined(text, here.end, behind.start):
            found[place] = _in_year(here, behind.year - ((here.month, here.day) > (behind.month, behind.day)))
    for place in range(1, len(found)):
        before, here = found[place - 1], found[place]
        if here.year is None and before.year is not None:
            found[place] = _in_year(here, before.year + ((here.month, here.day) < (before.month, before.day)))
    return tuple(found)


def are_joined(text: str, end: int, start: int) -> bool:
    """Whether two dates, of which one ends at ``end`` and the next begins at ``start``, are told as a period or as two of a kind."""
    return _JOINED.fullmatch(text, end, start) is not None


def is_period(text: str, end: int, start: int) -> bool:
    """Whether two dates are told as a period, "from 3 to 9 May"."""
    return _PERIOD.fullmatch(text, end, start) is not None


def names(text: str, day: date) -> bool:
    """Whether ``text`` names the day, in its year or without one."""
    return any(each.within(day.year) == day for each in dates(text))


def dated_in(text: str, day: date) -> bool:
    """Whether ``text`` names the day, in its year or joined to a date of that year."""
    return any(each.year and each.within(each.year) == day for each in dates(text))


def day_of_month(day: date) -> int:
    """Month and day in one number."""
    return MONTH_STEP * day.month + day.day


def _of_ordinal(start: int, end: int, ordinal: int, text: str) -> Dated:
    day = date.fromordinal(ordinal)
    return Dated(start, end, day.day, day.month, day.year, text)


def _without_year(text: str) -> list[Dated]:
    written = [(m, int(m["d1"] or m["d2"]), m["m1"] or m["m2"]) for m in _WITHOUT_YEAR.finditer(text)]
    written += [(m, int(m["day"]), m["month"]) for m in _FIRST_DAY.finditer(text)]
    each = (Dated(m.start(), m.end(), day, MONTHS[month.lower()], None, m.group()) for m, day, month in written)
    return [dated for dated in each if dated.within(_LEAP_YEAR)]


def _in_year(dated: Dated, year: int) -> Dated:
    return Dated(dated.start, dated.end, dated.day, dated.month, year, dated.text)
