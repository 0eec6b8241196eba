"""What people tell of themselves around a question is left out of it; what narrows the question stays."""

from __future__ import annotations

import pytest

from assistant.agent.offline.message import read_message
from assistant.agent.offline.story import without_story


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


def test_a_story_is_kept_around_the_question():
    message = read_message("My mother is ill and we hope for something new; I would like to ask what dose of QX 7 would be right for her.")
    assert message.questions == ("what dose of QX 7 would be right for her?",)
    assert "My mother is ill" in message.around
