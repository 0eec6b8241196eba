"""How documents report: corrections of earlier figures, studies side by side, groups under signs and in protocols of a table."""

from __future__ import annotations

import pytest

from assistant.studies.extract import extract_studies
from assistant.studies.facts import Arm


def _arms(text: str) -> dict[str, Arm]:
    return {arm.label: arm for study in extract_studies("doc", text) for arm in study.arms}


def _life(arm: Arm) -> float | None:
    return arm.survival.value if arm.survival else None


def test_a_corrected_figure_stands_for_the_one_it_corrects() -> None:
    told = (
        "Mice bearing U-251 glioma got two injections of 6 MBq of 177Lu-ABC-12. Median survival in the group that received two "
        "injections "
        "was given as 73 days. The correct value is 68 days.\n"
    )
    assert [_life(arm) for arm in _arms(told).values()] == [68]
    again = (
        "We reported a median survival of 71 days for U-251 mice that received two doses of 6 MBq of 177Lu-ABC-12. The median "
        "survival of the "
        "two-dose group is now 66 days. The median of the single-dose group, a survival of 48 days, did not change.\n"
    )
    assert [_life(arm) for arm in _arms(again).values() if arm.doses == 2] == [66]


@pytest.mark.parametrize(
    "passing",
    [
        "The arm is now complete with 8 mice, and the two injections gave a survival of 90 days in one of them.",
        "The protocol was revised to version 2, and two injections gave a survival of 90 days in a pilot.",
        "The estimate was corrected as described, before a survival of 90 days after two injections was seen in a pilot.",
    ],
)
def test_a_figure_that_only_stands_in_a_sentence_with_a_correction_replaces_none(passing: str) -> None:
    told = (
        "Mice bearing U-251 glioma got two injections of 6 MBq of 177Lu-ABC-12. Median survival in the group that received two "
        f"injections was 73 days. {passing}\n"
    )
    assert next(_life(arm) for arm in _arms(told).values() if arm.doses == 2) == 73


def test_two_figures_are_corrected_in_one_sentence() -> None:
    told = (
        "Median survival of U-251 mice was 73 days with two injections of 6 MBq of 177Lu-ABC-12 and 51 days with a single injection. "
        "Median survival after two injections and after a single injection was corrected to 68 and 49 days.\n"
    )
    assert [_life(arm) for arm in _arms(told).values()] == [68, 49]


def test_a_study_keeps_the_model_that_its_compound_was_tested_in() -> None:
    text = (
        "Two studies were done. The first tested ABC-12, a 177Lu-labeled antibody, in BxPC-3 pancreatic xenografts. The second tested "
        "ABC-40, a 225Ac-labeled peptide, in HT-29 colorectal xenografts.\n\nABC-12 in pancreatic xenografts\n\nA single injection of "
        "5 MBq of ABC-12 led to a median survival of 51 days, against 24 days in mice given vehicle.\n\nABC-40 in colorectal "
        "xenografts\n\n"
        "In the second study, 24 mice were divided into three groups of eight. Mean survival was 31 days in untreated controls "
        "and 44 days "
        "after one injection of 12 kBq of ABC-40.\n"
    )
    studies = extract_studies("doc", text)
    assert [(study.compound, study.model) for study in studies] == [("ABC-12", "BxPC-3"), ("ABC-40", "HT-29")]
    assert {arm.n for arm in studies[1].arms} == {8}


def test_two_diseases_that_share_their_noun_are_two() -> None:
    text = (
        "Conjugates against pancreatic and colorectal cancer\n\nMedian survival of mice given vehicle was 24 days, and of mice "
        "given a single "
        "injection of 5 MBq of 177Lu-ABC-12 51 days.\n"
    )
    assert [study.disease for study in extract_studies("doc", text)] == [None]


def test_cohorts_of_a_trial_are_arms_without_a_result() -> None:
    text = (
        "177Lu-ABC-12 was given to men with prostate cancer in a phase 1 trial.\n\n- Cohort 1: 15 mCi/m2 per infusion, three patients\n"
        "- Cohort 2: 25 mCi/m2 per infusion, six patients\n\nMedian overall survival was 19.6 months at the recommended dose.\n"
    )
    told = {label: (arm.n, arm.activity and (arm.activity.value, arm.activity.per)) for label, arm in _arms(text).items()}
    assert told == {"Cohort 1": (3, (15, "m2")), "Cohort 2": (6, (25, "m2"))}


def test_protocols_of_a_table_tell_amount_and_number_of_doses() -> None:
    text = (
        "Dogs with osteosarcoma were treated with 153Sm-ABC.\n\n| Group | Dogs | Protocol | Median survival |\n|---|---|---|---|\n"
        "| Single | 9 | 30 MBq/kg once | 142 days |\n| Split | 8 | 15 MBq/kg twice, four weeks apart | 201 days |\n"
    )
    told = {label: (arm.activity and arm.activity.value, arm.doses, _life(arm)) for label, arm in _arms(text).items()}
    assert told == {"Single": (30, 1, 142), "Split": (15, 2, 201)}


