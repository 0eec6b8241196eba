"""Whether a difference is significant by the p-values that a sentence states."""

from __future__ import annotations

import re

from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.understanding.topic import Topic
from assistant.agent.offline.verdicts.elsewhere import is_of_another_study, is_of_other_arms
from assistant.agent.offline.verdicts.undecided import is_told_apart
from assistant.language.negations import NEGATION
from assistant.language.p_values import p_values

_SIGNIFICANT = re.compile(r"\bsignificant(?:ly)?\b|\bsignificance\b", re.IGNORECASE)
# So likely the sentence has to answer.
_LIKELY = 0.3


def is_significant(topic: Topic, match: Match) -> bool | None:
    """Whether every p-value of the sentence is below the usual level, or none is; None where it states none, both kinds, or a bound
    that leaves it open, and where a p-value stands in another clause than what is asked about.
    """
    text = match.unit.text
    if not _SIGNIFICANT.search(topic.question) or NEGATION.search(f"{topic.question} {text}") or match.chance < _LIKELY:
        return None
    if is_told_apart(topic, match) or is_of_another_study(topic, text) or is_of_other_arms(topic, text):
        return None
    below = {stated.is_below_level for stated in p_values(text)}
    return below.pop() if len(below) == 1 else None
