"""Cells of tables that a question names by row and column: with the caption's words, across passages, without bars."""

from __future__ import annotations

import pytest

from assistant.agent.evidence import Source
from assistant.agent.offline.sentences.cells import names_cell
from assistant.agent.offline.sentences.fitness import is_beside
from assistant.agent.offline.sentences.units import units
from assistant.agent.offline.understanding.topic import read
from assistant.language.tables import cells
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


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("| a | b |", ("a", "b")),
        ("a\tb", ("a", "b")),
        ("net sales     9.0   6.0", ("net sales", "9.0", "6.0")),
        ("one cell", ("one cell",)),
    ],
)
def test_cells_stand_between_bars_tabs_or_wide_spaces(row, expected):
    assert cells(row) == expected
