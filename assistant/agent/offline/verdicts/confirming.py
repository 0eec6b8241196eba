"""Yes to what a sentence says in full, unless its figure is another's, its bound is not set there, or it is only planned."""

from __future__ import annotations

import re

from assistant.agent.offline.phrasing import phrase
from assistant.agent.offline.sentences.alignment import stretches
from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.understanding.bounds import bounded, is_above, is_bound
from assistant.agent.offline.understanding.cues import content, light
from assistant.agent.offline.understanding.terms import forms_of, stem_set
from assistant.agent.offline.understanding.topic import Topic
from assistant.agent.offline.verdicts.aligned import counts_nothing, is_of_another_arm, states
from assistant.agent.offline.verdicts.wanting import UNDER_WAY
from assistant.language.figures import figures
from assistant.language.stems import stems

_OPENING = r"^\W*(?:(?:so|and|but)\W+)?"
# What has been done, what was, and what is begun or over are asked of now and before.
_DONE = re.compile(rf"{_OPENING}(?:has|have|had)\b", re.IGNORECASE)
_SO_FAR = re.compile(
    rf"{_OPENING}(?:has|have|had|did|was|were)\b|{_OPENING}(?:is|are)\b.*\b(?:begun|started|done|over|under ?way|filed|completed?|running"
    r"|open|approved|finished|recruiting|enrolling|ongoing)\W*$",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"\b(?:will|would|shall|(?:is|are|was|were) (?:also |now )?(?:expected|planned|scheduled|due|intended|anticipated|set|to)\b"
    r"|expects?|plans?|intends?|anticipates?|aims?|hopes?)\b"
    r"|\b(?:planned|scheduled|proposed) (?:for|to|in|on|by|from)\b",
    re.IGNORECASE,
)
_ASKED_TO_COME = re.compile(
    r"\b(?:will|would|plan\w*|expect\w*|intend\w*|anticipat\w*|schedul\w*|aim\w*|hop\w*|propos\w*|going to|due|design\w*|to be)\b",
    re.IGNORECASE,
)
_DONE_THERE = re.compile(
    r"\b(?:has|have|had) (?:already |now |since )?(?:been |begun|started|opened|filed|completed|received|\w+ed\b)"
    r"|\b(?:began|did)\b|\b(?:was|were) \w+ed\b",
    re.IGNORECASE,
)
# "Nearly double" is not double, and two things are the same only where it is said of both.
_NEARLY = re.compile(r"\b(?:nearly|almost|just under|close to)\s+(?P<what>[a-z]+)", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:nearly|almost|about|around|roughly|approximately|close)\b", re.IGNORECASE)
_SAME_AS = re.compile(r"\b(?:the same as|equal to|identical (?:to|with)|as (?:high|long|large|many|much) as)\b", re.IGNORECASE)
_ALIKE = re.compile(
    r"\b(?:the same as|equal\w*|identical\w*|unchanged|no (?:different|difference)|alike|both|each|as \w+ as|similar\w*|comparable"
    r"|match\w*)\b",
    re.IGNORECASE,
)
# "Is it complete?" is not told by a complete response.
_IS_SO = re.compile(r"^\W*(?:is|are|was|were)\b.*\b(?P<so>complete|over|open|final|safe|free|stable)\W*$", re.IGNORECASE)


def confirmed(topic: Topic, match: Match) -> str:
    """Yes; no where what the question states is for certain told of something else, or only planned; empty where that is not clear."""
    stated, none = states(topic, match), counts_nothing(topic, match)
    if stated is None or none is None or _is_unclear(topic, match):
        return ""
    if is_only_planned(topic.question, match.unit.text):
        return phrase("no") if _DONE.search(topic.question) else ""
    return phrase("yes" if stated and not none else "no")


def _is_unclear(topic: Topic, match: Match) -> bool:
    question, text = topic.question, match.unit.text
    apart = _SAME_AS.search(question) is not None and _ALIKE.search(text) is None
    nearly = not _ABOUT.search(question) and any(
        content(found["what"]) & frozenset(stems(question)) - light() for found in _NEARLY.finditer(text)
    )
    so = _IS_SO.search(question)
    named = so is not None and re.search(rf"\b{so['so']} (?!by\b|in\b|on\b|at\b|for\b|to\b|with\b)[a-z]", text, re.IGNORECASE) is not None
    return apart or nearly or named or leaves_bound(question, text) or is_of_another_arm(topic, match)


def leaves_bound(question: str, text: str) -> bool:
    """Whether a question sets a bound that a sentence does not set, so that only its figures could tell."""
    set_there = {(bound.value, bound.unit, is_above(bound)) for bound in bounded(text) if is_bound(bound)}
    asked = [bound for bound in bounded(question) if is_bound(bound)]
    return bool(figures(text)) and any((bound.value, bound.unit, is_above(bound)) not in set_there for bound in asked)


def is_only_planned(question: str, text: str) -> bool:
    """Whether it is asked if something was done, and the stretch of a text that has most of it tells that it is to come."""
    if not _SO_FAR.search(question) or _ASKED_TO_COME.search(question) or not _TO_COME.search(text):
        return False
    own = stems(question)
    verbs = [word for word in own if word in _BEGINNING or re.search(rf"\b{re.escape(word)}\w*ed\b", question, re.IGNORECASE)]
    asked = [forms_of(word) for word in (verbs[-1:] or frozenset(own) & content(question))]
    parts, plan = list[tuple[int, str]](), ""
    for stretch in stretches(text):
        # "Expects to file … and to begin" is expected of both.
        plan = "will " if _TO_COME.search(stretch) or (plan and re.match(r"\W*(?:and\W+)?to [a-z]+", stretch)) else ""
        parts.append((sum(bool(forms & stem_set(stretch)) for forms in asked), f"{plan}{stretch}"))
    most = max(count for count, _ in parts)
    told = [stretch for count, stretch in parts if count == most]
    return all(_TO_COME.search(stretch) and not (UNDER_WAY.search(stretch) or _DONE_THERE.search(stretch)) for stretch in told)


_BEGINNING = frozenset(stems("begin start open launch file complete"))
