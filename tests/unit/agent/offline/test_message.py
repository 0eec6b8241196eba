"""What is asked in a message: questions without courtesies and stories, and what is told around them."""

from __future__ import annotations

import pytest

from assistant.agent.offline.understanding.message import read_message


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("How long did rats live?", ("How long did rats live?",)),
        ("I'm preparing a slide. How long did rats live?", ("How long did rats live?",)),
        ("May I ask you something? Which drug was given?", ("Which drug was given?",)),
        ("I was wondering if you could tell me how many rats there were", ("how many rats there were",)),
        ("One thing matters to us: which isotope was used?", ("which isotope was used?",)),
        ("I would be glad if you could tell me which model was used, as I need it for a table.", ("which model was used",)),
        ("Which drug was given? And on which days?", ("Which drug was given?", "And on which days?")),
        ("Give the dose. Convert it to MBq.", ("Give the dose.", "Convert it to MBq.")),
        ("thanks", ("thanks",)),
        ("Good morning. I hope you are well.", ("Good morning. I hope you are well.",)),
    ],
)
def test_the_questions_of_a_message(text, questions):
    assert read_message(text).questions == questions


def test_a_statement_that_is_asked_about_is_part_of_the_question():
    message = read_message("A colleague claims that the rats lived 80 days. Is that correct?")
    assert message.questions == ("Is it true that the rats lived 80 days?",)


@pytest.mark.parametrize("told", ["I have 40 MBq of QX 177.", "QX 177 has a half-life of 6 days."])
def test_what_is_left_is_asked_of_the_activity_and_half_life_that_were_told(told):
    asked = "What is left of it after 2 days?" if "MBq" in told else "How much of 40 MBq is left after 2 days?"
    assert read_message(f"{told} {asked}").questions == (f"{told} {asked}",)


def test_what_is_told_is_kept_apart():
    message = read_message("We look at QX 177 in sarcoma. How long did controls live?")
    assert message.around == "We look at QX 177 in sarcoma."


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("Explain what QX-8 is in one sentence", "Explain what QX-8 is"),
        ("which mouse strain was it, nude or another? need it for the review table", "which mouse strain was it, nude or another?"),
    ],
)
def test_how_long_the_answer_may_be_and_what_it_is_for_is_no_question(typed, asked):
    assert read_message(typed).questions == (asked,)
