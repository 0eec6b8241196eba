"""What the wording of a question shows: arms called by how often they were dosed, which of two is taken for the larger, a yes or no."""

import pytest

from assistant.agent.offline.understanding.administrations import tells_times_dosed, with_doses_counted
from assistant.agent.offline.understanding.forms import form_of
from assistant.agent.offline.understanding.shapes import larger_asked, shapes, shared
from assistant.language.abbreviations import written_out


@pytest.mark.parametrize(
    ("question", "counted"),
    [
        ("did the 2x QX 177 mice outlive the 1x ones", "did the 2-dose QX 177 mice outlive the 1-dose ones"),
        ("did 3x beat 1x?", "did 3-dose beat 1-dose?"),
        ("did the 2x mice live 2x as long as the controls?", "did the 2-dose mice live 2x as long as the controls?"),
        ("2x QX 177 outlived controls", "2-dose QX 177 outlived controls"),
        ("was survival 2x that of the controls?", "was survival 2x that of the controls?"),
        ("2x longer with two doses", "2x longer with two doses"),
    ],
)
def test_an_arm_goes_by_how_often_it_was_dosed(question, counted):
    assert with_doses_counted(question) == counted


@pytest.mark.parametrize(
    ("question", "word", "told"),
    [
        ("did the double-dosed mice live longer?", "double", True),
        ("did mice dosed twice outlive those dosed once?", "twice", True),
        ("did mice given QX 177 twice live longer?", "twice", True),
        ("did treated mice live twice as long?", "twice", False),
        ("did two doses double the survival?", "double", False),
    ],
)
def test_a_multiple_may_tell_how_often(question, word, told):
    start = question.index(word)
    assert tells_times_dosed(question, start, start + len(word)) is told


@pytest.mark.parametrize(
    ("question", "larger"),
    [
        ("was the gap longer in S-9 than in T-4?", True),
        ("did QX 177 mice get more activity than QX 161 mice?", True),
        ("was the second dose given earlier in S-9 than in T-4?", False),
        ("was the dose lower in S-9 than in T-4?", False),
        ("was the dose more effective in S-9 than in T-4?", None),
        ("was a higher dose of more benefit in S-9 than in T-4?", None),
        ("was the gap not longer in S-9 than in T-4?", None),
        ("was the gap longer than 5 weeks?", None),
    ],
)
def test_which_of_two_is_taken_for_the_larger(question, larger):
    assert larger_asked(question) is larger


@pytest.mark.parametrize(
    ("question", "thing"),
    [
        ("did both studies use the same activity per injection?", "dose"),
        ("were the doses equal in both studies?", "dose"),
        ("did the intervals differ between the studies?", "interval"),
        ("was the gap between first and second dose the same in both experiments?", "interval"),
        ("are the doses per mouse the same in both?", "dose"),
        ("did both studies show the same efficacy?", ""),
    ],
)
def test_what_studies_may_share(question, thing):
    assert shared(question) == thing


@pytest.mark.parametrize(
    "question", ["is it patented, y/n", "yes or no: it is patented", "granted already (yes/no)?", "one dose - did those mice live longer"]
)
def test_yes_or_no_is_wanted(question):
    assert form_of(written_out(question)) == "yesno"


@pytest.mark.parametrize(
    ("question", "of_species"),
    [
        ("Were both experiments done in mice?", True),
        ("is it a mouse study?", True),
        ("were they rats?", True),
        ("were the mice treated twice?", False),
        ("Were both experiments done in mice that had tumors?", False),
    ],
)
def test_a_whole_question_may_ask_which_animals_they_were(question, of_species):
    assert ("of_species" in shapes(question)) is of_species


@pytest.mark.parametrize(
    ("question", "form"),
    [
        ("LNCaP: did two doses help?", "yesno"),
        ("The dose: is it known?", "yesno"),
        ("To which filing, and for which year, does the release refer?", "what"),
    ],
)
def test_what_stands_before_a_verb_is_no_question_of_its_own(question, form):
    assert form_of(question) == form


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How long did they live after getting their second injection?", True),
        ("survival after the last dose?", True),
        ("Did they survive longer with a second dose?", False),
        ("When was the second injection given after the first?", False),
    ],
)
def test_what_is_lived_after_a_dose(question, told):
    assert ("after_dose" in shapes(question)) is told
