"""Shares of radionuclides after a time: which calculation a question wants, by the half-life of the document or of the tables."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.agent.evidence import Evidence
from assistant.agent.offline.answers import fraction
from assistant.agent.offline.phrasing import time_passed
from assistant.agent.offline.understanding.topic import read
from assistant.language.abbreviations import written_out
from assistant.studies.activity import half_life
from assistant.studies.calculate import calculate
from tests.unit.agent.offline.worded import found, searched

_TOOLS = {"half_life": half_life, "calculate": calculate}


def planned(question: str) -> list[str]:
    topic = read(written_out(question), ())
    findings = searched(topic, found(("Report", "2031-03-03", "The half-life of Lu-177 is 6.6 days. The company is in Utrecht.")))
    return [str(dict(call.arguments).get("expression", call.name)) for call in fraction.plan(topic, findings)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("how many percent of Lu-177 are gone after 2 days?", ["1 - 0.5 ^ (2 day / (6.6 day)) in percent"]),
        ("what share of Lu-177 is left in a week?", ["0.5 ^ (1 week / (6.6 day)) in percent"]),
        ("how much Ac-225 is left after 2 days?", ["half_life"]),  # of which the text says nothing
        ("how much of 50 MBq Lu-177 is left after 2 days?", []),
        ("how long until Lu-177 is gone?", []),
        ("how much Lu-177 was given on day 2?", []),
    ],
)
def test_what_is_calculated(question, expected):
    assert planned(question) == expected


def test_a_single_unit_of_time_is_told_with_an_article():
    assert [time_passed(1, "week"), time_passed(1, "hour"), time_passed(2, "day")] == ["a week", "an hour", "2 days"]


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Does Ac-225 lose more than 10 % within 2 days?", "Yes:"),
        ("Does Ac-225 lose more than 20 % within 2 days?", "No:"),
        ("Is more than 80 % of the Ac-225 left after 2 days?", "Yes:"),
        ("how much Ac-225 is left after 2 days?", ""),
    ],
)
def test_a_share_that_is_stated(question, verdict):
    topic = read(question, ())
    findings = found(("Report", "2031-03-03", "The company is in Utrecht."))
    for _ in range(2):  # the half-life, then what it leaves
        made = {call: Evidence(workings=(_TOOLS[call.name](**dict(call.arguments)),)) for call in fraction.plan(topic, findings)}
        workings = tuple(working for brought in made.values() for working in brought.workings)
        findings = replace(findings, evidence=findings.evidence.model_copy(update={"workings": workings}), outcomes=made)
    said = fraction.say(topic, findings)[0]
    assert said.partition(" ")[0] == verdict if verdict else not said.startswith(("Yes", "No"))
