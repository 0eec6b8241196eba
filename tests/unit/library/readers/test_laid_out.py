"""Tables that plain text lays out: which lines are one, and what its rows are."""

from __future__ import annotations

import pytest

from assistant.language.sentences import sentences
from assistant.language.tables import headed_rows
from assistant.library.readers.laid_out import with_tables

_WANTED = """\
| Arm | Mice | Median survival (days) |
|---|---|---|
| Saline | 8 | 24 |
| 20 kBq | 10 | 61.5 |"""


@pytest.mark.parametrize(
    "laid_out",
    [
        "Arm | Mice | Median survival (days)\nSaline | 8 | 24\n20 kBq | 10 | 61.5",
        "Arm    | Mice | Median survival (days)\n-------|------|------\nSaline | 8    | 24\n20 kBq | 10   | 61.5",
        "| Arm | Mice | Median survival (days) |\n| Saline | 8 | 24 |\n| 20 kBq | 10 | 61.5 |",
        "Arm\tMice\tMedian survival (days)\nSaline\t8\t24\n20 kBq\t10\t61.5",
        "Arm     Mice  Median survival (days)\nSaline     8                      24\n20 kBq    10                    61.5",
        "  Arm     Mice  Median survival\n                (days)\n  Saline  8     24\n  20 kBq  10    61.5",
        "Arm     Mice  Median survival (days)\n\nSaline  8     24\n20 kBq  10    61.5",
        "Arm     Mice  Median survival (days)\n====================================\nSaline  8     24\n20 kBq  10    61.5",
    ],
    ids=["bars", "bars and rule", "outer bars", "tabs", "right-aligned", "two lines of names", "empty line", "drawn rule"],
)
def test_a_table_is_read_however_its_cells_are_parted(laid_out: str) -> None:
    assert with_tables(f"Before it.\n\n{laid_out}\n\nBehind it.") == f"Before it.\n\n{_WANTED}\n\nBehind it."


def test_names_of_columns_may_leave_out_the_first() -> None:
    text = with_tables("           Saline  20 kBq\nMice       8       10\nSurvivors  0       4")
    assert [row.text for row, _ in headed_rows(sentences(text))] == ["| Mice | 8 | 10 |", "| Survivors | 0 | 4 |"]


def test_every_row_has_the_names_of_its_columns() -> None:
    text = with_tables("Item | 2025 | 2024\nRevenue | 4,840 | 3,500\nNet loss | (12,800) | (10,950)")
    assert [names for _, names in headed_rows(sentences(text))] == ["| Item | 2025 | 2024 |"] * 2


@pytest.mark.parametrize(
    "text",
    [
        "| Arm | Mice |\n|---|---|\n| Saline | 8 |\n| 20 kBq | 10 |",
        "Author: A. Pohl      Approved: M. Eberle\nIssued: 15 May 2018  Replaces: 3 February 2017\nPages:  12          Copies: 4",
        "Batch size    45 GBq\nYield         38 GBq\nPurity        99.1 %",
        "P7   I-131 solution  7.4 GBq   vial cracked\nP8   I-131 capsules  3.7 GBq   dented\nP11  Ga-68           1.85 GBq  undamaged",
        "- saline | none\n- 20 kBq | once\n- 40 kBq | twice",
        "The mice  were weighed twice\na week and  those that lost\nmore than 20 % were  killed.",
        "1  SUMMARY\n2  METHODS\n3  RESULTS IN 40 MICE",
    ],
    ids=["written so", "labels", "no names", "a list", "bullets", "prose", "contents"],
)
def test_what_is_no_table_stays_as_it_is(text: str) -> None:
    assert with_tables(text) == text
