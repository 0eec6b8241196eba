"""Which time of a question is the half-life that it gives, and none that passes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.agent.offline.understanding.naming import half_lives
from assistant.language.figures import Figure
from assistant.language.names import nuclides
from assistant.language.units import TIME_UNITS

# "A half-life of 8 days", "half-life is 8 days"; "8 days as the half-life", "an 8-day half-life".
_HALF_LIFE_BEFORE = re.compile(
    r"\bhalf[- ]?life(?:\s+of\s+(?!\d)[\w-]+)?\s*(?:of|is|was|were|=|:|as|being)?\s*(?:about|approximately|roughly|~)?\s*$", re.IGNORECASE
)
_HALF_LIFE_BEHIND = re.compile(
    r"[\s-]*(?:(?:is|are|was|were)\s+)?(?:(?:taken|used|assumed|given)\s+)?(?:(?:as|for|to\s+be|being)\s+)?(?:(?:the|its|a)\s+)?"
    r"(?:physical\s+)?half[- ]?life\b",
    re.IGNORECASE,
)
# "I-131 (8 days)", "how much was left with 8 days?", "how many half-lives did they live, at 8 days?": a time that is no other one.
_IN_BRACKETS, _CLOSED = re.compile(r"[A-Za-z]{1,9}-?\d{1,3}m?,? \($"), re.compile(r"\)")
_WITH = re.compile(r"\bwith\s+$|,\s*at\s+$", re.IGNORECASE)
_NAME_LENGTH = 18
_AT_END = re.compile(r"\s*(?:[,;?.]|$)")


def own_half_life(question: str, figures: Sequence[Figure]) -> Figure | None:
    """The one of ``figures`` that ``question`` gives as the half-life; None where it gives none, or counts half-lives that pass."""
    if half_lives(question) is not None and not re.search(r"\b(?:an?|the) half[- ]?life of\b", question, re.IGNORECASE):
        return None
    times = (figure for figure in figures if figure.unit in TIME_UNITS and figure.value)
    return next((time for time in times if _is_half_life(question, time)), None)


def _is_half_life(question: str, time: Figure) -> bool:
    before = question[: time.start]
    if _HALF_LIFE_BEFORE.search(before) or _HALF_LIFE_BEHIND.match(question, time.end):
        return True
    if _IN_BRACKETS.search(before) and nuclides(before[-_NAME_LENGTH:]) and _CLOSED.match(question, time.end):
        return True
    return bool(_WITH.search(before) and _AT_END.match(question, time.end))
