"""Arms by letter, number, amount or number of doses, and which two of them are compared."""

from dataclasses import replace

import pytest
from made_studies import activity, arm

from assistant.agent.offline.absent import absent_amounts, ungiven
from assistant.agent.offline.answers.selection import pair
from assistant.agent.offline.understanding.arms import arms_of, given
from assistant.agent.offline.understanding.designations import designation, designations, spoken_of, without_designations
from assistant.agent.offline.understanding.followup import understand
from assistant.agent.offline.understanding.mentions import mentions
from assistant.agent.offline.understanding.topic import read
from assistant.studies.facts import Nuclide, Study

LETTERS = Study(
    document="d4",
    compound="[67Ga]Ga-KV-3",
    nuclide=Nuclide(name="Ga-67", stated=True),
    model="SK-9",
    species="mouse",
    arms=(
        arm("A, buffer", 20.0, control=True),
        arm("B", 30.0, activity=activity(10), doses=1, days=(0,)),
        arm("C", 40.0, activity=activity(20), doses=1, days=(0,)),
        arm("D", 50.0, activity=activity(10), doses=2, days=(0, 14)),
        arm("E", activity=activity(20), doses=2, days=(0, 14)),
    ),
)
AMOUNTS = Study(
    document="d5",
    compound="VN-88",
    nuclide=Nuclide(name="Ac-225", stated=True),
    model="MDA-9",
    species="mouse",
    arms=(
        arm("vehicle", 26.0, control=True),
        arm("10 kBq", 38.0, activity=activity(10, "kBq")),
        arm("20 kBq", 55.0, activity=activity(20, "kBq")),
        arm("2 × 20 kBq", 78.0, activity=activity(20, "kBq"), doses=2, days=(0, 21)),
    ),
)
NUMBERS = Study(
    document="d6",
    compound="ORZ-7",
    nuclide=Nuclide(name="Tb-161", stated=True),
    model="CX-2",
    species="rat",
    arms=(
        arm("1", 19.5, control=True),
        arm("3", 41.5, activity=activity(100)),
        arm("4", 58.5, activity=activity(100), doses=2, days=(0, 14)),
    ),
)
ROMAN = Study(
    document="d7",
    compound="ORZ-8",
    nuclide=Nuclide(name="Tb-161", stated=True),
    model="CX-3",
    species="mouse",
    arms=(
        arm("saline (arm I)", 20.0, control=True),
        arm("Arm II", 61.0, activity=activity(10), doses=2, days=(0, 14)),
        arm("Arm III", 35.0, activity=activity(10), doses=1, days=(0,)),
    ),
)


def meant(study, question):
    return [found.label for found in arms_of(study, mentions(question, (study,)))]


def compared(study, *questions):
    (topic,) = understand(questions, (study,))
    arms = pair(study, topic)
    return tuple(found.label for found in arms) if arms else None


@pytest.mark.parametrize(
    ("label", "sign"),
    [
        ("E", "e"),
        ("A, buffer", "a"),
        ("4", "4"),
        ("Group B", "b"),
        ("Cohort 2 (n=3)", "2"),
        ("Arm III", "iii"),
        ("saline (arm I)", "i"),
        ("20 MBq", None),
        ("single dose", None),
    ],
)
def test_the_letter_or_number_that_a_label_is(label, sign):
    assert designation(arm(label)) == sign


@pytest.mark.parametrize(
    ("question", "signs"),
    [
        ("survival in group E", {"e"}),
        ("groups C and D", {"c", "d"}),
        ("from arm C to arm D", {"c", "d"}),
        ("median OS of cohort 2 compared with cohort 3", {"2", "3"}),
        ("arms A, B and C", {"a", "b", "c"}),
        ("and E?", {"e"}),
        ("arm III against arm I", {"iii", "i"}),
        ("cohorts II, IV and VI", {"ii", "iv", "vi"}),
        ("the group 67 or 73", set()),
        ("the group a colleague named", set()),
        ("a level 20 MBq", set()),
        ("group 2 doses", set()),
        ("vitamin K in part", set()),
    ],
)
def test_the_letters_and_numbers_that_a_question_names(question, signs):
    assert designations(question, (LETTERS,)) == signs


@pytest.mark.parametrize("text", ["Group F lived long.", "groups A, B and F", "| F | 10 | 20 MBq |", "- F (n=8): 20 MBq"])
def test_a_letter_is_spoken_of_in_sentences_and_rows(text):
    assert spoken_of("f", ["Nothing here.", text])
    assert not spoken_of("g", [text])
    assert not spoken_of("f", ["Mice were grouped. F. Smith wrote it."])


def test_a_number_that_names_an_arm_counts_no_doses():
    assert "2" not in without_designations("the dose of cohort 2 in MBq")
    assert mentions("the dose of cohort 2 in MBq", (NUMBERS,)).counts == frozenset()


