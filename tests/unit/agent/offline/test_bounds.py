"""Bounds of a question: how they are worded, and which values lie within them."""

import pytest
from made_studies import QX

from assistant.agent.grounding.amounts import amounts
from assistant.agent.offline.understanding.bounds import bounded, holds, without
from assistant.agent.offline.understanding.topic import read
from assistant.language.figures import figures


@pytest.mark.parametrize(
    ("question", "bound"),
    [
        ("Did they live no more than 90 days?", "<="),
        ("Did they live no fewer than 90 days?", ">="),
        ("Did they live 90 days or longer?", ">="),
        ("Did they live past day 90?", ">"),
        ("Did they live longer than about 90 days?", ">"),
        ("Did they live longer than the controls' 90 days?", ">"),
        ("Did they live shorter than a median of 90 days?", "<"),
        ("Did they make it to day 90?", ">="),
        ("Did they survive up to 90 days?", ">="),
        ("Did they die within 90 days?", "<="),
        ("Did they live about 90 days?", "~"),
        ("Did they live longer than controls by 90 days?", ""),
        ("Was the gain over control 90 days?", ""),
    ],
)
def test_what_a_question_makes_of_its_figure(question, bound):
    (figure,) = bounded(question)
    assert figure.qualifier == bound


@pytest.mark.parametrize(
    ("words", "within"),
    [
        ("90 days", [90]),
        ("about 90 days", [88, 90, 92]),
        ("more than 90 days", [92, 120]),
        ("at least 90 days", [90, 92, 120]),
        ("fewer than 90 days", [60, 88]),
        ("no more than 90 days", [60, 88, 90]),
    ],
)
def test_which_values_lie_within_a_bound(words, within):
    (figure,) = bounded(f"Was it {words}?")
    assert [value for value in (60, 88, 90, 92, 120) if holds(value, figure)] == within


@pytest.mark.parametrize("words", ["not more than 30 days", "no fewer than 30 days", "30 days at most", "30 days or more"])
def test_a_question_and_verification_read_the_same_bound(words):
    (figure,), (asked,), (amount,) = figures(words), bounded(words), amounts(words)
    assert figure.qualifier == asked.qualifier == amount.qualifier != ""


def test_a_bound_is_taken_out_with_its_words():
    question = "Was the yield no more than 90 %?"
    (figure,) = bounded(question)
    assert without(question, figure).split() == ["Was", "the", "yield", "?"]


def test_a_topic_has_the_bounds_of_its_figures():
    topic = read("Did treated mice live no more than 90 days?", (QX,))
    assert [figure.qualifier for figure in topic.figures] == ["<="]
    assert "bound_below" in topic.signals
    assert "bound_above" not in topic.signals
