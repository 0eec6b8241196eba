"""When an activity has fallen so far: by a share that is left or gone, or an amount, and by whose half-life."""

from __future__ import annotations

import pytest

from assistant.agent.offline.answers import ASPECTS, falling, physics
from assistant.agent.offline.findings import Findings, call
from assistant.agent.offline.understanding.topic import read
from tests.unit.agent.offline.worded import found

HALF_LIFE = ("Odda on lutetium", "2031-03-03", "Lutetium-177 has a half-life of 6.6 days.\n")


@pytest.mark.parametrize(
    ("question", "falls", "target"),
    [
        ("How long until only 20 % of the Lu-177 is left?", "100 / 20", ""),
        ("How many days until 80 % of the Lu-177 has decayed?", "100 / (100 - 80)", " in day"),
        ("How long till 95% of the Lu-177 is gone?", "100 / (100 - 95)", ""),
        ("When is 70 % of the lutetium-177 lost?", "100 / (100 - 70)", ""),
        ("How long does it take the Lu-177 to decay by 60 %?", "100 / (100 - 60)", ""),
        ("How long until the Lu-177 has decayed to 10 %?", "100 / 10", ""),
        ("How many weeks until Lu-177 decays below 5 %?", "100 / 5", " in week"),
        ("How long does Lu-177 decay until 30 % remain?", "100 / 30", ""),
        ("When are 40 MBq of Lu-177 down to 2 MBq?", "40 MBq / (2 MBq)", ""),
    ],
)
def test_a_share_that_is_gone_is_the_rest_of_what_is_left(question, falls, target):
    (wanted,) = falling.plan(read(question, ()), found(HALF_LIFE))
    assert dict(wanted.arguments)["expression"] == f"6.6 day * ln({falls}) / ln(2){target}"


@pytest.mark.parametrize(
    ("question", "expression"),
    [
        ("How long until 90 % of the Lu-177 is gone with a half-life of 6 days?", "6 day * ln(100 / (100 - 90)) / ln(2)"),
        ("After what time is 25 % left with a half-life of 6 days?", "6 day * ln(100 / 25) / ln(2)"),
        ("When are 40 MBq down to 2 MBq with a half-life of 6 days?", "6 day * ln(40 MBq / (2 MBq)) / ln(2)"),
    ],
)
def test_the_half_life_of_the_question_goes_before(question, expression):
    assert falling.plan(read(question, ()), found(HALF_LIFE)) == [call("calculate", expression=expression)]


@pytest.mark.parametrize("question", ["How long until 10 % of the 40 MBq is left?", "When will 40 MBq, 9 MBq and 2 MBq be left?"])
def test_what_is_left_at_a_time_does_not_tell_when(question):
    topic = read(question, ())
    assert falling.asks_when(topic)
    assert not ASPECTS["decay"].plan(topic, found(HALF_LIFE))


def test_the_half_life_is_looked_up_where_no_document_states_it():
    silent = ("Odda on lutetium", "2031-03-03", "Lutetium-177 was made.\n")
    (wanted,) = falling.plan(read("How long until only 20 % of the Lu-177 is left?", ()), found(silent))
    assert wanted == call("half_life", nuclide="Lu-177")


@pytest.mark.parametrize(
    ("text", "nuclides"),
    [
        ("Our candidate carries astatine-211.\n", ["At-211"]),
        ("One carries astatine-211, the other lead-212.\n", []),  # which is meant is not told
        ("Our candidate carries an antibody.\n", []),
    ],
)
def test_the_isotope_is_the_only_one_that_is_named(text, nuclides):
    topic, told = read("half life of the isotope?", ()), found(("Letter", "2031-03-03", text))
    searched = Findings(told.evidence, dict.fromkeys(physics.plan_half_life(topic, told), told.evidence), {})
    calls = physics.plan_half_life(topic, searched)
    assert [dict(each.arguments)["nuclide"] for each in calls if each.name == "half_life"] == nuclides


@pytest.mark.parametrize(
    "question",
    [
        "How much of 40 MBq of Lu-177 is left after 3 days?",
        "How long until 20 % of the mice are left?",
        "When were 40 MBq and 20 MBq of Lu-177 given?",
    ],
)
def test_nothing_falls_where_no_such_time_is_asked_for(question):
    assert not falling.plan(read(question, ()), found(HALF_LIFE))


def test_an_activity_that_is_only_fallen_to_is_none_that_decays():
    topic = read("After how many days is the Lu-177 down to 5 MBq?", ())
    assert falling.asks_when(topic)
    assert falling.plan(topic, found(HALF_LIFE)) == []
