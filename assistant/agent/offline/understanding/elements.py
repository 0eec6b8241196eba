"""Elements and compounds that a question names without a nuclide → the nuclide of each that the documents speak of."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.agent.evidence import Evidence
from assistant.agent.offline.understanding.mentions import occurs
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.names import elements, nuclides
from assistant.language.sentences import sentences

# What decay leaves goes by the nuclide alone.
_OF_DECAY = frozenset(["decay", "half_life", "half_lives", "half_lives_time"])
_CODE = re.compile(r"(?<![\w-])[A-Z]{1,6}[ -]?\d{1,5}\b(?!\.\d)")


def with_nuclide(topic: Topic, evidence: Evidence) -> Topic:
    """``topic`` about the nuclide of its element: Y-90 for "5 GBq of yttrium", where the documents have this one and no other of it."""
    if not topic.nuclides and topic.aspect in _OF_DECAY and (carried := _carried(topic, evidence)):
        return replace(topic, nuclides=(carried,))
    named = set(elements(topic.question))
    if topic.nuclides or not named or topic.named.studies:
        return topic
    spoken_of = {mention.name for source in evidence.sources for mention in nuclides(source.passage.text)}
    meant = {name for name in spoken_of if name.partition("-")[0] in named}
    return replace(topic, nuclides=tuple(meant)) if len(meant) == 1 else topic


def _carried(topic: Topic, evidence: Evidence) -> str | None:
    """The one nuclide that the texts tell of the one thing without one that the question names by a code: a compound or a batch.

    It stands in the thing's sentence or row, behind its name and before the next name.
    """
    codes = {match.group() for match in _CODE.finditer(topic.question)} - {study.model for study in topic.known}
    known = {study.compound for study in topic.known if study.nuclide}
    strange = [code for code in codes if not any(occurs(code, name or "") for name in known)]
    if len(strange) != 1:
        return None
    told: set[str] = set()
    for source in evidence.sources:
        for sentence in sentences(source.passage.text):
            told |= _behind(strange[0], sentence.text)
    return told.pop() if len(told) == 1 else None


def _behind(code: str, text: str) -> set[str]:
    places = [match.start() for match in re.finditer(rf"(?<![\w-]){re.escape(code)}(?![\w-])", text)]
    carried = nuclides(text)
    others = [match.start() for match in _CODE.finditer(text) if not any(m.start <= match.start() < m.end for m in carried)]
    found: set[str] = set()
    for place in places:
        end = min((other for other in others if other > place), default=len(text))
        named = {mention.name for mention in carried if place < mention.start < end}
        found |= named if len(named) == 1 else set()
    return found
