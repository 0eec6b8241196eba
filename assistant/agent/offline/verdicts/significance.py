"""Whether a difference is significant by the p-values that a sentence states: by that of the groups that are asked about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.agent.offline.sentences.endpoints import endpoints
from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.understanding.arms_meant import tells_combination
from assistant.agent.offline.understanding.cues import light, scaffold, words_of
from assistant.agent.offline.understanding.mentions import Mentions, mentions
from assistant.agent.offline.understanding.topic import Topic
from assistant.agent.offline.verdicts.elsewhere import is_of_another_study, is_of_other_arms
from assistant.agent.offline.verdicts.undecided import is_told_apart
from assistant.language.names import element_names, nuclides
from assistant.language.negations import NEGATION
from assistant.language.p_values import P_VALUE, PValue, p_values
from assistant.language.stems import stems

_SIGNIFICANT = re.compile(r"\bsignificant(?:ly)?\b|\bsignificance\b|\bstatistically\b", re.IGNORECASE)
_DENIED = re.compile(
    r"\b(?:not|no)\s+(?:\w+\s+)?(?:statistically\s+)?significant(?:ly)?\b|\bdid not (?:significantly )?differ\b|\bnon-?significant\b"
    r"|\b(?:no longer|never|failed to|did not|does not|not)\s+(?:reach|achiev|attain)\w*\s+(?:statistical\s+)?significance\b",
    re.IGNORECASE,
)
# What a sentence compares with: "compared with vehicle, HR was 0.3".
_REFERENCE = re.compile(r"\b(?:compared (?:with|to)|versus|vs\.?|relative to|than)\s+(?P<named>[^,;()]+)", re.IGNORECASE)
# What names groups together: "the difference between the two labelled arms".
_OF_ALL = re.compile(
    r"\b(?:both|all|the (?:two|three|four))\s+(?:[\w-]+\s+){0,2}(?:arms|groups|cohorts|compounds|nuclides|schedules)\b", re.IGNORECASE
)
# Signals whose words tell of no group.
_OF_ANY_GROUP = ("gain", "gain_noun", "compare", "significance", "survival", "added", "shortfall", "quantified")
# So likely the sentence has to answer, and so many are looked through for one that tells.
_LIKELY, _TRIED = 0.3, 6


def telling(topic: Topic, matches: Sequence[Match]) -> Match | None:
    """The likeliest sentence by whose p-value the difference that is asked about is significant or not."""
    if not _SIGNIFICANT.search(topic.question):
        return None
    return next((match for match in matches[:_TRIED] if is_significant(topic, match) is not None), None)


def is_significant(topic: Topic, match: Match) -> bool | None:
    """Whether the p-values of the groups that are asked about are below the usual level; None where the sentence states none of them,
    both kinds, or a bound that leaves it open, and where a p-value stands in another clause than what is asked about.
    """
    text = match.unit.text
    if not _SIGNIFICANT.search(topic.question) or NEGATION.search(topic.question):
        return None
    if match.chance < _LIKELY and not _compares_the_same(topic, text):
        return None
    denied = _DENIED.search(text)
    if not endpoints(topic.question) <= endpoints(text):
        return None
    if NEGATION.search(_DENIED.sub(" ", text)) or is_of_another_study(topic, text) or is_of_other_arms(topic, text):
        return None
    stated = tuple(p_values(text))
    own = _of_group(topic.question, text, stated)
    if (len(own) == len(stated) and is_told_apart(topic, match)) or compares_others(topic, text):
        return None
    below = {each.is_below_level for each in own}
    told = below.pop() if len(below) == 1 else None
    return None if denied and told is not False else told


def _compares_the_same(topic: Topic, text: str) -> bool:
    """Whether both sides of the question are named by the text."""
    asked = [mentions(side, topic.known, topic.callings) for side in topic.sides]
    return sum(bool(_names(side)) for side in asked) > 1 and not compares_others(topic, text)


def compares_others(topic: Topic, text: str) -> bool:
    """Whether a side of a question of significance is none of the groups or compounds of the text, or the text compares with a control
    that the question does not name.
    """
    if not _SIGNIFICANT.search(topic.question) or _OF_ALL.search(text):
        return False
    if len(tuple(p_values(text))) == 1 and tells_combination(text) and not tells_combination(topic.question):
        return True
    said = mentions(text, topic.known, topic.callings)
    asked = [mentions(side, topic.known, topic.callings) for side in topic.sides]
    if any(_names(side) and not _names(side) & _names(said) for side in asked):
        return True
    reference = _REFERENCE.search(text)
    if reference is None or topic.named.control or not topic.sides:
        return False
    return mentions(reference["named"], topic.known).control


def _names(named: Mentions) -> set[object]:
    """The compounds, arms and controls that a text names."""
    control = {"control"} if named.control else set[object]()
    return {*((study.document, study.name) for study in named.studies), *named.called, *control}


def _of_group(question: str, text: str, stated: Sequence[PValue]) -> Sequence[PValue]:
    """Of several p-values the one before which a group stands that the question names; all where that is not clear."""
    if len(stated) < 2:
        return stated
    ends = [0, *(found.end() for found in P_VALUE.finditer(text))]
    parts = [_said(text[start:end]) for start, end in pairwise(ends)]
    reference = _REFERENCE.search(text)
    asked = _said(question) - _said(reference["named"] if reference else "") - scaffold() - light() - words_of(*_OF_ANY_GROUP)
    shared = [len(asked & part - frozenset[str]().union(*(other for other in parts if other is not part))) for part in parts]
    best = [each for each, count in zip(stated, shared, strict=True) if count == max(shared) > 0]
    return best if len(best) == 1 else stated


def _said(text: str) -> frozenset[str]:
    """The stems of a text, the names of the elements of its nuclides among them."""
    names = " ".join(element_names(mention.name).replace("|", " ") for mention in nuclides(text))
    return frozenset(stems(f"{text} {names}"))
