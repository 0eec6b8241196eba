"""Whether a difference is significant by the p-values that a sentence states."""

from __future__ import annotations

import re

from assistant.agent.offline.lookup import Match
from assistant.agent.offline.topic import Topic
from assistant.agent.offline.undecided import is_told_apart
from assistant.language.negations import NEGATION

# The level at which a difference is called significant by convention (R. A. Fisher, Statistical Methods for Research Workers, 1925).
_LEVEL = 0.05
_P_VALUE = re.compile(
    r"\bp(?:[ -]?values?)?\s*(?P<sign>of|was|is|[=<≤>≥]+|(?:less|greater|more) than)\s*(?P<value>[01]?\.\d+|[01]\b)", re.IGNORECASE
)
_BELOW, _ABOVE = ("<", "less"), (">", "greater", "more")
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
    if is_told_apart(topic, match):
        return None
    below = {_is_below(found["sign"].casefold(), float(found["value"])) for found in _P_VALUE.finditer(text)}
    return below.pop() if len(below) == 1 else None


def _is_below(sign: str, value: float) -> bool | None:
    """Whether a p-value that is stated so is below the level; None where it may be on either side."""
    if sign.startswith(_BELOW):
        return True if value <= _LEVEL else None
    if sign.startswith(_ABOVE):
        return False if value >= _LEVEL else None
    return value < _LEVEL
