"""How arms are introduced and told apart: lettered lists, tables in two parts, weeks, repeated doses, counts in turn."""

from __future__ import annotations

import pytest

from assistant.studies.extract import extract_studies
from assistant.studies.facts import Arm

MICE = "Mice bearing PC3 prostate cancer xenografts "


def _arms(text: str) -> dict[str, Arm]:
    return {arm.label: arm for study in extract_studies("doc", text) for arm in study.arms}


def _life(arm: Arm) -> float | None:
    return arm.survival.value if arm.survival else None


def test_lettered_groups_are_known_by_their_letters() -> None:
    arms = _arms(
        MICE
        + "were randomised to (A) vehicle, (B) a single injection of 12 MBq of 177Lu-ABC-12 on day 3, or (C) two injections of 12 MBq, "
        "on days 3 and 24. Median survival was 31 days in group B, 19 days in group A and 55 days in group C."
    )
    control, one, two = sorted(arms.values(), key=lambda arm: _life(arm) or 0)
    assert (_life(control), control.control, control.activity, control.doses) == (19, True, None, None)
    assert (_life(one), one.doses, one.days) == (31, 1, (3,))
    assert (_life(two), two.doses, two.days) == (55, 2, (3, 24))
    assert two.activity and two.activity.value == 12


def test_a_group_may_be_named_by_its_place_and_by_having_had_several_doses() -> None:
    arms = _arms(
        MICE + "were divided into three groups of eight. The first group was injected once with 12 MBq of 177Lu-ABC-12 on day 0. "
        "The second group was injected with 12 MBq on day 0 and again with 12 MBq on day 14. The third group was given saline only. "
        "Median survival was 60 days in the repeat-dose group, 40 days in the single-dose group and 20 days in the saline group."
    )
    by_life = {_life(arm): arm for arm in arms.values()}
    assert set(by_life) == {60, 40, 20}
    assert (by_life[60].doses, by_life[60].days) == (2, (0, 14))
    assert (by_life[40].doses, by_life[40].days) == (1, (0,))
    assert by_life[20].control and by_life[20].activity is None
    assert [arm.n for arm in arms.values()] == [8, 8, 8]


def test_another_activity_on_another_day_is_no_repetition() -> None:
    arms = _arms(MICE + "received 12 MBq of 177Lu-ABC-12 on day 0 and 20 MBq on day 14. Median survival was 40 days.")
    assert {label: arm.days for label, arm in arms.items()} == {"12 MBq": (0,), "20 MBq": (14,)}


def test_a_repeat_dose_group_is_none_of_several_arms_with_repeated_doses() -> None:
    arms = _arms(
        MICE + "received one, two or three injections of 12 MBq of 177Lu-ABC-12. Median survival was 60 days in the repeat-dose group."
    )
    assert [(label, _life(arm), arm.doses in (2, 3)) for label, arm in arms.items()] == [("repeat-dose", 60, False)]


def test_weeks_are_days_where_they_are_counted_from_the_first_dose() -> None:
    said = MICE + "received two injections of 12 MBq of 177Lu-ABC-12, at weeks {}. Their median survival was 40 days."
    assert [arm.days for arm in _arms(said.format("0 and 3")).values()] == [(0, 21)]
    assert [arm.days for arm in _arms(said.format("1 and 4")).values()] == [()]


def test_counts_listed_after_the_figures_go_with_them_in_turn() -> None:
    arms = _arms(
        MICE + "formed three groups: vehicle, 10 MBq of 177Lu-ABC-12 once, and 20 MBq once. "
        "Median survival was 18, 33 and 41 days, respectively (n = 9, 8 and 7)."
    )
    assert {_life(arm): arm.n for arm in arms.values()} == {18: 9, 33: 8, 41: 7}


