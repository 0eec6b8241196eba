"""Expressions that a question spells out, and figures that are none."""

from __future__ import annotations

import pytest

from assistant.agent.offline.understanding.arithmetic import claimed_result, expression


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("what is 80 - 52", "80 - 52"),
        ("Difference in yield between 95 and 75 degrees", None),
        ("serum lipase difference between 8 and 0.5 mg/kg", None),
        ("net loss in 2031 minus 2030", None),
        ("platelets in x10^3 per microliter", None),
        ("what's 80 days over 52 days", "80 days / 52 days"),
        ("was survival with one dose of qx 177 over 150 days?", None),
        ("(80 - 52) / 52 as a percentage", "(80 - 52) / 52 in percent"),
        ("80 days minus 52 days", "80 days - 52 days"),
        ("difference in days between 52 and 80.5", "80.5 - 52"),
        ("ratio of 80 to 52", "80 / 52"),
        ("add 1,250 and 30", "1250 + 30"),
        ("what percent of 80 is 20", "20 / 80 in percent"),
        ("20 days is what percent of 80?", "20 days / 80 days in percent"),
        ("half of 52.5", "52.5 / 2"),
        ("what's twice 40 uCi?", "40 uCi * 2"),
        ("20 as a percentage of 80", "20 / 80 in percent"),
        ("subtract 12 from 30", "30 - 12"),
        ("divide 30 by 12", "30 / 12"),
        ("average of 10 and 20", "(10 + 20) / 2"),
        ("by what % is 30 larger than 12", "(30 - 12) / 12 in percent"),
        ("how many times is 30 larger than 12", "30 / 12"),
        ("what is the sum of 2, 3 and 4?", "2 + 3 + 4"),
        ("sum of 50 uCi, 50 uCi, and 20 uCi", "50 uCi + 50 uCi + 20 uCi"),
        ("average of 10, 20 and 36 days", "(10 days + 20 days + 36 days) / 3"),
        ("add 5 to 30.", "5 + 30"),
        ("divide 600 mg by 30 mg", "600 mg / 30 mg"),
        ("divide 600 mg by 2", "600 mg / 2"),
        ("multiply 40 MBq/kg by 20 kg", "40 MBq/kg * 20 kg"),
        ("difference between 20 microcuries and 5 microcuries", "20 microcuries - 5 microcuries"),
        ("difference between 12 and 20 weeks", "20 weeks - 12 weeks"),
        ("what percent is 64 days of 80?", "64 days / 80 days in percent"),
        ("ratio of 80 to 30 to 2 decimal places", "80 / 30"),
        ("what is 50 % - 20 %?", "50 % - 20 %"),
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
        "QX 177 and 178 were given to 2 groups",
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


@pytest.mark.parametrize(
    "question",
    [
        "divide 30 by 12 by 2",
        "difference between 80, 52 and 30",
        "ratio of 80 to 52 to 30",
        "sum of 2, 3 and 4 minus 1",
        "multiply 2 by 3 and by 4",
        "3 times the sum of 2 and 4",
        "twice the difference between 8 and 5",
        "20 percent of the sum of 2 and 4",
    ],
)
def test_an_operation_with_an_operand_that_is_not_read_is_none(question):
    assert expression(question) is None
