"""Expressions that a question spells out, and figures that are none."""

from __future__ import annotations

import pytest

from assistant.agent.offline.arithmetic import claimed_result, expression


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("what is 80 - 52", "80 - 52"),
        ("(80 - 52) / 52 as a percentage", "(80 - 52) / 52 in percent"),
        ("80 days minus 52 days", "80 days - 52 days"),
        ("difference in days between 52 and 80.5", "80.5 - 52"),
        ("ratio of 80 to 52", "80 / 52"),
        ("add 1,250 and 30", "1250 + 30"),
        ("what percent of 80 is 20", "20 / 80 in percent"),
        ("20 days is what percent of 80?", "20 / 80 in percent"),
        ("half of 52.5", "52.5 / 2"),
        ("what's twice 40 uCi?", "40 uCi * 2"),
        ("20 as a percentage of 80", "20 / 80 in percent"),
        ("subtract 12 from 30", "30 - 12"),
        ("divide 30 by 12", "30 / 12"),
        ("average of 10 and 20", "(10 + 20) / 2"),
        ("by what % is 30 larger than 12", "(30 - 12) / 12 in percent"),
        ("how many times is 30 larger than 12", "30 / 12"),
    ],
)
def test_what_is_spelled_out(question, wanted):
    assert expression(question) == wanted


@pytest.mark.parametrize(
    "question",
    [
        "How long did mice live after 2 doses?",
        "call 555-010-0199?",
        "the range 7-9",
        "QX 177 versus QX 178",
        "2 x daily",
        "day 0 and day 14",
    ],
)
def test_figures_that_nothing_joins(question):
    assert expression(question) is None


@pytest.mark.parametrize(
    ("question", "result"),
    [("so 80 minus 52 is 27?", 27), ("80 - 52 = 28, right?", 28), ("is 80 days - 52 days 28 days?", None), ("what is 80 - 70?", None)],
)
def test_a_result_that_is_to_be_confirmed(question, result):
    assert claimed_result(question) == result
