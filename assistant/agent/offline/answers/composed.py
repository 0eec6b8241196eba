"""What the figures of sentences give in two steps, quoted and calculated: a rent over its term, interest a quarter, a market value."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.agent.offline.answers.text import quotes
from assistant.agent.offline.answers.worked import result_amount
from assistant.agent.offline.deriving.calendars import between_of
from assistant.agent.offline.deriving.composed import composed, may_compose
from assistant.agent.offline.deriving.made import Composed
from assistant.agent.offline.encoders import Encode
from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.phrasing import phrase
from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.sentences.matching import matches_of
from assistant.agent.offline.sentences.scope import scope
from assistant.agent.offline.understanding.aspects import TEXT
from assistant.agent.offline.understanding.lapse import asks_lapse
from assistant.agent.offline.understanding.topic import Topic

# Forms that ask for no amount.
_OTHER_FORMS = frozenset(["why", "yesno", "definition", "when", "who", "where"])


def plan(topic: Topic, findings: Findings, encode: Encode) -> list[Call]:
    """The calculation, once the passages are found."""
    found = _found(topic, findings, encode)
    return [_call(found)] if found else []


def say(topic: Topic, findings: Findings, encode: Encode) -> Sequence[str]:
    """The sentences, quoted, and what their figures give; nothing where none is plain."""
    found = _found(topic, findings, encode)
    working = findings.working(_call(found)) if found else None
    if found is None or working is None:
        return []
    (result,) = working.results
    amount = result_amount(result.model_copy(update={"unit": "" if result.unit == "ratio" else result.unit}))
    return [*quotes(found.matches, "", findings), phrase(f"worked_{found.kind}", amount=amount, mark=findings.mark(_call(found)))]


def _found(topic: Topic, findings: Findings, encode: Encode) -> Composed | None:
    lapse = asks_lapse(topic.question)
    may = topic.aspect == TEXT or may_compose(topic.question)  # else what studies tell would be looked for in sentences, too
    if topic.follows or not (lapse or (may and topic.form not in _OTHER_FORMS)):
        return None
    within = scope(topic, findings.evidence.sources)
    own: dict[str, list[Match]] = {}
    for match in matches_of(topic, findings, encode):
        if (document := findings.document_of(match.unit.source).id) in within:
            own.setdefault(document, []).append(match)
    if lapse:
        return between_of(topic.question, own)
    made = [found for matches in own.values() if (found := composed(topic.question, topic.units, matches))]
    return made[0] if len({found.expression for found in made}) == 1 else None  # of several documents nothing tells which is meant


def _call(found: Composed) -> Call:
    return call("calculate", expression=found.expression)
