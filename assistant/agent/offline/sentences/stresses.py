"""Sentences that say themselves what is important: "Notably, …", where a question asks what or why something is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.agent.offline.understanding.cues import signals

if TYPE_CHECKING:
    from assistant.agent.offline.sentences.lookup import Match

_OPENING = re.compile(r"\W*(?:Importantly|Notably|Remarkably|Strikingly|Of note|Most importantly|It is (?:important|noteworthy|notable))\b")


def stresses(question: str, match: Match) -> bool:
    """Whether the question asks what is stressed, and the sentence, which has its names, opens with a word for that."""
    return match.names > 0 and "stressed" in signals(question) and _OPENING.match(match.unit.text) is not None
