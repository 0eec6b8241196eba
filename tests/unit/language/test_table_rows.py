"""Rows and the names of their columns."""

from __future__ import annotations

from assistant.language.sentences import sentences
from assistant.language.tables import cells, headed_rows, tables

TABLE = "| arm | survival (days) |\n|---|---|\n| control | 12 |\n| two doses | 16 |"


def test_rows_stand_under_the_names_of_their_columns() -> None:
    text = f"Survival by arm:\n\n{TABLE}\n\n| no | names |\n\nEnd.\n\n{TABLE.replace('survival', 'weight')}\n"
    assert [len(rows) for rows in tables(sentences(text))] == [5, 4]
    found = [(cells(row.text)[0], names) for row, names in headed_rows(sentences(text))]
    survival, weight = "| arm | survival (days) |", "| arm | weight (days) |"
    assert found == [("control", survival), ("two doses", survival), ("no", survival), ("control", weight), ("two doses", weight)]


def test_a_text_that_begins_in_the_midst_of_a_table_goes_on_below_its_names() -> None:
    text = "| one dose | 14 |\n| two doses | 16 |\n\nEnd.\n\n| no | names |"
    assert [(row.text, names) for row, names in headed_rows(sentences(text), "| arm | days |")] == [
        ("| one dose | 14 |", "| arm | days |"),
        ("| two doses | 16 |", "| arm | days |"),
    ]
    assert list(headed_rows(sentences(text))) == []
    assert [names for _, names in headed_rows(sentences(TABLE), "| other |")] == ["| arm | survival (days) |"] * 2


def test_a_table_right_below_another_has_names_of_its_own() -> None:
    text = f"{TABLE}\n\n| test | limit |\n|---|---|\n| purity | 95 % |\n"
    assert [names for _, names in headed_rows(sentences(text))] == [*["| arm | survival (days) |"] * 2, "| test | limit |"]


def test_a_rule_above_the_totals_begins_no_table() -> None:
    assert list(headed_rows(sentences("| Sales | 8 |\n| Grants | 2 |\n|---|---|\n| Total | 10 |\n"))) == []
    text = "| € | 2024 |\n|---|---|\n| Sales | 8 |\n| Grants | 2 |\n|---|---|\n| Total | 10 |\n"
    assert {names for _, names in headed_rows(sentences(text))} == {"| € | 2024 |"}
    assert [names for _, names in headed_rows(sentences(f"{text}\n| test | 2025 |\n|---|---|\n| purity | 95 % |\n"))][
        -1
    ] == "| test | 2025 |"


def test_a_bar_in_prose_makes_no_row() -> None:
    assert [piece.kind for piece in sentences("Ask Jo Doe | press office for more.")] == ["paragraph"]
