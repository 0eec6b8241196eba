"""Yes and no to questions that are negated or ask whether something is lacking."""

from dataclasses import replace

import pytest
from made_studies import QX, QZ

from assistant.agent.evidence import Evidence
from assistant.agent.offline.answers import controls, survival
from assistant.agent.offline.findings import Findings
from assistant.agent.offline.understanding.topic import read
from assistant.agent.offline.verdicts.polarity import is_as_stated, is_denied, verdict

NOTHING = Findings(Evidence(), {}, {})


def asked(question, *studies):
    return replace(read(question, studies), studies=studies)


@pytest.mark.parametrize(
    "question",
    [
        "Did the study have a control arm?",
        "Didn't the study have a control arm?",
        "The study had a control arm, didn't it?",
        "Did the study have a control arm or not?",
        "Did they live no more than 90 days?",
        "Did mice without treatment live 90 days?",
        "Did mice that got no treatment live 90 days?",
        "Was the gain not less than 30 days?",
    ],
)
def test_yes_affirms_what_is_asked_plainly(question):
    assert is_as_stated(question) is True


@pytest.mark.parametrize(
    "question",
    [
        "Did the study lack a control arm?",
        "Didn't the study lack a control arm?",
        "Was the study done without a control arm?",
        "Is a control arm missing in the study?",
        "Is it true that the study had no control arm?",
        "Is it correct that there was no control arm?",
        "Is it true that the gain was not 80 days?",
    ],
)
def test_yes_denies_what_is_said_to_be_lacking(question):
    assert is_as_stated(question) is False


@pytest.mark.parametrize(
    "question",
    [
        "Was the gain with two doses not 80 days?",
        "Did the mice not live 90 days?",
        "Were there no controls?",
        "Did nobody live 90 days?",
        "Is it true that they did not live 90 days?",
        "Is it true that mice that were not treated twice had no controls?",
        "Is it true that the mice were not fed and lived 90 days?",
        "Did the study that lacked a control last 90 days?",
        "Did the study without a blinded observer have a control arm?",
        "Did mice lacking T cells live 90 days?",
        "Did two doses fail to add 60 days?",
        "Did they barely live 90 days?",
    ],
)
def test_what_may_be_read_both_ways_has_no_verdict(question):
    assert is_as_stated(question) is None
    assert verdict(read(question, (QX,)), held=True) == verdict(read(question, (QX,)), held=False) == ""


@pytest.mark.parametrize(
    ("question", "with_control", "without"),
    [
        ("Did the studies have a control arm?", "Yes: the", "No: the"),
        ("Did the studies lack a control arm?", "No: the", "Yes: the"),
        ("Is it true that the studies had no control arm?", "No: the", "Yes: the"),
        ("Did the studies have no control arm?", "The control", "The arms"),
    ],
)
def test_a_control_is_affirmed_or_denied_as_it_is_asked_for(question, with_control, without):
    assert controls.say_control(asked(question, QZ), NOTHING)[0].startswith(with_control)
    assert controls.say_control(asked(question, QX), NOTHING)[0].startswith(without)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Which study had a control?", "QZ"),
        ("Which study had neither vehicle nor a control?", "QX"),
        ("Which study lacked a control?", "QX"),
    ],
)
def test_the_studies_that_are_meant_stand_first(question, first):
    said = controls.say_control(asked(question, QZ, QX), NOTHING)
    assert {"QZ": QZ, "QX": QX}[first].name in said[0]


def test_a_follow_up_takes_over_how_its_question_was_put():
    topic = read("two doses?", (QX,))
    assert verdict(topic, held=True) == "Yes:"
    assert verdict(replace(topic, claim="Did one dose lack it?"), held=True) == "No:"
    assert verdict(replace(topic, claim="Did one dose not do it?"), held=True) == ""


def test_a_survival_has_no_verdict_in_a_question_that_is_negated():
    said = survival.say(asked("Did mice with two doses not live 95 days?", QX), NOTHING)
    assert said
    assert not said[0].startswith(("Yes", "No"))


def test_what_only_looks_like_a_denial_is_none():
    assert is_denied("Which study had no control arm?")
    assert not is_denied("Which mice lived no more than 90 days?")
