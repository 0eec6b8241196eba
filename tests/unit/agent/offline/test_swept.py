"""Whether any or all rows of a table lie beyond a question's bound."""

from __future__ import annotations

import pytest

from assistant.agent.offline.understanding.topic import read
from assistant.agent.offline.verdicts.swept import sweeps
from tests.unit.agent.offline.test_verdict import ranked

TABLE = """The dogs were weighed in May.

| Dog | Weight (kg) | Fever (%) | Coat |
|---|---|---|---|
| Rex | 8.5 | 12 | brown |
| Ada | 11.2 | 30 | black |
| Bob | 9.9 | 4 | brown |
"""


@pytest.mark.parametrize(
    ("question", "row", "held"),
    [
        ("did any dog have a weight above 11 kg?", "Ada", True),
        ("did any dog have a weight above 12 kg?", "Ada", False),
        ("did every dog have a weight above 8 kg?", "Rex", True),
        ("did all three dogs have a weight above 9 kg?", "Rex", False),
        ("did every dog have a weight below 11 kg?", "Ada", False),
        ("did every dog reach 9 kg?", "Rex", False),
        ("did any dog have a fever of less than 5%?", "Bob", True),
        ("did any brown dog have a weight above 11 kg?", "Bob", False),
    ],
)
def test_all_rows_are_looked_through(question, row, held):
    topic = read(question, ())
    told = sweeps(topic, ranked(topic, TABLE))
    assert told is not None
    assert (row in told[0].unit.text, told[1]) == (True, held)


@pytest.mark.parametrize(
    "question",
    [
        "did any cat have a weight above 11 kg?",
        "did the dog Rex have a weight above 11 kg?",
        "did any dog run for more than 11 km?",
        "did any dog have a weight above 11 kg in June?",
        "did no dog have a weight above 11 kg?",
        "which dogs had a weight above 11 kg?",
    ],
)
def test_what_is_asked_of_others_is_left_alone(question):
    topic = read(question, ())
    assert sweeps(topic, ranked(topic, TABLE)) is None
