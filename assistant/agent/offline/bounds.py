"""Whether a figure is as a question bounds the one that it states: "more than 100 days", "at least 30", "under a month", or just that."""

from __future__ import annotations

import re
from math import isclose

from assistant.agent.offline.cues import signals
from assistant.agent.offline.topic import Topic
from assistant.language.figures import Figure

_OR_THAT = re.compile(
    r"\b(?:at (?:least|most)|no (?:less|more) than|(?:live|lived|lives|survive|survived|last|lasted|(?:make|made|get|got) it) to)\b",
    re.IGNORECASE,
)
# Within so many characters before a figure stands what bounds it.
_WITHIN = 20
# "About 70" is said of what is within a twentieth of that; a result that is rounded as stated is the one that is meant.
_ABOUT, _ROUNDED, _EXACT = 0.05, 0.005, 1e-9


def includes_it(question: str) -> bool:
    """Whether a bound of the question includes the figure itself: "at least 60", "did they live to day 60?"."""
    return _OR_THAT.search(question) is not None


def holds(value: float, stated: Figure, topic: Topic, *, rounded: bool = False) -> bool:
    """Whether ``value``, in the unit of ``stated``, lies to the side of it that the question names; is it, where it names none.

    Of a ``rounded`` value people state fewer digits than it has.
    """
    same = isclose(value, stated.value, rel_tol=_ABOUT if stated.qualifier == "~" else _ROUNDED if rounded else _EXACT)
    before = topic.question[max(0, stated.start - _WITHIN) : stated.start] if stated.text in topic.question else ""
    bounds = topic.signals & {"bound_above", "bound_below"} | signals(before, "bounds")
    if not bounds or (same and includes_it(topic.question)):
        return same
    return value > stated.value if "bound_above" in bounds else value < stated.value
