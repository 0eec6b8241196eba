"""What the figures of sentences give in two steps: over a term, a quarter, for all animals, on a day."""

from __future__ import annotations

import pytest

from assistant.agent.offline.deriving.composed import composed
from assistant.agent.offline.sentences.matching import matches_of
from assistant.agent.offline.understanding.topic import read
from assistant.studies.calculate import calculate
from tests.unit.agent.offline.worded import found, near_answers, searched

LETTER = """A bank loan of $12.0 million bears interest at 6% a year, payable quarterly.

On May 9, 2031 there were 20,000,000 common shares outstanding, and options on a further 500,000 shares. In March we sold 900,000 shares.
The closing price of our shares on May 14, 2031 was $2.50, and that on January 3, 2031 was not recorded.

The hall in Ghent covers 3,000 square feet and is leased for 36 months at a rent of $10,000 a month.

The contract with Nordlys provides for 10 shipments a year of 2 GBq (54 mCi) each, for four years.

A separate group of 12 mice received a single tracer administration of 1.5 MBq.
Another group of 9 rats was given 2 MBq on day 0 and again on day 7.
"""


def given(question, letter=LETTER):
    """The value and unit that the letter gives for the question; None where it gives none."""
    topic = read(question, ())
    matches = matches_of(topic, searched(topic, found(("Letter", "2031-05-15", letter))), near_answers)
    made = composed(topic.question, topic.units, matches)
    if made is None:
        return None
    (result,) = calculate(made.expression).results
    return round(result.value, 3), result.unit


BALANCES = """Cash, cash equivalents and securities were $90.0 million on March 31, 2031, compared with $120.0 million on December 31, 2030.
During the quarter we used $15.0 million in operating activities, which included $2.0 million of bonuses.
A bank loan of $12.0 million remains outstanding.
We may earn up to $200 million in milestones: $50 million for approvals and $150 million for sales.
So far we have received one milestone of $8.0 million.
Under the supply agreement with Nordlys we will pay $1.2 million for the first year. Nordlys delivers 12 shipments a year.
"""


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("If they keep burning cash at this rate, how many months does the balance last?", (18, "month")),
        ("How many quarters will the cash last at that rate?", (6, "ratio")),
        ("how much milestone money can still come?", (192_000_000, "USD")),
        ("cash and securities minus the loan?", (78_000_000, "USD")),
    ],
)
def test_sums_are_set_against_each_other(question, expected):
    assert given(question, BALANCES) == expected


@pytest.mark.parametrize(
    "question",
    [
        "What does one Nordlys shipment cost in the first year?",
        "How much of the milestones for approvals is still left?",
        "cash minus the debt?",
        "How long does an infusion last?",
    ],
)
def test_sums_of_something_else_are_not(question):
    assert given(question, BALANCES) is None


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How much interest do they pay on the loan each quarter?", (180_000, "USD")),
        ("annual interest on the loan?", (720_000, "USD")),
        ("market cap on May 14?", (50_000_000, "USD")),
        ("What is the total rent of the hall over the whole lease?", (360_000, "USD")),
        ("yearly rent per square foot of the hall in Ghent?", (40, "USD")),
        ("GBq from the Nordlys contract over its whole term?", (80, "GBq")),
        ("Nordlys shipments per year in mCi", (540, "mCi")),
        ("total MBq of tracer for all mice of the separate group", (18, "MBq")),
    ],
)
def test_two_steps_are_taken(question, expected):
    assert given(question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "What interest rate does the loan bear each year?",
        "total MBq given to all rats of the other group",  # twice each
        "rent per quarter of the hall in Ghent?",  # four months are no quarter, of which no rent is stated
        "How much is the yearly rent of the barn in Lund?",
    ],
)
def test_what_is_not_plain_gives_nothing(question):
    assert given(question) is None


def test_what_each_of_them_got_is_no_amount_of_all():
    assert given("total MBq that each mouse got over both injections", "177Lu-HVT-9 (n = 14): 7.4 MBq per mouse on day 0.") is None
