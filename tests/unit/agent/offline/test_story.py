"""What people tell of themselves around a question is left out of it; what narrows the question stays."""

from __future__ import annotations

import pytest

from assistant.agent.offline.understanding.message import read_message
from assistant.agent.offline.understanding.story import without_story


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        (
            "Dear all, a colleague in the pharmacy asks about the shelf life and storage of Quillan, would you know?",
            "about the shelf life and storage of Quillan?",
        ),
        (
            "My boss asked me in the corridor who it is that sells the company its lutetium, I said I would check.",
            "who it is that sells the company its lutetium?",
        ),
        (
            "I am writing a slide and I cannot find in my notes the absorbed dose in the kidneys - could you have a look?",
            "the absorbed dose in the kidneys?",
        ),
        (
            "For my talk in May I need all the survival figures, both studies, every arm.",
            "all the survival figures, both studies, every arm?",
        ),
    ],
)
def test_a_story_is_left_out(question, asked):
    assert without_story(question) == asked


@pytest.mark.parametrize(
    "question",
    [
        "How long did rats live?",
        "Which of the studies that I have uploaded were done in rats or dogs, and not in mice?",
        "Do you show the source for each statement, and can I check it myself?",
        "If a patient gets all three cycles at the starting dose, how much is that in total?",
    ],
)
def test_what_narrows_a_question_stays(question):
    assert without_story(question) == question


@pytest.mark.parametrize(
    "question",
    [
        "We have had 30 MBq of Lu-177 in the hot cell since last Friday, how much of it is left after 13 days?",
        "Our hospital keeps 1.2 GBq of QX 7 behind the counter, so how much of it is left after two weeks?",
        "I told my neighbour that mice were given QX 7 in the spring, how long did all of them live?",
        "We are preparing a talk on terbium for the spring meeting, how long does half of it take to decay?",
        "I spoke to Brightmoor on the phone last week about the trial, who is it that leads the company?",
    ],
)
def test_an_amount_or_a_name_is_no_story(question):
    assert read_message(question).questions == (question,)


@pytest.mark.parametrize(
    "message",
    [
        "We have 30 MBq of Lu-177 and would like to know how much is left after 13 days?",
        "I have 30 MBq of Lu-177 here: how much of it is left after 13 days?",
        "How much of it is left after 13 days, because we have 30 MBq of Lu-177?",
    ],
)
def test_the_amount_that_decays_stays_with_the_question(message):
    (asked,) = read_message(message).questions
    assert "30 MBq of Lu-177" in asked
    assert "left after 13 days" in asked


def test_a_greeting_is_left_out_with_its_names():
    question = "Dear Quentin, my colleague cannot find in her own notes what storage temperature the drug needs?"
    assert without_story(question) == "what storage temperature the drug needs?"


def test_a_story_is_kept_around_the_question():
    message = read_message("My mother is ill and we hope for something new; I would like to ask what dose of QX 7 would be right for her.")
    assert message.questions == ("what dose of QX 7 would be right for her?",)
    assert "My mother is ill" in message.around
