"""Whether a sentence gives a choice of how many, "either one or two doses", where a question takes one of them for all there is."""

from __future__ import annotations

import re

from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.sentences.numbered import numbered
from assistant.agent.offline.understanding.topic import Topic
from assistant.agent.offline.verdicts.undecided import HALVES
from assistant.language.negations import NEGATION
from assistant.studies.vocabulary import read

# So near the sentence is to the question.
_CLOSE = 0.3
_COUNTS = {"a single": 1, "single": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_COUNT = r"(?:a single|single|one|two|three|four|five|six|[1-9])"
# What sets a bound from above, and what leaves nothing else; the count, and what is counted.
_AT_MOST = r"(?:(?:restricted|limited|confined|capped) to|(?:no|not) more than|at most|a maximum of)"
_JUST = r"(?:only|just|solely|exclusively|always|invariably|necessarily)"
_ASKED = re.compile(
    rf"\b(?:(?P<most>{_AT_MOST})|{_JUST})\s+(?:(?:an?|the|get|gets|given|receive[sd]?)\s+)*(?P<count>{_COUNT})[\s-]+(?P<what>\w+)"
    rf"|\b(?P<before>{_COUNT})[\s-]+(?P<thing>\w+)\s+(?:{_JUST})\b",
    re.IGNORECASE,
)
_CHOICE = re.compile(
    rf"\b(?P<low>{_COUNT})(?:[\s-]+(?P<what>[a-z]+?))?-?\s*(?:\bor\b|\bto\b|[–/-])\s*(?P<high>{_COUNT})[\s-]+(?P<thing>[a-z]+)",
    re.IGNORECASE,
)


def gives_choice(topic: Topic, match: Match) -> bool:
    """Whether the question's count of administrations is one of those between which a clause of the sentence leaves the choice, and more
    are, or for just so many any others. The clause has the phase or group that the question numbers.
    """
    asked = _ASKED.search(topic.question)
    if asked is None or match.cosine < _CLOSE or NEGATION.search(_ASKED.sub(" ", topic.question)):
        return False
    count = _value(asked["count"] or asked["before"])
    which = set(numbered(topic.question))
    for half in HALVES.split(match.unit.text):
        choice = _CHOICE.search(half)
        if choice is None or NEGATION.search(half) or not which <= set(numbered(half)):
            continue
        low, high = _value(choice["low"]), _value(choice["high"])
        given = all(map(_is_given, (asked["what"] or asked["thing"], choice["thing"])))
        if given and low <= count <= high and low < high and (count < high or not asked["most"]):
            return True
    return False


def _value(count: str) -> int:
    return int(count) if count.isdigit() else _COUNTS[count.casefold()]


def _is_given(word: str) -> bool:
    """Whether a word is for an administration, and for no other thing that is counted."""
    return any(term.values("administration") for term in read(word.casefold()))
