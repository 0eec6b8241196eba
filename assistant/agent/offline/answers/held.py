"""Yes or no to what a question states of a decay: that so much is left or gone, that so many half-lives pass."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from assistant.agent.offline.answers.decays import is_claimed
from assistant.agent.offline.understanding.bounds import bounded, holds, is_bound
from assistant.agent.offline.understanding.naming import half_lives
from assistant.agent.offline.understanding.topic import Topic
from assistant.agent.offline.verdicts.polarity import verdict
from assistant.language.figures import Figure
from assistant.language.parts import WHOLES
from assistant.studies.quantities import convert
from assistant.values import Result

# So near to what is stated, as a share of it, a result is neither more nor less.
_NEARLY = 0.01
_EXACTLY = re.compile(r"\b(?:exactly|precisely|just)\b", re.IGNORECASE)
# Of the parts only half stands without a number.
_HALVED = 2
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4}
# "Half of the dose", "more than a quarter"; no half-life, and no third dose.
_SHARE = re.compile(
    rf"\b(?:(?P<count>{'|'.join(_NUMBERS)})[ -])?(?P<part>{'|'.join(sorted(WHOLES, key=len, reverse=True))})\b(?![ -]?li[fv])"
    r"(?! (?:dose|injection|infusion|administration|shot|study|group|arm)\b)",
    re.IGNORECASE,
)
_MORE = re.compile(r"\b(?:more than|over|at least|above|upwards? of)\s+(?:an?\s+)?$", re.IGNORECASE)
_LESS = re.compile(r"\b(?:less than|under|below|at most|no more than|not more than)\s+(?:an?\s+)?$", re.IGNORECASE)
# "Decayed to under 2 uCi" tells what is left.
_DOWN_TO = re.compile(r"\b(?:decay(?:ed)?|fallen|fall|dropped|drop|gone|down)\s+(?:\w+\s+)?(?:to|below|under)\b", re.IGNORECASE)


def share_held(topic: Topic, left: Iterable[tuple[Result, Result]]) -> str:
    """``Yes:`` or ``No:`` to a share or an activity that is stated to be ``left``, each with its percentage, or to be gone."""
    pairs = list(left)
    if topic.form != "yesno" or not pairs or _EXACTLY.search(topic.question) or not (stated := _stated(topic)):
        return ""
    down = _DOWN_TO.search(topic.question) is not None
    gone = "gone" in topic.signals and "left_over" not in topic.signals and not down
    stated = replace(stated, qualifier="<=") if down and not stated.qualifier.startswith("<") else stated
    if stated.unit == "percent":
        values = [100 - percent.value if gone else percent.value for _, percent in pairs]
    elif gone:
        return ""
    else:
        values = [convert(activity.value, activity.unit, stated.unit) for activity, _ in pairs]
    if any(abs(value - stated.value) <= _NEARLY * stated.value for value in values):
        return ""
    return _said(topic, [holds(value, stated) for value in values])


def passed_held(topic: Topic, passed: Iterable[float]) -> str:
    """``Yes:`` or ``No:`` to so many half-lives that are stated to have ``passed``: at least so many, where no bound is set."""
    count = half_lives(topic.question)
    found = next((each for each in bounded(topic.question) if each.value == count and not each.unit), None)
    values = list(passed)
    if topic.form != "yesno" or found is None or not values:
        return ""
    stated = found if is_bound(found) else replace(found, qualifier=">=")
    return _said(topic, [holds(value, stated) for value in values])


def _said(topic: Topic, held: list[bool]) -> str:
    """The verdict where it is the same of all that is meant."""
    return verdict(topic, held=held[0]) if len(set(held)) == 1 else ""


def _stated(topic: Topic) -> Figure | None:
    """What the question states, with its bound: at least so much has gone, or is still there, where it sets none."""
    figures = [figure for figure in topic.figures if (figure.unit == "percent" and 0 < figure.value < 100) or is_claimed(topic, figure)]
    shares = [match for match in _SHARE.finditer(topic.question) if match["count"] or WHOLES[match["part"].lower()] == _HALVED]
    if len(figures) + len(shares) != 1:
        return None
    if figures:
        return figures[0] if is_bound(figures[0]) else replace(figures[0], qualifier=">=")
    (share,) = shares
    before, count, whole = topic.question[: share.start()], _NUMBERS[(share["count"] or "one").lower()], WHOLES[share["part"].lower()]
    bound = ">" if _MORE.search(before) else "<" if _LESS.search(before) else ">="
    return Figure(0, 0, 100 * count / whole, "percent", "word", bound, "")
