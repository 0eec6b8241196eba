"""Levels that questions name, held against the bounds of sentences: of the same thing, with or without their unit."""

import pytest

from assistant.agent.offline.sentences.levels import meets

BELOW = "Patients with a clearance below 40 mL/min must not be treated."
BETWEEN = "A batch with a purity of 92 to 95 % may be purified again. The pH must lie between 3.5 and 4.0."
FROM = "No adjustment is needed with a clearance of 40 mL/min or more."
COUNTED = "Platelets below 75 x 10^9/L: withhold."


@pytest.mark.parametrize(
    ("question", "text", "held"),
    [
        ("can it be given with a clearance of 35?", BELOW, True),
        ("can it be given with a clearance of 55?", BELOW, False),
        ("clearance 55, do i lower the dose?", FROM, True),
        ("clearance of 35 mL/min, do i lower the dose?", FROM, False),
        ("what if platelets drop to 60", COUNTED, True),
        ("platelets at 80, withhold?", COUNTED, False),
        ("purity 93 % - discard?", BETWEEN, True),
        ("purity of 96, and now?", BETWEEN, False),
        ("is a ph of 3.8 fine?", BETWEEN, True),
        ("the ph is 3.2", BETWEEN, False),
        ("is a 6 month old generator ok?", "The generator is not older than 12 months.", True),
        ("what if haemoglobin drops to 30?", BELOW, None),  # of something else
        ("what if 30 patients come?", BELOW, None),
        ("is a clearance below 35 enough?", BELOW, None),  # a bound is no level
        ("is there any data on clearance?", BELOW, None),
        ("clearance 35?", "The clearance was 40 mL/min.", None),  # no bound
        ("clearance 35?", "The clearance was measured within at least 40 days.", None),
    ],
)
def test_a_level_is_held_against_bounds_of_the_same(question, text, held):
    assert meets(question, text) is held
