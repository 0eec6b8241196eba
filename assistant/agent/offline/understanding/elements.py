"""Elements that a question names without a mass number → the nuclide of each that the documents speak of."""

from __future__ import annotations

from dataclasses import replace

from assistant.agent.evidence import Evidence
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.names import elements, nuclides


def with_nuclide(topic: Topic, evidence: Evidence) -> Topic:
    """``topic`` about the nuclide of its element: Y-90 for "5 GBq of yttrium", where the documents have this one and no other of it."""
    named = set(elements(topic.question))
    if topic.nuclides or not named or topic.named.studies:
        return topic
    spoken_of = {mention.name for source in evidence.sources for mention in nuclides(source.passage.text)}
    meant = {name for name in spoken_of if name.partition("-")[0] in named}
    return replace(topic, nuclides=tuple(meant)) if len(meant) == 1 else topic
