"""Gains are right to the last digit, show what they were made of, and name what makes them unsound."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_studies import LEVELS, QX, QZ, activity, arm, burden, span

from assistant.errors import CalculationError
from assistant.studies.benefit import survival_benefit
from assistant.studies.facts import Study
from assistant.studies.naming import find_arm


def compare(study, treatment, reference, other=None):
    return survival_benefit(study, find_arm(study, treatment), find_arm(other or study, reference), other)


def results(working):
    return {(result.name, result.unit): result.value for result in working.results}


def noted(working, words):
    return [note for note in working.notes if words in note]


def test_gain_ratio_percent_and_gain_per_activity():
    working = compare(QX, "two doses", "single dose")
    assert results(working) == pytest.approx(
        {("gain", "day"): 30.0, ("ratio", "ratio"): 1.5, ("increase", "percent"): 50.0,
         ("added activity", "uCi"): 40.0, ("gain per added activity", "day/uCi"): 0.75}
    )  # fmt: skip
    assert working.tool == "survival_benefit"
    assert working.formula == (
        "gain = mean survival(two doses) − mean survival(single dose); "
        "ratio = mean survival(two doses) / mean survival(single dose); increase = gain / mean survival(single dose) × 100; "
        "added activity = activity(two doses) × administrations(two doses)"
        " − activity(single dose) × administrations(single dose); "
        "gain per added activity = gain / added activity"
    )


def test_every_operand_was_read_somewhere_and_is_named_in_the_formula():
    for study, one, two in ((QX, "two doses", "single dose"), (QZ, "two doses", "control"), (LEVELS, "four doses", "vehicle")):
        working = compare(study, one, two)
        assert all(operand.span is not None for operand in working.operands)
        assert all(operand.name in working.formula for operand in working.operands)
        assert [o.span for o in working.operands[:2]] == [find_arm(study, name).survival.span for name in (one, two)]


def test_over_a_control_all_activity_is_added():
    working = compare(QZ, "two doses", "control")
    assert results(working) == pytest.approx(
        {("gain", "day"): 50.0, ("ratio", "ratio"): 1.5, ("increase", "percent"): 50.0,
         ("added activity", "MBq"): 14.8, ("gain per added activity", "day/MBq"): 50 / 14.8}
    )  # fmt: skip
    assert noted(working, "activity is approximate")
    assert noted(working, "does not say whether survival is a mean or a median")


def test_activity_is_left_out_where_nobody_asks_for_it():
    working = survival_benefit(QZ, find_arm(QZ, "two doses"), find_arm(QZ, "control"), per_activity=False)
    assert {result.name for result in working.results} == {"gain", "ratio", "increase"}
    assert len(working.operands) == 2
    assert not noted(working, "activity")


def test_a_missing_control_is_told_and_a_present_one_is_not():
    assert noted(compare(QX, "two doses", "single dose"), "has no control arm")
    assert not noted(compare(QZ, "two doses", "one dose"), "has no control arm")


def test_burden_confounds_the_arm_that_has_the_remark_and_is_unknown_for_the_others():
    two, one = compare(QZ, "two doses", "control"), compare(QZ, "one dose", "control")
    assert noted(two, "confounded by disease burden at the start: mice given two doses began")
    assert not noted(two, "is not given for")
    assert not noted(one, "confounded")
    assert noted(one, "disease burden at the start is not given for one dose")
    assert not noted(compare(QX, "two doses", "single dose"), "burden")


def test_one_remark_on_both_arms_is_told_once():
    remark = burden("two-dose mice had larger tumours than the control")
    arms = (arm("two doses", 50.0, notes=(remark,)), arm("control", 40.0, control=True, notes=(remark,)))
    working = survival_benefit(Study(document="d", compound="A 1", arms=arms), *arms)
    assert len(noted(working, "confounded")) == 1


def test_mean_against_median_is_refused_and_stated_against_unstated_is_noted():
    with pytest.raises(CalculationError, match="median for '20 MBq' but a mean for 'untreated'"):
        compare(LEVELS, "20 MBq", "untreated")
    arms = (arm("two doses", 50.0, statistic="median"), arm("one dose", 40.0))
    working = survival_benefit(Study(document="d", compound="A 1", arms=arms), *arms)
    assert noted(working, "survival is a median for two doses, but the text names no statistic for one dose")


def test_units_of_time_stay_the_texts_own_or_become_days():
    same = compare(LEVELS, "20 MBq", "10 MBq")
    assert results(same)["gain", "week"] == 3.0
    mixed = compare(LEVELS, "four doses", "vehicle")
    assert results(mixed)["gain", "day"] == pytest.approx(91 - 28)
    assert results(mixed)["ratio", "ratio"] == pytest.approx(91 / 28)
    assert "median survival(vehicle) in day" in mixed.formula
    assert not noted(mixed, "Gregorian")
    arms = (arm("two doses", 5.0, unit="month"), arm("one dose", 100.0))
    months = survival_benefit(Study(document="d", compound="A 1", arms=arms), *arms)
    assert results(months)["gain", "day"] == pytest.approx(5 * 30.436875 - 100)
    assert noted(months, "Gregorian")


def test_no_gain_per_activity_where_none_was_added_or_totals_are_unknown():
    assert "gain per added activity" not in {result.name for result in compare(LEVELS, "10 MBq", "20 MBq").results}
    arms = (arm("two doses", 50.0, doses=2), arm("one dose", 40.0, activity=activity(5), doses=1))
    assert len(survival_benefit(Study(document="d", compound="A 1", arms=arms), *arms).results) == 3
    scaled = (arm("two doses", 50.0, activity=activity(5, per="kg"), doses=2), arm("one dose", 40.0, activity=activity(5), doses=1))
    assert len(survival_benefit(Study(document="d", compound="A 1", arms=scaled), *scaled).results) == 3


def test_activities_in_different_units_are_brought_to_one():
    arms = (arm("two doses", 50.0, activity=activity(1.85), doses=2), arm("one dose", 40.0, activity=activity(50, "uCi"), doses=1))
    working = survival_benefit(Study(document="d", compound="A 1", arms=arms), *arms)
    assert results(working)["gain per added activity", "day/MBq"] == pytest.approx(10 / 1.85)
    assert "activity(one dose) in MBq × administrations(one dose)" in working.formula


def test_activity_per_weight_gives_a_gain_per_it():
    arms = (arm("two doses", 50.0, activity=activity(5, per="kg"), doses=2), arm("saline", 40.0, control=True))
    working = survival_benefit(Study(document="d", compound="A 1", arms=arms), *arms)
    assert results(working)["gain per added activity", "day/(MBq/kg)"] == pytest.approx(1.0)


def test_another_study_is_descriptive_only_and_says_what_differs():
    working = compare(QX, "two doses", "one dose", QZ.model_copy(update={"arms": QZ.arms}))
    first = working.notes[0]
    assert first.startswith("descriptive only")
    for difference in ("compound: QX 177 against QX 161", "model: AsPC-1 against LNCaP", "activity: 40 uCi against about 7.4 MBq",
                       "interval: 21 day against 14 day"):  # fmt: skip
        assert difference in first
    assert "mean survival(two doses, QX 177 in AsPC-1) − survival(one dose, QX 161 in LNCaP)" in working.formula
    assert {result.name for result in working.results} == {"gain", "ratio", "increase"}


def test_refusals_say_what_is_wrong():
    two, one = QX.arms
    with pytest.raises(CalculationError, match="compared with itself"):
        survival_benefit(QX, two, two)
    with pytest.raises(CalculationError, match="'control' is no arm of QX 177 in AsPC-1"):
        survival_benefit(QX, two, QZ.arms[2])
    silent = Study(document="d", compound="A 1", arms=(two, arm("one dose")))
    with pytest.raises(CalculationError, match=r"states no survival for 'one dose' of A 1; arms with survival: two doses"):
        survival_benefit(silent, *silent.arms)
    zero = Study(document="d", compound="A 1", arms=(two, arm("one dose", 0.0)))
    with pytest.raises(CalculationError, match="no ratio"):
        survival_benefit(zero, *zero.arms)
    assert one.survival is not None


def test_significance_is_disclaimed_once():
    assert len(noted(compare(QX, "two doses", "single dose"), "no variance or n is given")) == 1
    assert len(noted(compare(LEVELS, "20 MBq", "vehicle"), "no variance is given")) == 1
    tested = LEVELS.model_copy(update={"spans": {"p_value": span(4)}})
    assert noted(compare(tested, "20 MBq", "vehicle"), "significance") == []


@given(st.floats(0.1, 1e4), st.floats(0.1, 1e4))
def test_results_agree_with_each_other(treated, base):
    arms = (arm("two doses", treated), arm("one dose", base))
    found = {r.name: r.value for r in survival_benefit(Study(document="d", compound="A 1", arms=arms), *arms).results}
    assert found["gain"] + base == pytest.approx(treated)
    assert found["ratio"] * base == pytest.approx(treated)
    assert found["increase"] == pytest.approx(100 * (found["ratio"] - 1), abs=1e-6)
