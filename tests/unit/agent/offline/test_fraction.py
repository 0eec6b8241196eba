"""Shares of radionuclides after a time: which calculation a question wants, by the half-life of the document or of the tables."""

from __future__ import annotations

import pytest

from assistant.agent.offline.answers import fraction
from assistant.agent.offline.phrasing import time_passed
from assistant.agent.offline.understanding.topic import read
from assistant.language.abbreviations import written_out
from tests.unit.agent.offline.worded import found, searched


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
