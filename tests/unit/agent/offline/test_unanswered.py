"""What is said where nothing answers: only of a thing that is asked for is it said that nothing speaks of it."""

from __future__ import annotations

import pytest

from assistant.agent.offline.answers.unanswered import unanswered
from assistant.agent.offline.understanding.topic import read
from tests.unit.agent.offline.worded import found, ranked

NOTE = (
    "Note",
    "2031-03-03",
    "Lot L-1 was released by the supplier. The vehicle had no effect. Sales were 4 million in the second quarter of 2031.\n",
)


def lack(question: str) -> str:
    findings, topic = found(NOTE), read(question, ())
    return unanswered(topic, ranked(topic, findings), findings)[0]


@pytest.mark.parametrize(
    "question",
    [
        "Did lot L-1 raise the sales?",
        "Did the incidence fall with lot L-1?",
        "the price of lot L-1 in euros?",
        "Was p below 0.05 with lot L-1?",
        "What was the effect of veh?",
        "Who was the vendor of lot L-1?",
    ],
)
def test_verbs_measures_figures_and_other_words_for_what_is_there_are_not_missed(question):
    assert "speaks of" not in lack(question)


def test_a_thing_that_nothing_speaks_of_is_named():
    assert "nothing there speaks of “sterility”" in lack("What was the sterility of lot L-1?")


def test_a_quarter_that_nothing_tells_of_is_named():
    assert "nothing there is told of the third quarter of 2031" in lack("What were sales in the third quarter of 2031?")
    assert "told of" not in lack("What was the tax in the second quarter of 2031?")
