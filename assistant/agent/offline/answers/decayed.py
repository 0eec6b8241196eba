"""Yes or no to how far something has decayed: so many half-lives that have passed, a share that is gone or left."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.agent.offline.understanding.bounds import holds, is_bound
from assistant.agent.offline.understanding.cues import signals
from assistant.agent.offline.understanding.topic import Topic, half_lives
from assistant.agent.offline.verdicts.polarity import verdict
from assistant.language.figures import Figure

# So near to what is asked, as a share of it, a result is taken for neither more nor less.
_NEAR = 0.01
_EXACTLY = re.compile(r"\b(?:exactly|precisely|just)\b", re.IGNORECASE)
_SHARES = frozenset(["percent", "ratio"])


def of_half_lives(topic: Topic, passed: float) -> str:
    """Yes or no to whether so many half-lives as the question counts have passed; empty where it counts none."""
    counted = half_lives(topic.question)
    asked = next((figure for figure in topic.figures if not figure.unit and figure.value == counted), None)
    return "" if topic.form != "yesno" or asked is None else _held(topic, passed, asked, asked.value)


def of_share(topic: Topic, left: float) -> str:
    """Yes or no to whether a share is gone, or is left, where ``left`` percent are; empty where the question states no such share."""
    told = signals(topic.question) & {"gone", "left_over"}
    shares = [figure for figure in topic.figures if figure.unit in _SHARES and not _is_of_half_life(topic.question, figure)]
    if topic.form != "yesno" or len(told) != 1 or len(shares) != 1:
        return ""
    percent = shares[0].value * (1 if shares[0].unit == "percent" else 100)
    return _held(topic, left if "left_over" in told else 100 - left, shares[0], percent) if 0 < percent < 100 else ""


def _held(topic: Topic, value: float, asked: Figure, bound: float) -> str:
    """The verdict on ``value`` by the figure that is ``asked``, a bound or not, at ``bound``; none where the two are nearly the same."""
    if abs(value - bound) <= _NEAR * bound or _EXACTLY.search(topic.question):
        return ""
    return verdict(topic, held=holds(value, replace(asked, value=bound)) if is_bound(asked) else value > bound)


def _is_of_half_life(question: str, figure: Figure) -> bool:
    """Whether it is the half of a half-life."""
    return question[figure.end :].lstrip(" -").casefold().startswith(("life", "lives"))
