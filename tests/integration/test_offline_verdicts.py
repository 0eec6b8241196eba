"""Yes or No over the packaged release: by what was extracted of the studies, and by what sentences say."""

import pytest


def opening(answer):
    """The verdict that an answer begins with; what else it begins with."""
    return answer.text.split(":")[0]


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("did the 2x CLR 125 mice outlive the 1x ones", "Yes"),
        ("did the 1x mice outlive the 2x mice with CLR 125?", "No"),
        ("Did 2x beat 1x in PC3?", "Yes"),
        ("Did the double-dosed PC3 mice outlive the single-dosed ones?", "Yes"),
        ("Did mice dosed twice with CLR 125 outlive mice dosed once?", "Yes"),
        ("did the 2x CLR 131 mice live twice as long as the 1x ones?", "Yes"),
        ("Did the controls in PC3 outlive the 1x arm?", "No"),
        ("one dose of CLR 125 - did those mice outlive the controls", "Yes"),
        ("two doses of CLR 125 outlived controls y/n", "Yes"),
    ],
)
def test_arms_are_called_by_how_often_they_were_dosed(release, question, verdict):
    assert opening(release.ask(question)) == verdict


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Was the gap between the two doses longer in the prostate mice than in the pancreatic ones?", "No"),
        ("Did the pancreatic mice wait longer between doses than the prostate mice?", "Yes"),
        ("Was the second dose given earlier in PC3 than in the Capan-1 study?", "Yes"),
        ("Did CLR 125 mice get more activity per dose than CLR 131 mice?", "Yes"),
        ("Did the CLR 131 mice get a lower dose than the CLR 125 mice?", "Yes"),
        ("Did the PC3 mice receive a smaller total activity than the Capan-1 mice?", "No"),
        ("Was the gap between doses longer than 5 weeks in the PC3 study?", "No"),
        ("Did both experiments use the same activity per injection?", "No"),
        ("Were the doses equal in the two studies?", "No"),
        ("Did both arms of the PC3 study get the same activity per dose?", "Yes"),
        ("Did the single-dose and the two-dose mice in PC3 get the same activity per dose?", "Yes"),
    ],
)
def test_what_was_given_is_compared(release, question, verdict):
    answer = release.ask(question)
    assert opening(answer) == verdict
    assert "survival" not in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Was the CLR 131 dose more effective than the CLR 125 dose?",
        "Did PC3 mice live longer than Capan-1 mice?",
        "Was the same model used in both arms of the PC3 study?",
    ],
)
def test_what_nothing_compares_gets_no_verdict(release, question):
    assert opening(release.ask(question)) not in ("Yes", "No")


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("pc3 = prostate, right?", "Yes"),
        ("Is Capan-1 a prostate line?", "No"),
        ("Was CLR 131 tested in pancreatic cancer?", "Yes"),
        ("Is the payload on CLR 131 I-131?", "Yes"),
        ("Is CLR 131 labelled with I-125?", "No"),
    ],
)
def test_what_a_study_is_of(release, question, verdict):
    assert opening(release.ask(question)) == verdict


@pytest.mark.parametrize("question", ["Was CLR 125 only tested in prostate cancer?", "Was CLR 131 tested in pancreatic cancer patients?"])
def test_more_than_a_study_tells_of_its_disease_gets_no_verdict(release, question):
    assert opening(release.ask(question)) != "Yes"


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Had more than five physical half-lives of I-131 gone by before the second CLR 131 dose?", "Yes"),
        ("Did at least six half-lives pass between the CLR 131 doses?", "No"),
        ("Had more than half of the first CLR 125 dose decayed by the second injection?", "No"),
        ("Was less than 5 % of the first CLR 131 dose left when the second was given?", "Yes"),
        ("Is half of 500 uCi of I-125 left after 30 days?", "Yes"),
    ],
)
def test_how_far_it_has_decayed(release, question, verdict):
    assert opening(release.ask(question)) == verdict


