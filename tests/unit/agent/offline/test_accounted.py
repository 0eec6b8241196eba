"""What the rows of a statement of accounts give: over time, as shares, added up, per share."""

from __future__ import annotations

import pytest

from assistant.agent.offline.answers.reckoned import say
from assistant.agent.offline.deriving.accounted import accounted
from assistant.agent.offline.deriving.accounts import accounts
from assistant.agent.offline.deriving.labelled import labelled
from assistant.agent.offline.deriving.wanted import wanted
from assistant.agent.offline.sentences.matching import matches_of
from assistant.agent.offline.understanding.topic import read
from assistant.language.abbreviations import written_out
from assistant.studies.calculate import calculate
from tests.unit.agent.offline.worded import found, near_answers, searched

LETTER = """Quill Inc. reports its first quarter.

Statement of operations, three months ended March 31 (in thousands, except share data)

| Item | 2031 | 2030 |
|---|---|---|
| Licence revenue | 600 | 500 |
| Grant revenue | 200 | 300 |
| Total revenue | 800 | 800 |
| Research and development | 3,000 | 2,000 |
| General and administrative | 900 | 1,000 |
| Total operating expenses | 3,900 | 3,000 |
| Loss from operations | (3,100) | (2,200) |
| Net loss | (3,000) | (2,500) |
| Weighted average shares outstanding | 10,000,000 | 5,000,000 |

The building has a garden, and lunch is served at noon in the hall.
"""


def given(question):
    """The kind and value that the letter gives for the question, or only the kind ``""`` where a row is quoted alone; else None."""
    topic = read(written_out(question), ())
    findings = searched(topic, found(("Letter", "2031-05-03", LETTER)))
    asked = wanted(topic.question, topic.units, topic.figures, ())
    rows = [match for match in matches_of(topic, findings, near_answers) if match.unit.columns]
    known = accounted(asked, accounts(labelled(rows, findings))) if asked else None
    if known is None or not known.expression:
        return known and (known.kind, known.lacking)
    (result,) = calculate(known.expression).results
    return known.kind, round(result.value, 3)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("G&A down by what percent?", ("decrease", 10)),
        ("How much more did they spend on R&D than in the same quarter last year, in dollars?", ("difference", 1_000_000)),
        ("What share of operating expenses was G&A this quarter (percent)?", ("share", 23.077)),
        ("what percent of total revenue came from grants?", ("share", 25)),
        ("operating loss as a percentage of total opex", ("share", 79.487)),
        ("R&D plus G&A in the first quarter of 2030, summed?", ("total", 3_000_000)),
        ("how much more was spent on R&D than on G&A in Q1 2030?", ("difference", 1_000_000)),
        ("net loss per share q1 2031", ("quotient", 0.3)),
        ("By how much did the loss per share narrow versus a year ago?", ("difference", 0.2)),
        ("by how many percent did the net loss widen?", ("increase", 20)),
    ],
)
def test_the_rows_that_are_named_are_put_together(question, expected):
    assert given(question) == expected


@pytest.mark.parametrize(
    "question", ["G&A up by what percent?", "how much more did G&A cost than R&D?", "By how much did net loss per share widen yoy?"]
)
def test_what_is_taken_to_have_risen_is_no_fall(question):
    assert given(question) == ("", "")


@pytest.mark.parametrize(
    "question", ["By what percent did R&D change from Q4 2030 to Q1 2031?", "by how many percent did R&D grow in Q1 2030?"]
)
def test_a_period_that_no_column_has_is_lacking(question):
    assert given(question) == ("", "Research and development")


@pytest.mark.parametrize(
    "question", ["What was the growth in Nordlys revenue in percent?", "By how many percent did headcount grow?", "R&D per patient?"]
)
def test_what_no_row_is_called_gives_nothing(question):
    assert given(question) is None


def test_a_lacking_period_is_told_beside_the_row():
    topic = read(written_out("By what percent did R&D change from Q4 2030 to Q1 2031?"), ())
    said = say(topic, searched(topic, found(("Letter", "2031-05-03", LETTER))), near_answers)
    assert said[0].startswith("Not in the sources") and "3,000" in said[1]
