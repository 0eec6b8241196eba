"""Sentences that name one by one what a question asks for in the plural: "factors … include …, … and …", "words such as …"."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from assistant.agent.offline.understanding.cues import content, light
from assistant.agent.offline.understanding.terms import forms_of
from assistant.language.kept import kept_for_passages
from assistant.language.stems import Word, words

if TYPE_CHECKING:
    from assistant.agent.offline.sentences.lookup import Match

# What leads up to things that are named, and so many commas between them at least.
_LEAD = re.compile(r"\b(?:includ(?:e|es|ed|ing)|such as|like|namely|as follows)\b", re.IGNORECASE)
_FEWEST_COMMAS = 3
# Where a subject ends: "factors | that might cause this include".
_SUBJECT_ENDS = re.compile(r"\b(?:that|which|who|of|for|in|to|with|from|on|by|may|might|can|could|will|are|is)\b|[,;:]", re.IGNORECASE)
_CLAUSE = re.compile(r"[.;:]\s")
# What is asked for stands behind "which" and before a verb or preposition: no risks in "which report is it for the risks?".
_ASKING = re.compile(r"\b(?:which|what|list|name|give|tell|show)\b", re.IGNORECASE)
_ENDS = re.compile(
    r"\b(?:are|is|was|were|do|does|did|can|could|may|might|will|would|should|have|has|that|who|to|for|of|in|on|by|with|from|at|as)\b|[,;:]",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"[a-z]{3,}(?<!ss)(?<!us)(?<!is)s", re.IGNORECASE)
_OTHER_FORMS = frozenset(["yesno", "how many", "how much", "why", "when", "where", "who", "definition"])
# What is asked for is named in so many words: "report describes all risk factors" asks for a report.
_LONGEST_NAME = 3
_DETERMINERS = frozenset(["the", "all", "any", "some", "other", "their", "its", "these", "those", "main", "key", "exact", "specific"])
# So much of the question the sentence has, and so much of what any sentence has of it.
_COVERED, _AS_MUCH = 0.3, 0.6


def listed(question: str, form: str, matches: Sequence[Match]) -> list[Match]:
    """The sentences that name one by one what the question asks for, with enough of its words, the likeliest first."""
    if form in _OTHER_FORMS:
        return []
    named = [word for word in words(_thing(question)) if word.text not in _DETERMINERS][:_LONGEST_NAME]
    asked = frozenset(stem for word in named if _PLURAL.fullmatch(word.text) for stem in forms_of(word.stem))
    most = max((match.coverage for match in matches), default=0.0)
    enough = (match for match in matches if not match.unit.columns and match.coverage >= max(_COVERED, _AS_MUCH * most))
    return [match for match in enough if asked & enumerated(match.unit.text) and _shares(question, asked, match)]


def _thing(question: str) -> str:
    """What the question asks for: "risk factors" of "which risk factors are named?"; its beginning where it has no such word."""
    asking = _ASKING.search(question)
    parts = _ENDS.split(question[asking.end() :] if asking else question)
    return next((part for part in parts if content(part)), "")


def _shares(question: str, asked: Collection[str], match: Match) -> bool:
    """Whether it has a word of what is asked of the things, or nothing is: "risk factors"."""
    lacking = {word for term in match.lacks for word in term.split()}
    rest = [word.text for word in words(question) if word.stem in content(question) - light() and word.stem not in asked]
    return not rest or any(word not in lacking for word in rest)


@kept_for_passages
def enumerated(text: str) -> frozenset[str]:
    """The stems of what a text names one by one: ``{"factor", "differ"}`` of "factors that make a difference include …, … and …"."""
    return frozenset(
        word.stem
        for lead in _LEAD.finditer(text)
        if text.count(",", lead.end()) >= _FEWEST_COMMAS
        for word in _heads(_CLAUSE.split(text[: lead.start()])[-1])
    )


def _heads(before: str) -> list[Word]:
    """The last word before what leads up to the things, and the last one of the subject."""
    subject = _SUBJECT_ENDS.split(before.strip(), maxsplit=1)[0]
    return [found[-1] for found in (words(before), words(subject)) if found]
