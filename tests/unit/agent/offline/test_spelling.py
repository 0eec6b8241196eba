"""Typing errors are mended by the documents' words; right words, names and figures stay as they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.agent.offline.understanding.spelling import corrected
from assistant.language.figures import figures

TEXTS = ("Mice bearing glioblastoma xenografts received fractionated radioimmunotherapy at Lakewood Laboratories.",)
COMMON = frozenset({"tracing", "trading", "serviced", "candy"})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("How did glioblastma fare", "glioblastoma"),
        ("radioimunotherapy?", "radioimmunotherapy"),
        ("the Lakewod lab", "lakewood"),
        ("xenogratfs", "xenografts"),
        ("surival of mice", "survival"),
        ("what dosgae", "dosage"),
        ("how meny", "many"),
        ("the mise", "mice"),
    ],
)
def test_a_slip_is_mended_by_the_nearest_known_word(typed, meant):
    assert meant in corrected(typed, TEXTS, COMMON)


@pytest.mark.parametrize(
    "question",
    [
        "How did glioblastoma fare?",
        "QX 177 in AsPC-1 at 40 uCi, LNCaPs",
        "GLIOBLASTMA",  # an acronym or a name
        "tracing and trading",  # right, although one letter from what cues or texts may have
        "dose dse mce",  # too short to tell
        "an-unheard-ofx word",
        "in curie",  # a unit, and not a cure
        "zyxwvut",
        "",
    ],
)
def test_right_words_names_and_figures_stay(question):
    assert corrected(question, TEXTS, COMMON) == question


@pytest.mark.parametrize("typed", ["xenogfrtas", "zenografts", "fracionad", "lkwod"])
def test_what_is_too_far_or_begins_otherwise_stays(typed):
    texts = ("fractionated Lakewood xenografts",)
    assert corrected(typed, texts, frozenset()) == typed


def test_common_words_decide_where_texts_do_not():
    assert corrected("candi", ("candy",), frozenset()) == "candy"
    assert corrected("candi", ("candy",), frozenset({"candi"})) == "candi"


@given(st.text(alphabet="0123456789.,-%uCiMBq ", max_size=40))
def test_figures_never_change(text):
    """A word of letters may be mended, "MiCB" to "mice"; the figures and their units stand as they were typed."""
    kept, typed = (
        [(figure.text, figure.value, figure.unit) for figure in figures(each)] for each in (corrected(text, TEXTS, COMMON), text)
    )
    assert kept == typed


@given(st.sampled_from(TEXTS[0].rstrip(".").split()))
def test_words_of_the_documents_are_right(word):
    assert corrected(word, TEXTS, frozenset()) == word
