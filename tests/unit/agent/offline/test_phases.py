"""What a sentence says of the doses of one phase of a trial, beside those of another."""

from __future__ import annotations

import pytest
from worded import bag, found, searched

from assistant.agent.offline.answers.text import say
from assistant.agent.offline.topic import read

TEXT = "It is given once in a Phase I trial in adults as well as in a Phase II trial with either one or two doses."


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("Do patients in the Phase I trial get two doses?", "No: "),
        ("Is it given in one dose in Phase I?", "Yes: "),
        ("Can patients get two doses in phase 2?", "Yes: "),
        ("Do patients get two doses in phase 2?", "“It is given"),
        ("Do patients in phase 2 get three doses?", "No: "),
    ],
)
def test_each_phase_has_its_clause(question, opening):
    topic = read(question, ())
    (said,) = say(topic, searched(topic, found(("Note", "2025-01-01", TEXT))), bag)
    assert said.startswith(opening)