@pytest.mark.parametrize(
    "question",
    ["Is exactly half of 500 uCi of I-125 left after 30 days?", "Is half of 500 uCi of I-125 left after 59.4 days?"],
)
def test_a_share_that_is_nearly_the_same_gets_no_verdict(release, question):
    assert opening(release.ask(question)) not in ("Yes", "No")


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Did the PC3 control mice and the two-dose mice start with equal tumour volumes?", "No"),
        ("Was tumor burden comparable between the two-dose and control mice at baseline?", "No"),
    ],
)
def test_of_two_that_are_taken_for_equal_one_was_larger(release, question, verdict):
    assert opening(release.ask(question)) == verdict


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("orphan status for CLR 131 in myeloma already granted y/n", "Yes"),
        ("Does CLR 131 hold an orphan designation for myeloma?", "Yes"),
        ("Is the PDC platform patented, yes or no?", "Yes"),
        ("PDC platform patented?", "Yes"),
        ("is the delivery tech patented?", "Yes"),
        ("ph2 for CLR 131 already started?", "Yes"),
        ("CLR 131 approved yet?", "No"),
        ("can doctors prescribe CLR 131 outside a trial, i.e. is it already an approved product on the market?", "No"),
        ("Is CLR 1602-PTX being given to humans yet?", "No"),
        ("Is the paclitaxel conjugate already being given to pts?", "No"),
        ("Has CLR 131 been tested in humans?", "Yes"),
        ("Can the PLE carrier also be used for diagnostic work, not just therapy?", "Yes"),
        ("can the PDC technology be used for scans or diagnosis as well, not only treatment?", "Yes"),
        ("Is the phase II protocol restricted to a single administration?", "No"),
        ("are malignant cell membranes richer in lipid rafts?", "Yes"),
        ("Is competition from other drugmakers mentioned among the risk factors?", "Yes"),
        ("Are they obliged to update the forward-looking statements?", "No"),
        ("Does the company commit to revising its outlook statements later if things change?", "No"),
        ("Did the two-dose prostate mice have an easier start, with smaller tumors than the control mice?", "No"),
    ],
)
def test_a_sentence_says_yes_or_no(release, question, verdict):
    assert opening(release.ask(question)) == verdict


@pytest.mark.parametrize(
    "question",
    [
        "Is the Phase I trial restricted to two administrations?",
        "Is the phase II protocol restricted to two administrations?",
        "Will the company revise these statements later?",
        "cell line used?",
        "Does the release mention a lawsuit?",
    ],
)
def test_what_no_sentence_decides_is_left_open(release, question):
    assert opening(release.ask(question)) not in ("Yes", "No")


def test_a_phase_that_nobody_speaks_of_is_missing(release):
    assert release.ask("Has Phase III begun?").status == "not_in_sources"


def test_what_says_so_is_quoted_first(release):
    answer = release.ask("Did the two-dose prostate mice have an easier start, with smaller tumors than the control mice?")
    assert "double the initial disease burden" in answer.text.split("”")[0]


@pytest.mark.parametrize(
    "question",
    [
        "Were tumors smaller after two doses than after one?",
        "Did CLR 131 mice get fewer doses than CLR 125 mice?",
        "Did the two-dose Capan-1 mice outlive the two-dose PC3 mice?",
        "Has CLR 125 been given to humans?",
    ],
)
def test_nothing_else_is_taken_for_what_is_compared(release, question):
    assert opening(release.ask(question)) not in ("Yes", "No")


def test_a_model_is_of_no_other_disease(release):
    assert opening(release.ask("Is PC3 a breast cancer model?")) == "No"


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Was the CLR 131 dose 50 uCi?", "Yes"),
        ("Did each PC3 mouse get 500 uCi per dose?", "Yes"),
        ("Was the second CLR 131 dose given on day 42?", "Yes"),
        ("Was the first CLR 131 dose given on day 42?", "No"),
        ("Did the two-dose CLR 131 mice get 100 uCi in total?", "Yes"),
    ],
)
def test_what_was_given_is_as_stated(release, question, verdict):
    assert opening(release.ask(question)) == verdict


@pytest.mark.parametrize("question", ["Was the CLR 125 dose exactly 500 uCi?", "Was the dose 50 uCi in both studies?"])
def test_what_is_about_that_or_of_one_study_only_is_not_affirmed(release, question):
    assert opening(release.ask(question)) != "Yes"


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Did control mice have a higher disease burden than the two-dose mice?", "No"),
        ("Did the mice receiving two doses of CLR 125 have a smaller tumor burden than control?", "No"),
        ("Did the two-dose mice have a higher disease burden than control?", "Yes"),
        ("Did the second dose exactly double survival in the first study?", "No"),
        ("Did the second dose more than double survival in the first study?", "Yes"),
        ("Did the second dose double survival in the first study?", "Yes"),
    ],
)
def test_what_is_compared_is_compared_as_it_is_asked(release, question, verdict):
    assert opening(release.ask(question)) == verdict


@pytest.mark.parametrize(
    "question",
    [
        "Did the second dose of CLR 125 add as many days as the second dose of CLR 131?",
        "Is the company listed on NYSE?",
        "Are normal cells enriched in lipid rafts?",
        "Do lipid rafts contain low concentrations of cholesterol?",
    ],
)
def test_what_only_resembles_the_question_gets_no_yes(release, question):
    assert opening(release.ask(question)) != "Yes"
