"""What two columns of a table give for the row that a question names: for two quarters, for two times after the injection."""

from __future__ import annotations

import pytest

from assistant.agent.offline.answers import compared
from tests.unit.agent.offline.test_compared import asked
from tests.unit.agent.offline.test_deriving import derived

RESULTS = """Results in millions of euros.

| | Q3 2031 | Q2 2031 | Q3 2030 |
|---|---|---|---|
| Generator sales | 6.0 | 8.0 | 4.0 |
| **Total sales** | **9.0** | **10.0** | **6.0** |
| R&D expense | 3.0 | 2.5 | 2.0 |
| Gross margin | 45% | 50% | 40% |
| Net loss | (2.0) | (1.0) | (4.0) |
| Operating result | -2.0 | 1.0 | -4.0 |
| Profit before tax | (2.0) | (1.0) | (4.0) |
"""
PLAIN = """INCOME STATEMENT

| | Q3 2031 | Q3 2030 |
|---|---|---|
| Net sales | 9.0 | 6.0 |
| Selling expenses | -3.0 | -2.0 |
"""
UPTAKE = """Mean uptake, % IA/g.

| Organ | 4 h | 24 h |
|---|---|---|
| Kidney | 8.0 ± 1.0 | 2.0 ± 0.5 |
| Tumour | 5.0 ± 1.0 | 6.0 ± 0.5 |
"""


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("by how many percent did total sales grow on the same quarter last year?", RESULTS, ("increase", 50, "percent")),
        ("by how many percent did generator sales fall from Q2 2031 to Q3 2031?", RESULTS, ("decrease", 25, "percent")),
        ("how did total sales compare with the previous quarter?", RESULTS, ("decrease", 10, "percent")),
        ("how much did R&D expense go up year on year?", RESULTS, ("difference", 1, "")),
        ("gross margin change in points vs the previous quarter", RESULTS, ("points", 5, "percent")),
        ("by how many percent did the net loss shrink yoy?", RESULTS, ("decrease", 50, "percent")),
        ("how much higher were net sales than a year ago?", PLAIN, ("difference", 3, "")),
        ("how much lower is kidney uptake at 24 h than at 4 h?", UPTAKE, ("difference", 6, "")),
        ("tumor-to-kidney at 24 h?", UPTAKE, ("ratio", 3, "ratio")),
        ("what share of total sales is generator sales?", RESULTS, ("share", 66.67, "percent")),
        ("what percentage of total sales was R&D expense in Q2 2031?", RESULTS, ("share", 25, "percent")),
    ],
)
def test_two_columns_of_the_row_that_is_named(question, text, expected):
    assert derived(question, text) == expected


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("by how many percent did R&D headcount grow on the same quarter last year?", RESULTS),  # of which no row tells
        ("how did the operating result compare with the previous quarter?", RESULTS),  # of a gain and a loss
        ("by how many percent did profit before tax grow on the previous quarter?", RESULTS),  # of losses
        (
            "how many patients were in the intention-to-treat population?",
            "The trial had 120 patients, the population for safety 60 patients.",
        ),
        ("how did total sales compare with the year before the last one?", UPTAKE),
        ("what share of total sales was R&D expense in the previous quarter?", RESULTS),  # before which?
        ("what share of total sales was R&D expense in Q1 2029?", RESULTS),  # of which the table tells nothing
        ("how much lower is spleen uptake at 24 h than at 4 h?", UPTAKE),
    ],
)
def test_what_no_row_tells_is_not_calculated(question, text):
    assert derived(question, text) is None


@pytest.mark.parametrize(
    ("question", "text", "verdict"),
    [
        ("were generator sales up on a year ago?", RESULTS, "Yes:"),
        ("were generator sales higher than in Q2?", RESULTS, "No:"),
        ("did the net loss get smaller year over year?", RESULTS, "Yes:"),
        ("did selling expenses go up on the year before?", PLAIN, "Yes:"),
        ("did tumour uptake rise between 4 h and 24 h?", UPTAKE, "Yes:"),
        ("is kidney uptake at 24 h higher than at 4 h?", UPTAKE, "No:"),
    ],
)
def test_yes_or_no_by_two_columns(question, text, verdict):
    assert asked(compared.say, question, text)[0].startswith(verdict)


def test_a_change_is_of_one_thing():
    """What a sentence says that a figure came from is not put in the place of another's."""
    text = "Research cost $9 million, compared with $6 million in the second quarter of 2030. Sales were $4 million, up from $2 million."
    assert derived("percent increase of research cost vs the second quarter of 2030?", text) == ("increase", 50, "percent")
