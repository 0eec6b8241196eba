"""What a question sets side by side, and the words by which it calls the arms there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_studies import activity, arm
from turns import source

from assistant.agent.evidence import Evidence
from assistant.agent.offline.answers.selection import pair
from assistant.agent.offline.understanding.callings import called, callings
from assistant.agent.offline.understanding.followup import understand
from assistant.agent.offline.understanding.sides import sides
from assistant.agent.offline.understanding.topic import read
from assistant.studies.facts import Study
from assistant.values import Span

TEXT = "One group had the hot antibody, 15 kBq each. One group went under the X-ray machine. The rest lived 44 days."


def _at(words: str) -> Span:
    return Span(document="d1", start=TEXT.index(words), end=TEXT.index(words) + len(words))


TOLD = Study(
    document="d1",
    compound="HM-5",
    arms=(
        arm("15 kBq", 91.0, activity=activity(15, "kBq")).model_copy(update={"spans": {"activity": _at("15 kBq")}}),
        arm("external beam, 18 Gy", 57.0, control=True).model_copy(update={"spans": {"label": _at("X-ray")}}),
        arm("untreated", 44.0, control=True).model_copy(update={"spans": {"label": _at("44 days")}}),
    ),
)
EVIDENCE = Evidence(sources=(source(0, TEXT),), studies=(TOLD,))
KNOWN = callings((TOLD,), EVIDENCE)


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("survival on the hot antibody", ["15 kBq"]),
        ("survival after external beam", ["external beam, 18 Gy"]),
        ("how long did those under the X-ray live", ["external beam, 18 Gy"]),
        ("survival of untreated mice", ["untreated"]),
        ("how long did the mice live", []),
        ("and the group?", []),
    ],
)
def test_an_arm_is_called_by_words_of_its_label_or_of_what_is_told_of_it(question, labels):
    assert [calling.arm.label for calling in called(question, KNOWN)] == labels


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("by how much did arm F exceed external beam", 3),
        ("ratio of A vs B", 2),
        ("difference between two doses and one", 2),
        ("did they live as long with A as with B", 2),
        ("A vs B vs C", 3),
        ("how long did the mice live", 0),
    ],
)
def test_what_is_set_side_by_side(question, count):
    assert len(sides(question)) == count


@pytest.mark.parametrize(
    ("questions", "labels"),
    [
        (["How many days more did the hot antibody give than the X-ray?"], ("15 kBq", "external beam, 18 Gy")),
        (["how many days longer than untreated did the hot antibody mice live"], ("15 kBq", "untreated")),
        (["external beam against untreated, in percent"], ("external beam, 18 Gy", "untreated")),
        (["survival after external beam?", "gain of that over untreated?"], ("external beam, 18 Gy", "untreated")),
    ],
)
def test_just_the_two_arms_that_are_named_are_compared(questions, labels):
    (topic,) = understand(questions, (TOLD,), KNOWN)
    arms = pair(TOLD, topic)
    assert arms is not None
    assert (arms[0].label, arms[1].label) == labels
    assert topic.aspect == "benefit"


LEVELS = Study(
    document="d2",
    compound="RQ-9",
    arms=(
        arm("Level 1", 6.0, activity=activity(2, "GBq"), doses=1),
        arm("Level 2", 9.0, activity=activity(4, "GBq"), doses=1),
        arm("3 \N{MULTIPLICATION SIGN} 2 GBq", 12.0, activity=activity(2, "GBq"), doses=3),
        arm("2 \N{MULTIPLICATION SIGN} 3 GBq", 11.0, activity=activity(3, "GBq"), doses=2),
    ),
)


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("RQ-9 level 2 versus 1, how much longer?", ("Level 2", "Level 1")),
        ("RQ-9: 3x2 against 2x3, extra days of survival?", ("3 \N{MULTIPLICATION SIGN} 2 GBq", "2 \N{MULTIPLICATION SIGN} 3 GBq")),
    ],
)
def test_a_bare_number_is_a_sign_or_a_regimen_as_the_other_side_is(question, labels):
    (topic,) = understand([question], (LEVELS,), callings((LEVELS,), Evidence(studies=(LEVELS,))))
    found = pair(LEVELS, topic)
    assert found is not None
    assert tuple(each.label for each in found) == labels


def test_what_opens_with_its_reference_is_set_against_it():
    assert sides("Relative to saline, how much longer did the others live?") == ("how much longer did the others live?", "saline")
    assert sides("Compared with one dose, by what percent did two help?") == ("by what percent did two help?", "one dose")
    assert sides("Compared with what?") != ("what?", "")


def test_a_question_is_read_by_the_callings_that_it_is_read_with() -> None:
    question = "survival after what the X-ray did"
    known = [KNOWN, tuple(replace(calling, told=frozenset()) for calling in KNOWN)]
    assert [len(read(question, (TOLD,), callings_known).named.called) for callings_known in known] == [1, 0]
