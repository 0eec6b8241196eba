"""Ages of people in years: those that a text tells of, "children under 5", and the one that a question names, "my 3 yr old"."""

from __future__ import annotations

import re

_YEARS = r"(?:[\s-]*(?:years?|yrs?|y)\b\.?)"
_SOMEBODY = (
    r"(?:child(?:ren)?|kids?|toddlers?|bab(?:y|ies)|infants?|teen(?:ager)?s?|minors?|boys?|girls?|sons?|daughters?|grand\w+|patients?|persons?"
    r"|people|wom[ae]n|m[ae]n|adults?|volunteers?|subjects?|participants?|visitors?|relatives?)"
)
_YOUNG = (
    r"(?:child(?:ren)?|kids?|toddlers?|bab(?:y|ies)|infants?|teen(?:ager)?s?|minors?|boys?|girls?|sons?|daughters?|grandchild(?:ren)?"
    r"|ages?|aged)\s+(?:aged\s+|between\s+|who are\s+)*"
)
_GROWN = rf"(?:{_SOMEBODY}|those|anyone|somebody|someone)\s+(?:who are\s+)?"
_BOUND = r"(?P<bound{0}>under|below|younger than|less than|up to|over|above|older than|more than|at least)\s+(?:the age of\s+)?"
_RANGE = r"(?P<low{0}>\d{{1,3}})(?:\s*(?:to|-|–|and)\s*(?P<high{0}>\d{{1,3}}))?"
_BEHIND = rf"(?:{_YEARS}(?:\s+(?:of age|old))?)?(?:\s+(?P<behind{{0}}>(?:or|and) (?:over|older|above|under|younger|below)))?"
# Behind an age the sentence ends or goes on; a noun, a unit or a further part of the number there makes it something else.
_GOES_ON = (
    r"(?=\s*$|\s*[.,;:!?)|\]](?!\d)|\s+\d|\s+(?:and|or|but|who|with|without|in|at|on|from|to|for|as|by|is|are|was|were|be|been|has|have|had|do|does"
    r"|did|must|may|might|can|cannot|could|should|shall|will|would|not|need|needs|get|gets|got|take|takes|took|receive\w*|stay|live\w*|join\w*|enter|use|visit|drink|eat|fly|drive|come|go|see|play|sleep|attend|participate|enrol\w*|swim|hold|touch|help|work|travel|give"
    r"|bring|return|leave|start|enjoy)\b)"
)
# Of the young a bare number is an age; of others one that is bounded.
_AGES = re.compile(
    rf"\b{_YOUNG}(?:{_BOUND.format(0)})?{_RANGE.format(0)}{_BEHIND.format(0)}{_GOES_ON}"
    rf"|\b{_GROWN}{_BOUND.format(1)}{_RANGE.format(1)}{_BEHIND.format(1)}{_GOES_ON}",
    re.IGNORECASE,
)
# Nothing but people are aged, or some years old before their noun or at the end: no licence is.
_NAMED = re.compile(
    rf"\b(?P<age>\d{{1,3}})(?:{_YEARS}[\s-]*olds?\b|{_YEARS}\s+of age\b)(?=\s+{_SOMEBODY}\b|{_GOES_ON[3:-1]})"
    rf"|\baged?\s+(?P<aged>\d{{1,3}})\b(?!\s*(?:to|-|–|and)\s*\d){_YEARS}?{_GOES_ON}",
    re.IGNORECASE,
)
_OF_A_THING = re.compile(
    rf"\b\d{{1,3}}[\s-](?:hour|day|week|month|year)s?[\s-]old(?=\s+(?!{_SOMEBODY}\b|mice\b|mouse\b|rats?\b|dogs?\b|cats?\b|animals?\b)[a-z])",
    re.IGNORECASE,
)
_OLDEST = 120
_UNDER = frozenset(["under", "below", "younger than", "less than"])
_OVER = frozenset(["over", "above", "older than", "more than"])


def named_age(question: str) -> re.Match[str] | None:
    """Where a question names somebody's age in whole years, "a 10-year-old", "aged 10": its group ``age`` or ``aged``."""
    return _NAMED.search(question)


def without_age(question: str) -> str:
    """The question without the age that it names, which asks for no age, of somebody or of a thing: "a 14 month old generator"."""
    return _OF_A_THING.sub(" ", _NAMED.sub(" ", question))


def ages(text: str) -> frozenset[int]:
    """The ages in whole years, 0..120, that a text tells of: 0..4 of "children under 5", 5..16 of "children 5 to 16"."""
    return frozenset(age for match in _AGES.finditer(text) for age in _told(match))


def _told(match: re.Match[str]) -> range:
    part = 0 if match["low0"] else 1
    low, high = int(match[f"low{part}"]), match[f"high{part}"]
    bound, behind = (match[f"bound{part}"] or "").casefold(), (match[f"behind{part}"] or "").casefold()
    if high:
        return range(low, int(high) + 1)
    if bound in _UNDER:
        return range(low)
    if bound in _OVER:
        return range(low + 1, _OLDEST + 1)
    if bound == "up to" or behind.endswith(("under", "younger", "below")):
        return range(low + 1)
    if bound or behind:
        return range(low, _OLDEST + 1)
    return range(low, low + 1)
