"""All that was measured in a study that is asked about as a whole: its arms, when they were dosed, what they gained."""

from __future__ import annotations

from assistant.agent.offline.answers import benefit
from assistant.agent.offline.answers.doses import say_schedule
from assistant.agent.offline.answers.facts import say_studies
from assistant.agent.offline.findings import Call, Findings
from assistant.agent.offline.understanding.topic import Topic


def plan(topic: Topic, findings: Findings) -> list[Call]:
    """What its comparison takes."""
    return benefit.plan(topic, findings)


def say(topic: Topic, findings: Findings) -> list[str]:
    """The study with its arms, the days of its doses, the gain."""
    return [*say_studies(topic, findings), *say_schedule(topic, findings), *benefit.say(topic, findings)]
