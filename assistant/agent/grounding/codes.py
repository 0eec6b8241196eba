"""Names with a figure in them, in one spelling: QX 7, AB3, 22Rv1, 10-K, Phase II; and all words that may be names."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.agent.grounding.amounts import amounts
from assistant.agent.grounding.vocabulary import listed as listed_words
from assistant.language.abbreviations import periods_in
from assistant.language.names import fold, plain
from assistant.language.subjects import SUBJECTS
from assistant.language.units import ACTIVITY

_CODE = re.compile(r"(?<![\w.])(?=[a-z0-9-]*[a-z])(?=[a-z0-9-]*\d)[a-z0-9]+(?:-[a-z0-9]+)*")
# What joins the members of "groups 2, 3 and 4"; a figure of its own, as in "in group 1 to 33 weeks", is no member.
_JOINT = r"(?:/|,\s|\s?[-\u2013]\s?|,?\s(?:and|or|to|versus|vs\.?)\s)"
_MEASURED = rf"(?!\.?\d|\s?(?:days?|weeks?|months?|years?|hours?|percent|%|{SUBJECTS}|of\b|{ACTIVITY}))"


def listed(noun: str, code: str) -> str:
    """A pattern for ``noun`` with one ``code`` behind it, or its plural with several; its two groups hold several codes, or one."""
    return rf"\b(?:{noun})(?:s:?\s({code}(?:{_JOINT}{code}\b{_MEASURED})*)\b|:?\s({code})\b)"


_NUMBERED = re.compile(
    r"(?<!took )(?<!take )(?<!taking )(?=\b(phase|stage|grade|form|cohort|part|class|type))"
    + listed("phase|stage|grade|form|cohort|part|class|type", r"(?:[ivx]+|\d+)[ab]?"),
    re.IGNORECASE,
)
_PHASES = re.compile(r"\bphase\s([ivx]+|\d)[ab]?/([ivx]+|\d)\b", re.IGNORECASE)
# The name behind a chemical symbol: "Ac-QX-7" is QX-7 with actinium.
_UNLABELLED = re.compile(r"^(?:\d{1,3})?[a-z]{1,2}(?:\d{1,3})?-(?=[a-z-]*\d)([a-z]{2,}-?\d+)$")
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6"}


@lru_cache(maxsize=4096)
def codes(text: str) -> frozenset[str]:
    """Names with figures in one spelling: ``clr131``, ``pc3``, ``phase2``, ``10k``."""
    blank = list(plain(text))
    for amount in amounts(text):
        blank[amount.start : amount.end] = " " * (amount.end - amount.start)
    rest = re.sub(r"-(?=[a-z]{4,})|(?<![A-Za-z])(?:[Aa]nti|[Nn]on|[Pp]re|[Pp]ost)-", " ", "".join(blank))  # "AB3-bearing", "anti-AB3"
    found = set()
    for code in _CODE.findall(fold(rest)):
        found |= {code.replace("-", ""), *(name.replace("-", "") for name in _UNLABELLED.findall(code))}
    for match in _NUMBERED.finditer(text):
        found |= {match[1].lower() + number for number in listed_numbers(match[2] or match[3])}
    for match in _PHASES.finditer(text):
        found |= {f"phase{_ROMAN.get(number.lower(), number.lower())}" for number in match.groups()}
    return frozenset(code for code in found if not re.fullmatch(r"\d+(?:st|nd|rd|th|s|x|d)", code))


def listed_numbers(text: str) -> list[str]:
    """The numbers and letters of a list: "1 to 4" → 1, 2, 3, 4; "A, C and D" → a, c, d; "I/II" → 1, 2."""
    found: list[str] = []
    for joint, code in re.findall(
        r"(^|/|,\s|\s?[-\u2013]\s?|,?\s(?:and|or|to|versus|vs\.?)\s)([A-Za-z]{1,3}\d{0,2}|\d{1,2})(?![\w])", text
    ):
        name = _ROMAN.get(code.lower(), code.lower())
        if joint.strip() in ("to", "-", "\u2013") and found:
            found += _between(found[-1], name)
        found.append(name)
    return found


def _between(first: str, last: str) -> list[str]:
    """What lies between the ends of a range: "a1" and "a4" → a2, a3."""
    one, other = re.fullmatch(r"([a-z]?)(\d+)", first), re.fullmatch(r"([a-z]?)(\d+)", last)
    if one and other and one[1] == other[1]:
        return [f"{one[1]}{number}" for number in range(int(one[2]) + 1, int(other[2]))]
    if len(first) == len(last) == 1 and first.isalpha() and last.isalpha():
        return [chr(letter) for letter in range(ord(first) + 1, ord(last))]
    return []


@lru_cache(maxsize=512)  # passages, which come again in other turns
def names_in(text: str) -> frozenset[str]:
    """Every word of ``text`` in lower case, every code, the initials of neighbouring words, abbreviated words with their stop, quarters."""
    words = re.findall(r"[^\W_]+", plain(text).lower())
    long = [word for word in words if word not in listed_words("words", "stop")]  # SEC, the Securities and Exchange Commission
    initials = {"".join(word[0] for word in long[start : start + size]) for size in range(2, 6) for start in range(len(long) - size + 1)}
    initials |= {"".join(word[0] for word in words[start : start + size]) for size in range(2, 6) for start in range(len(words) - size + 1)}
    stopped = {word.lower() for word in re.findall(r"\b[A-Z][a-z]{2,5}\.", text)}
    return frozenset(words) | codes(text) | initials | stopped | periods_in(text)
