"""Words that look like counts and tell when: "once enrolment has been completed", "through 2026"."""

from __future__ import annotations

import re

# "Once labelled, the vial keeps for a day": when, not how often.
_ONCE = re.compile(r"once\s\w+(?:ed|en)\b", re.IGNORECASE)
# "Once enrolment has been completed", "given at once"
_NO_COUNT = re.compile(
    r"(?<=\bat\s)once\b"
    r"|\bonce\s(?!(?:in|on|at|per|daily|weekly|monthly|every|with|by|for|to|and|or|more|again|before|after|only|did|were|was|had)\b)"
    r"(?:[\w-]+\s){1,4}?(?:has|have|had|is|are|was|were)\b",
    re.IGNORECASE,
)
# "Secured through 2026 thanks to …": a year counts nothing.
_A_YEAR = re.compile(
    r"\b(?:in|through|throughout|until|till|by|since|of|from|to|for|during|before|after|early|late|mid|end)[\s-](?:19|20)\d\d$",
    re.IGNORECASE,
)


def tells_when(text: str, start: int) -> bool:
    """Whether the word at ``start`` tells when something is, not how often."""
    opens = not text[:start].rstrip(" (*_")[-1:].isalnum()
    return (opens and _ONCE.match(text, start) is not None) or _NO_COUNT.match(text, start) is not None


def ends_in_year(text: str) -> bool:
    """Whether ``text`` ends in a year, which counts nothing."""
    return _A_YEAR.search(text) is not None
