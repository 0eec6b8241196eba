"""Figures in a text: every number with its unit, qualifier and place; numbers that are parts of names are none."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from assistant.language.kept import kept_for_passages
from assistant.language.names import nuclides
from assistant.language.numerals import MULTIPLES, SCALES, SMALL, TENS, UNITS_BELOW_TWENTY
from assistant.language.qualifiers import bounded_behind, qualified
from assistant.language.units import ACTIVITY, CURRENCIES, UNIT_PATTERN, matched_unit

Kind = Literal["number", "word", "date", "phone"]

# The value of a number that is too large for a float: it is still one, with which can be reckoned.
LARGEST = sys.float_info.max

MONTHS = {name: number for number, names in enumerate(
    ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug", "september sep sept",
     "october oct", "november nov", "december dec"), 1) for name in names.split()}  # fmt: skip

# Abbreviations that stand before a figure as its label and are no part of a name: "OS 34 d", "HR 0.38", "N 10".
_LABELS = frozenset({
    "OS", "PFS", "EFS", "DFS", "TTP", "HR", "OR", "RR", "CI", "SD", "SE", "SEM", "IQR", "ORR", "CR", "PR", "AUC", "N", "P", "MS", "MST",
    "DOR", "DCR", "TGI", "TGD", "VS", "AT", "OF", "IS", "WAS", "BY", "TO", "IN",
})  # fmt: skip
_NAMING_WORDS = (
    r"(?:phase|form|grade|figure|fig\.|table|study|part|cohort|version|stage|section|item|no\.|type|group|arm|level|chapter|page)"
)

MONTH = f"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})"
"""A month's name or its abbreviation, as a pattern of small letters."""
_DATE = re.compile(
    rf"\b(?:(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})|(?P<m1>{MONTH})\.?\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y1>\d{{4}})"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m2>{MONTH})\.?,?\s+(?P<y2>\d{{4}}))\b",
    re.IGNORECASE,
)
# How sums of money begin: by a sign or a code.
_CURRENCIES = {"$": "USD", "€": "EUR", "£": "GBP"} | {code: code for code in sorted(CURRENCIES)}
_currencies = "|".join(re.escape(sign) if len(sign) == 1 else rf"{sign}\s?" for sign in _CURRENCIES)
# What stands behind a sum: "14.8 million euros", "12 million NOK".
_CURRENCY_NAMES = {"dollar": "USD", "euro": "EUR", "yen": "JPY", "yuan": "CNY", "rupee": "INR", "swiss franc": "CHF"}
_CURRENCY_BEHIND = re.compile(
    rf"\s(?:(?P<name>(?i:(?:US |U\.S\. )?(?:{'|'.join(_CURRENCY_NAMES)})))s?|(?P<code>{'|'.join(sorted(set(_CURRENCIES.values())))}))\b"
)
_PHONE = re.compile(
    r"(?<![\w-])(?:(?:\+?\d{1,3}[ .-])?(?:\(\d{3}\)\s?|\d{3}[ .-])\d{3}[ .-]\d{4}"  # as North America writes them
    r"|\+\d{1,3}[ .-]?(?:\(0\)[ .-]?)?\d{1,4}(?:[ .-]?\d{2,5}){2,4})(?![\w-])"  # with the code of a country
)
# "2 x 105 MBq" is two administrations: a power of ten without a sign of raising comes before no such unit.
_NUMBER = re.compile(
    rf"(?:(?<![A-Za-z0-9_.])|(?<=\dx)(?=\d[\d.]*\s?{ACTIVITY}))(?<![A-Za-z]-)(?<!\d,)(?P<currency>{_currencies})?"
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
    rf"(?:\s?[×x]\s?10(?:(?:\^|(?=[-−]|[1-9]\d?(?!\d|\s?(?:(?!Ci|Bq|curie|becquerel){ACTIVITY}|[nukmµμMG](?:g|L|l)\b))))(?P<exponent>[-−]?\d+)|(?P<raised>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+))"
    r"|[eE](?P<e>[-+−]?\d{1,2})(?![A-Za-z0-9])|(?P<power>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+))?"
    r"(?P<scale>\s(?:hundred|thousand|million|billion)\b)?"
)
_WORD = re.compile(
    rf"\b(?P<tens>{'|'.join(TENS)})(?:[- ](?P<ones>{'|'.join(UNITS_BELOW_TWENTY[1:10])}))?\b"
    rf"|\b(?P<small>{'|'.join(sorted(SMALL, key=len, reverse=True))})\b|\b(?P<multiple>{'|'.join(MULTIPLES)})\b(?![- ]li(?:fe|ves)\b)"
    r"|\b(?P<article>a)(?=\s(?:hundred|thousand|million|billion)\b)",
    re.IGNORECASE,
)
_SCALE = re.compile(r"\s(hundred|thousand|million|billion)\b(?P<join>\s(?:and\s)?)?", re.IGNORECASE)
_JOIN = re.compile(
    r"\s*(?:,|-|–|−|to|and|or|vs\.?|versus|rather than|instead of|through|±|\+/-|/|,\s*and|,\s*or)\s*(?:days?\s+)?", re.IGNORECASE
)
# Two figures with nothing but a comma between are no list: "compound 12, 0.4 MBq".
_COMMA = re.compile(r"\s*,\s*")
_EXPONENTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−", "0123456789--")
# Fractions that are names: the half-life "T1/2", a trial in "Phase 1/2".
_FRACTION_NAME = re.compile(rf"\b(?:t1/2|{_NAMING_WORDS}\s\d+[ab]?/\d+[ab]?)\b", re.IGNORECASE)
# Before these words a figure has no unit of a figure that follows: "a factor of 2.1 or 110 %".
_BARE = re.compile(r"\b(?:factor|ratio|number)\s(?:of\s)?$", re.IGNORECASE)
# "3.7 GBq in cycle 1 and 5.5 GBq in cycle 2": of which one it was.
_OF_WHICH = re.compile(r"\s+(?:in|for|to|on|at|by|from|during|after)\s+(?:the\s+)?[a-z]+\s+", re.IGNORECASE)
YEAR = re.compile(r"(?:19|20)\d\d")
"""What may be the number of a year: "$24 million in 2019 and $30 million in 2020" has two that are no sums."""
# "At day 60, 5 of 12 mice": no second day.
_OF_SO_MANY = re.compile(r"\s(?:out )?of\s(?:the\s)?\d")
_DAY_BEFORE = re.compile(r"\b(day|week|month|year)s?\s*$", re.IGNORECASE)
# What may stand between a figure and its unit; where a text is broken into lines, the next one may be indented.
_BEFORE_UNIT = re.compile(r"[ \u00a0\u202f]?\n[ \t]*|[ \u00a0\u202f-]")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure at ``start``:``end`` (unit included). ``unit`` is canonical or empty; dates have unit ``date`` and the ordinal as value.

    ``qualifier`` is one of ``~ > < >= <=`` or empty: what the words right before or behind it make of it, "no more than 30" ``<=``.
    ``kind`` is ``word`` for "forty-two" and "twice" (unit ``ratio``).
    """

    start: int
    end: int
    value: float
    unit: str
    kind: Kind
    qualifier: str
    text: str

    @property
    def written(self) -> str:
        """The value with its unit, as ``studies.calculate`` reads it."""
        return f"{self.value:.10g} {self.unit}".strip()


@kept_for_passages
def figures(text: str) -> tuple[Figure, ...]:
    """All figures of ``text`` in order. Members of a range or list take the unit that follows its last member."""
    found: list[Figure] = []
    taken = [(m.start, m.end) for m in nuclides(text)] + [match.span() for match in _FRACTION_NAME.finditer(text)]
    for read in (_dates, _phones, _numbers, _words):
        for figure in read(text):
            if not any(figure.start < end and start < figure.end for start, end in taken):
                found.append(figure)
                taken.append((figure.start, figure.end))
    found.sort(key=lambda figure: figure.start)
    return tuple(_with_bound_behind(text, figure) for figure in _share_units(text, found))


def _with_bound_behind(text: str, figure: Figure) -> Figure:
    bound = bounded_behind(text, figure.end) if figure.kind in ("number", "word") and figure.qualifier in ("", "~") else ""
    return replace(figure, qualifier=bound) if bound else figure


def _dates(text: str) -> list[Figure]:
    found = []
    for match in _DATE.finditer(text):
        try:
            if match["iso"]:
                day = date.fromisoformat(match["iso"])
            else:
                month = MONTHS[(match["m1"] or match["m2"]).lower()]
                day = date(int(match["y1"] or match["y2"]), month, int(match["d1"] or match["d2"]))
        except ValueError:  # "February 31": not a date, so its numbers are read as numbers
            continue
        found.append(Figure(match.start(), match.end(), float(day.toordinal()), "date", "date", "", match.group()))
    return found


def _phones(text: str) -> list[Figure]:
    return [Figure(m.start(), m.end(), float(re.sub(r"\D", "", m.group())), "phone", "phone", "", m.group()) for m in _PHONE.finditer(text)]


def _numbers(text: str) -> list[Figure]:
    found = []
    for match in _NUMBER.finditer(text):
        value = float(match["number"].replace(",", ""))
        value = _raised(value, match)
        if match["scale"]:
            value *= SCALES[match["scale"].strip().lower()]
        value = min(value, LARGEST)
        unit, end = _unit_after(text, match.end())
        if match["currency"]:
            unit, end = _CURRENCIES[match["currency"].strip()], match.end()
        elif not unit and (behind := _CURRENCY_BEHIND.match(text, match.end())):
            unit, end = _currency(behind), behind.end()
        if not unit and _is_name(text, match):
            continue
        before = _DAY_BEFORE.search(text, max(0, match.start() - 12), match.start())
        if not unit and before and not YEAR.fullmatch(match["number"]):  # "fiscal year 2016"
            unit = before[1].lower()
        found.append(Figure(match.start(), end, value, unit, "number", qualified(text, match.start())[0], text[match.start() : end]))
    return found


def _currency(match: re.Match[str]) -> str:
    if match["code"]:
        return match["code"]
    return _CURRENCY_NAMES[match["name"].lower().removeprefix("us ").removeprefix("u.s. ")]


def _raised(value: float, match: re.Match[str]) -> float:
    """``value`` with the power of ten that is written behind it: ``3.7 × 10^4``, ``3.7e4``, ``10⁶``."""
    exponent = match["exponent"] or match["raised"] or match["e"]
    if exponent:
        return value * _power_of_ten(exponent)
    if match["power"] and match["number"] == "10":
        return _power_of_ten(match["power"])
    return value


def _power_of_ten(exponent: str) -> float:
    return min(float(f"1e{exponent.translate(_EXPONENTS)}"), LARGEST)


def _words(text: str) -> list[Figure]:
    found = []
    for match in _WORD.finditer(text):
        if match["multiple"]:
            value, unit, end = MULTIPLES[match["multiple"].lower()], "ratio", match.end()
        else:
            value, end = _spelled(text, match)
            unit, end = _unit_after(text, end)
        found.append(Figure(match.start(), end, value, unit, "word", qualified(text, match.start())[0], text[match.start() : end]))
    return found


def _spelled(text: str, match: re.Match[str]) -> tuple[float, int]:
    """Value and end of a number in words: "one hundred and twenty", "two thousand five hundred"."""
    total, current, end = 0.0, _below_hundred(match), match.end()
    while scale := _SCALE.match(text, end):
        factor = SCALES[scale[1].lower()]
        current, end = current * factor, scale.end(1)
        if factor >= 1000:
            total, current = total + current, 0.0
        rest = _WORD.match(text, scale.end()) if scale["join"] else None
        if not rest or rest["multiple"] or _below_hundred(rest) >= factor:
            break
        current, end = current + _below_hundred(rest), rest.end()
    return min(total + current, LARGEST), end


def _below_hundred(match: re.Match[str]) -> float:
    if match["article"]:
        return 1.0
    value = float(TENS[match["tens"].lower()] if match["tens"] else SMALL[match["small"].lower()])
    return value + (SMALL[match["ones"].lower()] if match["ones"] else 0)


def _unit_after(text: str, position: int) -> tuple[str, int]:
    gap = _BEFORE_UNIT.match(text, position)
    for start in (position, gap.end() if gap else position):
        match = UNIT_PATTERN.match(text, start)
        if match and (unit := matched_unit(match)):
            return unit, match.end()
    return "", position


def _is_name(text: str, match: re.Match[str]) -> bool:
    """Whether the number belongs to a name: ``22Rv1``, ``10-K``, ``ABC 120``, ``Phase 2``, ``4T1``, ``2nd``."""
    after = text[match.end() : match.end() + 2]
    if after[:1].isalpha() or (after[:1] == "-" and after[1:].isupper()):
        return True
    before = text[max(0, match.start() - 14) : match.start()]
    if re.search(rf"\b{_NAMING_WORDS}\s(?:[≥≤<>]=?\s?)?$", before, re.IGNORECASE):
        return True
    code = re.search(r"\b([A-Z]{2,8})\s$", before)
    return bool(code and code[1] not in _LABELS and "." not in match["number"] and "," not in match["number"])


def _share_units(text: str, found: list[Figure]) -> list[Figure]:
    shared = list(found)
    for index in range(len(shared) - 2, -1, -1):
        here, following = shared[index], shared[index + 1]
        bare = _BARE.search(text, max(0, here.start - 14), here.start)
        joined = _JOIN.fullmatch(text, here.end, following.start)
        if joined and _COMMA.fullmatch(joined.group()) and following is found[index + 1]:
            before = found[index - 1] if index else None
            joined = joined if before and not before.unit and _JOIN.fullmatch(text, before.end, here.start) else None
        earlier = shared[index - 1] if index else None
        if earlier and earlier.unit == following.unit:
            bare = bare or _OF_WHICH.fullmatch(text, earlier.end, here.start)
        dated = following.unit in CURRENCIES and YEAR.fullmatch(here.text)
        if not here.unit and not bare and not dated and following.unit not in ("", "date", "phone") and joined:
            shared[index] = replace(here, unit=following.unit)
    for index in range(1, len(shared)):
        here, previous = shared[index], shared[index - 1]
        leads = _DAY_BEFORE.search(text, max(0, previous.start - 12), previous.start) is not None or (
            previous.unit in ("day", "week") and previous.text[-1].isdigit()
        )
        if (
            not here.unit
            and here.kind == previous.kind
            and leads
            and not _OF_SO_MANY.match(text, here.end)
            and _JOIN.fullmatch(text, previous.end, here.start)
        ):
            shared[index] = replace(here, unit=previous.unit)
    return shared
