"""A long question → what it asks, without what people tell of themselves around it: "I am at my desk and cannot find the …"."""

from __future__ import annotations

import calendar
import re

from assistant.agent.offline.understanding.cues import light, scaffold
from assistant.language.figures import figures
from assistant.language.names import elements, nuclides
from assistant.language.stems import stems

# A question of so many words may hold a story; a clause that asks something has so many words with content.
_LONG, _FEWEST = 12, 2
_BREAK = re.compile(
    r"[,;:]\s+|\s[-–—]+\s|\s+(?=(?:and|but|so|because|since|as)\s+(?:i|we|my|our|a colleague|somebody|someone)\b)", re.IGNORECASE
)
_TELLER = r"(?:and |but |so |because |since |as |for )?(?:i(?!\.e)|we|my|our|a colleague|some(?:body|one))\b"
_GREETING = re.compile(r"^(?:dear|hi|hello|sorry|thanks)\b", re.IGNORECASE)
_OF_TELLER = re.compile(rf"^{_TELLER}", re.IGNORECASE)
_REQUEST = re.compile(r"^(?:could|can|would|do|will|might) (?:you|someone|anybody)\b", re.IGNORECASE)
_ASKING = re.compile(r"\b(?:what|who|whom|whose|when|where|why|how|whether)\b", re.IGNORECASE)
# What is asked about behind a teller's own doings: "I cannot find in my notes | the dose".
_ABOUT = re.compile(r"\babout (?=\w)", re.IGNORECASE)
_OBJECT = re.compile(r"\b(?=(?:the|any|those|these)\s)", re.IGNORECASE)
# "For my talk I need | all the figures, each arm": what somebody needs is what is asked, where nothing else is.
_NEEDED = re.compile(
    r"(?:(?<=\bneed )|(?<=\bwant )|(?<=\brequire )|(?<=\blike )|(?<=\bafter )|(?<=\bfor )|(?<=\bhave ))(?=(?:the|all|every|each|both)\s)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.?!]\s+[A-Z]")
# A word with a capital that opens no clause, or a code such as QX 7; days, months and people's titles are no names of things.
_NO_NAMES = "|".join([*calendar.day_name, *filter(None, calendar.month_name), "I", "Dr", "Mr", "Ms", "Mrs", "Prof"])
_NAME = re.compile(rf"(?<=\w )(?!(?:{_NO_NAMES})\b)[A-Z][\w-]+|\b[A-Z][A-Za-z]*[ -]?\d+\b")


def without_story(question: str) -> str:
    """``question`` without the clauses that speak of who asks; as it is where it is short or nothing else is left."""
    told = [part.strip(" ,.?!") for part in _BREAK.split(question)]
    if len(question.split()) < _LONG or _SENTENCE_END.search(question) or not any(map(_is_told, told)):
        return question
    ways = (_ASKING, _ABOUT, _OBJECT) if _ASKING.search(question) else (_NEEDED, _ABOUT, _OBJECT)
    tried = [[_split(pattern, part) for part in told] for pattern in ways]
    whole = [[("", "".join(parts)) if _specifies(parts[0]) else parts for parts in split] for split in tried]
    for split in [*(split for split in tried if not any(_specifies(left_out) for left_out, _ in split)), *whole]:
        kept = [clause.strip() for _, clause in split if clause.strip()]
        if _says_enough(kept):
            return f"{', '.join(kept)}?"
    return question


def _split(pattern: re.Pattern[str], clause: str) -> tuple[str, str]:
    """What is left out of a clause and what is kept: a teller's from where ``pattern`` first stands on; all of another's."""
    if not _is_told(clause):
        return "", clause
    found = pattern.search(clause)
    start = found.start() if found else len(clause)
    return clause[:start], clause[start:]


def _is_told(clause: str) -> bool:
    """Whether a clause speaks of who asks, or only asks to be helped: "could you have a look"."""
    return bool(_GREETING.match(clause) or _OF_TELLER.match(clause) or (_REQUEST.match(clause) and not _says_enough([clause])))


def _specifies(told: str) -> bool:
    """Whether what is told of oneself has an amount or the name of a thing, which the question may rest on: "we have 74 MBq of it"."""
    if _GREETING.match(told):
        return False
    measured = any(figure.unit and figure.unit != "date" for figure in figures(told))
    return measured or bool(nuclides(told) or elements(told) or _NAME.search(told))


def _says_enough(clauses: list[str]) -> bool:
    return len(frozenset(stems(" ".join(clauses))) - scaffold() - light()) >= _FEWEST
