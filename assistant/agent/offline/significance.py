"""Whether a difference is significant by the p-values that a sentence states."""

from __future__ import annotations

import re

from assistant.agent.offline.lookup import Match
from assistant.agent.offline.topic import Topic
from assistant.language.negations import NEGATION

# The level at which a difference is called significant by convention (R. A. Fisher, Statistical Methods for Research Workers, 1925).
_LEVEL = 0.05
_P_VALUE = re.compile(r"\bp(?:[ -]?values?)?\s*(?:of|was|is|=|<|≤|>|≥)+\s*(?P<value>0?\.\d+)", re.IGNORECASE)
_SIGNIFICANT = re.compile(r"\bsignificant(?:ly)?\b|\bsignificance\b", re.IGNORECASE)
# So likely the sentence has to answer.
_LIKELY = 0.3


def is_significant(topic: Topic, match: Match) -> bool | None:
    """Whether all p-values of the sentence are below the usual level, or none is; None where it states none, or both kinds."""
    if not _SIGNIFICANT.search(topic.question) or NEGATION.search(topic.question) or match.chance < _LIKELY:
        return None
    below = {float(found["value"]) < _LEVEL for found in _P_VALUE.finditer(match.unit.text)}
    return below.pop() if len(below) == 1 else None
