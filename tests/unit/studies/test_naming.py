"""A study or an arm is found by what people call it, and never by a wrong digit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_studies import ALL, LEVELS, QX, QZ, activity, arm

from assistant.errors import StudyError
from assistant.studies.facts import Study
from assistant.studies.naming import administrations, find_arm, find_study, matching_arms, matching_studies


@pytest.mark.parametrize(
    ("name", "study"),
    [
        ("QX 177", QX), ("qx177", QX), ("QX-177", QX), ("the QX‑177 study", QX), ("AsPC-1", QX), ("aspc1", QX), ("ASPC 1", QX),
        ("pancreatic", QX), ("the pancreas study", QX), ("pancreatic cancer", QX), ("PDAC model", QX), ("adenocarcinoma", QX),
        ("pancreatc", QX), ("QX 177 in AsPC-1", QX), ("QX 177 in the human pancreatic adenocarcinoma xenograft model in mice", QX),
        ("QX 161", QZ), ("lncap", QZ), ("LNCaP prostate cancer xenograft", QZ), ("prostate QX-161", QZ), ("the terbium-161 compound", QZ),
        ("161Tb", QZ), ("Tb-161", QZ), ("terbium", QZ), ("the second study of QX 161", QZ), ("QX prostrate", QZ),
        ("177Lu-ABC-12", LEVELS), ("Lu-ABC-12", LEVELS), ("ABC12", LEVELS), ("22rv1", LEVELS), ("22 Rv1", LEVELS), ("d2", LEVELS),
        ("QX study 2", QZ), ("Lu-177 in prostate", LEVELS),
    ],
)  # fmt: skip
def test_study_by_any_name(name, study):
    assert find_study(ALL, name) is study


@pytest.mark.parametrize("name", ["QX 171", "QX 1771", "QX 17", "qx-77", "AsPC-2", "Lu-176", "22Rv2", "QX 177 in LNCaP", "QX 177 in rats",
                                  "breast", "QX 177 breast", "Keytruda", "QX 177 Keytruda", "日本", "PC3"])  # fmt: skip
def test_wrong_names_find_nothing(name):
    assert matching_studies(ALL, name) == ()
    with pytest.raises(StudyError, match=r"no study goes by .*QX 177 in AsPC-1; QX 161 in LNCaP; 177Lu-ABC-12 in 22Rv1"):
        find_study(ALL, name)


@pytest.mark.parametrize(("name", "studies"), [("QX", (QX, QZ)), ("the Lu-177 compound", (QX, LEVELS)), ("prostate", (QZ, LEVELS)),
                                               ("mouse studies", ALL), ("", ALL), ("first study", (QX, LEVELS))])  # fmt: skip
def test_ambiguous_names_give_all_candidates(name, studies):
    assert matching_studies(ALL, name) == studies
    with pytest.raises(StudyError, match="may mean several studies; choose one of: "):
        find_study(ALL, name)


def test_message_is_one_line_and_tells_apart_studies_of_one_name():
    twin = QX.model_copy(update={"document": "d9"})
    with pytest.raises(StudyError) as caught:
        find_study((QX, twin), "QX\n177")
    assert "\n" not in str(caught.value)
    assert "(document d1)" in str(caught.value)
    assert "(document d9)" in str(caught.value)
    assert find_study((QX, twin), "d9") is twin


def test_of_two_studies_of_one_name_the_arms_tell_which_is_meant():
    other = QX.model_copy(update={"arms": (arm("weekly", 50.0), arm("vehicle", 20.0, control=True))})
    assert find_study((QX, other), QX.name, ["weekly", "vehicle"]) is other
    assert find_study((QX, other), QX.name, [QX.arms[0].label]) is QX
    with pytest.raises(StudyError, match="may mean several studies"):
        find_study((QX, other), QX.name, ["monthly"])


def test_no_studies_at_all():
    with pytest.raises(StudyError, match="no study is known"):
        find_study((), "QX 177")


def test_a_study_that_states_little_is_found_by_what_it_states():
    bare = Study(document="d5", compound="ZZ-9")
    assert find_study((bare,), "zz9") is bare
    assert find_study((bare,), "ZZ-9 in mice") is bare
    assert matching_studies((bare,), "ZZ-8") == ()


@pytest.mark.parametrize(
    ("study", "name", "label"),
    [
        (QX, "two doses", "two doses"), (QX, "Two-dose arm", "two doses"), (QX, "2 doses", "two doses"), (QX, "double dose", "two doses"),
        (QX, "both doses", "two doses"), (QX, "multi-dose", "two doses"), (QX, "multiple doses", "two doses"), (QX, "2x", "two doses"),
        (QX, "day 0 and day 21", "two doses"), (QX, "days 0 and 21", "two doses"), (QX, "day 0", "single dose"),
        (QX, "one dose", "single dose"), (QX, "1 dose", "single dose"), (QX, "one shot", "single dose"), (QX, "singel dose", "single dose"),
        (QX, "single-dose group", "single dose"), (QX, "a single injection of QX 177", "single dose"),
        (QX, "2 x 40 uCi", "two doses"), (QX, "single 40 µCi dose", "single dose"), (QX, "two doses of 1.48 MBq", "two doses"),
        (QZ, "control", "control"), (QZ, "contol", "control"), (QZ, "untreated mice", "control"), (QZ, "saline-treated", "control"),
        (QZ, "no treatment", "control"), (QZ, "two administrations", "two doses"), (QZ, "mice in the control arm", "control"),
        (LEVELS, "20 MBq arm", "20 MBq"), (LEVELS, "20MBq", "20 MBq"), (LEVELS, "high dose", "20 MBq"),
        (LEVELS, "four doses", "4 x 10 MBq"),
        (LEVELS, "day 28", "4 x 10 MBq"), (LEVELS, "fractionated", "4 x 10 MBq"), (LEVELS, "vehicle", "vehicle"),
        (LEVELS, "vehicle control", "vehicle"), (LEVELS, "untreated", "untreated"), (LEVELS, "single 10 MBq", "10 MBq"),
    ],
)  # fmt: skip
def test_arm_by_any_name(study, name, label):
    assert find_arm(study, name).label == label


@pytest.mark.parametrize(
    "name", ["three doses", "20 uCi", "41 uCi", "QX 161 two doses", "day 22", "two doses in dogs of QX 171", "placebos9"]
)
def test_wrong_arms_find_nothing(name):
    assert matching_arms(QX, name) == ()
    with pytest.raises(StudyError, match=r"no arm of QX 177 in AsPC-1 goes by .*: two doses; single dose$"):
        find_arm(QX, name)


def test_a_control_that_is_not_there_is_named():
    with pytest.raises(StudyError, match=r"^QX 177 in AsPC-1 has no control arm; its arms are: two doses; single dose$"):
        find_arm(QX, "untreated controls")


@pytest.mark.parametrize(("name", "labels"), [("control", ["vehicle", "untreated"]), ("single dose", ["10 MBq", "20 MBq"])])
def test_ambiguous_arms_give_all_candidates(name, labels):
    assert [found.label for found in matching_arms(LEVELS, name)] == labels
    with pytest.raises(StudyError, match="may mean several arms"):
        find_arm(LEVELS, name)


def test_the_only_treated_arm_is_the_treated_arm():
    study = Study(
        document="d", compound="A 1", arms=(arm("300 kBq", 5.0, activity=activity(300, "kBq")), arm("vehicle", 3.0, control=True))
    )
    assert find_arm(study, "treated mice").label == "300 kBq"
    assert find_arm(study, "vehicle-treated mice").label == "vehicle"


def test_administrations_come_from_the_count_the_days_or_the_label():
    assert administrations(arm("x", doses=3)) == 3
    assert administrations(arm("x", days=(0, 7))) == 2
    assert administrations(arm("double dose")) == 2
    assert administrations(arm("control", control=True)) is None


def test_the_number_that_a_label_consists_of_counts_no_doses():
    assert [administrations(arm(label)) for label in ("2", "Group 2", "Cohort 3, 10 MBq", "4, two doses")] == [None, None, None, 2]


@given(st.text(max_size=80))
def test_any_text_finds_or_raises_a_study_error(name):
    for find, whole in ((find_study, ALL), (find_arm, LEVELS)):
        try:
            find(whole, name)
        except StudyError as error:
            assert "\n" not in str(error)


@given(st.integers(min_value=0, max_value=99999).filter(lambda number: number not in (161, 177)))
def test_no_other_number_is_taken_for_a_compound(number):
    assert matching_studies((QX, QZ), f"QX {number}") == ()
    assert matching_studies((QX, QZ), f"QX{number}") == ()


def test_the_number_of_a_group_counts_no_doses():
    once, twice, control = arm("group 2", doses=1), arm("group 3", doses=2), arm("saline", control=True)
    study = Study(
        document="d", compound="QX 177", nuclide=None, model="S-9", disease=None, species="dog", arms=(control, once, twice), spans={}
    )
    assert find_arm(study, "group 3") is twice
    with pytest.raises(StudyError, match="group 1"):
        find_arm(study, "group 1")


def test_an_arm_is_found_by_its_roman_numeral_wherever_its_label_has_it():
    study = Study(document="d", compound="QX 7", arms=(arm("saline (arm I)", control=True), arm("Arm II"), arm("Arm III")))
    found = [[found.label for found in matching_arms(study, name)] for name in ("Arm III", "arm II", "the arm I", "arm IV")]
    assert found == [["Arm III"], ["Arm II"], ["saline (arm I)"], []]
