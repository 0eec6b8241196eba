"""Only the arms that a question names are compared: an arm that is not found leaves the comparison out, and never lends its place."""

from __future__ import annotations

import pytest
from made_studies import activity, arm

from assistant.agent.evidence import Evidence
from assistant.agent.offline.answers.selection import pairs
from assistant.agent.offline.understanding.callings import callings
from assistant.agent.offline.understanding.topic import read
from assistant.studies.facts import Study

REPEATED = Study(
    document="d1",
    compound="QX-61",
    model="A549",
    arms=(
        arm("single dose", 71.0, activity=activity(75, "uCi"), doses=1),
        arm("saline", 48.0, control=True),
        arm("two doses", 104.0, activity=activity(75, "uCi"), doses=2),
        arm("three doses", 118.0, activity=activity(75, "uCi"), doses=3),
    ),
)
LEVELLED = Study(
    document="d1",
    compound="QX-88",
    model="HT-29",
    arms=(
        arm("5 MBq", 33.0, activity=activity(5)),
        arm("10 MBq", 46.0, activity=activity(10)),
        arm("20 MBq", 61.0, activity=activity(20)),
        arm("cisplatin", 41.0, control=True),
        arm("untreated", 32.0, control=True),
    ),
)
ALL = (REPEATED, LEVELLED)


def compared(question):
    topic = read(question, ALL, callings(ALL, Evidence()))
    return [(one.label, other.label) for study in topic.studies or ALL for one, other in pairs(study, topic)]


@pytest.mark.parametrize(
    "question",
    [
        "By what percent did the combination extend survival over untreated mice?",
        "How much longer did QX-88 plus cisplatin live than cisplatin?",
        "Did QX-88 extend survival over QX-9?",
        "How much longer did four doses of QX-61 live than one?",
        "By how many days did cisplatin extend survival over 10 MBq of QX-61?",
    ],
)
def test_an_arm_that_is_not_there_leaves_nothing_to_compare(question):
    assert compared(question) == []


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How much longer did mice live with three doses than with saline?", [("three doses", "saline")]),
        ("By what percent did three doses extend survival over one dose?", [("three doses", "single dose")]),
        ("Did the third dose extend survival by more than 10%?", [("three doses", "two doses")]),
        ("What was the survival gain from the second to the third dose?", [("three doses", "two doses")]),
        ("By what percent did 10 MBq of QX-88 extend survival?", [("10 MBq", "untreated")]),
        ("How much longer did mice live with two doses than with one?", [("two doses", "single dose")]),
        ("By how many days did cisplatin extend survival over untreated mice?", [("cisplatin", "untreated")]),
    ],
)
def test_the_arms_that_are_named_are_compared_and_none_of_another_study(question, expected):
    assert compared(question) == expected
