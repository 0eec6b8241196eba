"""What each of several documents says of one thing, and when something is to be by one and by another."""

from __future__ import annotations

import pytest
from homes import copied

from assistant import Assistant
from assistant.agent.offline.answers.each_source import asks_each

RELEASE = """Lakewood Radiopharma reports on QV-12

ODDA, Norway, March 3, 2031 -- Lakewood Radiopharma AS today reported on QV-12, its terbium-161 peptide against the receptor TRP4.

QV-12 bound TRP4 with a dissociation constant (Kd) of 0.35 nM. Platelet counts reached their lowest point on day 10 and returned to the
normal range by day 24. Lakewood expects to submit the clinical trial application for QV-12 in the first half of 2032.

The company employs 41 people at Odda.
"""
UPDATE = """Lakewood Radiopharma gives an update on QV-12

ODDA, Norway, May 6, 2032 -- Lakewood Radiopharma AS now expects to submit the clinical trial application for QV-12 in the third quarter
of 2033, since the authority asked for another study of the kidney.

The company employs 35 people at Odda.
"""
ABSTRACT = """Independent evaluation of the terbium-161 peptide QV-12

H. Ruud, University of Nesfjord

QV-12 was labeled at 40 degrees. QV-12 was stable in serum for three days. The dissociation constant was 0.62 nM. Platelets fell to 58% of
baseline at week 2 and recovered by week 6.
"""


@pytest.fixture(scope="module")
def several(home, tmp_path_factory):
    folder = tmp_path_factory.mktemp("several")
    with Assistant.open(copied(home, folder / "home")) as assistant:
        for name, text in (("release.txt", RELEASE), ("update.txt", UPDATE), ("abstract.txt", ABSTRACT)):
            (folder / name).write_text(text, encoding="utf-8")
        assistant.add(*(folder / name for name in ("release.txt", "update.txt", "abstract.txt")))
        yield assistant


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "When did platelets recover with QV-12, according to the company and by the Nesfjord group?",
            ("by day 24", "by week 6"),
        ),
        ("platelet recovery with QV-12: company release vs independent abstract", ("by day 24", "by week 6")),
        ("How many people does Lakewood employ, then and now?", ("41 people", "35 people")),
        ("What is the dissociation constant of QV-12 in both papers?", ("0.35 nM", "0.62 nM")),
    ],
)
def test_each_document_is_quoted_where_all_are_asked(several, question, told):
    answer = several.ask(question)
    assert all(each in answer.text for each in told), answer.text
    assert len({citation.document for citation in answer.citations}) == len(told)


@pytest.mark.parametrize(
    ("question", "newer", "older"),
    [
        ("When will Lakewood submit the trial application for QV-12?", "third quarter\nof 2033", "first half of 2032"),
        ("Kd of QV-12", "0.35 nM", "0.62 nM"),
    ],
)
def test_what_another_document_says_otherwise_is_shown_behind_the_newer(several, question, newer, older):
    text = several.ask(question).text
    newer = " ".join(newer.split())
    assert -1 < text.find(newer) < text.find(older), text


def test_what_is_told_alike_is_no_difference(several):
    assert "differ" not in several.ask("Where does Lakewood have its people?").text


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("how many mice, in each of the papers?", "how many mice ?"),
        ("survival according to the sponsor and by the university", "survival"),
        ("staff then and now", "staff"),
        ("what do both compounds have in common", ""),
        ("in the company and the clinic", ""),
        ("which of the two studies lasted longer", ""),
    ],
)
def test_what_is_asked_of_each(question, asked):
    assert asks_each(question) == asked
