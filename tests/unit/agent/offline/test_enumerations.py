"""A sentence that names one by one what is asked for in the plural answers, however near others are."""

from __future__ import annotations

import pytest
from worded import found, ranked

from assistant.agent.offline.sentences.enumerations import enumerated, listed
from assistant.agent.offline.understanding.topic import read

TEXT = (
    'Building pumps is risky. You can tell forecasts by words such as "may," "will," "hope," and "plan." Our report for 2031 describes all '
    "risks. Factors that might make sales differ include, among others, strikes, floods, higher duties and new rivals.\n"
)


def said(question: str) -> list[str]:
    topic = read(question, ())
    return [match.unit.quote for match in listed(question, topic.form, ranked(topic, found(("Pumps", "2031-03-03", TEXT))))]


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("Which factors could make sales differ?", "Factors that"),
        ("sales factors named in the report", "Factors that"),
        ("which words show that it is a forecast?", "You can tell"),
        ("List the words that mark forecasts", "You can tell"),
    ],
)
def test_the_list_that_is_asked_for(question, opening):
    (quote,) = said(question)
    assert quote.startswith(opening)


@pytest.mark.parametrize(
    "question",
    [
        "Which report describes all risk factors?",
        "Are there factors that make sales differ?",
        "How many factors are there?",
        "Which factor is it?",
    ],
)
def test_no_list_is_asked_for(question):
    assert said(question) == []


def test_what_is_named_one_by_one_is_the_subject_or_what_stands_right_before():
    assert "factor" in enumerated("Factors that may matter include size, age, breed, sex and weight.")
    assert "benefit" in enumerated("It may give patients benefits, including sleep, rest, warmth, peace and quiet.")
    assert enumerated("Drugs such as this one and that one help.") == frozenset()
