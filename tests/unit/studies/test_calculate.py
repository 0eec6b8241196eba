"""Expressions with units give the right value in the right unit; everything else is refused, and nothing is ever executed."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import CalculationError
from assistant.studies.calculate import calculate


@pytest.mark.parametrize(
    ("expression", "value", "unit"),
    [
        ("90 day - 60.5 day", 29.5, "day"),
        ("90 days − 60.5 d", 29.5, "day"),
        ("day 42 - day 28", 14, "day"),
        ("90 day / 60 day", 1.5, "ratio"),
        ("90/60", 1.5, "ratio"),
        ("(90 - 60) / 60 * 100", 50, ""),
        ("(90-60)/60 in percent", 50, "percent"),
        ("(90 day - 60 day) / 60 day as percentage", 50, "percent"),
        ("2 * 500 uCi in MBq", 37, "MBq"),
        ("2 × 500 µCi to mCi", 1, "mCi"),
        ("2x500 microcuries", 1000, "uCi"),
        ("3 times 40 MBq", 120, "MBq"),
        ("26 day / 500 uCi", 0.052, "day/uCi"),
        ("26 day per uCi in week/mCi", 26000 / 7, "week/mCi"),
        ("5 MBq/kg * 20 g", 0.1, "MBq"),
        ("2 week + 3 day in day", 17, "day"),
        ("3 day * 2 day", 6, "day^2"),
        ("6 / (2 day)", 3, "1/day"),
        ("50% of 500 uCi", 250, "uCi"),
        ("10 percent of 80", 8, ""),
        ("20% + 30%", 50, "percent"),
        ("100% - 20%", 80, "percent"),
        ("1,250 * 5", 6250, ""),
        ("1.5e3 uCi in mCi", 1.5, "mCi"),
        ("(161 - 135) day", 26, "day"),
        ("-2^2", -4, ""),
        ("2^3^2", 512, ""),
        ("2^-1", 0.5, ""),
        ("0.5^(16 day / 8 day)", 0.25, ""),
        ("2 - 3 - 4", -5, ""),
        ("100 / 10 / 5", 2, "ratio"),
        ("--3", 3, ""),
        ("+3 * -2", -6, ""),
        ("max(3 day, 1 week)", 1, "week"),
        ("min(3 day, 1 week)", 3, "day"),
        ("mean(10 day, 20 day, 60 day)", 30, "day"),
        ("sum(1,200,3)", 204, ""),
        ("round(90 day / 61 day, 2)", 1.48, "ratio"),
        ("abs(60 day - 90 day)", 30, "day"),
        ("sqrt(16) + ln(exp(2)) + log10(1000)", 9, ""),
        ("5 min in hour", 5 / 60, "hour"),
        ("90 day - 60 day =", 30, "day"),
    ],
)
def test_values_and_units(expression, value, unit):
    result = calculate(expression).results[0]
    assert result.value == pytest.approx(value, rel=1e-12)
    assert result.unit == unit


def test_formula_shows_the_operands_and_each_number_is_one():
    working = calculate("2 x 500µCi + 500 µCi in MBq")
    assert working.formula == "result = 2 × 500 uCi + 500 uCi in MBq"
    assert [(o.name, o.value, o.unit) for o in working.operands] == [("2", 2, ""), ("500 uCi", 500, "uCi")]
    assert all(operand.span is None and operand.source is None for operand in working.operands)
    assert working.tool == "calculate"


def test_a_unit_behind_a_sum_belongs_to_its_numbers():
    working = calculate("(90 - 60) day")
    assert [(operand.value, operand.unit) for operand in working.operands] == [(90, "day"), (60, "day")]
    assert calculate("(3 * 4) day").results[0].value == 12


def test_dates_are_taken_from_each_other():
    working = calculate("2031-09-26 - 2031-01-08")
    assert (working.results[0].value, working.results[0].unit) == (261, "day")
    assert working.formula == "result = 2031-09-26 − 2031-01-08"
    assert [(each.name, each.unit, each.amount) for each in working.operands] == [
        ("2031-09-26", "date", "2031-09-26"),
        ("2031-01-08", "date", "2031-01-08"),
    ]
    assert "one day longer" in working.notes[0]
    assert calculate("2031-12-02 - 2031-09-23 in weeks").results[0].value == 10
    assert calculate("2032-03-01 - 2032-02-28").results[0].value == 2  # a leap year
    assert calculate("2031 - 9").results[0].value == 2022


def test_months_are_noted_where_they_meet_other_units():
    assert any("Gregorian" in note for note in calculate("2 months in days").notes)
    assert calculate("2 months + 1 month").notes == ()


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("1 day + 1 uCi", "day and uCi measure different things"),
        ("5 + 3 day", "a plain number and day|day and a plain number"),
        ("1 day in MBq", "day and MBq measure different things"),
        ("1 / day in Bq", "different things"),
        ("100 + 10%", "10 percent of"),
        ("2031-09-26 + 3 day", "from 2031-09-26 only another date can be taken"),
        ("2 * 2031-09-26", "from 2031-09-26 only another date can be taken"),
        ("2031-02-30 - 2031-01-01", "2031-02-30 is no day of the calendar"),
        ("1/0", "divides by zero"),
        ("1 day / 0 day", "divides by zero"),
        ("0^-1", "divides by zero"),
        ("9^999", "exponent"),
        ("2^64^64", "beyond|exponent"),
        ("(2 day)^9", "whole powers"),
        ("(2 day)^0.5", "whole powers"),
        ("2^(1 day)", "plain number"),
        ("(-8)^(1/3)", "no such power"),
        ("sqrt(-1)", "not a real number"),
        ("ln(0)", "not a real number"),
        ("exp(800)", "overflows"),
        ("1e300 * 1e300", "beyond"),
        ("9" * 40, "beyond"),
        ("log(10)", "known are"),
        ("round(1, 99)", "digits"),
        ("sqrt(1, 2)", "does not take 2"),
        ("2 +", "ends too early"),
        ("* 2", "missing before"),
        ("(1 + 2", "closing parenthesis"),
        ("1 + 2)", "not expected"),
        ("1 2", "not expected"),
        ("2 doses", "'doses' is not expected"),
        ("survival + 1", "'survival' is neither"),
        ("3 day in furlongs", "no unit to convert to"),
        ("(" * 60 + "1" + ")" * 60, "nested"),
        ("-" * 200 + "1", "nested"),
        ("1+" * 400 + "1", "keep it under"),
        ("__import__('os').system('true')", "cannot be read"),
        ("[].__class__", "cannot be read"),
        ("1 if 1 else 2", "not expected"),
        ("lambda: 1", "cannot be read"),
        ("lambda", "neither"),
    ],
)
def test_refusals_say_why_in_one_line(expression, reason):
    with pytest.raises(CalculationError, match=reason) as caught:
        calculate(expression)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 250


pieces = st.sampled_from(
    [
        "1",
        "2.5",
        "0",
        "1e9",
        "1,000",
        "500 uCi",
        "day",
        "week",
        "MBq/kg",
        "%",
        "percent",
        "x",
        "times",
        "fold",
        "month",
        "+",
        "-",
        "−",
        "*",
        "×",
        "/",
        "÷",
        "^",
        "**",
        "(",
        ")",
        ",",
        "in",
        "to",
        "of",
        "per",
        "min",
        "max(",
        "sqrt(",
        "ln(",
        "round(",
        "exp(",
        "mean(",
        " ",
        "µCi",
        "foo",
        "=",
    ]
)


@given(st.one_of(st.text(max_size=60), st.lists(pieces, max_size=25).map(" ".join), st.lists(pieces, max_size=25).map("".join)))
def test_any_text_is_calculated_or_refused(expression):
    try:
        result = calculate(expression).results[0]
    except CalculationError as error:
        assert "\n" not in str(error)
    else:
        assert math.isfinite(result.value)


whole = st.integers(1, 10_000)


@given(whole, whole, whole, st.sampled_from("+-*/"), st.sampled_from("+-*/"))
def test_plain_arithmetic_agrees_with_python(one, two, three, first, second):
    expected = {
        "+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a / b,
    }  # fmt: skip
    if second in "*/" and first in "+-":
        value = expected[first](one, expected[second](two, three))
    else:
        value = expected[second](expected[first](one, two), three)
    assert calculate(f"{one} {first} {two} {second} {three}").results[0].value == pytest.approx(value, rel=1e-12)


@given(st.floats(0.01, 1e6), st.floats(0.01, 1e6))
def test_a_quotient_times_its_divisor_is_the_dividend(days, activity):
    assert calculate(f"({days!r} day / {activity!r} uCi) * {activity!r} uCi").results[0].value == pytest.approx(days)
