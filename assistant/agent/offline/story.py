"""A long question → what it asks, without what people tell of themselves around it: "I am at my desk and cannot find the …"."""

from __future__ import annotations

import re

from assistant.agent.offline.cues import light, scaffold
from assistant.language.stems import stems

# A question of so many words may hold a story; a clause that asks something has so many words with content.
_LONG, _FEWEST = 12, 2
_BREAK = re.compile(
    r"[,;:]\s+|\s[-–—]+\s|\s+(?=(?:and|but|so|because|since|as)\s+(?:i|we|my|our|a colleague|somebody|someone)\b)", re.IGNORECASE
)
_TELLER = r"(?:and |but |so |because |since |as |for )?(?:i(?!\.e)|we|my|our|a colleague|some(?:body|one))\b"
_OF_TELLER = re.compile(rf"^(?:{_TELLER}|(?:dear|hi|hello|sorry|thanks)\b)", re.IGNORECASE)
_REQUEST = re.compile(r"^(?:could|can|would|do|will|might) (?:you|someone|anybody)\b", re.IGNORECASE)
_ASKING = re.compile(r"\b(?:what|who|whom|whose|when|where|why|how|whether)\b", re.IGNORECASE)
# What is asked about behind a teller's own doings: "I cannot find in my notes | the dose".
_ABOUT = re.compile(r"\babout (?=\w)", re.IGNORECASE)
_OBJECT = re.compile(r"\b(?=(?:the|any|those|these)\s)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.?!]\s+[A-Z]")


def without_story(question: str) -> str:
    """``question`` without the clauses that speak of who asks; as it is where it is short or nothing else is left."""
    told = [part.strip(" ,.?!") for part in _BREAK.split(question)]
    if len(question.split()) < _LONG or _SENTENCE_END.search(question) or not any(map(_is_told, told)):
        return question
    for pattern in (_ASKING, _ABOUT, _OBJECT):
        kept = [_from(pattern, part) for part in told if not _is_told(part) or pattern.search(part)]
        if _says_enough(kept):
            return f"{', '.join(kept)}?"
    return question


def _from(pattern: re.Pattern[str], clause: str) -> str:
    """A teller's clause from where ``pattern`` first stands; another's as it is."""
    found = pattern.search(clause)
    return clause[found.start() :].strip() if found and _is_told(clause) else clause


def _is_told(clause: str) -> bool:
    """Whether a clause speaks of who asks, or only asks to be helped: "could you have a look"."""
    return bool(_OF_TELLER.match(clause) or (_REQUEST.match(clause) and not _says_enough([clause])))


def _says_enough(clauses: list[str]) -> bool:
    return len(frozenset(stems(" ".join(clauses))) - scaffold() - light()) >= _FEWEST
