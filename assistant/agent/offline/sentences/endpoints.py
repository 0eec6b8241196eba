"""The endpoints of trials that a text speaks of: overall survival, response rate."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.language.kept import kept_for_passages

_ENDPOINTS = {
    name: re.compile(rf"\b(?:{long}|{name})\b", re.IGNORECASE)
    for name, long in {
        "OS": r"overall[- ]survival",
        "PFS": r"progression[- ]free|did not (?:get worse|worsen|progress|grow)|without (?:worsening|progress\w*|getting worse)",
        "EFS": r"event[- ]free",
        "DFS": r"disease[- ]free",
        "TTP": r"time to progression",
        "DOR": r"duration of (?:the )?(?:\w+ )?response",
        # Immune responses are none of tumors.
        "ORR": r"(?:objective |overall )?response rates?"
        r"|(?<!immune )(?<!antibody )(?<!cell )responses? (?:was|were) (?:seen|observed|recorded|reported|confirmed)",
        "DCR": r"disease[- ]control(?: rate)?",
    }.items()
}


@kept_for_passages
def endpoints(text: str) -> frozenset[str]:
    """The endpoints of trials that a text speaks of, by their abbreviations."""
    return frozenset(endpoints_in(text))


@kept_for_passages
def endpoints_in(text: str) -> Mapping[str, str]:
    """These endpoints, each with the words in which the text first speaks of it."""
    return {name: found.group() for name, pattern in _ENDPOINTS.items() if (found := pattern.search(text))}
