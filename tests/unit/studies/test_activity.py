"""Totals, intervals, conversions and decay: right, with their unit, and refused where they would be nonsense."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_studies import LEVELS, QX, QZ, activity, arm

from assistant.errors import CalculationError
from assistant.language.units import ACTIVITY_UNITS, TIME_UNITS
from assistant.studies.activity import convert_activity, decay, dose_summary, half_life
from assistant.studies.naming import find_arm
from assistant.studies.quantities import LIMIT, convert, known_unit, registry, scale

amounts = st.floats(0, 1e9)


def results(working):
    return {(result.name, result.unit): result.value for result in working.results}


def test_dose_summary_of_two_doses():
    working = dose_summary(QX, find_arm(QX, "two doses"))
    assert results(working) == pytest.approx(
        {("activity per administration", "uCi"): 40.0, ("administrations", ""): 2, ("total activity", "uCi"): 80.0,
         ("total activity", "MBq"): 2.96, ("interval", "day"): 21, ("interval", "week"): 3.0}
    )  # fmt: skip
    assert "total activity = activity(two doses) × administrations(two doses)" in working.formula
    assert "interval = day of dose 2(two doses) − day of dose 1(two doses)" in working.formula
    assert all(operand.span and operand.name in working.formula for operand in working.operands)
    assert working.notes == ("total derived: activity per administration × administrations",)


def test_unequal_intervals_are_told_one_by_one():
    working = dose_summary(LEVELS, find_arm(LEVELS, "four doses"))
    found = results(working)
    assert [found[f"interval {number}", "day"] for number in (1, 2, 3)] == [7, 7, 14]
    assert found["total activity", "MBq"] == 40.0
    assert len([result for result in working.results if result.name == "total activity"]) == 1


def test_an_approximate_activity_makes_an_approximate_total():
    assert any("approximate" in note for note in dose_summary(QZ, find_arm(QZ, "two doses")).notes)


def test_what_is_not_stated_is_not_made_up():
    no_days = dose_summary(LEVELS, find_arm(LEVELS, "10 MBq"))
    assert not any(name.startswith("interval") for name, _ in results(no_days))
    assert "the text does not say on which days this arm was dosed" in no_days.notes
    no_count = dose_summary(QX, arm("treated", activity=activity(5)))
    assert results(no_count) == {("activity per administration", "MBq"): 5.0}
    no_activity = dose_summary(QX, arm("two doses", doses=2))
    assert results(no_activity) == {("administrations", ""): 2}
    assert any("states no activity" in note for note in no_activity.notes)
    with pytest.raises(CalculationError, match="neither an activity nor a number of doses for 'control'"):
        dose_summary(QZ, find_arm(QZ, "control"))


def test_doses_that_only_their_days_tell_rest_on_the_days():
    working = dose_summary(QX, arm("repeated", activity=activity(5), days=(0, 7, 14)))
    assert results(working)["total activity", "MBq"] == 15
    assert [operand.value for operand in working.operands] == [5, 0, 7, 14]
    assert "total activity = activity(repeated) × number of days(repeated)" in working.formula


def test_activity_per_weight_keeps_its_denominator():
    found = results(dose_summary(QX, arm("two doses", activity=activity(100, "uCi", per="kg"), doses=2)))
    assert found["total activity", "uCi/kg"] == 200
    assert found["total activity", "MBq/kg"] == pytest.approx(7.4)


def test_days_that_disagree_with_the_count_are_noted():
    assert "the text states 3 doses but 2 days" in dose_summary(QX, arm("x", activity=activity(5), doses=3, days=(0, 7))).notes


@pytest.mark.parametrize(
    ("value", "unit", "to", "expected", "unit_out"),
    [
        (1, "Ci", "Bq", 3.7e10, "Bq"), (50, "µCi", "megabecquerel", 1.85, "MBq"), (1.85, "MBq", "μCi", 50, "uCi"),
        (27, "millicuries", "GBq", 0.999, "GBq"), (7.4, "gigabecquerels", "mCi", 200, "mCi"), (5, "MBq/kg", "uCi per g", 0.135135, "uCi/g"),
        (161, "days", "weeks", 23, "week"), (2, "weeks", "d", 14, "day"), (1, "year", "months", 12, "month"), (36, "h", "day", 1.5, "day"),
        (250, "mg", "g", 0.25, "g"), (50, "percent", "fold", 0.5, "ratio"), (1, "mL", "mm3", 1000, "mm3"), (0, "uCi", "MBq", 0, "MBq"),
    ],
)  # fmt: skip
def test_conversions(value, unit, to, expected, unit_out):
    result = convert_activity(value, unit, to).results[0]
    assert result.value == pytest.approx(expected, rel=1e-5)
    assert result.unit == unit_out


def test_the_formula_of_a_conversion_shows_its_factor():
    assert convert_activity(50, "µCi", "MBq").formula == "amount in MBq = amount × 0.037 MBq per uCi"


def test_months_are_noted_only_where_they_are_converted():
    assert any("30.436875" in note for note in convert_activity(2, "months", "days").notes)
    assert convert_activity(2, "weeks", "days").notes == ()
    assert convert_activity(2, "months", "mo").notes == ()


@pytest.mark.parametrize(("value", "unit", "to"), [(-1, "uCi", "MBq"), (math.nan, "uCi", "MBq"), (math.inf, "day", "week"),
                                                   (1e300, "Ci", "Bq"), (1, "uCi", "day"), (1, "furlong", "day"), (1, "uCi", ""),
                                                   (1, "MBq/kg", "MBq"), (1, "MBq", "1/day")])  # fmt: skip
def test_senseless_conversions_are_refused_in_one_line(value, unit, to):
    with pytest.raises(CalculationError) as caught:
        convert_activity(value, unit, to)
    assert "\n" not in str(caught.value)


@given(amounts, st.sampled_from(sorted(ACTIVITY_UNITS)), st.sampled_from(sorted(ACTIVITY_UNITS)))
def test_conversion_there_and_back(value, unit, to):
    there = convert_activity(value, unit, to).results[0]
    assert convert(there.value, to, unit) == pytest.approx(value, rel=1e-9, abs=1e-300)


def test_every_unit_of_the_language_room_is_defined():
    spelled = {
        *ACTIVITY_UNITS,
        *TIME_UNITS,
        "percent",
        "ratio",
        "Gy",
        "mGy",
        "cGy",
        "mg",
        "ug",
        "g",
        "kg",
        "mm3",
        "cm3",
        "mL",
        "mm",
        "nM",
        "MBq/kg",
        "MBq/m2",
        "uCi/mouse",
        "uCi/animal",
        "MBq/patient",
        "Bq/mL",
    }
    for unit in spelled:
        assert known_unit(unit) == unit
        registry().Quantity(1, unit)


@pytest.mark.parametrize(
    ("spelling", "days"),
    [
        ("I-131", 8.02),
        ("iodine-131", 8.02),
        ("131I", 8.02),
        ("¹³¹I", 8.02),
        ("i-131", 8.02),
        ("I131", 8.02),
        ("Lu-177", 6.65),
        ("177Lu", 6.65),
        ("lutetium 177", 6.65),
        ("Tc-99m", 0.2506),
        ("tc99m", 0.2506),
        ("99mTc", 0.2506),
        ("I-125", 59.4),
        ("Ac-225", 10.0),
        ("y 90", 2.67),
    ],
)
def test_half_lives_in_any_spelling(spelling, days):
    working = half_life(spelling)
    assert working.results[0].unit == "day"
    assert working.results[0].value == pytest.approx(days, rel=2e-3)
    operand = working.operands[0]
    assert operand.source is not None
    assert operand.source.startswith("radioactivedecay 0.")
    assert "ICRP-107" in operand.source
    assert operand.span is None


def test_short_and_long_half_lives_in_readable_units():
    assert results(half_life("Tc-99m"))["half-life", "hour"] == pytest.approx(6.015)
    assert results(half_life("Cs-137"))["half-life", "year"] == pytest.approx(30.17, rel=1e-3)
    assert set(results(half_life("I-131"))) == {("half-life", "day")}


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("I-127", "stable"),
        ("I-199", "not among"),
        ("Zz-12", "not among"),
        ("CLR 131", "is not one nuclide"),
        ("", "is not one nuclide"),
        ("I-131 or I-125", "is not one nuclide"),
        ("131", "is not one nuclide"),
    ],
)
def test_what_is_no_radionuclide_is_refused(name, reason):
    with pytest.raises(CalculationError, match=reason):
        half_life(name)


def test_decay_over_one_half_life_and_over_weeks():
    period = half_life("I-131").results[0].value
    once = results(decay("131I", 50, "µCi", period))
    assert once["remaining activity", "uCi"] == pytest.approx(25)
    assert once["remaining", "percent"] == pytest.approx(50)
    assert once["half-lives elapsed", "ratio"] == pytest.approx(1)
    working = decay("I-131", 50, "uCi", 42)
    assert results(working)["remaining activity", "uCi"] == pytest.approx(50 * 2 ** (-42 / 8.0207))
    assert working.notes == ("physical decay only, no biological clearance",)
    assert [operand.source is None for operand in working.operands] == [True, True, False]
    assert all(operand.name in working.formula for operand in working.operands)


def test_radioactive_products_are_noted():
    assert any("Tc-99m" in note for note in decay("Mo-99", 1, "GBq", 3).notes)
    assert any("Fr-221" in note for note in decay("Ac-225", 1, "kBq", 3).notes)


@pytest.mark.parametrize(
    ("activity_", "unit", "elapsed"),
    [
        (-5, "uCi", 1),
        (math.nan, "uCi", 1),
        (5, "day", 1),
        (5, "mg", 1),
        (5, "uCi", -1),
        (5, "uCi", math.inf),
        (5, "uCi", 1e30),
        (LIMIT * 2, "Bq", 1),
    ],
)
def test_impossible_decays_are_refused(activity_, unit, elapsed):
    with pytest.raises(CalculationError):
        decay("I-131", activity_, unit, elapsed)


@given(st.floats(0, 1e6), st.floats(0, 1e5), st.floats(0, 1e5))
def test_decay_never_grows(activity_, one, two):
    early, late = sorted((one, two))
    left = [decay("Lu-177", activity_, "MBq", elapsed).results[0].value for elapsed in (early, late)]
    assert 0 <= left[1] <= left[0] <= activity_


@pytest.mark.parametrize("unit", sorted(ACTIVITY_UNITS | TIME_UNITS | {"ug", "kg", "cm", "mL", "cm3", "m2", "cGy"}))
def test_the_scale_of_a_unit_is_what_it_converts_to(unit):
    base, factor = scale(unit)
    assert convert(3.0, unit, str(registry().Quantity(1, base).units)) == pytest.approx(3.0 * factor)


def test_shares_currencies_and_unknown_units_are_bases_of_their_own():
    assert [scale(unit) for unit in ("percent", "ratio", "USD", "", "parsec")] == [
        ("percent", 1), ("ratio", 1), ("USD", 1), ("", 1), ("parsec", 1),
    ]  # fmt: skip
