"""What a sentence says of the doses of one phase of a trial, beside those of another."""

from __future__ import annotations

import pytest
from worded import bag, found, ranked, searched

from assistant.agent.offline.answers.text import say
from assistant.agent.offline.sentences.phases import compares_phases, speaks_of_phases
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
    ("question", "text", "compared"),
    [
        ("phase 1 vs phase 2, what's different in doses?", TEXT, True),
        ("phase 1 vs phase 2 costs?", TEXT, False),
        ("phase 1 vs phase 3 doses?", TEXT, False),
        ("doses in phase 1?", TEXT, False),
    ],
)
def test_a_sentence_with_both_phases_compares_them(question, text, compared):
    topic = read(question, ())
    assert compares_phases(question, ranked(topic, found(("Note", "2025-01-01", text)))[0]) is compared


@pytest.mark.parametrize(
    ("question", "spoken_of"),
    [("How many more doses in Phase II than in Phase I?", False), ("How many more doses did the mice get?", True)],
)
def test_what_mice_got_tells_nothing_of_a_phase(question, spoken_of):
    assert speaks_of_phases(question, "Mice got one or two doses.") is spoken_of


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
