"""Quarters, halves and years that a text names, and which two of them a question sets side by side: "than a year ago"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assistant.language.abbreviations import written_out
from assistant.language.figures import MONTH, MONTHS
from assistant.language.numerals import ORDINALS

_OF_YEAR = {"quarter": 4, "half": 2}
# "Third quarter of fiscal 2025", "the second half", "three months ended 30 June 2025", "nine months to September 2025", "FY 2024".
_PERIOD = re.compile(
    r"\b(?P<which>first|second|third|fourth|1st|2nd|3rd|4th)[ -](?P<part>quarter|half)\b(?:[ ,]+(?:of )?(?:the )?(?:fiscal |financial )?"
    r"(?:year )?(?P<of>(?:19|20)\d\d)\b)?"
    r"|\b(?P<months>three|six|nine|twelve|3|6|9|12)(?:[ -]months?|M)\b(?: (?:period )?(?:ended|ending|to))?"
    r"(?:[ ,]+(?:\d{1,2}\s+)?(?P<month>[A-Z][a-z]+)(?:\s+\d{1,2})?,?)?[ ,]+(?P<to>(?:19|20)\d\d)\b"
    r"|\bfirst (?P<first>six|6|three|3) months(?: of| in)?(?:[ ,]+(?:the )?(?:fiscal |financial )?(?:year )?(?P<in>(?:19|20)\d\d))?\b"
    r"|(?<![\d.,/-])(?:FY ?'?)?(?P<year>(?:19|20)\d\d)(?![\d,]|\.\d)",
    re.IGNORECASE,
)
_MONTHS = {"three": 3, "six": 6, "nine": 9, "twelve": 12}
# The reference is the same part of the year before, or the part right before.
_YEAR_BEFORE = re.compile(
    r"\b(?:(?:a|one) year (?:ago|earlier|before|prior)|(?:last|(?:the )?(?:prior|previous|preceding)) (?:(?:fiscal|financial) )?year"
    r"|(?:the )?year (?:before|earlier)|year[- ](?:on|over)[- ]year|y[/-]?o[/-]?y"
    r"|(?:same|corresponding|comparable|equivalent) (?:quarter|half|period)(?: (?:of|in))?(?: a| the| last| previous| prior)? year"
    r"(?: (?:ago|before|earlier))?)\b",
    re.IGNORECASE,
)
_PART_BEFORE = re.compile(
    r"\b(?:(?:last|prior|previous|preceding) (?:quarter|half|period)|(?:the |a |one )?(?:quarter|half|period) (?:before|earlier|ago|prior)"
    r"|(?:quarter|half)[- ](?:on|over)[- ](?:quarter|half)|q[/-]?o[/-]?q|sequential(?:ly)?)\b",
    re.IGNORECASE,
)
_OPENS = re.compile(r"\W*(?:(?:in|during|for|at)\s+)?(?:the\s+)?", re.IGNORECASE)
# "Up on Q2" compares with it, "in Q2" does not.
_AGAINST = re.compile(
    r"\b(?:than|against|since|versus|vs\.?|from|on|over|compared (?:with|to)|relative to)\s+(?:in\s+|the\s+|that of\s+)*$", re.IGNORECASE
)
# The month, or day of one, that a year stands behind.
_MONTH_BEFORE = re.compile(rf"\b(?P<month>{MONTH})\.?(?:\s+\d{{1,2}}(?:st|nd|rd|th)?)?,?\s*$", re.IGNORECASE)


class Period(NamedTuple):
    """``part`` of ``parts`` in a year: (2025, 3, 4) is its third quarter, (2025, 1, 1) the whole; ``year`` is 0 where none is named."""

    year: int
    part: int
    parts: int

    @property
    def before(self) -> Period:
        """The part right before, the last one of the year before for the first."""
        return self._replace(part=self.part - 1) if self.part > 1 else self._replace(year=self.year - 1, part=self.parts)

    def is_meant_by(self, named: Period) -> bool:
        """Whether ``named``, which may leave its year or its part out, names this period."""
        return named == self or named == self._replace(year=0) or (named.parts == 1 and named.year == self.year)


def periods(text: str) -> tuple[Period, ...]:
    """The periods that ``text`` names, in its order; a day is told as its month."""
    return tuple(period for period, _ in _named(written_out(text)))


def _named(text: str) -> Iterator[tuple[Period, str]]:
    """The periods, each with what stands before it."""
    for match in _PERIOD.finditer(text):
        before = text[: match.start()]
        month = _MONTH_BEFORE.search(before) if match["year"] else None
        period = Period(int(match["year"]), MONTHS[month["month"].casefold()], 12) if month else _read(match)
        if period:
            yield period, before


def _read(match: re.Match[str]) -> Period | None:
    if match["part"]:
        which = match["which"].casefold()
        parts, part = _OF_YEAR[match["part"].casefold()], ORDINALS.get(which) or int(which[0])
        return Period(int(match["of"] or 0), part, parts) if part <= parts else None
    if match["first"]:
        return Period(int(match["in"] or 0), 1, 12 // (_MONTHS.get(match["first"].casefold()) or int(match["first"])))
    if match["months"]:
        return _ended(_MONTHS.get(match["months"].casefold()) or int(match["months"]), match["month"] or "", int(match["to"]))
    return Period(int(match["year"]), 1, 1)


def _ended(months: int, month: str, year: int) -> Period | None:
    """The quarter or half that ``months`` make which end with ``month``; nine months are no part of which a year has several."""
    if months == 12:
        return Period(year, 1, 1)
    last = MONTHS.get(month.casefold(), 0)
    return Period(year, last // months, 12 // months) if months in (3, 6) and last and last % months == 0 else None


def called(period: Period) -> str:
    """``the third quarter of 2025``, ``the first half of 2025``, ``June 2025``: a part of a year in words."""
    if period.parts == 12:
        return f"{next(name for name, number in MONTHS.items() if number == period.part).capitalize()} {period.year}"
    which = next(word for word, number in ORDINALS.items() if number == period.part)
    part = next(name for name, parts in _OF_YEAR.items() if parts == period.parts)
    return f"the {which} {part} of {period.year}"


def is_period(text: str) -> bool:
    """Whether a text is nothing but the name of a period."""
    return _PERIOD.fullmatch(written_out(text.strip(" ?.,"))) is not None


def tells_earlier(question: str) -> bool:
    """Whether a question speaks of the period before, or of the same a year before, without naming it."""
    return bool(_YEAR_BEFORE.search(question) or _PART_BEFORE.search(question))


def begins_earlier(text: str) -> bool:
    """Whether a text begins with the period before, "A year earlier we had 100 employees"."""
    opening = _OPENS.match(text)
    start = opening.end() if opening else 0
    return bool(_YEAR_BEFORE.match(text, start) or _PART_BEFORE.match(text, start))


def without_earlier(question: str) -> str:
    """``question`` without what tells the period that another one is compared with."""
    return _PART_BEFORE.sub(" ", _YEAR_BEFORE.sub(" ", question))


def tells_the_same(question: str, text: str) -> bool:
    """Whether a text compares with the same period as the question does: the year before, by these words or by its number, or the part."""
    if _YEAR_BEFORE.search(question):
        return bool(_YEAR_BEFORE.search(text) or any(period.year for period in periods(text)))
    return bool(_PART_BEFORE.search(text)) if _PART_BEFORE.search(question) else True


def meant_of(named: Period, known: Sequence[Period]) -> list[Period]:
    """Those of the ``known`` periods that ``named`` names: itself if it is known, of a part without a year that of the latest year."""
    if named in known:
        return [named]
    meant = [period for period in known if period.is_meant_by(named)]
    return [max(meant)] if meant and not named.year else meant


def set_side_by_side(question: str, known: Sequence[Period]) -> tuple[Period, Period] | None:
    """Of the ``known`` periods the later and the earlier one that a question compares; None where it does not tell just these.

    "Than a year ago" is told of the period that the question names, else of the latest that is known, and what changed "in 2024" of the
    year before; where two are known and none is named, these are meant.
    """
    mentions = [(meant_of(each, known), before) for each, before in _named(written_out(question))]
    if not known or any(len(meant) != 1 for meant, _ in mentions):
        return None  # a year of which two quarters are known, or a period of which nothing is
    named = list(dict.fromkeys(period for meant, _ in mentions for period in meant))
    latest = max(known, key=lambda period: (period.year, period.part / period.parts))
    if len(named) >= 2:
        pair = max(named[:2]), min(named[:2])
        return pair if len(named) == 2 and pair[0].parts == pair[1].parts else None
    now = named[0] if named else latest
    against = any(meant and _AGAINST.search(before) for meant, before in mentions)
    earlier = _earlier(question, now, known, alone=bool(named) and not against)
    if earlier is None and named and against and now != latest and not tells_earlier(question):
        now, earlier = latest, now
    return (now, earlier) if earlier and earlier.parts == now.parts and {now, earlier} <= set(known) else None


def _earlier(question: str, now: Period, known: Sequence[Period], *, alone: bool) -> Period | None:
    """The period that ``now`` is compared with; one that is named ``alone`` and is a year came of the year before."""
    if _YEAR_BEFORE.search(question):
        return now._replace(year=now.year - 1)
    if _PART_BEFORE.search(question) or (alone and now.parts == 1):
        return now.before
    other = min(known)
    return other if len(known) == 2 and other < now and not periods(question) else None
