"""Whether something passed a bound that a question names, by the bound that a sentence sets: over 6 of "none exceeded 6"."""

from __future__ import annotations

import re

from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.sentences.surroundings import around
from assistant.agent.offline.understanding.bounds import bounded, is_bound
from assistant.agent.offline.understanding.cues import content, light, words_of
from assistant.agent.offline.understanding.terms import forms_of
from assistant.agent.offline.understanding.topic import Topic
from assistant.agent.offline.verdicts.undecided import CLAUSE, EXCEPT
from assistant.agent.offline.verdicts.wanting import lacks
from assistant.language.figures import Figure
from assistant.language.negations import NEGATION
from assistant.language.stems import stem

# So near the sentence is to the question.
_CLOSE = 0.3
# How questions say that a bound was passed, and by any.
_PASSING = re.compile(
    r"go|goes|went|gone|get|got|come|came|over|above|past|exceed\w*|more|than|pass\w*|any(?:body|one)?|some(?:body|one)|ever", re.IGNORECASE
)


def passes_bound(topic: Topic, match: Match) -> bool | None:
    """Whether what is asked about lies beyond the question's bound, by one that the sentence sets to it; None where neither follows.

    "Over 95?" is affirmed by "above 99", "over 6?" denied by "none exceeded 6".
    """
    question, text = topic.question, match.unit.text
    if NEGATION.search(question) or EXCEPT.search(text) or match.cosine < _CLOSE or _lacks_more(match):
        return None
    beyond, kept = _passed(question), _kept(text)
    if len({bound.value for bound in bounded(text) if is_bound(bound) and any(_alike(unit, bound.unit) for _, unit in beyond)}) > 1:
        return None  # of whom each of them is
    if any(_alike(unit, own) and most <= value for value, unit in beyond for most, own in kept):
        return False
    least_told = [bound for bound in bounded(text) if bound.qualifier in (">", ">=") and _is_of(question, bound, text)] if not kept else []
    told = {(bound.value, bound.unit) for bound in least_told}
    surely = any(_alike(unit, own) and least >= value for value, unit in beyond for least, own in told)
    return True if surely and not NEGATION.search(text) else None


def leaves_bound_open(topic: Topic, match: Match) -> bool:
    """Whether more may have been than the question's bound, though no more than the sentence's: over 5 of "none exceeded 6"."""
    return any(_alike(unit, own) and most > value for value, unit in _passed(topic.question) for most, own in _kept(match.unit.text))


def _is_of(question: str, bound: Figure, text: str) -> bool:
    """Whether a bound is set to what the question names, by a word of it in the bound's clause."""
    asked = (word for word in content(question) - light() if not _PASSING.fullmatch(word) and not word.isdigit())
    return any(forms_of(word) & around(bound, text) for word in asked)


def _alike(asked: str, own: str) -> bool:
    """Whether two bounds are of one measure; who asks for a share may leave its sign out: "over 95"."""
    return asked == own or (not asked and own == "percent")


def _lacks_more(match: Match) -> bool:
    """Whether the sentence lacks words of the question beside those for whom, and that the bound was passed."""
    whom = words_of("whom", table="reference_figures")
    rest = (word for word in lacks(match) if not _PASSING.fullmatch(word) and not any(map(str.isdigit, word)))
    return any(stem(word) not in whom for word in rest)


def _passed(question: str) -> set[tuple[float, str]]:
    return {(bound.value, bound.unit) for bound in bounded(question) if bound.qualifier == ">"}


def _kept(text: str) -> set[tuple[float, str]]:
    """The bounds that a text says nothing passed."""
    kept, behind = set[tuple[float, str]](), 0
    for bound in bounded(text):
        none = NEGATION.search(CLAUSE.split(text[behind : bound.start])[-1])
        if bound.qualifier == "<=" or (none and bound.qualifier == ">"):
            kept.add((bound.value, bound.unit))
        behind = bound.end
    return kept
