"""What must stand in the cited text as it is said: ratios such as 2:1, months and stages of development."""

from __future__ import annotations

import re

from assistant.agent.grounding.ground import Ground
from assistant.agent.grounding.vocabulary import listed, reason
from assistant.language.figures import MONTH, MONTHS

_RATIO = re.compile(r"(?<![\d:])(?P<one>\d{1,2}):(?P<other>\d{1,2})(?![\d:])")
# "2025-08-04", "4.8.2025": months by their numbers
_NUMBERED = re.compile(r"\b(?:19|20)\d\d[-/.](?P<behind>\d\d)\b|\b\d\d?[./](?P<before>\d\d?)[./](?:19|20)\d\d\b")
# "May" and "March" begin sentences with another sense.
_OF_TIME = re.compile(r"(?:\d\.?|\b(?:in|of|by|since|until|from|to|during|late|early|mid))[\s-]$", re.IGNORECASE)
_STAGE = re.compile(r"\b(?P<sort>[a-z]{4,})[- ]stage\b", re.IGNORECASE)


def unwritten(claimed: str, ground: Ground) -> str | None:
    """A ratio, a month or a sort of stage that the cited text does not have; of stages it must have another."""
    text = "\n".join(line.text for line in ground.lines)
    for match in _RATIO.finditer(claimed):
        if not re.search(rf"(?<![\d:]){match['one']}\s?(?::|-?to-?)\s?{match['other']}(?![\d:])", text):
            return reason("figure", name=match.group())
    return _month(claimed, "\n".join([text, ground.beside, *ground.questions])) or _stage(claimed, text)


def _month(claimed: str, text: str) -> str | None:
    known = {MONTHS[name.lower()] for name in re.findall(rf"\b({MONTH})\b", text, re.IGNORECASE)}
    known |= {int(match["behind"] or match["before"]) for match in _NUMBERED.finditer(text)}
    for match in re.finditer(rf"\b{MONTH}\b", claimed, re.IGNORECASE):
        name = match.group()
        told = name.lower() not in ("may", "march", "mar") or _OF_TIME.search(claimed[: match.start()])
        if name[0].isupper() and told and MONTHS[name.lower()] not in known:
            return reason("word", name=name)
    return None


def _stage(claimed: str, text: str) -> str | None:
    known = {match["sort"].lower() for match in _STAGE.finditer(text)}
    for match in _STAGE.finditer(claimed):
        sort = match["sort"].lower()
        if known and sort not in known | listed("words", "stop") and not any(other.startswith(sort) for other in known):
            return reason("word", name=match.group())
    return None
