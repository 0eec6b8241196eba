"""Whether a sentence allows or forbids what a question asks about: "can I bring my phone?", "do I have to fast?"."""

from __future__ import annotations

import re

from assistant.agent.offline.cues import cues
from assistant.agent.offline.lookup import Match
from assistant.agent.offline.topic import Topic
from assistant.agent.offline.undecided import is_of_a_part, share_denied
from assistant.agent.offline.wanting import TABLE
from assistant.language.negations import NEGATION

_LEAD = r"^\W*(?:(?:so|and|but|ok|well)\W+)*"
_MAY = re.compile(
    rf"{_LEAD}(?:can|could|may|might|(?:am|are|is) (?:i|we|they|he|she|\w+) (?:allowed|permitted)"
    r"|is it (?:ok|okay|alright|all right|fine|allowed|safe)|ok(?:ay)? to)\b",
    re.IGNORECASE,
)
_MUST = re.compile(rf"{_LEAD}(?:must|(?:did|do|does) \w+ (?:have|need) to)\b", re.IGNORECASE)
# The month of May allows nothing, and what could happen is not allowed.
_ALLOWED = re.compile(
    r"\b(?:can|could|may|might)\b(?! possibly)|\b(?i:is|are|be) (?i:allowed|permitted|fine|ok|okay|welcome|possible|accepted|eligible)\b"
)
_FORBIDDEN = re.compile(
    r"\b(?:can|could|may|must|should|do) ?not\b|\bcannot\b|\b(?:can|couldn|mustn|shouldn|don)[’']t\b|\bno one\b|\bnobody\b"
    r"|\bnot (?:allowed|permitted|accepted|eligible|possible)\b",
    re.IGNORECASE,
)
_NOT_NEEDED = re.compile(
    r"\b(?:need|do|does|did) ?not (?:need to|have to)\b|\bneed ?not\b|\b(?:need|don|doesn)[’']t\b|\bno need\b"
    r"|\bnot (?:required|necessary)\b",
    re.IGNORECASE,
)
# What is allowed to some, or so far, is not just allowed; who does not have something may join.
_LIMITED = re.compile(
    r"\bonly\b|\bunless\b|\bprovided\b|\bat a time\b|\b(?:who|which|that) (?:do|does|did|have|has|are|is)(?: not|n[’']t)\b", re.IGNORECASE
)
# Where something is told to be done, a denial in the same sentence is of something else.
_TOLD = re.compile(r"\b(?:must|should|have to|need to|please)\b(?! ?not\b)", re.IGNORECASE)
# Such a sentence has to be so likely to answer, and its denial has to stand in a clause with so much of what it has of the question.
_LIKELY, _IN_CLAUSE = 0.4, 0.5


def is_allowed(topic: Topic, match: Match) -> bool | None:
    """Whether what the question asks about is allowed, or needed; None where the sentence does not tell.

    Counted on yes/no questions of tests/evals of which the sentence lacked words: allowed was right 10 of 10 times, forbidden 18 of 21.
    """
    text = match.unit.text
    if match.chance < _LIKELY or NEGATION.search(topic.question) or _LIMITED.search(text):
        return None
    may, must = _MAY.search(topic.question), _MUST.search(topic.question)
    if may and _ALLOWED.search(text) and not (NEGATION.search(text) or cues(text, "turned", TABLE)):
        return True
    forbidden = _FORBIDDEN.search(text)
    if forbidden and is_of_a_part(topic.question, text[: forbidden.start()]):
        return None
    denied = (may and forbidden and not _NOT_NEEDED.search(text)) or (must and _NOT_NEEDED.search(text))
    return False if denied and not _TOLD.search(text) and share_denied(topic, match) >= _IN_CLAUSE else None
