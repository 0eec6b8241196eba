"""How a yes/no question is put: of both of two things, of things to choose from, of what is only mentioned."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.agent.offline.understanding.topic import Topic

_CHOICE = re.compile(r"\w,? or (?!not\b|more\b|less\b|longer\b|so\b|higher\b|lower\b)\w", re.IGNORECASE)
_AS_WELL = re.compile(r"\b(?:as well|too)\b(?!\s+as\b)(?=\s*(?:[,;?]|$|and\b))|\bin addition\b", re.IGNORECASE)
# "For imaging, and not just therapy" asks for both.
_NOT_JUST = re.compile(r"[\s,;]*\b(?:and |but )?not (?:just|only|merely|solely|simply|exclusively)\b", re.IGNORECASE)
_MENTIONED = re.compile(
    r"\b(?:mention(?:s|ed)?|named|listed|cited|(?:talk|speak)s? (?:of|about)|refer(?:s|red)? to|among the)\b", re.IGNORECASE
)


def with_both(topic: Topic) -> Topic:
    """``topic`` asked of both where one of two is not the only one: "for imaging, not just therapy", "not only for therapy"."""
    return replace(topic, question=_NOT_JUST.sub(" and ", topic.question))


def asks_mention(question: str) -> bool:
    """Whether a question asks if something is spoken of, which what only might be is all the same."""
    return _MENTIONED.search(question) is not None


def offers_choice(question: str) -> bool:
    """Whether a question offers things to choose from, which no yes or no answers: "with the first or the second dose?".

    What is asked beside something else is none: "for scans or diagnosis as well".
    """
    return _CHOICE.search(question) is not None and _AS_WELL.search(question) is None
