"""How units are spelled: µCi, μCi, uCi and microcuries are all ``uCi``."""

from __future__ import annotations

import re

_PREFIXES = {"": "", "n": "n", "u": "u", "µ": "u", "μ": "u", "m": "m", "k": "k", "M": "M", "G": "G", "T": "T"}
_PREFIX_WORDS = {"": "", "nano": "n", "micro": "u", "milli": "m", "kilo": "k", "mega": "M", "giga": "G", "tera": "T"}

# The share of an injected activity, of which tissue holds so much per gram: "5 %ID/g".
_OF_INJECTED = (
    *(f"%{gap}{what}" for gap in ("", " ") for what in ("ID", "IA")),
    *(f"{sign} of {the}injected {what}" for sign in ("%", "percent", "per cent") for the in ("", "the ") for what in ("dose", "activity")),
)
# Spellings beside the SI-prefixed activities, by unit. Matching is case-sensitive where a capital changes the meaning.
_SPELLINGS = {
    "day": ("days", "day", "d"),
    "week": ("weeks", "week", "wks", "wk"),
    "month": ("months", "month", "mos", "mo"),
    "year": ("years", "year", "yrs", "yr"),
    "hour": ("hours", "hour", "hrs", "hr", "h"),
    "minute": ("minutes", "minute", "min"),
    "percent": ("%", "percent", "per cent", "pct", *_OF_INJECTED),
    "ratio": ("-fold", " fold", "fold", "times", "×", "x"),
    "Gy": ("Gy",),
    "mGy": ("mGy",),
    "cGy": ("cGy",),
    "mg": ("milligrams", "milligram", "mg"),
    "ug": ("micrograms", "microgram", "µg", "μg", "ug", "mcg"),
    "g": ("grams", "gram", "g"),
    "kg": ("kilograms", "kilogram", "kilos", "kilo", "kgs", "kg"),
    "m2": ("m2", "m²", "m^2", "square metres", "square meters", "square metre", "square meter", "sqm"),
    "mm3": ("mm3", "mm³", "mm^3", "cubic millimeters", "cubic millimetres"),
    "cm3": ("cm3", "cm³", "cm^3"),
    "mL": ("mL", "ml"),
    "mm": ("mm",),
    "cm": ("cm",),
    "nM": ("nM",),
    "kDa": ("kDa", "kilodaltons", "kilodalton"),
    "cent": ("cents", "cent", "¢"),
}
_PER = {
    "kg": "kg",
    "kilogram": "kg",
    "kilo": "kg",
    "m2": "m2",
    "m²": "m2",
    "m^2": "m2",
    "square meter": "m2",
    "square metre": "m2",
    "mL": "mL",
    "L": "L",
    "litre": "L",
    "liter": "L",
    "ml": "mL",
    "g": "g",
    "gram": "g",
    "mouse": "mouse",
    "animal": "animal",
    "patient": "patient",
}


def _table() -> dict[str, str]:
    table = {spelling: unit for unit, spellings in _SPELLINGS.items() for spelling in spellings}
    for prefix, ascii_prefix in _PREFIXES.items():
        for base in ("Bq", "Ci"):
            table[prefix + base] = ascii_prefix + base
    for word, ascii_prefix in _PREFIX_WORDS.items():
        for plural in ("", "s"):
            table[f"{word}curie{plural}"] = f"{ascii_prefix}Ci"
            table[f"{word}becquerel{plural}"] = f"{ascii_prefix}Bq"
    return table


_TABLE = _table()
# Lower-cased spellings that no other unit claims: "MBQ", "uci", "Days". "mci" is not among them as M and m would meet.
_FOLDED: dict[str, str] = {}
for _spelling, _unit in _TABLE.items():
    _key = _spelling.casefold()
    _FOLDED[_key] = _unit if _FOLDED.get(_key, _unit) == _unit else ""
# "mbq" and "mci" typed carelessly mean the amounts in use: mega for becquerel, milli for curie.
_FOLDED |= {"mbq": "MBq", "mci": "mCi"}

ACTIVITY_UNITS = frozenset(unit for unit in _TABLE.values() if unit.endswith(("Bq", "Ci")))
# ISO 4217 codes of the currencies in which the field reports. They are units of sums of money, and no spelling in running text: an
# INR is a clotting time too.
CURRENCIES = frozenset(["USD", "EUR", "GBP", "CHF", "NOK", "SEK", "DKK", "CAD", "AUD", "JPY", "CNY", "INR", "KRW", "ILS"])
ACTIVITY = rf"(?:[{''.join(_PREFIXES)}]?(?:Bq|Ci)|(?:{'|'.join(word for word in _PREFIX_WORDS if word)})?(?:becquerel|curie)s?)\b"
"""A unit of activity however it is spelled, as a pattern without groups."""
TIME_UNITS = frozenset({"minute", "hour", "day", "week", "month", "year"})

# Nobody writes curies so.
_CONFIDENCE_INTERVAL = "CI"
_alternatives = "|".join(re.escape(s) for s in sorted({*_TABLE, *_FOLDED}, key=len, reverse=True))
# What an amount may be stated for one of: a mass, an area, an animal, or an activity as in "0.05 days/uCi".
_rates = {spelling for spelling, unit in _TABLE.items() if unit in ACTIVITY_UNITS and len(spelling) > 1}
_per_alternatives = "|".join(re.escape(s) for s in sorted({*_PER, *_rates}, key=len, reverse=True))
UNIT_PATTERN = re.compile(
    rf"(?P<unit>{_alternatives})(?![A-Za-z]|(?<=[A-WYZa-wyz])\d)(?:\s?(?:/|per\s)\s?(?P<per>{_per_alternatives})(?![A-Za-z]))?",
    re.IGNORECASE,
)
# The same within another expression, without its groups; to be matched without regard to case.
UNIT = re.sub(r"[?]P<\w+>", "?:", UNIT_PATTERN.pattern)


def canonical_unit(spelling: str) -> str | None:
    """``uCi`` for ``µCi`` or ``microcuries``, ``MBq/kg`` for ``MBq per kg``; None for what is no known unit."""
    match = UNIT_PATTERN.fullmatch(spelling.strip())
    return matched_unit(match) if match else None


def is_activity(unit: str) -> bool:
    """Whether it is a unit of activity, per whatever: ``uCi``, ``MBq/kg``."""
    return unit.partition("/")[0] in ACTIVITY_UNITS


def measures_alike(one: str, other: str) -> bool:
    """Whether both are units of activity, or both of time."""
    return any(one in family and other in family for family in (ACTIVITY_UNITS, TIME_UNITS))


def matched_unit(match: re.Match[str]) -> str | None:
    """The unit that a match of UNIT_PATTERN names."""
    spelling = match["unit"]
    if spelling == _CONFIDENCE_INTERVAL:
        return None
    unit = _TABLE.get(spelling) or _FOLDED.get(spelling.casefold())
    if not unit:
        return None
    per = match["per"]
    if not per:
        return unit
    return f"{unit}/{_PER.get(per) or _PER.get(per.casefold()) or _TABLE.get(per) or _FOLDED.get(per.casefold(), per)}"
