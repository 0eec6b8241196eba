"""Figures, units, arms and gaps in words."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from made_studies import LEVELS, QX, QZ, activity, survival

from assistant.agent.grounding.agreement import calculated
from assistant.agent.grounding.amounts import amounts
from assistant.agent.offline.phrasing import (
    activity_words,
    amount,
    arm_words,
    days_words,
    decimals,
    doses_words,
    joined_markers,
    missing,
    number,
    phrase,
    quoted,
    reference_words,
    reply,
    significant,
    survival_words,
)
from assistant.language.figures import figures
from assistant.resources import prompt_table


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (1000, None, "1,000"),
        (135.6, None, "135.6"),
        (90.0, None, "90"),
        (2.0998, 2, "2.10"),
        (71, 1, "71.0"),
        (0.0123, 1, "0.012"),
        (0, 1, "0.0"),
        (-0.5, 1, "-0.5"),
        (12345.678, 1, "12,345.7"),
    ],
)
def test_numbers(value, places, text):
    assert number(value, places) == text


@given(st.floats(0.001, 1e7))
def test_a_written_number_reads_as_the_value(value):
    (figure,) = figures(number(value))
    assert figure.value == pytest.approx(value, rel=1e-9)
    (figure,) = figures(significant(value))
    assert figure.value == pytest.approx(value, rel=5e-4)


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (13513.5, 4, "13,514"),
        (1299.6, 3, "1,300"),
        (1298.4, 3, "1,298"),
        (9999.6, 4, "10,000"),
        (1234567.0, 6, "1,234,567"),
        (18.5, 4, "18.5"),
        (0.00012345, 3, "0.000123"),
    ],
)
def test_significant_digits_leave_the_whole_part_as_it_is(value, digits, text):
    assert significant(value, digits) == text


@given(st.integers(1_000_000, 9_999_999), st.integers(-15, 5), st.sampled_from([3, 4, 6]), st.sampled_from(["", "day", "uCi", "ratio"]))
def test_a_rounded_result_is_the_calculated_one_to_verification(figures_of_it, power, digits, unit):
    value = figures_of_it * 10.0**power
    (said,) = amounts(f"is {amount(significant(value, digits), unit)}.")
    assert calculated(said, value, unit)


@pytest.mark.parametrize(("values", "places"), [((135.6, 64), 1), ((161, 135), 0), ((1.23456,), 3), ((90.25, 0.5), 2)])
def test_as_many_decimals_as_the_most_precise_value(values, places):
    assert decimals(*values) == places


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [("1", "day", "1 day"), ("71.0", "day", "71.0 days"), ("2", "week", "2 weeks"), ("109.9", "percent", "109.9 %"),
     ("2.1", "ratio", "2.1"), ("50", "uCi", "50 uCi"), ("3", "", "3")],
)  # fmt: skip
def test_units_in_words(value, unit, text):
    assert amount(value, unit).strip() == text


def test_survival_with_its_statistic_or_none():
    assert survival_words(survival(90.5, statistic="mean")) == "mean survival of 90.5 days"
    assert survival_words(survival(9, "week", "median")) == "median survival of 9 weeks"
    assert survival_words(survival(1, "month")) == "survival of 1 month"


def test_activity():
    assert activity_words(activity(500, "uCi", approximate=True)) == "approximately 500 uCi"
    assert activity_words(activity(7.4, "MBq", per="kg")) == "7.4 MBq/kg"


def test_an_arm_is_named_with_its_compound_and_model():
    two, control = QX.arms[0], QZ.arms[2]
    assert arm_words(QX, two) == "two doses of QX 177 in AsPC-1"
    assert arm_words(QX, two, capital=True).startswith("Two doses")
    assert arm_words(QZ, control) == "the control arm of the QX 161 in LNCaP study"
    labelled = two.model_copy(update={"label": "two doses of QX 177"})
    assert arm_words(QX.model_copy(update={"model": None, "disease": None}), labelled) == labelled.label
    assert arm_words(QX, labelled).count("QX 177") == 1


def test_a_reference():
    assert reference_words(QX.arms[1]) == "the single dose arm"
    assert reference_words(LEVELS.arms[3]) == "the vehicle arm"
    assert reference_words(QX.arms[1].model_copy(update={"label": "group B"})) == "group B"


def test_doses_and_days():
    assert [doses_words(count) for count in (1, 3)] == ["a single dose", "3 doses"]
    assert days_words((0,)) == "day 0"
    assert days_words((0, 42)) == "day 0 and day 42"
    assert days_words((0, 7, 14)) == "day 0, day 7 and day 14"


def test_markers_once_each_in_order():
    assert joined_markers("[1][2]", "[1][3]", "[c1]", "") == "[1][2][3][c1]"


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1))
def test_a_quotation_is_never_changed(text):
    assume(not text.lstrip().startswith(("#", "-", "*", "•")))  # the marks of headings and items
    assert quoted("It says:", text, "[1]") == f"It says: “{text}” [1]"
    assert "{marker}" in quoted("", "a {marker} b", "[2]")


def test_gaps_begin_with_the_lead_that_verification_knows():
    lead = prompt_table("conventions.toml")["missing_lead"]
    assert missing("sample_size", animals="rats") == f"{lead} the number of rats in the arms."


def test_every_phrase_can_be_filled_and_states_no_figure():
    table = prompt_table("offline.toml")
    for name in table["phrases"]:
        assert not [figure for figure in figures(phrase(name, **_anything())) if figure.kind == "number"], name
    for name in table["missing"]:
        assert missing(name, **_anything()).endswith(".")
    assert all(reply(name) for name in table["replies"])


def _anything() -> dict[str, str]:
    fields = """activity alike amount animals approximately arm arms asked compound converted count day days disease document dose elapsed
        expression gain half_life source
        interval label lead mark marker model name nuclide numeral n percent period question quote ratio reason reference remaining
        reference_survival result schedule species
        scale statistic study survival terms concept differences title total treatment unit date period"""
    return dict.fromkeys(fields.split(), "word")
