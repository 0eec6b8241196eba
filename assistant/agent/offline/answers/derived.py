"""What the figures of the sentence that answers give when they are put together as the question wants: quoted, then calculated."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.agent.offline.answers.text import quotes
from assistant.agent.offline.answers.worked import result_amount
from assistant.agent.offline.deriving.candidate import Candidate
from assistant.agent.offline.deriving.choice import OF_DECAY, chosen
from assistant.agent.offline.encoders import Encode
from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.phrasing import phrase
from assistant.agent.offline.understanding.topic import Topic


def plan(topic: Topic, findings: Findings, encode: Encode, *, only_decay: bool) -> list[Call]:
    """The calculation, once the passages are found; ``only_decay`` as for ``say``."""
    found = chosen(topic, findings, encode, only_decay=only_decay)
    return [_call(found)] if found else []


def say(topic: Topic, findings: Findings, encode: Encode, *, only_decay: bool) -> Sequence[str]:
    """The sentences, quoted, and what their figures give; nothing where none is plain.

    ``only_decay`` where the studies tell something already: what a stated half-life leaves is no dose that an arm was given.
    """
    found = chosen(topic, findings, encode, only_decay=only_decay)
    working = findings.working(_call(found)) if found else None
    if found is None or working is None or (only_decay and (found.kind not in OF_DECAY or topic.aspect == "decay")):
        return []
    result = working.results[0]
    amount = result_amount(result.model_copy(update={"unit": result.unit or found.unit}))
    matches = tuple(dict.fromkeys(each.match for each in found.inputs))
    return [*quotes(matches, "", findings), phrase(f"worked_{found.said_as}", amount=amount, mark=findings.mark(_call(found)))]


def _call(found: Candidate) -> Call:
    return call("calculate", expression=found.expression)
