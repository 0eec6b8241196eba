"""A question that names no study is about those that its words, or an amount in it, speak of."""

import pytest
from made_studies import LEVELS, QX, QZ

from assistant.agent.evidence import Evidence
from assistant.agent.offline.narrowing import narrowed
from assistant.agent.offline.understanding.followup import understand

KNOWN = (QX, QZ, LEVELS)


def about(question):
    (topic,) = understand((question,), KNOWN)
    return narrowed(topic, Evidence(), frozenset()).studies


@pytest.mark.parametrize(
    ("question", "studies"),
    [
        ("Median survival in the 20 MBq group?", (LEVELS,)),
        ("How long did mice live on 40 uCi?", (QX,)),
        ("How long did mice live on 33 MBq?", KNOWN),
        ("Median survival?", KNOWN),
    ],
)
def test_an_amount_tells_which_study_is_meant(question, studies):
    assert about(question) == studies
