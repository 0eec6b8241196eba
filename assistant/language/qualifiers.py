"""What bounds a figure or rounds it, from the front and from behind: "more than 80", "about 80", "80 or more"."""

from __future__ import annotations

import re

from assistant.language.numerals import TENS, UNITS_BELOW_TWENTY
from assistant.language.units import UNIT

# What bounds a figure, or rounds it, from the front. A denied bound is the opposite one, which includes the figure.
_MORE, _LESS = (
    "(?:more|greater|larger|higher|bigger|longer|better|stronger|older) than",
    "(?:less|fewer|smaller|lower|shorter|weaker|younger) than",
)
_PASSES = "exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?"
_AN_AGE = "(?: (?:the|an) age of)?"
_DENIED = r"(?:no|never|nor|(?:can)?not|\w+n[’']t)(?: any)? "
_QUALIFIERS = {
    "<=": rf"{_DENIED}(?:{_MORE}|over|above|beyond|past|{_PASSES})|at (?:the )?(?:very )?most|(?:a |the )?maximum of|≤|<=",
    ">=": rf"{_DENIED}(?:{_LESS}|under|below)|at (?:the )?(?:very )?least|(?:a |the )?minimum of|≥|>=",
    "~": r"approximately|approx\.?|about|around|nearly|almost|roughly|circa|ca\.|some|~|≈|close to",
    ">": rf"{_MORE}|in excess of|upwards? of|(?:over|above|beyond){_AN_AGE}|(?<!the )past|pass(?:ed|es|ing)|{_PASSES}|>",
    "<": rf"{_LESS}|(?:under|below){_AN_AGE}|up to|as many as|(?<!twice )(?<!half )(?<!times )as (?:much|long) as|<",
}
_QUALIFIER = re.compile("|".join(rf"(?P<q{i}>(?<![a-z])(?:{p}))" for i, p in enumerate(_QUALIFIERS.values())), re.IGNORECASE)
# So many characters before a figure are looked through for its qualifier.
_QUALIFIED_WITHIN = 32
# "26 days longer than 40 days": by how much two figures differ, and no bound of the second.
_APART = re.compile(rf"\d[\s-]?(?:{UNIT})\s*$", re.IGNORECASE)
# What bounds a figure from behind: "140 days or less", "three weeks at most", "two metres or more"; "at least 28 days apart" bounds what
# comes next.
_BOUND_BEHIND = re.compile(
    r"(?:\s?/\s?(?:[a-z]{1,2}|min|day|dose)(?=\sor\b)|[\s-](?:half-)?[a-z]+s(?=\sor\b))?"
    r"\s(?:(?P<most>at (?:the )?(?:very )?most|or (?:less|fewer|shorter|lower|smaller|below|under)|maximum)"
    r"|at (?:the )?(?:very )?least|or (?:more|longer|higher|greater|larger|above|over)|minimum)\b"
    rf"(?<!imum(?=\s[a-z]))(?!\s(?:than|an?|\d|{'|'.join([*UNITS_BELOW_TWENTY, *TENS])})\b)",
    re.IGNORECASE,
)

# "No patient exceeded 23 Gy", "in no arm did the loss reach 10 %", "no toxicity above grade 1": who, where or what is denied, and the
# figure bounded.
_DENYING = r"\b(?:no|none|nobody|not(?! only)|never|neither|nor|\w+n[’']t)\b"
_TO_REACH = r"[^.;:,\d]{0,60}\b(?:(?:exceed|surpass)(?:s|es|ed)?|reach(?:es|ed)?|(?:above|beyond|worse than)(?: grade)?)\s"
DENIED_BOUND = rf"{_DENYING}(?={_TO_REACH}[$€£]?\d)"
"""A word of denial that only bounds the figure behind it, as a pattern of small letters."""
_DENIED_BEFORE = re.compile(rf"{_DENYING}{_TO_REACH}$", re.IGNORECASE)
_DENIED_WITHIN = 100


def qualified(text: str, start: int) -> tuple[str, int]:
    """What bounds or rounds a figure at ``start`` from the front, as ``Figure.qualifier`` has it, and where it begins; else empty."""
    lead = text[max(0, start - _QUALIFIED_WITHIN) : start].rstrip(" ($€£")
    if _DENIED_BEFORE.search(text, max(0, start - _DENIED_WITHIN), start):
        return "<" if lead.casefold().rpartition(" ")[2].startswith("reach") else "<=", start
    for match in _QUALIFIER.finditer(lead):
        if match.end() == len(lead) and not (match.group().casefold().endswith(" than") and _APART.search(lead[: match.start()])):
            return list(_QUALIFIERS)[int((match.lastgroup or "q0")[1:])], max(0, start - _QUALIFIED_WITHIN) + match.start()
    return "", start


def bounded_behind(text: str, end: int) -> str:
    """The bound behind a figure that ends at ``end``, ``<=`` or ``>=``; empty where there is none."""
    behind = _BOUND_BEHIND.match(text, end)
    return "" if not behind else "<=" if behind["most"] else ">="
