"""What a sentence says of the doses of one phase of a trial, beside those of another."""

from __future__ import annotations

import pytest
from worded import bag, found, searched

from assistant.agent.offline.answers.text import say
from assistant.agent.offline.understanding.topic import read

TEXT = "It is given once in a Phase I trial in adults as well as in a Phase II trial with either one or two doses."


@pytest.mark.parametrize(
    "question",
    ["Was a single dose safe in the Phase I trial?", "Did adults in Phase I respond to two doses?", "Is one dose cheap in Phase I?"],
)
def test_who_asks_for_more_gets_no_verdict(question):
    topic = read(question, ())
    assert not any(said.startswith(("Yes", "No:")) for said in say(topic, searched(topic, found(("Note", "2025-01-01", TEXT))), bag))


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