def test_a_sentence_that_reaches_a_median_goes_on_with_survival_and_only_with_it() -> None:
    lead = MICE + "received one dose of 12 MBq of 177Lu-ABC-12, vehicle or unlabelled ABC-12. "
    on = "Median survival was 41 days with 12 MBq and 20 days with vehicle. The group given unlabelled peptide reached a median of 22 days."
    off = "The tumour uptake was high. The group given unlabelled peptide reached a median of 22 days."
    assert {_life(arm) for arm in _arms(lead + on).values()} == {41, 20, 22}
    assert 22 not in {_life(arm) for arm in _arms(lead + off).values()}


def test_a_control_may_get_supportive_care_and_a_group_no_more_than_that() -> None:
    arms = _arms(
        "Dogs with osteosarcoma were allocated to two groups. Group 1 (7 dogs) was treated with analgesics only. Group 2 (9 dogs) received "
        "two injections of 1 GBq of 153Sm-ABC-12. Median survival was 15 weeks in group 1 and 30 weeks in group 2."
    )
    assert [(arm.control, arm.n, _life(arm)) for arm in arms.values()] == [(True, 7, 15), (False, 9, 30)]


def test_what_a_cohort_was_opened_for_is_its_own() -> None:
    arms = _arms(
        "Patients with prostate cancer were treated with 225Ac-ABC-12. Cohort 1 (n=3) received 50 kBq/kg once. Then cohort 2 (n=6) was "
        "opened, in which 40 kBq/kg was administered twice. Median overall survival was 8 months in cohort 1 and 12 months in cohort 2."
    )
    told = [(arm.activity.value if arm.activity else None, arm.doses, arm.n, _life(arm)) for arm in arms.values()]
    assert told == [(50, 1, 3, 8), (40, 2, 6, 12)]


def test_two_tables_of_the_same_arms_make_one_arm_of_two_rows() -> None:
    arms = _arms(
        MICE + "were treated with 177Lu-ABC-12.\n\n"
        "| Arm | Treatment | Schedule | n |\n|---|---|---|---|\n| X1 | No treatment (control) | - | 6 |\n"
        "| X2 | 177Lu-ABC-12 | 9 MBq on days 0 and 12 | 5 |\n\nOutcome by arm:\n\n"
        "| Arm | Median survival (days) |\n|---|---|\n| X1 | 21 |\n| X2 | 44 |\n"
    )
    assert {label: (arm.n, arm.control, arm.days, _life(arm)) for label, arm in arms.items()} == {
        "X1": (6, True, (), 21),
        "X2": (5, False, (0, 12), 44),
    }


def test_a_column_of_days_holds_the_days_of_dosing() -> None:
    arms = _arms(
        MICE + "were treated with 177Lu-ABC-12.\n\n"
        "| Group | Activity (MBq) | Doses | Days given | n | Median survival (days) |\n|---|---|---|---|---|---|\n"
        "| A | 9 | 1 | 0 | 6 | 30 |\n| B | 9 | 3 | 0, 7, 14 | 6 | 50 |\n"
    )
    assert {label: arm.days for label, arm in arms.items()} == {"A": (0,), "B": (0, 7, 14)}


def test_items_of_a_list_tell_survival_where_that_is_the_end_point() -> None:
    listed = "- Untreated (n = 5): 18 days\n- 177Lu-ABC-12, 2 x 105 kBq on days 0 and 9 (n = 4): 31 days\n"
    lead = "Mice with PC3 prostate cancer xenografts were given 177Lu-ABC-12.\n\n"
    arms = _arms(lead + "- End point: time to death\n\n## Results\n\n" + listed)
    assert [(arm.control, arm.n, _life(arm)) for arm in arms.values()] == [(True, 5, 18), (False, 4, 31)]
    treated = next(arm for arm in arms.values() if not arm.control)
    assert (treated.activity and treated.activity.value, treated.doses, treated.days) == (105, 2, (0, 9))
    assert _arms(lead + "- End point: tumour volume\n\n## Results\n\n" + listed) == {}


