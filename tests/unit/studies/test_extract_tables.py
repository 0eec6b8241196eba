"""Tables: columns of compounds and models, what a heading says of all rows, whose model and nuclide it is."""

from __future__ import annotations

import pytest

from assistant.library.readers.laid_out import with_tables
from assistant.studies.extract import extract_studies
from assistant.studies.facts import Study


def _told(study: Study) -> dict[str, float | None]:
    return {arm.label: arm.survival.value if arm.survival else None for arm in study.arms}


def _by_name(text: str) -> dict[str, Study]:
    return {study.name: study for study in extract_studies("doc", text)}


BARS = """QX-12 is a peptide. It is labeled with terbium-161.

Mice with BxPC-3 tumors received a single injection. Results:

| Treatment (single dose) | Mice per group | Median survival (days) | Free of tumor at day 90 |
|---|---|---|---|
| Saline | 7 | 22 | 0 |
| QX-12, 5 MBq | 7 | 31 | 1 |
| QX-12, 15 MBq | 7 | 47 | 3 |
| [177Lu]Lu-QX-12, 15 MBq | 7 | 39 | 2 |

Mice with AsPC-1 xenografts received a single dose of 40 MBq or three doses of 8 MBq.
"""


def test_what_the_column_of_treatments_says_of_all_rows_holds_for_each() -> None:
    found = _by_name(BARS)
    own, other = found["QX-12 in BxPC-3"], found["[177Lu]Lu-QX-12 in BxPC-3"]
    assert _told(own) == {"Saline": 22, "QX-12, 5 MBq": 31, "QX-12, 15 MBq": 47}
    assert _told(other) == {"Saline": 22, "[177Lu]Lu-QX-12, 15 MBq": 39}
    assert {arm.n for arm in (*own.arms, *other.arms)} == {7}
    assert [arm.doses for arm in own.arms if not arm.control] == [1, 1]


def test_a_compound_that_carries_another_nuclide_is_not_its_labelled_comparator() -> None:
    found = _by_name(BARS)
    assert {name: study.nuclide and study.nuclide.name for name, study in found.items()} == {
        "QX-12 in BxPC-3": "Tb-161",
        "[177Lu]Lu-QX-12 in BxPC-3": "Lu-177",
        "QX-12 in AsPC-1": "Tb-161",
    }


def test_rows_that_name_compound_and_model_tell_again_of_the_studies_of_the_prose() -> None:
    text = """Two compounds were tested.

QX-12, which carries lutetium-177, was tested in the HT-29 xenograft model in mice. Mice receiving two doses of QX-12 of 300 µCi each
reached a median survival of 80 days, versus 50 days for a single dose of 300 µCi and 30 days for vehicle.

QX-40, which carries actinium-225, was tested in the SKOV-3 xenograft model in mice. Mice receiving three doses of QX-40 of 20 kBq each
reached a median survival of 110 days, versus 70 days for a single dose of 20 kBq and 40 days for vehicle.

Compound    Model     Group                   Median survival
QX-12       HT-29     Vehicle                 30 days
QX-12       HT-29     300 µCi, one dose       50 days
QX-12       HT-29     300 µCi, two doses      80 days
QX-40       SKOV-3    Vehicle                 40 days
QX-40       SKOV-3    20 kBq, one dose        70 days
QX-40       SKOV-3    20 kBq, three doses     110 days
"""
    found = extract_studies("doc", with_tables(text))
    assert {study.name: _told(study) for study in found} == {
        "QX-12 in HT-29": {"300 µCi, two doses": 80, "300 µCi, one dose": 50, "Vehicle": 30},
        "QX-40 in SKOV-3": {"20 kBq, three doses": 110, "20 kBq, one dose": 70, "Vehicle": 40},
    }
    assert len(found) == 2


def test_a_table_tells_of_the_model_in_which_its_amounts_were_given() -> None:
    text = """Uptake was studied in mice with LoVo tumors. For the therapy study, LS174T cells were injected into mice. The mice (n=6 per
group) received vehicle, 12 MBq of 177Lu-QX-12 or 4 MBq of 177Lu-QX-12.

Results

Uptake in LoVo tumors was 12 %IA/g.

Survival:

| Group | n | Median survival (days) |
|---|---|---|
| Vehicle | 6 | 20 |
| 177Lu-QX-12, 4 MBq | 6 | 30 |
| 177Lu-QX-12, 12 MBq | 6 | 44 |
"""
    assert [study.name for study in extract_studies("doc", text) if any(arm.survival for arm in study.arms)] == ["177Lu-QX-12 in LS174T"]


def test_a_compound_alone_and_the_combination_are_two_arms() -> None:
    text = """Mice bearing CT26 tumors were randomized to vehicle; anti-CTLA-4 alone; 90Y-QX-12 alone; or the combination. 90Y-QX-12 was
injected once, at 80 µCi, on day 0.

Median survival was 18 days with vehicle, 22 days with anti-CTLA-4 alone, 30 days with 90Y-QX-12 alone and 51 days with the combination.
"""
    (study,) = extract_studies("doc", text)
    assert _told(study) == {"vehicle": 18, "anti-CTLA-4": 22, "90Y-QX-12 alone": 30, "combination": 51}
    assert {arm.label: arm.activity.value for arm in study.arms if arm.activity} == {"90Y-QX-12 alone": 80, "combination": 80}


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("Overall survival at 12 months", ("66%", "61%")),
        ("Survival at 12 months (%)", ("66", "61")),
        ("12-month overall survival", ("66", "61")),
        ("Overall survival (months)", ("66%", "61%")),
    ],
)
def test_a_share_that_lived_so_long_is_no_survival(name: str, cells: tuple[str, str]) -> None:
    text = f"""Patients with sarcoma got 177Lu-QX-12 or pazopanib.

| Arm | Activity | n | {name} |
|---|---|---|---|
| A: 177Lu-QX-12 | 7.4 GBq | 60 | {cells[0]} |
| B: pazopanib | - | 30 | {cells[1]} |
"""
    assert not any(arm.survival for study in extract_studies("doc", text) for arm in study.arms)
