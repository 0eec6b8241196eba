"""Letters and numbers by which documents call their arms: "group E", "cohorts 2 and 3", "A, formulation buffer"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.language.designations import ARM_NOUN, SIGN, sign_of
from assistant.language.units import ACTIVITY
from assistant.studies.facts import Arm, Study

# No study has more than some twenty groups: "the group 67 or 73" asks for figures.
_SIGN = rf"(?!2[1-9]|[3-9]\d){SIGN}"
_LINK = r"(?:\s*(?:,|&|/|\b(?:and|or|to|vs\.?|versus|over|than|with|against|from)\b)\s*)+"
# "Group a" is a group only where nothing follows that it could be the article of; "arm 20 MBq" is an amount.
_NAMED = re.compile(
    rf"\b(?i:{ARM_NOUN})s?\s+(?P<signs>(?i:{_SIGN})(?![\w.])(?:{_LINK}(?:(?:the\s+)?(?i:{ARM_NOUN})s?\s+)?{_SIGN}(?![\w.]))*)(?!\s*%)"
)
_AMOUNT_AHEAD = re.compile(rf"\s*-?(?:{ACTIVITY}|mg|days?|weeks?|months?|doses?|injections?|shots?|cycles?)\b", re.IGNORECASE)
_ARTICLE = re.compile(r"a\s+\w")
_LETTER = re.compile(r"(?<![\w.'’-])[B-HJ-Z]\d?(?![\w'’.-]*\w)")
# "A" is an arm where something that goes on from a name follows it, and an article elsewhere.
_LONE_A = re.compile(r"(?<![\w.'’-])A(?=\s*(?:[,;:?!)/.]|$)|\s+(?:vs\.?|versus|over|and|or|to|against|minus)\b)")


def designation(arm: Arm) -> str | None:
    """The letter or number that the arm's label consists of or begins with, in lower case: ``a`` of "A, buffer", ``2`` of "Cohort 2"."""
    return sign_of(arm.label)


def designations(question: str, studies: Sequence[Study]) -> frozenset[str]:
    """The arms that ``question`` calls by letter or number; a lone capital counts where some study has an arm of that letter."""
    found = {sign.casefold() for match in _NAMED.finditer(question) for sign in _signs(match, question)}
    known = {sign for study in studies for arm in study.arms if (sign := designation(arm))}
    found |= {match.group().casefold() for match in _LETTER.finditer(question) if match.group().casefold() in known}
    if "a" in known and _LONE_A.search(question):
        found.add("a")
    return frozenset(found)


def spoken_of(sign: str, texts: Iterable[str]) -> bool:
    """Whether one of the texts calls something by that letter or number, in a sentence ("groups A to F") or at the head of a row."""
    shown = re.escape(sign.upper())
    named = re.compile(rf"(?i:\b{ARM_NOUN}s?\b)[^.|\n]{{0,40}}(?<![\w.]){shown}(?!\w)|^\W*{shown}\s*[|,:(\t]", re.MULTILINE)
    return any(named.search(text) for text in texts)


def without_designations(question: str) -> str:
    """``question`` without the names of arms that it calls by number, "cohort 2", which count nothing."""
    return _NAMED.sub(lambda match: " " if _signs(match, question) else match.group(), question)


def _signs(match: re.Match[str], question: str) -> list[str]:
    signs = match["signs"]
    if _ARTICLE.match(question, match.start("signs")) or _AMOUNT_AHEAD.match(question, match.end("signs")):
        return []
    return re.findall(rf"(?<![\w.]){SIGN}(?![\w.])|^(?i:{SIGN})(?![\w.])", signs)
