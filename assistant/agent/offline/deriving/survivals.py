"""Whether the figures of a calculation are the survivals that a question asks for: times, and of the arms that it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product

from assistant.agent.offline.deriving.labelled import Labelled
from assistant.agent.offline.understanding.arms_meant import Side, are_meant, side_of, told_side
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.units import TIME_UNITS

_LENGTH = re.compile(
    r"\b(?:surviv(?:al|e|ed)|outliv\w+|outlast\w*)\b|\b(?:live[ds]?|living)\b.{0,40}\blonger\b|\blonger\b.{0,40}\b(?:live[ds]?|living)\b",
    re.IGNORECASE,
)
# How many are alive is no length of time, nor is what was measured of those that lived.
_OF_HEADS = re.compile(
    r"\b(?:alive|surviving|survivors?|how many (?!days|weeks|months|years|times)|number of|(?:share|fraction|proportion)\b"
    r"|what percent(?:age)? of (?:the )?\w+"
    r"|surviv(?:al|ed?)\s+(?:rate|to|past|beyond|until|at)|(?:activity|dose|cost|price|uptake|volume|weight)\b)",
    re.IGNORECASE,
)
# How often, or how far apart, something was given is told by no survival.
_OF_DOSES = re.compile(r"\b(?:given|administered|injected|dosed|apart|doses|injections|interval)\b", re.IGNORECASE)
_OUTCOME = re.compile(
    r"\bsurviv\w*|\bli(?:ve[ds]?|ving|fe)\b|\blong(?:er|est)?\b|\bgain\w*|\bbenefits?\b|\boutli\w+|\bdie[ds]?\b|\bdeaths?\b|\bextra\b"
    r"|\bbetter\b|\bworse\b|\badd(?:s|ed)?\b|\bextend\w*|\bprolong\w*|\bdifferen\w+",
    re.IGNORECASE,
)
_TELLS_SURVIVAL = re.compile(r"\bsurviv(?:al|e|ed)\b|\blived\b", re.IGNORECASE)
# Of one figure so many arms may be meant that trying all is no use.
_MOST = 6


def asks_survival(topic: Topic) -> bool:
    """Whether it is asked how long arms lived, or by how much longer, of studies that tell it."""
    measured = any(arm.survival for study in topic.known for arm in study.arms)
    return measured and _LENGTH.search(topic.question) is not None and _OF_HEADS.search(topic.question) is None


def are_asked(topic: Topic, inputs: Sequence[Labelled]) -> bool:
    """Whether ``inputs`` may be what is calculated with: where survivals are asked for, times of the arms that the question names."""
    if _OF_DOSES.search(topic.question) and not _OUTCOME.search(topic.question):
        return not any(each.measure in TIME_UNITS and _TELLS_SURVIVAL.search(each.unit.text) for each in inputs)
    if not asks_survival(topic):
        return True
    if any(each.measure not in TIME_UNITS for each in inputs):
        return False
    meant = [_sides(topic, each) for each in inputs]
    return any(are_meant(topic, sides) for sides in product(*meant))


def _sides(topic: Topic, each: Labelled) -> list[Side]:
    """The arms that lived so long; where none did what the figure's sentence or row tells."""
    value = (each.figure.value, each.measure)
    lived = [
        side_of(study, arm)
        for study in topic.known
        for arm in study.arms
        if arm.survival and (arm.survival.value, arm.survival.unit) == value
    ]
    return lived[:_MOST] or [told_side(f"{each.row} {each.unit.text}")]
