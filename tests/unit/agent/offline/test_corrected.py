"""A figure that another document corrects is said behind the correction; what is confirmed or of something else is left alone."""

from __future__ import annotations

import pytest

from assistant.agent.offline.answers import corrected
from assistant.agent.offline.understanding.topic import read
from tests.unit.agent.offline.worded import bag, found

FIRST = ("Lakewood reports on QX 177", "2031-03-03", "Median survival with two doses of QX 177 was 73 days. Controls lived 24 days.\n")
ANSWER = "Two doses of QX 177 gave a median survival of 73 days [1]."
QUESTION = "What was the median survival with two doses of QX 177?"


def said(correction: str, answer: str = ANSWER, question: str = QUESTION) -> list[str]:
    findings = found(FIRST, ("Lakewood audit of QX 177", "2031-06-03", correction))
    return corrected.say(read(question, ()), [answer], findings, bag)


def test_the_sentence_that_gives_both_figures_goes_first():
    first, second = said("Survival after two doses was 67 days, not 73 days as first reported.\n")
    assert first.startswith("“Lakewood audit of QX 177” (2031-06-03)")
    assert "67 days, not 73 days" in first
    assert first.endswith("[2]")
    assert second.endswith(ANSWER)
    assert second != ANSWER


def test_a_correction_that_leaves_the_old_figure_to_the_sentence_before_is_quoted_with_it():
    both = said("Median survival after two doses was given as 73 days. The correct value is 67 days.\n")
    assert "given as 73 days" in both[0]
    assert "67 days" in both[1]


def test_a_correction_of_what_was_asked_needs_no_old_figure():
    assert "67 days" in said("The median survival with two doses is corrected to 67 days.\n")[0]
    assert said("The median survival with two doses of QX 178 is corrected to 67 days.\n") == [ANSWER]


def test_a_correction_of_another_figure_changes_nothing():
    assert said("The price of the generator is corrected to 48,000 euros.\n") == [ANSWER]
    assert said("The tumor volume was 90 mm3, not 80 mm3 as first reported.\n") == [ANSWER]


@pytest.mark.parametrize(
    "correction",
    [
        "Median survival of the controls of QX 177 is corrected to 22 days.",
        "The median survival of rats given two doses of QX 177 was revised to 40 days.",
        "The median survival with a single dose of QX 177 is restated as 51 days.",
        "The median survival in group C of QX 177 is revised to 33 days.",
        "It is correct that the median survival with QX 177 and two doses was followed for 90 days.",
        "Decay-corrected, the median survival with two doses of QX 177 comes to 61 days.",
    ],
)
def test_a_correction_of_another_arm_or_none_changes_nothing(correction):
    assert said(f"{correction}\n") == [ANSWER]


def test_an_earlier_document_corrects_nothing_by_what_was_asked_alone():
    earlier = ("Lakewood audit of QX 177", "2030-06-03", "The median survival with two doses is corrected to 67 days.\n")
    later = found(FIRST, ("Lakewood audit of QX 177", "2031-06-03", earlier[2]))
    assert corrected.say(read(QUESTION, ()), [ANSWER], found(FIRST, earlier), bag) == [ANSWER]
    assert corrected.say(read(QUESTION, ()), [ANSWER], later, bag) != [ANSWER]


def test_a_figure_that_stands_changes_nothing():
    assert said("The survival of the controls was confirmed by the audit.\n") == [ANSWER]


def test_what_the_sources_lack_is_not_called_reported():
    lack = "Not in the sources: an arm with 9 doses in the QX 177 study."
    findings = found(FIRST, ("Lakewood audit", "2031-06-03", "Survival was 67 days, not 73 days as first reported.\n"))
    assert corrected.say(read(QUESTION, ()), [ANSWER, lack], findings, bag)[-1] == lack


def test_brackets_of_a_quoted_source_cite_nothing_here():
    quoting = "“Median survival with two doses of QX 177 was 73 days [57], as in [2].” [1]"
    assert said("Survival after two doses was 67 days, not 73 days as first reported.\n", quoting)[0].endswith("[2]")
    assert said("The survival of the controls was confirmed by the audit.\n", quoting) == [quoting]


def test_one_document_is_not_searched_for_corrections():
    assert corrected.plan(found(FIRST)) == []
    assert [wanted.name for wanted in corrected.plan(found(FIRST, FIRST))] == ["search_passages"]