@pytest.mark.parametrize(
    ("study", "question", "labels"),
    [
        (LETTERS, "how did group E do", ["E"]),
        (LETTERS, "groups C and D", ["C", "D"]),
        (LETTERS, "group F", []),
        (ROMAN, "arm II", ["Arm II"]),
        (ROMAN, "arms I and III", ["saline (arm I)", "Arm III"]),
        (LETTERS, "group A", ["A, buffer"]),
        (LETTERS, "the buffer mice", ["A, buffer"]),
        (NUMBERS, "two injections", ["4"]),
        (NUMBERS, "a single injection", ["3"]),
        (NUMBERS, "after 4 weeks", ["1", "3", "4"]),
        (NUMBERS, "group 4", ["4"]),
        (AMOUNTS, "a single 20 kBq", ["20 kBq"]),
        (AMOUNTS, "2 x 20 kBq", ["2 × 20 kBq"]),
        (AMOUNTS, "20 kBq given twice", ["2 × 20 kBq"]),
        (AMOUNTS, "10 kBq", ["10 kBq"]),
    ],
)
def test_the_arms_that_are_meant(study, question, labels):
    assert meant(study, question) == labels


def test_an_arm_was_dosed_once_only_where_another_was_dosed_repeatedly():
    assert given(AMOUNTS, AMOUNTS.arms[2]) == 1
    assert given(AMOUNTS.model_copy(update={"arms": AMOUNTS.arms[:3]}), AMOUNTS.arms[2]) is None
    assert given(NUMBERS, NUMBERS.arms[0]) is None


@pytest.mark.parametrize(
    ("study", "questions", "arms"),
    [
        (AMOUNTS, ["How much longer did a single 20 kBq live than vehicle?"], ("20 kBq", "vehicle")),
        (AMOUNTS, ["gain of 20 kBq over vehicle"], ("20 kBq", "vehicle")),
        (AMOUNTS, ["What did the second dose add to survival?"], ("2 × 20 kBq", "20 kBq")),
        (LETTERS, ["Compare groups C and D: which lived longer?"], ("D", "C")),
        (LETTERS, ["does splitting 20 MBq into two shots prolong survival over giving it all at once?"], ("D", "C")),
        (LETTERS, ["How much longer did group E live than group C?"], None),
        (ROMAN, ["By how many days did Arm II outlive Arm I?"], ("Arm II", "saline (arm I)")),
        (NUMBERS, ["how many days longer did rats with two terbium injections live than saline rats"], ("4", "1")),
        (LETTERS, ["survival of group B?", "and of group D?", "what is the ratio of the two?"], ("D", "B")),
        (
            AMOUNTS,
            ["survival of controls?", "and with 2 doses?", "and with one?", "difference between the last two?"],
            ("2 × 20 kBq", "20 kBq"),
        ),
    ],
)
def test_the_arms_that_are_compared(study, questions, arms):
    assert compared(study, *questions) == arms


@pytest.mark.parametrize("question", ["the terbium injections", "how did rats on Terbium do", "terbium product"])
def test_an_element_means_the_compounds_that_carry_it(question):
    assert mentions(question, (NUMBERS, AMOUNTS)).studies == (NUMBERS,)


def test_an_element_that_no_compound_carries_is_unknown():
    assert mentions("survival on copper", (NUMBERS, AMOUNTS)).unknown == ("copper",)
    assert mentions("the lead investigator", (NUMBERS, AMOUNTS)).unknown == ()
    assert mentions("20 MBq of Cu-67", (NUMBERS,)).unknown == ()


class TestFollowUps:
    def test_a_letter_takes_the_place_of_the_letter_before(self):
        (topic,) = understand(["median survival of group B?", "what about group E?"], (LETTERS,))
        assert (topic.aspect, topic.named.designations) == ("survival", {"e"})

    def test_an_arm_after_the_kind_of_average_is_asked_for_its_survival(self):
        (topic,) = understand(
            ["How long did rats with two injections live?", "was that a mean or a median?", "and the control rats?"], (NUMBERS,)
        )
        assert topic.aspect == "survival"
        assert topic.named.control
        assert "median" not in topic.signals

    def test_an_arm_that_no_study_has_is_a_question_for_the_text(self):
        (topic,) = understand(["median survival of cohort 9?"], (LETTERS,))
        assert topic.aspect == "text"


def test_a_dose_that_only_a_text_tells_of_is_not_missing():
    topic = replace(read("how many animals had 20 MBq and 90 MBq?", (LETTERS,)), aspect="sample_size", studies=(LETTERS,))
    assert [figure.value for figure in ungiven(topic)] == [90]
    assert absent_amounts(topic, ["Patients received 90 MBq."]) == []
    assert "90 MBq" in absent_amounts(topic, ["Patients received 9 MBq."])[0]


def test_what_an_activity_is_held_to_is_no_dose_of_an_arm():
    topic = replace(read("Was the total activity over 90 MBq?", (LETTERS,)), aspect="total", studies=(LETTERS,))
    assert ungiven(topic) == []
    topic = replace(read("How long did mice live with over 90 MBq?", (LETTERS,)), aspect="survival", studies=(LETTERS,))
    assert [figure.value for figure in ungiven(topic)] == [90]


def test_the_number_of_a_compound_is_no_dose():
    numbered = LETTERS.model_copy(update={"compound": "QX 125"})
    topic = replace(read("total activity of QX 125 kBq", (numbered,)), aspect="total", studies=(numbered,))
    assert ungiven(topic) == []
