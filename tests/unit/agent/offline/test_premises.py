"""Figures that a question gives to the wrong arm are corrected; those on the other side of a comparison are not wrong."""

import pytest
from made_studies import LEVELS, QX, QZ

from assistant.agent.evidence import Evidence
from assistant.agent.offline.answers.premises import corrections, misplaced
from assistant.agent.offline.findings import Findings
from assistant.agent.offline.understanding.followup import understand

NOTHING = Findings(Evidence(), {}, {})


def corrected(question):
    (topic,) = understand((question,), (LEVELS,))
    return list(misplaced(topic, NOTHING))


@pytest.mark.parametrize(
    "question",
    [
        "By how many percent did 20 MBq prolong survival over vehicle?",
        "Did mice live longer with 20 MBq than with vehicle?",
        "Did mice on 20 MBq live twice as long as vehicle?",
        "Did vehicle mice outlive those on 20 MBq?",
    ],
)
def test_what_one_side_got_is_not_given_to_the_other(question):
    assert corrected(question) == []


def test_what_a_control_never_got_is_corrected():
    (said,) = corrected("Did vehicle mice given 20 MBq live longer?")
    assert said.startswith("20 MBq belongs to 20 MBq")


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("Why did they wait until day 14 to give the second QX 177 dose?", "day 0 and day 21"),
        ("Why was the second QX 177 dose given on day 21?", ""),
    ],
)
def test_the_day_of_another_studys_dose_is_corrected(question, days):
    (topic,) = understand((question,), (QX, QZ))
    said = " ".join(corrections(topic, NOTHING))
    assert days in said
    assert bool(said) is bool(days)
