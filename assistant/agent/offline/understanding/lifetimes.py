"""Which time of a question is the half-life that it gives, and none that passes; which time of a sentence that of a nuclide."""

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
# "6.65 days (lutetium-177)", "6.65 days for lutetium-177": whose time it is stands right behind it.
_WHOSE = re.compile(r"\s*(?:\(\s*|(?:for|of|in)\s+(?:the\s+)?)\[?$", re.IGNORECASE)
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


def time_of(text: str, nuclide: str, times: Sequence[Figure]) -> Figure | None:
    """The one of ``times``, all half-lives of ``text``, that is of ``nuclide``: the only one of the only nuclide, or the one beside it.

    None where that is unclear: "X decays more slowly than Y: 9.9 and 6.7 days".
    """
    mentions = nuclides(text)
    names = {mention.name for mention in mentions}
    if names == {nuclide} and len(times) == 1:
        return times[0]
    beside = [[m.name for m in mentions if m.start >= time.end and _WHOSE.fullmatch(text[time.end : m.start])] for time in times]
    if all(len(own) == 1 for own in beside):
        found = [time for time, own in zip(times, beside, strict=True) if own == [nuclide]]
        return found[0] if len(found) == 1 else None
    told = [mention for mention in mentions if any(time.start > mention.end for time in times)]
    ends = [*(mention.start for mention in told[1:]), len(text)]
    behind = [[time for time in times if mention.end <= time.start < end] for mention, end in zip(told, ends, strict=True)]
    if not told or any(len(own) != 1 for own in behind) or times[0].start < told[0].end:
        return None
    return next((own[0] for mention, own in zip(told, behind, strict=True) if mention.name == nuclide), None)
