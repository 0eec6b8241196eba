"""What each dose adds: the arm that got it beside the one that got a dose less, and the first dose beside the control."""

from __future__ import annotations

import re

from assistant.agent.offline.understanding.arms import given
from assistant.agent.offline.understanding.topic import Topic
from assistant.studies.facts import Arm, Study

# Beside a first dose "the second" is a dose too.
_AND_SECOND = re.compile(r"\b(?:second|2nd)\b(?! (?:study|experiment|trial|model))", re.IGNORECASE)
_ORDINALS = (("first_dose", 1), ("second_dose", 2))


def of_each_dose(topic: Topic) -> bool:
    """Whether a question calls doses by their order, the first among them, "what did the first dose add?", or asks for each dose."""
    return _over_control(topic) or (bool(topic.signals & {"first_dose", "each_dose"}) and not topic.named.counts)


def _over_control(topic: Topic) -> bool:
    """Whether the first dose is called by what it is set against: "the second dose over one dose, and one dose over control"."""
    return "second_dose" in topic.signals and topic.named.counts == {1} and topic.named.control


def increments(study: Study, topic: Topic) -> tuple[tuple[Arm, Arm], ...]:
    """The comparison for each dose that is called by its order; none where two arms of the study got the same number of doses."""
    named = topic.signals | ({"second_dose"} if _AND_SECOND.search(topic.question) else set())
    named = named | ({"first_dose"} if _over_control(topic) else set())
    asked = [count for signal, count in _ORDINALS if named & {signal, "each_dose"}]
    measured = [arm for arm in study.arms if arm.survival]
    by_count = {0 if arm.control else given(study, arm): arm for arm in measured}
    if len(by_count) < len(measured):
        return ()
    return tuple((by_count[count], by_count[count - 1]) for count in asked if {count, count - 1} <= by_count.keys())
