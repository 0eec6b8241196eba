"""What a statement with columns of halves and a whole year gives, and the days that its calendar tells."""

from __future__ import annotations

import pytest

from assistant.agent.offline.deriving.accounts import accounts
from assistant.agent.offline.deriving.calendars import between
from assistant.agent.offline.deriving.composed import composed
from assistant.agent.offline.deriving.labelled import labelled
from assistant.agent.offline.deriving.within_year import within_year
from assistant.agent.offline.sentences.matching import matches_of
from assistant.agent.offline.understanding.topic import read
from assistant.language.abbreviations import written_out
from assistant.studies.calculate import calculate
from tests.unit.agent.offline.worded import found, near_answers, searched

REPORT = """HASSELT, Belgium, 20 August 2031 - Quill NV reports its half year.

Amounts in EUR thousand unless stated otherwise.

| | H1 2031 | H1 2030 | Full year 2030 |
|---|---|---|---|
| Revenue (grants) | 800 | 700 | 1,500 |
| Research and development expenses | (6,000) | (5,000) | (11,000) |
| Net cash used in operating activities | (3,000) | (2,400) | (5,400) |
| Cash and cash equivalents, end of period | 12,000 | 20,000 | 15,000 |

Revenue included a milestone of EUR 200 thousand from the Norden Institute.
Cash and cash equivalents were EUR 12.0 million on 30 June 2031, compared with EUR 15.0 million on 31 December 2030.
Before the offering 15,000,000 shares were outstanding; after it, 20,000,000.
The first injection was given on 1 August 2031.

Financial calendar:

- 10 March 2032: Annual report 2031
- 9 April 2032: Annual general meeting
"""


def searched_for(question):
    topic = read(written_out(question), ())
    findings = searched(topic, found(("Report", "2031-08-20", REPORT)))
    return topic, findings, matches_of(topic, findings, near_answers)


def value(made):
    return made and round(calculate(made.expression).results[0].value, 3)


@pytest.mark.parametrize(
    ("question", "result"),
    [
        ("How much R&D expense fell in the second half of 2030?", 6000.0),
        ("what was revenue in H2 2030", 800.0),
        ("what was revenue in H2 2031", None),
        ("average monthly operating cash burn in the first six months of 2031", 500.0),
        ("R&D per month in the full year 2030", 916.667),
        ("At the first-half rate, how many months would the cash last?", 24.0),
        ("how much of the H1 2031 revenue came from the Norden milestone, in percent", 25.0),
        ("how much of the H1 2031 revenue came from the Sud milestone, in percent", None),
        ("what was cash in the second half of 2030", None),
    ],
)
def test_parts_of_a_year(question, result):
    topic, findings, matches = searched_for(question)
    rows = [match for match in matches if match.unit.columns]
    told = [match for match in matches if not match.unit.columns]
    assert value(within_year(topic.question, accounts(labelled(rows, findings)), told)) == result


@pytest.mark.parametrize(
    ("question", "result"),
    [
        ("how many days between publication of the 2031 annual report and the AGM?", 30.0),
        ("days from the first injection to the date of this release", 19.0),
        ("days from the second injection to the date of this release", None),
        ("days between the audit and the annual general meeting", None),
    ],
)
def test_days_that_calendars_and_sentences_tell(question, result):
    topic, _, matches = searched_for(question)
    assert value(between(topic.question, matches)) == result


@pytest.mark.parametrize(
    ("question", "result"),
    [
        ("how much cash did they burn in the first half of 2031", 3_000_000.0),
        ("how much cash did they burn in the first quarter of 2031", None),
        ("how much cash did they burn in the first half of 2030", None),
        ("What percentage of all shares outstanding after the offering are the newly issued ones?", 25.0),
    ],
)
def test_two_balances_of_one_sentence(question, result):
    topic, _, matches = searched_for(question)
    assert value(composed(topic.question, topic.units, matches)) == result
