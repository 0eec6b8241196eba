"""Whether an arm is the one that another is compared with, by the words that lead in to it."""

from __future__ import annotations

import re

_LEAD = 60  # characters that may lead in
# What stands before the arm that another is compared with.
_BEFORE_OBJECT = re.compile(
    r"\b(?:than|over|versus|vs\.?|against|compared (?:with|to)|relative to|superior to|inferior to"
    r"|outlived|outperformed|beat|exceeded|surpassed|instead of|rather than"
    r"|above|below|unlike|times the)"
    r"(?:\s+(?:with|after|for|in|by|at|to|the|a|an|that|those|of|mice|animals|on|given|receiving|received|got|treated|dosed|who|only|just|did|it|them|groups?|arms?|cohorts?|\d[\d.]*|days?|weeks?|months?|survival|[A-Z]\d?,)){0,6}\s*$"
    r"|\b(?:twice|double|half|thrice|triple|times) (?:the|that|those)\b(?:(?!\bof\b)[^,;.]){0,30}\bof (?:the |those )?$"
    r"|\bas \w+(?: \w+){0,3} as (?:(?:that|those) of )?(?:the )?$",
    re.IGNORECASE,
)


def is_compared_with(before: str) -> bool:
    """Whether what is named behind ``before`` is what something is compared with: "longer than the mice given"."""
    return _BEFORE_OBJECT.search(before[-_LEAD:]) is not None
