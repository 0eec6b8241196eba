"""What a sentence only refers to: an activity or arm named before, a group by its title, a figure that another replaces."""

from __future__ import annotations

import pytest

from assistant.library.readers.laid_out import with_tables
from assistant.studies.extract import extract_studies
from assistant.studies.facts import Arm

MICE = "Mice bearing HT-29 colorectal cancer xenografts "
RATS = "Rats with CA20948 tumours "


def _arms(text: str) -> list[Arm]:
    return [arm for study in extract_studies("doc", with_tables(text)) for arm in study.arms]


def _told(text: str) -> set[tuple[float | None, int | None, float | None]]:
    """Activity, doses and survival of each arm."""
    return {(a.activity.value if a.activity else None, a.doses, a.survival.value if a.survival else None) for a in _arms(text)}


def test_the_same_dose_is_the_one_named_before_and_its_span_holds_the_figure() -> None:
    text = (
        MICE + "were divided into two groups. The first received a single injection of 12 MBq of 177Lu-ABC-12. The second received the "
        "same dose on days 0 and 21. Median survival was 40 days after one injection and 61 days after two injections."
    )
    assert _told(text) == {(12, 1, 40), (12, 2, 61)}
    spans = [arm.spans["activity"] for arm in _arms(text)]
    assert all(text[span.start : span.end] == "12 MBq" for span in spans)


def test_half_the_dose_is_no_amount_that_the_text_states() -> None:
    text = (
        MICE + "received 12 MBq of 177Lu-ABC-12 once, or half the dose twice. Median survival was 40 days with 12 MBq given once and "
        "44 days with half the dose given twice."
    )
    assert all(arm.activity is None for arm in _arms(text) if arm.doses == 2)


def test_the_animals_before_a_choice_are_those_of_all_its_arms() -> None:
    arms = _arms(MICE + "received either 12 MBq of 177Lu-ABC-12 or saline; 24 mice received 12 MBq, 24 MBq or saline. "
                 "Median survival was 40 days with 12 MBq, 55 days with 24 MBq and 21 days with saline.")  # fmt: skip
    assert len(arms) == 3 and all(arm.n is None for arm in arms)


def test_sentences_under_the_title_of_a_group_tell_of_it() -> None:
    text = (
        "177Lu-ABC-12 was given to patients with relapsed lymphoma.\n\n"
        "Cohort 1. 10 mCi/m2, 4 patients. No toxicity. Median OS 5.2 months.\n"
        "Cohort 2. 20 mCi/m2, 6 patients. Toxicity in 1. Median OS 7.4 months."
    )
    told = {(arm.label, arm.n, arm.activity.value, arm.survival.value) for arm in _arms(text) if arm.activity and arm.survival}
    assert told == {("Cohort 1", 4, 10, 5.2), ("Cohort 2", 6, 20, 7.4)}


@pytest.mark.parametrize(
    "sentence",
    [
        "Mean survival after one dose of 12 MBq, reported in May as 51 days, was 46 days.",
        "Mean survival after one dose of 12 MBq was 46 days rather than 51 days.",
    ],
)
def test_a_figure_that_another_replaces_is_not_read(sentence: str) -> None:
    assert _told(MICE + "received 177Lu-ABC-12. " + sentence) == {(12, 1, 46)}


def test_what_is_given_may_be_a_nuclide_or_bear_a_plain_name() -> None:
    radium = "Patients with prostate cancer received six injections of radium-223 at 50 kBq/kg and lived for a median of 14 months."
    brand = "Patients with melanoma were given Zoravine (177Lu-alodotide) at 7.4 GBq once and lived for a median of 14 months."
    assert [study.compound for study in extract_studies("doc", radium)] == ["radium-223"]
    assert [(study.compound, study.nuclide and study.nuclide.name) for study in extract_studies("doc", brand)] == [("Zoravine", "Lu-177")]


def test_cells_stand_under_the_heading_above_them() -> None:
    text = (
        RATS + "received 90Y-ABC-12.\n\n                     Buffer      5 MBq      10 MBq\n"
        "Rats per group       8           9          10\nMedian survival (d)  21          34         48\n"
    )
    assert {(arm.control, arm.n, arm.survival and arm.survival.value) for arm in _arms(text)} == {
        (True, 8, 21),
        (False, 9, 34),
        (False, 10, 48),
    }


def test_levels_of_an_escalation_have_their_own_numbers() -> None:
    text = (
        "Patients with renal cancer got 177Lu-ABC-12: 3 at 10, 4 at 20 and 6 at 30 MBq/kg. "
        "Median overall survival was 11 months with 30 MBq/kg."
    )
    assert {(arm.activity.value, arm.n) for arm in _arms(text) if arm.activity} == {(10, 3), (20, 4), (30, 6)}


def test_a_median_number_of_cycles_is_no_number_of_doses() -> None:
    text = (
        "Patients with lymphoma received 177Lu-ABC-12 at 7.4 GBq. They received a median of two cycles. "
        "Median overall survival was 14 months."
    )
    assert [arm.doses for arm in _arms(text)] == [None]