def test_items_of_a_list_say_what_their_groups_got() -> None:
    arms = _arms(
        "- Female rats, CA20948 tumours in the flank, given 177Lu-ABC-12\n- Two groups of 7 rats:\n  - **Control:** saline\n"
        "  - **Two cycles:** 0.3 GBq at week 0 and 0.3 GBq at week 4\n\n## Results\n\n"
        "- Median survival: control 5 weeks · two cycles 21 weeks\n- Next: a test of 0.1 GBq four times\n"
    )
    told = [(arm.control, arm.n, arm.doses, arm.days, _life(arm)) for arm in arms.values()]
    assert told == [(True, 7, None, (), 5), (False, 7, 2, (0, 28), 21)]


def test_a_count_may_leave_its_noun_to_the_rest_of_the_sentence() -> None:
    arms = _arms(MICE + "that got two doses of ABC-12 lived for a median of 71 days, against 48 days for those that got one.")
    assert {arm.doses: _life(arm) for arm in arms.values()} == {2: 71, 1: 48}


def test_a_list_under_a_heading_on_survival_gives_survivals_and_one_under_another_does_not() -> None:
    given = "- Mice with PC3 xenografts\n- Controls: saline (n = 9)\n- Two doses: 2 x 90 kBq of [211At]ABC-12, days 0 and 6 (n = 8)\n\n"
    results = "**{}**\n\n- Controls: 41 days\n- Two doses: 88 days\n"
    arms = _arms(given + results.format("Median survival") + "\nTime to first ascites\n\n- Controls: 20 days\n- Two doses: 40 days\n")
    told = [(arm.control, arm.n, arm.doses, arm.days, _life(arm)) for arm in arms.values()]
    assert told == [(True, 9, None, (), 41), (False, 8, 2, (0, 6), 88)]
    assert _arms(given + results.format("Time to first ascites")) == {}


def test_doses_given_again_on_another_day_are_two() -> None:
    (arm,) = _arms(MICE + "received 90 uCi of 131I-ABC-12 on day 0 and again on day 11. Mean survival was 58 days.").values()
    assert (arm.doses, arm.days) == (2, (0, 11))


def test_dose_levels_are_groups_where_they_are_introduced_as_such() -> None:
    listed = "Level 1: 4 mCi/kg (n=4)\nLevel 2: 8 mCi/kg (n=6)\n\nMedian overall survival was 6.1 and 9.0 months at levels 1 and 2.\n"
    arms = _arms("Patients with neuroblastoma got 131I-corvimab. Dose levels were:\n" + listed)
    told = {label: (arm.n, arm.activity and arm.activity.value, _life(arm)) for label, arm in arms.items()}
    assert told == {"level 1": (4, 4, 6.1), "level 2": (6, 8, 9.0)}


def test_patients_treated_beside_the_cohorts_are_an_arm_of_their_own() -> None:
    arms = _arms(
        "Patients with lymphoma were treated with 90Y-zalumab.\n\nCohort 1: 5 mCi/m2, 3 patients, median overall survival 3.1 months.\n"
        "Cohort 2: 10 mCi/m2, 6 patients, median overall survival 4.8 months.\n\nA further 8 patients received two infusions of 10 mCi/m2, "
        "on day 1 and day 43. Their median overall survival had not been reached.\n"
    )
    told = [(arm.n, arm.activity and arm.activity.value, arm.doses, arm.days, _life(arm)) for arm in arms.values()]
    assert told == [(3, 5, None, (), 3.1), (6, 10, None, (), 4.8), (8, 10, 2, (1, 43), None)]


def test_a_statistic_goes_on_with_what_is_raised() -> None:
    arms = _arms(
        MICE
        + "received 14 MBq of 177Lu-ABC-12 or vehicle. Mice given vehicle lived 26 days on average. The 14 MBq dose raised this to 43 days."
    )
    assert {(_life(arm), arm.survival and arm.survival.statistic) for arm in arms.values()} == {(26, "mean"), (43, "mean")}


