"""Whether a figure is as a question bounds the one that it states: "more than 100 days", "at least 30", "under a month", or just that."""

from __future__ import annotations

import re
from math import isclose

from assistant.agent.offline.topic import Topic
from assistant.language.figures import Figure

_OR_THAT = re.compile(r"\b(?:at (?:least|most)|no (?:less|more) than)\b", re.IGNORECASE)
# "About 70" is said of what is within a twentieth of that.
_ABOUT, _EXACT = 0.05, 1e-9


def holds(value: float, stated: Figure, topic: Topic) -> bool:
    """Whether ``value``, in the unit of ``stated``, lies to the side of it that the question names; is it, where it names none."""
    same = isclose(value, stated.value, rel_tol=_ABOUT if stated.qualifier == "~" else _EXACT)
    if same and (_OR_THAT.search(topic.question) or not topic.signals & {"bound_above", "bound_below"}):
        return True
    if "bound_above" in topic.signals:
        return value > stated.value
    return "bound_below" in topic.signals and value < stated.value
