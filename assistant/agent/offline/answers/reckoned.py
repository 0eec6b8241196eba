"""What a question wants worked out of rows, columns and counts that the sources state: by the first way that finds its figures plain."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.agent.offline.answers import accounted, composed, counted, tabled
from assistant.agent.offline.encoders import Encode
from assistant.agent.offline.findings import Call, Findings
from assistant.agent.offline.understanding.topic import Topic

# The narrow ways stand before the wide one: two periods of a row, a row under a column, who of how many; then several figures in steps.
_WAYS = (accounted, tabled, counted, composed)


def plan(topic: Topic, findings: Findings, encode: Encode) -> list[Call]:
    """The calculations, once the passages are found."""
    return next((calls for way in _WAYS if (calls := way.plan(topic, findings, encode))), [])


def say(topic: Topic, findings: Findings, encode: Encode) -> Sequence[str]:
    """The quoted sentences and rows, and what their figures give; nothing where no way finds them plain."""
    return next((said for way in _WAYS if (said := way.say(topic, findings, encode))), [])
