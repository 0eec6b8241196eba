"""Whether a calculation is of what the question singles out: the most of several, the very column, the subject of its own clause."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.agent.offline.deriving.candidate import Candidate
from assistant.agent.offline.deriving.labelled import Labelled
from assistant.agent.offline.deriving.wanted import Wanted
from assistant.agent.offline.understanding.cues import signals
from assistant.agent.offline.understanding.terms import forms_of, measure_key, stem_set
from assistant.language.stems import Word

# Behind a figure that is a mean already, of which none is to be made again.
_SPREAD = re.compile(r"\s*(?:±|\+/-)")
_EXTREMES = frozenset(["most", "least"])
# "The yield was 71 % and the purity 98 %": what leads up to the first figure leads up to no other.
_OWN_SUBJECT = re.compile(
    r"\b(?:and|while|but|whereas)\s+(?:the|its|their|an?)\s+[a-z][a-z-]+(?:\s+[a-z-]+)?(?:\s+(?:was|were|is|are|of))?\s*$", re.IGNORECASE
)


def of_extreme(each: Candidate, asked: Wanted, stated: Sequence[Labelled]) -> bool:
    """Whether one of the figures is the most or the least that the question names, where a sentence of theirs tells it: the maximum, and
    not the mean beside it.
    """
    wanted = signals(asked.question, "directions") & _EXTREMES
    told = [part for part in stated if wanted & signals(" ".join(part.near), "directions") and _is_beside_any(part, each)]
    return not wanted or not told or any(part in told for part in each.inputs)


def of_plain_columns(each: Candidate, asked: Wanted, stated: Sequence[Labelled]) -> bool:
    """Whether no cell is of a column that says more than the question where another of its row says that: no "72 h, blocked"."""
    told = {form for word in asked.operation.words for form in forms_of(word.stem)} | {measure_key(own) for own in asked.own if own.unit}

    def says_more(part: Labelled) -> bool:
        own = stem_set(part.column)
        others = (stem_set(other.column) for other in stated if other.column and other.unit == part.unit)
        return bool(own - told) and any(other < own and other & told == own & told for other in others)

    return not any(map(says_more, each.inputs))


def _is_beside_any(part: Labelled, each: Candidate) -> bool:
    return any(part.place == own.place and not part.column for own in each.inputs)


def says(part: Labelled, word: Word) -> float:
    """How well a word is said of a figure, what leads up to several of all that have no subject of their own: "and the purity 98 %"."""
    return part.has(word) if _OWN_SUBJECT.search(part.unit.text[: part.figure.start]) else part.leads(word)


def is_with_its_spread(part: Labelled) -> bool:
    """Whether a figure of a sentence is a mean itself: "71 ± 6 %"."""
    return not part.column and _SPREAD.match(part.unit.text, part.figure.end) is not None
