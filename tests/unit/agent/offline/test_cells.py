"""Cells of tables that a question names by row and column: with the caption's words, across passages, without bars."""

from __future__ import annotations

import pytest

from assistant.agent.evidence import Source
from assistant.agent.offline.answers.further import further
from assistant.agent.offline.sentences.cells import names_cell
from assistant.agent.offline.sentences.fitness import is_beside
from assistant.agent.offline.sentences.units import units
from assistant.agent.offline.understanding.topic import read
from assistant.agent.offline.verdicts.verdict import yes_or_no
from assistant.language.tables import cells
from assistant.library.readers.laid_out import with_tables
from assistant.values import DocumentRef, Passage
from tests.unit.agent.offline.worded import found, ranked

DOCUMENT = DocumentRef(id="d1", title="Report", date=None, path="report.md")
CAPTION, NAMES = "Table 1. Mean uptake, % IA/g.", "| Organ | 4 h | 24 h |"
HEAD = f"{CAPTION}\n\n{NAMES}\n|---|---|---|\n"
TABLE = f"{HEAD}| Kidney | 8.0 | 2.0 |\n| Liver | 3.0 | 1.0 |\n"


def of_row(question: str, row: str):
    findings = found(("Report", "2031-03-03", TABLE))
    topic = read(question, ())
    return topic, next(match for match in ranked(topic, findings) if row in match.unit.text), findings


@pytest.mark.parametrize(
    ("question", "named"),
    [("kidney uptake at 4 h?", True), ("kidney uptake at 48 h?", False), ("spleen uptake at 4 h?", False), ("the kidney?", False)],
)
def test_a_question_names_a_cell(question, named):
    topic, match, _ = of_row(question, "Kidney")
    assert names_cell(topic, match) is named


def test_a_row_of_another_organ_is_beside_the_question():
    assert is_beside(*of_row("spleen uptake at 4 h?", "Liver"))
    assert not is_beside(*of_row("liver uptake at 4 h?", "Liver"))


def test_rows_of_the_next_passage_have_the_names_of_their_columns_and_the_caption():
    first = f"{HEAD}| Kidney | 8.0 | 2.0 |"
    second = "| Liver | 3.0 | 1.0 |"
    passages = [
        Passage(id="p1", document="d1", start=0, end=len(first), text=first),
        Passage(id="p2", document="d1", start=len(first) + 1, end=len(first) + 1 + len(second), text=second, columns=NAMES),
    ]
    liver = units([Source(passage=passage, document=DOCUMENT) for passage in passages])[-1]
    assert (liver.text, liver.columns) == (second, NAMES)
    assert CAPTION in liver.context


def test_a_line_above_rows_without_bars_names_their_columns():
    text = with_tables(
        "INCOME\n\n               Q3 2031    Q3 2030\nNet sales          9.0        6.0\nTax                1.0        0.5\n"
    )
    passage = Passage(id="p1", document="d1", start=0, end=len(text), text=text)
    rows = [unit for unit in units([Source(passage=passage, document=DOCUMENT)]) if unit.columns]
    assert [cells(unit.text) for unit in rows] == [("Net sales", "9.0", "6.0"), ("Tax", "1.0", "0.5")]
    assert {cells(unit.columns) for unit in rows} == {("", "Q3 2031", "Q3 2030")}


DOSES = (
    "The doses were 0 (vehicle), 2 and 8 mg/kg.\n\n| Dose (mg/kg) | Deaths | ALT (U/L) |\n|---|---|---|\n"
    "| 0 | 0 | 30 |\n| 2 | 0 | 41 |\n| 8 | 3 | 77 |\n\nALT was 39 U/L in the 8 mg/kg group four weeks later.\n"
)


def of_doses(question: str):
    findings = found(("Report", "2031-03-03", DOSES))
    topic = read(question, ())
    return topic, ranked(topic, findings), findings


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("ALT at 2 mg/kg", "| 2 |"),
        ("deaths at 8 mg/kg", "| 8 |"),
        ("ALT of vehicle", "| 0 |"),
        ("What was the ALT of the vehicle group?", "| 0 |"),
        ("ALT at 3 mg/kg", ""),
        ("weight at 2 mg/kg", ""),
    ],
)
def test_a_row_is_named_by_its_amount_or_by_the_arm_that_gets_none(question, row):
    topic, matches, _ = of_doses(question)
    named = [match.unit.text for match in matches if names_cell(topic, match)]
    assert len(named) == bool(row) and all(text.startswith(row) for text in named)


def test_a_cell_that_is_named_is_quoted_alone():
    topic, matches, findings = of_doses("ALT at 2 mg/kg")
    best = next(match for match in matches if names_cell(topic, match))
    assert further(topic, best, matches, findings) == [best]


def test_a_sentence_of_another_amount_is_beside_the_question():
    topic, matches, findings = of_doses("ALT at 2 mg/kg")
    later = next(match for match in matches if "later" in match.unit.text)
    assert is_beside(topic, later, findings)
    topic, matches, findings = of_doses("ALT at 8 mg/kg")
    assert not is_beside(topic, next(match for match in matches if "later" in match.unit.text), findings)


def test_a_cell_of_none_denies_what_the_name_of_its_column_tells():
    topic, matches, _ = of_doses("Were there deaths at 2 mg/kg?")
    assert yes_or_no(topic, next(match for match in matches if names_cell(topic, match))) == "No:"
