"""What each of several documents says of one thing, where a question asks all of them: "according to the company and the university"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.agent.offline.encoders import Encode
from assistant.agent.offline.findings import Call, Findings
from assistant.agent.offline.sentences.fitness import answers
from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.sentences.matching import matches_of, searches
from assistant.agent.offline.understanding.cues import content, light
from assistant.agent.offline.understanding.forms import form_of
from assistant.agent.offline.understanding.topic import Topic

_DOCUMENTS = r"(?:(?:press|news) )?(?:releases|papers|documents|docs|reports|abstracts|letters|sources|publications|articles|texts|files)"
_TELLER = (
    r"(?:(?:the|an?|our|their) )?(?:[\w'’-]+ ){0,3}?(?:company|companies|manufacturer|sponsor|authors|academics|university|hospital|group"
    r"|team|investigators|researchers|study|paper|abstract|release|report|letter|article|publication)"
)
_BY = r"(?:according to|as told by|as reported by|by|in)"
# What asks several documents, and is no part of what they are asked.
_ASKING = (
    re.compile(rf",?\s*\b{_BY} {_TELLER} (?:and|vs\.?|versus) (?:{_BY} )?{_TELLER}\b", re.IGNORECASE),
    re.compile(rf"[,:]\s*{_TELLER} (?:and|vs\.?|versus) {_TELLER}\W*$", re.IGNORECASE),
    re.compile(
        rf",?\s*\b(?:(?:in|between|across|from|of|according to) )?(?:both|each|(?:all )?(?:the )?two|all|all three)(?: of)?(?: the)?"
        rf" {_DOCUMENTS}\b",
        re.IGNORECASE,
    ),
    re.compile(
        r",?\s*\b(?:then and now|now and then|before and now|now and before|earlier and now|now and earlier"
        r"|now and a year (?:ago|earlier))\b",
        re.IGNORECASE,
    ),
)
# So likely a sentence has to be to be what a document says, and so likely where another document answers; so many of each are tried, and
# so many documents are told.
_LIKELY, _NEAR, _TRIED, _TOLD = 0.1, 0.25, 4, 4


def asks_each(question: str) -> str:
    """The question without what asks several documents; empty where it asks one, or nothing else."""
    for pattern in _ASKING:
        rest = " ".join(pattern.sub(" ", question).split())
        if rest != " ".join(question.split()) and content(rest) - light():
            return rest.rstrip(" ,:")
    return ""


def plan(topic: Topic) -> list[Call]:
    """The searches for what each is asked; none where the question does not ask several."""
    of_each = _of_each(topic)
    return searches(of_each) if of_each else []


def said_by_each(topic: Topic, findings: Findings, encode: Encode) -> list[Match]:
    """The sentence of each document that answers, the newest first; none where the question does not ask several, or only one answers."""
    of_each = _of_each(topic)
    if of_each is None:
        return []
    tried = _tried(matches_of(of_each, findings, encode), findings)
    found: dict[str, Match] = {}
    for answering in (lambda match: answers(of_each, match, findings), _is_near):
        for match in tried:
            document = findings.document_of(match.unit.source).id
            if document not in found and answering(match):
                found[document] = match
        if not found:
            return []
    dated = sorted(found.values(), key=lambda match: findings.document_of(match.unit.source).date or "", reverse=True)
    return dated[:_TOLD] if len(found) > 1 else []


def _of_each(topic: Topic) -> Topic | None:
    """What each of several documents is asked; None where the question asks one, or for a yes or no."""
    asked = "" if topic.follows else asks_each(topic.question)
    form = form_of(asked)
    return replace(topic, question=asked, query=asked, form=form) if asked and form != "yesno" else None


def _is_near(match: Match) -> bool:
    """Whether a sentence is near enough to be what another document says of a thing that one of them answers."""
    return match.chance >= _NEAR and match.names >= 1 and match.kind >= 0 and not match.unit.title


def _tried(matches: Sequence[Match], findings: Findings) -> list[Match]:
    """The first sentences of each document, as far as they are likely."""
    counted: dict[str, int] = {}
    tried = []
    for match in matches:
        document = findings.document_of(match.unit.source).id
        counted[document] = counted.get(document, 0) + 1
        if counted[document] <= _TRIED and match.chance >= _LIKELY:
            tried.append(match)
    return tried
