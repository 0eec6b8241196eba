"""The time between two events as questions ask for it: which events, in which unit, and of two dates that a question names itself."""

from __future__ import annotations

import re

from assistant.agent.offline.understanding.cues import content, light
from assistant.language.dates import dates
from assistant.language.units import canonical_unit

_UNIT = r"(?P<unit>days?|weeks?|wks?|months?|years?)"
_ANY_UNIT = _UNIT.replace("?P<unit>", "?:")
_ASKED = re.compile(
    rf"\b(?:how many|number of)\s+(?:more\s+)?{_ANY_UNIT}\b|\bhow long\b|\bwhat (?:time|period|interval)\b|[:,]\s*{_ANY_UNIT}\W*$"
    rf"|\b(?:interval|gap|time|lag|delay|{_ANY_UNIT})\b(?:\s+\w+){{0,2}}\s+between\b|\b{_ANY_UNIT}\s+(?:from|since|apart)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"\b(?:in|many|of)\s+(?:calendar\s+)?{_UNIT}\b|[:,]\s*{_UNIT.replace('unit', 'last')}\W*$"
    rf"|^\W*{_UNIT.replace('unit', 'first')}\s+(?:from|since|between|until|till?|to|before|after)\b",
    re.IGNORECASE,
)
# What only asks: "roughly how many days did it take in total", "in weeks please".
_ASKING = re.compile(
    rf"\b(?:(?:roughly|about|around|over|of)\s+)*(?:how many|how much|number of|what number of)\s+(?:more\s+)?{_ANY_UNIT}\b"
    r"(?:\s+(?:all in|in total|in all|in between|old|later|went by|go by|passed|pass|had it been|has it been|was that|was it|is it|is that"
    r"|were there|are there|did it take|elapsed|lie|lay|apart|are left|were left|went past))*"
    rf"|\bhow long\b(?:\s+(?:was it|is it|did it take|had it been))?|\bin (?:calendar )?{_ANY_UNIT}\b(?:\s+(?:pls|please))?"
    rf"|[:,]\s*{_ANY_UNIT}\W*$|\b(?:interval|gap|time|lag|delay|{_ANY_UNIT})\s+(?=between\b|from\b)",
    re.IGNORECASE,
)
# How a question sets two events apart once it only names them.
_VERB = r"(?:did|do|does|was|were|is|are|will|can|could|has|have)"
_APART = (
    re.compile(r"\bbetween\b(?P<one>.+?)\band\b(?P<two>.+)", re.IGNORECASE),
    re.compile(r"(?:.*\b(?:from|since)\b)?(?P<one>.+?)(?:\b(?:until|till?|through)\b|'til\b|->|→)(?P<two>.+)", re.IGNORECASE),
    re.compile(r".*\b(?:from|since)\b(?P<one>.+?)\bto\b(?P<two>.+)", re.IGNORECASE),
    re.compile(rf".*\b(?:after|since)\b(?P<one>.+?),?\s\b{_VERB}\b(?P<two>.+)", re.IGNORECASE),
    re.compile(r"^\W*(?:after|since)\b(?P<one>.+?),(?P<two>.+)", re.IGNORECASE),
    re.compile(r"(?P<one>.+?)\b(?:before|after|since|(?:and )?then|versus|vs)\b(?P<two>.+)", re.IGNORECASE),
    re.compile(r"(?P<one>.+?)\bto\b(?P<two>.+)", re.IGNORECASE),
)
# "The low spike failed, how many days later was it repeated?"
_CLAUSES = re.compile(r"(?P<one>.+)(?:[.;?!,]\s|\s[–—-]\s)(?P<two>.+)")
_EDGES = " ,;:.?!–—-"
# What stands before an event and is no word of it, and words that tell which of two dates is meant and not of what.
_LEADING = re.compile(rf"^(?:(?:and|then|when|the time|the day|the date|{_VERB})\b\s*)+", re.IGNORECASE)
_BARE = re.compile(r"\b(?:the|its?|their|very|first|last|final|day|date|start|beginning|end|finish|one|to|of)\b|\W", re.IGNORECASE)
_CONNECTING = re.compile(
    r"\b(?:between|and|from|to|until|till|through|since|apart|lie|lay|dates?|days?|weeks?|months?|years?)\b", re.IGNORECASE
)


def asks_lapse(question: str) -> bool:
    """Whether the time between two events may be asked for."""
    return _ASKED.search(question) is not None


def in_unit(question: str) -> str:
    """`` in week`` where a time is wanted in weeks; empty for days, which the time between two dates comes in."""
    named = _NAMED.search(question)
    unit = canonical_unit(named["unit"] or named["last"] or named["first"]) if named else "day"
    return "" if unit == "day" else f" in {unit}"


def events(question: str) -> tuple[str, ...]:
    """The two events between which the question asks for a time, as it words them; none where it does not tell them."""
    return _told(question, *_APART)


def clauses(question: str) -> tuple[str, ...]:
    """What may be two events where nothing but a comma or a full stop tells them apart; none where nothing does."""
    return _told(question, _CLAUSES)


def _told(question: str, *patterns: re.Pattern[str]) -> tuple[str, ...]:
    plain = " ".join(_ASKING.sub(" ", question).split()).strip(_EDGES)
    for pattern in patterns:
        if match := pattern.search(plain):
            told = tuple(_LEADING.sub("", event.strip(_EDGES)).strip(_EDGES) for event in match.group("one", "two"))
            return told if all(_BARE.sub("", event) for event in told) else ()
    return ()


def of_named_dates(question: str) -> str | None:
    """The time between the two dates that a question names, each with its year, as ``studies.calculate`` reads it; else None."""
    days = {day.isoformat() for dated in dates(question) if dated.year and (day := dated.within(dated.year))}
    rest = question
    for dated in reversed(dates(question)):
        rest = f"{rest[: dated.start]} {rest[dated.end :]}"
    rest = _CONNECTING.sub(" ", _ASKING.sub(" ", rest))
    if len(days) != 2 or not asks_lapse(question) or content(rest) - light():
        return None  # "days of rain between 3 May and 4 June" are no time
    return f"{max(days)} - {min(days)}{in_unit(question)}"
