"""Whether a sentence allows or forbids what a question asks about: "can I bring my phone?", "do I have to fast?"."""

from __future__ import annotations

import re

from assistant.agent.offline.sentences.levels import meets
from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.understanding.bounds import is_bound, without
from assistant.agent.offline.understanding.cues import cues
from assistant.agent.offline.understanding.topic import Topic
from assistant.agent.offline.verdicts.undecided import is_of_a_part, share_denied
from assistant.agent.offline.verdicts.wanting import TABLE
from assistant.language.figures import figures
from assistant.language.negations import NEGATION

_LEAD = r"^\W*(?:(?:so|and|but|ok|well)\W+)*"
_MAY = re.compile(
    rf"{_LEAD}(?:can|could|may|might|(?:am|are|is) (?:[\w-]+ ){{1,4}}?(?:allowed|permitted|ok|okay|all ?right)"
    r"|is it (?:ok|okay|alright|all right|fine|allowed|safe)|ok(?:ay)? to)\b",
    re.IGNORECASE,
)
_MUST = re.compile(rf"{_LEAD}(?:must|(?:did|do|does) \w+ (?:have|need) to)\b", re.IGNORECASE)
# The month of May allows nothing, and what could happen is not allowed.
_ALLOWED = re.compile(
    r"\b(?:can|could|may|might)\b(?! possibly)|\b(?i:is|are|be) (?i:allowed|permitted|fine|ok|okay|welcome|possible|accepted|eligible)\b"
)
# What has to end is not allowed to go on; who asks whether it may end is told otherwise.
_ENDED = r"(?:stopped|discontinued|avoided|suspended|interrupted|withheld|paused)"
_ENDS = re.compile(r"\b(?:stop|discontinu|avoid|suspend|interrupt|withh[eo]ld|paus|end|quit)\w*", re.IGNORECASE)
_ENDS_IN_A_CASE = re.compile(
    rf"\b(?:must|should|has to|have to|needs? to) be {_ENDED}\b[^.;]*?\b(?:if|when|while|during|before|after|until|for|on|at|within|\d)\b",
    re.IGNORECASE,
)
_FORBIDDEN = re.compile(
    r"\b(?:can|could|may|must|should|do) ?(?:not|no longer)\b|\bcannot\b|\b(?:can|couldn|mustn|shouldn|don)[’']t\b|\bno one\b|\bnobody\b"
    rf"|\bnot (?:allowed|permitted|accepted|eligible|possible)\b|\b(?:must|should|has to|have to|needs? to) be {_ENDED}\b"
    r"|\b(?:forbidden|prohibited|banned|contra-?indicated)\b",
    re.IGNORECASE,
)
_NOT_NEEDED = re.compile(
    r"\b(?:need|do|does|did) ?not (?:need to|have to)\b|\bneed ?not\b|\b(?:need|don|doesn)[’']t\b|\bno need\b"
    r"|\bnot (?:required|necessary)\b",
    re.IGNORECASE,
)
_DENIAL = re.compile(f"{NEGATION.pattern}|{_FORBIDDEN.pattern}", re.IGNORECASE)
# What a bound is of: "mL/min".
_PER = re.compile(r"/\s?[a-z]+\b", re.IGNORECASE)
# What is allowed to some, or so far, is not just allowed; who does not have something may join.
_LIMITED = re.compile(
    r"\bonly\b|\bunless\b|\bprovided\b|\bat a time\b|\b(?:who|which|that) (?:do|does|did|have|has|are|is)(?: not|n[’']t)\b", re.IGNORECASE
)
# Where something is told to be done, a denial in the same sentence is of something else.
_TOLD = re.compile(r"\b(?:must|should|have to|need to|please)\b(?! ?not\b)", re.IGNORECASE)
# Such a sentence has to be so likely to answer, and its denial has to stand in a clause with so much of what it has of the question.
_LIKELY, _IN_CLAUSE = 0.4, 0.5


def asks_leave(question: str) -> bool:
    """Whether a question asks if something may be done."""
    return _MAY.search(question) is not None


def ends_in_a_case(text: str) -> bool:
    """Whether a sentence has something stopped or avoided in a case or for a time only, which leaves open what else is allowed."""
    return _ENDS_IN_A_CASE.search(text) is not None


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
    if forbidden and (_ENDS.search(topic.question) or is_of_a_part(topic.question, _whom(topic, text[: forbidden.start()]))):
        return None
    denied = (may and forbidden and not _NOT_NEEDED.search(text)) or (must and _NOT_NEEDED.search(text))
    told = _TOLD.search(_FORBIDDEN.sub(" ", text))
    return False if denied and not told and share_denied(topic, match, _DENIAL) >= _IN_CLAUSE else None


def _whom(topic: Topic, subject: str) -> str:
    """The subject without the bounds that the question's own level meets: those below 40 are meant where 35 is."""
    if not meets(topic.question, subject):
        return subject
    for bound in reversed([figure for figure in figures(subject) if is_bound(figure)]):
        subject = without(subject, bound)
    return _PER.sub(" ", subject)
