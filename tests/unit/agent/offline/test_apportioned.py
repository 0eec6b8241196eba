"""What a rate, an allotment, a tolerance, a list or the counts of sentences give."""

from __future__ import annotations

import pytest

from tests.unit.agent.offline.test_composed import given

TRIAL = """Between May and July 2030, 40 patients were screened at 3 sites.
Six were excluded and 2 withdrew consent; 32 were treated with the radioligand.
In all, 80 cycles were given.
Treatment-related adverse events occurred in 30 of 32 patients, most often nausea.
Grade 3 or higher treatment-related events occurred in 8 patients.
The recommended phase 2 dose was set at 6.0 GBq per cycle.
Of 25 patients evaluable for response, 5 had a confirmed partial response. A further 10 had stable disease.
Among the 10 patients treated at 6.0 GBq, 4 responded.
Enrolment of the registry reached 45 of 90 planned patients by 1 June 2031.
The second trial will enrol 90 patients, randomised 2:1 to the radioligand at 6.0 GBq or to chemotherapy.
"""
LABORATORY = """Use 15 micrograms of precursor for each GBq of terbium-161.
The dispensed activity must be within 5% of the activity ordered.
The daily check of the calibrator must be within 3% of the reference.
Waste is kept for at least 70 days before clearance.
The half-life of terbium-161 is 7.0 days.
Radiochemical purity of the three batches was 97.0%, 98.0% and 99.0%.
Images were taken at 4, 24 and 72 hours.
Tumour uptake was 12.0 %IA/g at 24 hours and 10.0 %IA/g at 72 hours.
Kidney uptake was 8.0 %IA/g at 24 hours and 2.0 %IA/g at 72 hours.
"""


@pytest.mark.parametrize(
    ("question", "result"),
    [
        ("what percentage of its planned enrolment had the registry reached?", (50.0, "percent")),
        ("registry enrollment, percent of target", (50.0, "percent")),
        ("What share of treated patients had a severe (grade 3+) drug-related side effect?", (25.0, "percent")),
        ("What share of the patients had a treatment-related adverse event?", (93.75, "percent")),
        ("disease control rate in percent", (60.0, "percent")),
        ("PR plus SD as a percentage of evaluable patients?", (60.0, "percent")),
        ("response rate in those treated at the RP2D, percent?", (40.0, "percent")),
        ("response rate in those treated at 7.0 GBq, percent?", None),
        ("screen failure rate in percent", (20.0, "percent")),
        ("How many cycles did each treated patient receive on average?", (2.5, "ratio")),
        ("How many patients of the second trial will be in the radioligand arm?", (60.0, "")),
        ("How many patients of the second trial get chemotherapy?", (30.0, "")),
        ("What share of patients had a fatal side effect?", None),
    ],
)
def test_shares_of_counts_that_sentences_tell(question, result):
    made = given(question, TRIAL)
    assert (made and made[0]) == (result and result[0])


@pytest.mark.parametrize(
    ("question", "result"),
    [
        ("how many micrograms of precursor do I need for 4 GBq?", 60.0),
        ("lowest activity I may dispense for an order of 8 GBq?", 7.6),
        ("highest activity I may dispense for an order of 8 GBq?", 8.4),
        ("How many half-lives does the minimum storage of waste amount to?", 10.0),
        ("average radiochemical purity of the three batches", 98.0),
        ("tumor to kidney ratio 72 h", 5.0),
        ("kidney-to-tumour ratio at 24 hours", 0.667),
        ("tumor to liver ratio 72 h", None),
        ("what share of the 24 hour kidney uptake is still there at 72 hours, in percent", 25.0),
        ("on average, when were images taken?", None),
    ],
)
def test_what_one_sentence_gives_with_what_the_question_brings(question, result):
    made = given(question, LABORATORY)
    assert (made and made[0]) == result


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("percent of lots that failed", "Three of the four validation lots met specification."),
        (
            "what percent of patients had nausea?",
            "The most common events were fatigue (9 patients), nausea (7) and anaemia (4). In all, 18 were treated.",
        ),
        ("what percentage of the animals survived?", "Animals were assigned to one of three arms and survived the injection."),
    ],
)
def test_the_share_of_others_is_none(question: str, text: str) -> None:
    assert given(question, text) is None
