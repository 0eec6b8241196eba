"""Abbreviations: explained by the documents, implied by their capitals, spelled out for a search, clippings and periods in words."""

from __future__ import annotations

import pytest

from assistant.agent.offline.sentences.sought import EXACT, share_found
from assistant.agent.offline.understanding.terms import stem_set, terms_of
from assistant.language.abbreviations import explained, implied, spelled_out, written_out
from assistant.language.stems import stems


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("It set the recommended phase 2 dose (RP2D) in May.", "rp2d", "recommended phase 2 dose"),
        ("Median radiographic progression-free survival (rPFS) was 8 months.", "rpfs", "radiographic progression free survival"),
        ("DLT: dose-limiting toxicity within 28 days", "dlt", "dose limiting toxicity"),
        ("the rate of tumour growth (RTG)", "rtg", "rate of tumour growth"),
    ],
)
def test_a_document_explains_its_abbreviations(text, short, long):
    assert explained([text])[short] == (frozenset(stems(long)),)


def test_letters_in_parentheses_that_are_no_initials_explain_nothing():
    assert "xyz" not in explained(["given as a short infusion (XYZ)"])


def test_a_document_goes_before_the_table():
    assert explained(["continuous rinsing (CR)"])["cr"] == (frozenset(stems("continuous rinsing")),)
    assert frozenset(stems("complete response")) in explained([])["cr"]


def test_either_form_is_found_in_the_other():
    long, short = terms_of("the hazard ratio", ()), terms_of("the HR", ())
    assert [share_found(term, stem_set("HR 0.31 for group B"), frozenset()) for term in long] == [EXACT, EXACT]
    assert share_found(short[0], stem_set("The hazard ratio was 0.31."), frozenset(), "", explained([])) == EXACT


def test_only_capitals_imply_what_they_are_short_for():
    assert "surviv" in implied("OS was 20 months")
    assert implied("a net of pi meson counters") == frozenset()


def test_a_search_gets_both_forms():
    assert spelled_out("RP2D of QX-7?") == "RP2D of QX-7? recommended phase 2 dose"
    assert spelled_out("a net gain") == "a net gain"


@pytest.mark.parametrize(
    ("question", "written"),
    [
        ("cash at end Q3 24", "cash at end third quarter of 2024"),
        ("plans for 2H25", "plans for second half of 2025"),
        ("R&D spend in Q3?", "research and development spend in third quarter?"),
        ("the first half, H1 2026", "the first half, first half of 2026"),
        ("given q4 weeks", "given q4 weeks"),
        ("12 Gy after 1h 20 min", "12 Gy after 1h 20 min"),
        ("at 3h 30 and 4h/24 h", "at 3h 30 and 4h/24 h"),
        ("within 2H 15 min", "within 2H 15 min"),
        ("3H 30 days, H3 24", "3H 30 days, H3 24"),
        ("H2 24 h after", "H2 24 h after"),
        ("the H2 arm", "the H2 arm"),
        ("how many pts", "how many patients"),
        ("was it on 9 nov?", "was it on 9 November?"),
        ("dec 3 or in feb", "December 3 or in February"),
        ("did jan novak come?", "did jan novak come?"),
        ("who havent they asked, and cant they?", "who haven't they asked, and can't they?"),
        ("the cant of the roof", "the cant of the roof"),
    ],
)
def test_periods_and_clippings_are_written_out(question, written):
    assert written_out(question) == written


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("QX 7 2x vs 1x, gain?", "QX 7 2 doses vs 1 doses, gain?"),
        ("does 2x 20 MBq beat 40 MBq", "does 2x 20 MBq beat 40 MBq"),
        ("did they live 2x longer or 3x longer", "did they live 2x longer or 3x longer"),
        ("QX 177 x2 in LNCaP: survival?", "QX 177 2 doses in LNCaP: survival?"),
        ("qx177 (x2) vs x1", "qx177 2 doses vs 1 dose"),
        ("LNCaP mice with 2x QX177", "LNCaP mice with 2 doses of QX177"),
        ("what is 125 x2", "what is 125 x2"),
        ("20 MBq x2 in kBq", "20 MBq x2 in kBq"),
    ],
)
def test_numbers_of_doses_that_are_set_side_by_side(question, read):
    assert written_out(question) == read


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("was it given on d42", "was it given on day 42"),
        ("does it have vitamin d3", "does it have vitamin d3"),
        ("mice dosed two times", "mice dosed twice"),
        ("dosed mice lived two times longer", "dosed mice lived two times longer"),
        ("press contact phone no", "press contact phone number"),
        ("is it no phone", "is it no phone"),
        ("is the trial no longer open", "is the trial no longer open"),
        ("did it grow at all?", "did it grow?"),
        ("look at all studies", "look at all studies"),
        ("what blocks D2 receptors", "what blocks D2 receptors"),
        ("list cmpds of the fwd looking stmt", "list compounds of the forward looking statement"),
        ("which FY 10-K", "which fiscal year 10-K"),
        ("PR date?", "press release date?"),
        ("when was this PR put out", "when was this press release put out"),
        ("what was the PR rate", "what was the PR rate"),
        ("did the PR or CR last", "did the PR or CR last"),
    ],
)
def test_clippings_are_written_out(written, meant):
    assert written_out(written) == meant