def test_what_others_reported_earlier_is_no_result() -> None:
    text = "In an earlier trial by Orbax, patients with glioma given two doses of 3 GBq of 131I-ABC-77 survived 16 months."
    assert extract_studies("doc", text) == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "Each animal received one intravenous injection on day 3.",
        "All mice got a single dose on day 3.",
        "Doses were given once, on day 3.",
    ],
)
def test_what_every_animal_got_is_no_arm_of_its_own(sentence: str) -> None:
    arms = _arms(
        MICE
        + f"were randomised to three arms of 12 animals each: vehicle (saline), ABC-12 30 MBq, or ABC-13 30 kBq. {sentence}\n\n"
        + "Median survival was 22 days (95% CI 19-25) with vehicle, 41 days with ABC-12 and 68 days with ABC-13."
    )
    assert {label: _life(arm) for label, arm in arms.items()} == {"vehicle": 22, "30 MBq": 41, "30 kBq": 68}
    assert [(arm.doses, arm.days) for arm in arms.values() if not arm.control] == [(1, (3,)), (1, (3,))]


@pytest.mark.parametrize("unit", ["uCi", "microcuries", "TBq", "terabecquerels"])
def test_a_regimen_is_read_whatever_its_unit_is_and_however_it_is_spelled(unit: str) -> None:
    arms = _arms(
        f"{MICE}were treated with QX-7. Mice given two 400 {unit} doses survived 61 days; mice given a single 400 {unit} dose survived "
        f"35 days; mice given 400 {unit} x 3 survived 77 days; control mice survived 22 days."
    )
    assert {_life(arm): arm.doses for arm in arms.values()} == {61: 2, 35: 1, 77: 3, 22: None}


@pytest.mark.parametrize("unit", ["MBq", "megabecquerels", "TBq"])
def test_steps_share_their_unit_however_it_is_spelled(unit: str) -> None:
    arms = _arms(f"Dogs with osteosarcoma received QX-7: 3 at 10, 4 at 20 and 6 at 30 {unit}. Those at 20 {unit} lived 200 days.")
    assert {(arm.n, arm.activity and arm.activity.value) for arm in arms.values()} == {(3, 10), (4, 20), (6, 30)}


def test_an_activity_in_words_tells_that_days_are_those_of_dosing() -> None:
    arms = _arms(
        MICE + "were treated with QX-7. Median survival was 40 days after one cycle of 5 microcuries on day 0. Three cycles of "
        "5 microcuries, on days 0, 14 and 28, got them to 91 days, and three were still alive when the study closed."
    )
    assert [arm.days for arm in arms.values()] == [(0,), (0, 14, 28)]


def test_a_column_of_activities_may_have_its_unit_in_words() -> None:
    told = "PC3 xenografts, QX-7.\n\n| Group | Megabecquerels | n | Median survival (days) |\n|---|---|---|---|\n| A | 20 | 8 | 40 |\n"
    assert [arm.activity and (arm.activity.value, arm.activity.unit) for arm in _arms(told).values()] == [(20, "MBq")]


def test_groups_may_have_roman_numerals() -> None:
    arms = _arms(
        MICE + "received two doses of QX-7 (group VI), one dose of QX-7 (group V) or saline (group IV). Median survival was 61 days in "
        "group VI, 35 days in group V and 22 days in group IV."
    )
    assert {label: _life(arm) for label, arm in arms.items()} == {"group VI": 61, "group V": 35, "saline (group IV)": 22}


@pytest.mark.parametrize("animals", ["Mice", "Rabbits", "Hamsters", "Monkeys"])
def test_a_column_of_animals_counts_them(animals: str) -> None:
    head = f"PC3 xenografts, QX-7.\n\n| Group | {animals} | Median survival (days) |\n|---|---|---|\n"
    assert [arm.n for arm in _arms(head + "| saline | 8 | 40 |\n| 20 MBq | 9 | 50 |\n").values()] == [8, 9]


