"""What a question wants worked out of rows, columns and counts that the sources state: by the first way that finds its figures plain."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.agent.offline.answers import counted
from assistant.agent.offline.answers.selection import pairs
from assistant.agent.offline.answers.text import quotes
from assistant.agent.offline.answers.worked import result_amount
from assistant.agent.offline.deriving.made import Composed
from assistant.agent.offline.deriving.statements import of_statement
from assistant.agent.offline.deriving.steps import in_steps
from assistant.agent.offline.deriving.tabled import tabled
from assistant.agent.offline.encoders import Encode
from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.phrasing import missing, phrase
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.written import rounded
from assistant.values import Result

_SCALES = {1000: "thousands", 1_000_000: "millions"}
_OF_SURVIVALS = frozenset(["benefit", "benefit_per_activity", "claim"])


@dataclass(frozen=True, slots=True)
class _ByOne:
    """A way by the one calculation that ``find`` finds, told behind the sentences and rows of its figures, quoted."""

    find: Callable[[Topic, Findings, Encode], Composed | None]

    def plan(self, topic: Topic, findings: Findings, encode: Encode) -> list[Call]:
        """The calculation, once the passages are found."""
        found = self.find(topic, findings, encode)
        return [_call(found)] if found and found.expression else []

    def say(self, topic: Topic, findings: Findings, encode: Encode) -> Sequence[str]:
        """Nothing where no figures are plain; quotes alone where nothing may be worked out of them."""
        found = self.find(topic, findings, encode)
        if found is None:
            return []
        if found.lacking:
            return [missing("period", name=found.lacking), *quotes(found.matches, phrase("nearest"), findings)]
        if not found.expression:
            return quotes(found.matches, "", findings)
        working = findings.working(_call(found))
        return [*quotes(found.matches, "", findings), _result(found, working.results[0], findings)] if working else []


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


def _result(found: Composed, result: Result, findings: Findings) -> str:
    """The sentence that tells a result; a sum of a statement of accounts in full, written out where its table is in thousands."""
    in_full = found.scale is not None and found.kind in ("difference", "total", "quotient")
    amount = rounded(result.value) if in_full else result_amount(result)
    scale = _SCALES.get(found.scale or 1, "")
    known = "accounted" if in_full and scale else "worked"
    return phrase(f"{known}_{found.kind}", amount=amount, scale=scale, mark=findings.mark(_call(found)))


def _call(found: Composed) -> Call:
    return call("calculate", expression=found.expression)


# The narrow ways stand before the wide one: two periods of a row, a row under a column, who of how many; then several figures in steps.
_WAYS = (_ByOne(of_statement), _ByOne(_of_table), counted, _ByOne(in_steps))
