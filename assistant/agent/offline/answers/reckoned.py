"""What a question wants worked out of rows, columns and counts that the sources state: by the first way that finds its figures plain."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.agent.offline.answers import accounted, counted
from assistant.agent.offline.answers.selection import pairs
from assistant.agent.offline.answers.text import quotes
from assistant.agent.offline.answers.worked import result_amount
from assistant.agent.offline.deriving.made import Composed
from assistant.agent.offline.deriving.steps import in_steps
from assistant.agent.offline.deriving.tabled import tabled
from assistant.agent.offline.encoders import Encode
from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.phrasing import phrase
from assistant.agent.offline.understanding.topic import Topic

_OF_SURVIVALS = frozenset(["benefit", "benefit_per_activity", "claim"])


@dataclass(frozen=True, slots=True)
class _ByOne:
    """A way by the one calculation that ``find`` finds, told behind the sentences and rows of its figures, quoted."""

    find: Callable[[Topic, Findings, Encode], Composed | None]

    def plan(self, topic: Topic, findings: Findings, encode: Encode) -> list[Call]:
        """The calculation, once the passages are found."""
        found = self.find(topic, findings, encode)
        return [_call(found)] if found else []

    def say(self, topic: Topic, findings: Findings, encode: Encode) -> Sequence[str]:
        """Nothing where no figures are plain."""
        found = self.find(topic, findings, encode)
        working = findings.working(_call(found)) if found else None
        if found is None or working is None:
            return []
        amount = result_amount(working.results[0])
        return [*quotes(found.matches, "", findings), phrase(f"worked_{found.kind}", amount=amount, mark=findings.mark(_call(found)))]


def plan(topic: Topic, findings: Findings, encode: Encode) -> list[Call]:
    """The calculations, once the passages are found."""
    return next((calls for way in _WAYS if (calls := way.plan(topic, findings, encode))), [])


def say(topic: Topic, findings: Findings, encode: Encode) -> Sequence[str]:
    """The quoted sentences and rows, and what their figures give; nothing where no way finds them plain."""
    return next((said for way in _WAYS if (said := way.say(topic, findings, encode))), [])


def _of_table(topic: Topic, findings: Findings, encode: Encode) -> Composed | None:
    """What the cells of a table give, unless arms have two survivals to compare: then no sentence need be read."""
    compared = topic.aspect in _OF_SURVIVALS and any(pairs(study, topic) for study in topic.studies)
    return None if compared else tabled(topic, findings, encode)


def _call(found: Composed) -> Call:
    return call("calculate", expression=found.expression)


# The narrow ways stand before the wide one: two periods of a row, a row under a column, who of how many; then several figures in steps.
_WAYS = (accounted, _ByOne(_of_table), counted, _ByOne(in_steps))