THERAPY = (
    "Nude mice (n = 10 per group) bearing U87MG glioblastoma xenografts received saline, 15 MBq or 30 MBq of [177Lu]Lu-ABC-12 on day 0, "
    "or 15 MBq on days 0 and 14. Median survival was 19 days with saline, 33 days with 15 MBq, 47 days with 30 MBq and 58 days with two "
    "doses of 15 MBq. "
)


@pytest.mark.parametrize(
    "found",
    [
        "White cell counts fell to 48% of baseline in the 30 MBq group on day 14.",
        "On day 14 the mice of the 30 MBq arm weighed 9% less than at the start.",
        "In mice given 30 MBq, platelets fell to 40% on day 21.",
        "Tumour volume was 310 mm3 in the 30 MBq arm and 520 mm3 in the 15 MBq arm on day 21.",
        "Haemoglobin was lowest in the 30 MBq group (day 14).",
        "PET on days 7 and 21 showed smaller tumours in the 30 MBq group.",
        "Two mice of the 30 MBq arm developed ascites at day 30.",
        "White cell counts fell to 48% in mice given 30 MBq on day 14.",
    ],
)
def test_a_day_on_which_something_was_found_is_no_day_of_dosing(found: str) -> None:
    told = [(arm.label, arm.doses, arm.days) for arm in _arms(THERAPY + found).values()]
    assert told == [("saline", None, ()), ("15 MBq", None, ()), ("30 MBq", 1, (0,)), ("2 × 15 MBq", 2, (0, 14))]


@pytest.mark.parametrize(
    "given",
    [
        "When tumours had reached a volume of 100 mm3, mice received 12 MBq of 177Lu-ABC-12 on day 7.",
        "On day 7, when MRI showed a mean tumour volume of 12 mm3, mice received one infusion of 12 MBq of 177Lu-ABC-12 on day 7.",
        "Body weight was recorded, and mice were injected with 12 MBq of 177Lu-ABC-12 on day 7.",
    ],
)
def test_a_measurement_in_the_sentence_leaves_the_day_of_dosing(given: str) -> None:
    arms = _arms(f"Survival of mice with PC3 prostate cancer xenografts was studied. {given} Median survival was 40 days with 12 MBq.")
    assert [(arm.days, _life(arm)) for arm in arms.values()] == [((7,), 40)]


def test_how_far_activities_lie_apart_is_none_that_was_given() -> None:
    arms = _arms(
        MICE + "were injected with 1.5 ± 0.1 MBq of 89Zr-ABC-12. Mean survival was 30 days. Mice that got saline lived for 20 days."
    )
    assert [arm.activity.value for arm in arms.values() if arm.activity] == [1.5]


def test_what_an_experiment_is_called_by_is_no_name_of_the_arm_that_got_one_dose() -> None:
    arms = _arms(
        MICE
        + "were used again with fractionated dosing: mice received either one dose of ABC-12 at 150 uCi or two doses of 75 uCi one week "
        "apart. Mean survival was 79.5 days and 97.0 days, respectively; the control group lived 46.9 days."
    )
    assert {label: _life(arm) for label, arm in arms.items()} == {"150 uCi": 79.5, "2 × 75 uCi": 97.0, "control": 46.9}


def test_how_many_of_a_group_were_alive_on_a_day_is_no_day_of_dosing() -> None:
    arms = _arms(
        MICE + "were given a single dose of ABC-12 at 200 uCi, saline, or the combination of ABC-12 and cisplatin. Median survival was 64 "
        "days with ABC-12 alone, 32 days with saline and 89 days with the combination. "
        "At day 90, 4 of the 8 mice given the combination lived."
    )
    assert all(len(arm.days) < 2 and (arm.doses or 1) < 2 for arm in arms.values())
