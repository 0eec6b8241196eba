"""Question and findings → what figures of sentences give in two steps, or the time between two days: of one document only."""

from __future__ import annotations

from assistant.agent.offline.deriving.calendars import between_of
from assistant.agent.offline.deriving.composed import composed, may_compose
from assistant.agent.offline.deriving.made import Composed
from assistant.agent.offline.deriving.wanted import asks_amount
from assistant.agent.offline.encoders import Encode
from assistant.agent.offline.findings import Findings
from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.sentences.matching import matches_of
from assistant.agent.offline.sentences.scope import scope
from assistant.agent.offline.understanding.aspects import TEXT
from assistant.agent.offline.understanding.lapse import asks_lapse
from assistant.agent.offline.understanding.topic import Topic

# Forms that ask for no amount either.
_OTHER_FORMS = frozenset(["when", "who", "where"])


def in_steps(topic: Topic, findings: Findings, encode: Encode) -> Composed | None:
    """None where nothing of the kind is asked, or of several documents nothing tells which is meant."""
    lapse = asks_lapse(topic.question)
    may = topic.aspect == TEXT or may_compose(topic.question)  # else what studies tell would be looked for in sentences, too
    if topic.follows or not (lapse or (may and asks_amount(topic) and topic.form not in _OTHER_FORMS)):
        return None
    within = scope(topic, findings.evidence.sources)
    own: dict[str, list[Match]] = {}
    for match in matches_of(topic, findings, encode):
        if (document := findings.document_of(match.unit.source).id) in within:
            own.setdefault(document, []).append(match)
    if lapse:
        return between_of(topic.question, own)
    made = [found for matches in own.values() if (found := composed(topic.question, topic.units, matches))]
    return made[0] if len({found.expression for found in made}) == 1 else None
