"""The phases of trials that questions name and sentences speak of: "Phase 1 vs Phase 2"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.agent.offline.understanding.cues import content, light, words_of
from assistant.language.kept import kept_for_passages
from assistant.language.names import fold

if TYPE_CHECKING:
    from assistant.agent.offline.sentences.lookup import Match

_PHASE = re.compile(r"\bphase ([1-4])(?:[ab]|/[1-4])?\b")
_FEWEST = 2
# Signals whose words only set things side by side.
_COMPARING = ("compare", "change", "cross")


@kept_for_passages
def phases_in(text: str) -> frozenset[str]:
    """The numbers of the phases that a text names: ``{"1", "2"}``."""
    return frozenset(_PHASE.findall(fold(text)))


def speaks_of_phases(question: str, text: str) -> bool:
    """Whether a text speaks of a phase that the question names, if it names any: what mice got tells nothing of a Phase 2 trial."""
    asked = phases_in(question)
    return not asked or not asked.isdisjoint(phases_in(text))


def compares_phases(question: str, match: Match) -> bool:
    """Whether the sentence has both phases that the question sets side by side, and all its words but those of comparing."""
    asked = phases_in(question)
    if len(asked) < _FEWEST or not asked <= phases_in(match.unit.text):
        return False
    return not content(" ".join(match.lacks)) - light() - words_of(*_COMPARING)
