"""What the cells of a table give at which the rows and columns cross that a question names: the rows, quoted, then calculated."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.agent.offline.answers.selection import pairs
from assistant.agent.offline.answers.text import quotes
from assistant.agent.offline.answers.worked import result_amount
from assistant.agent.offline.deriving.cumulative import Cumulative
from assistant.agent.offline.deriving.funnel import Funnel
from assistant.agent.offline.deriving.tabled import tabled
from assistant.agent.offline.deriving.views import Crossed
from assistant.agent.offline.encoders import Encode
from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.phrasing import phrase
from assistant.agent.offline.understanding.topic import Topic

_OF_SURVIVALS = frozenset(["benefit", "benefit_per_activity", "claim"])


def plan(topic: Topic, findings: Findings, encode: Encode) -> list[Call]:
    """The calculation, once the passages are found."""
    found = _found(topic, findings, encode)
    return [_call(found)] if found else []


def say(topic: Topic, findings: Findings, encode: Encode) -> Sequence[str]:
    """The rows, quoted, and what their cells give; nothing where none is plain."""
    found = _found(topic, findings, encode)
    working = findings.working(_call(found)) if found else None
    if found is None or working is None:
        return []
    amount = result_amount(working.results[0])
    return [*quotes(found.matches, "", findings), phrase(f"worked_{found.said_as}", amount=amount, mark=findings.mark(_call(found)))]


def _found(topic: Topic, findings: Findings, encode: Encode) -> Crossed | Cumulative | Funnel | None:
    """What is worked out, unless arms have two survivals to compare: then no sentence need be read."""
    compared = topic.aspect in _OF_SURVIVALS and any(pairs(study, topic) for study in topic.studies)
    return None if compared else tabled(topic, findings, encode)


def _call(found: Crossed | Cumulative | Funnel) -> Call:
    return call("calculate", expression=found.expression)