def test_the_sign_behind_a_regimen_calls_its_arm_and_an_arm_in_short_is_no_further_one() -> None:
    text = (
        "Fractionated dosing in patients with myeloma reached a median overall survival of 22.1 months.\n\nFifty patients with "
        "myeloma were allocated to one infusion "
        "of 30 mCi/m2 of 131I-ABC with support (Arm S, n=24) or to two infusions of 15 mCi/m2, on day 1 and day 15, also with support "
        "(Arm F, n=26).\n\nArm S: response rate 29%; median overall survival 14.8 months.\nArm F: response rate 46%; median overall "
        "survival 22.1 months.\n"
    )
    told = {arm.n: (arm.doses, arm.days, _life(arm)) for arm in _arms(text).values()}
    assert told == {24: (1, (), 14.8), 26: (2, (1, 15), 22.1)}


def test_groups_that_are_granted_something_in_passing_are_no_arms() -> None:
    text = (
        "Mice bearing BxPC-3 tumors got 67Cu-ABC-12. One dose of 200 uCi raised mean survival to 49.0 days and one dose of 600 uCi to "
        "70.4 days. With three doses of 200 uCi, mean survival was 96.3 days, even though the 600 uCi and the three-dose groups "
        "got as much.\n"
    )
    told = sorted((arm.activity.value if arm.activity else 0, arm.doses, _life(arm)) for arm in _arms(text).values())
    assert told == [(200, 1, 49.0), (200, 3, 96.3), (600, 1, 70.4)]


def test_a_control_in_a_list_of_arms_gets_nothing_of_the_other_arm() -> None:
    text = (
        "Patients with lung carcinoid were treated in a randomised trial. Arm A: 161Tb-ABC-12 5.2 GBq i.v. Arm B: daily tablets at "
        "investigator's choice. Median OS: A 30.2 mo, B 26.4 mo.\n"
    )
    arms = _arms(text).values()
    assert [(arm.control, arm.activity and arm.activity.value, _life(arm)) for arm in arms] == [(False, 5.2, 30.2), (True, None, 26.4)]


def test_the_survival_in_an_item_is_that_of_the_cohort_it_opens_with() -> None:
    text = (
        "ABC-131 is an iodine-131 labelled inhibitor. Patients with adrenocortical carcinoma were selected by PET with ABC-124.\n\n"
        "- Cohort 1 (3 patients): single dose of 12.5 mCi/m2 on day 1. Median overall survival 6.2 months. No toxicity.\n"
        "- Cohort 2 (4 patients): single dose of 25 mCi/m2 on day 1. Median overall survival 8.1 months. No toxicity.\n"
    )
    (study,) = extract_studies("doc", text)
    assert study.compound == "ABC-131"
    assert [_life(arm) for arm in study.arms] == [6.2, 8.1]


@pytest.mark.parametrize(
    ("told", "p_value"),
    [
        (" (p < 0.001).", "p < 0.001"),
        (". The difference was significant (p = 0.02).", "p = 0.02"),
        (". Body weight was stable. Survival with the ligand differed from vehicle (log-rank P=.03).", "P=.03"),
        (". Body weight was stable. Platelets were lower with the ligand (p = 0.04).", None),
        (".", None),
    ],
)
def test_the_p_value_that_is_stated_for_survival_is_kept_with_its_place(told: str, p_value: str | None) -> None:
    text = (
        "Mice bearing PC3 prostate cancer xenografts received 12 MBq of 177Lu-ABC-12 or vehicle. "
        f"Median survival was 40 days with 12 MBq and 20 days with vehicle{told}"
    )
    (study,) = extract_studies("doc", text)
    span = study.spans.get("p_value")
    assert (text[span.start : span.end] if span else None) == p_value


def test_a_table_tells_the_species_of_a_model_beside_its_name() -> None:
    text = (
        "Mice bore AR42J tumours. 225Ac-ABC-12 was given once.\n\n| Model | Arm | n | Median survival (days) |\n|---|---|---|---|\n"
        "| Mouse AR42J | Vehicle | 8 | 17 |\n| Mouse AR42J | 225Ac-ABC-12, 40 kBq | 8 | 68 |\n"
    )
    assert {study.model for study in extract_studies("doc", text)} == {"AR42J"}


def test_prose_about_the_amounts_of_a_table_makes_no_study_of_another_compound() -> None:
    text = (
        "Female nude mice received 5 million AR42J cells in the right shoulder.\n\n"
        "| Model | Arm | n | Median survival (days) |\n|---|---|---|---|\n| Mouse AR42J | Vehicle | 8 | 17 |\n"
        "| Mouse AR42J | 177Lu-ABC-12, 30 MBq | 8 | 41 |\n| Mouse AR42J | 225Ac-ABC-12, 20 kBq | 8 | 38 |\n"
        "| Mouse AR42J | 225Ac-ABC-12, 40 kBq | 8 | 68 |\n\n"
        "The single 40 kBq dose outperformed 177Lu-ABC-12 (p = 0.013), whereas 20 kBq did not differ from it (p = 0.58). Complete "
        "regressions were seen in two of eight mice after 40 kBq and in none after 177Lu-ABC-12.\n\n"
        "Two mice given 40 kBq were put down on days 10 and 12. Platelets in mice given 20 kBq fell to 46% of baseline on day 14.\n"
    )
    arms = [(study.compound, arm.activity.value) for study in extract_studies("doc", text) for arm in study.arms if arm.activity]
    assert ("177Lu-ABC-12", 40) not in arms
    assert ("225Ac-ABC-12", 40) in arms
