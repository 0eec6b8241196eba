"""The figure that a question means: by the arm, the time, the organ, the period and the column that it names beside it."""

from __future__ import annotations

import pytest

from assistant.agent.offline.answers import compared
from assistant.agent.offline.sentences.alignment import told
from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.sentences.units import Unit
from assistant.agent.offline.understanding.topic import read
from assistant.agent.offline.verdicts.aligned import states
from assistant.agent.offline.verdicts.confirming import is_only_planned
from assistant.agent.offline.verdicts.meant import asked_of, meant
from assistant.agent.offline.verdicts.measured import lies_beyond
from assistant.agent.offline.verdicts.verdict import yes_or_no
from tests.unit.agent.offline.test_compared import asked
from tests.unit.agent.offline.test_verdict import ranked, verdict

ARMS = "The response rate was 40.2% (41 of 102 dogs) with quilline plus lysine and 21.6% (11 of 51 dogs) with lysine alone."
TIMES = (
    "Tumor uptake was 12.5% at 4 hours and 9.5% at 48 hours; kidney uptake was 7.0% and 2.5%, and liver uptake 4.0% and 3.0% at the same "
    "times."
)
EVENTS = "Vomiting occurred in 30 dogs (60%), fever in 22 (44%) and rash in 11 (22%)."
YEARS = "Sales were EUR 14.2 million in the fourth quarter of 2031 (Q4 2030: EUR 9.1 million) and EUR 51.7 million for the full year."
PARTS = "In all, 21 dogs stopped early, 12 of them for progression, 6 for toxicity and 3 for other reasons."
TABLE = """Uptake, % of injected dose per gram.

| Organ | 4 h | 24 h | 96 h |
|---|---|---|---|
| Spleen | 2.4 | 1.6 | 0.8 |
| Bone | 0.6 | 0.9 | 1.3 |
"""
GROUPS = """Findings.

| Finding | Group 1 | Group 2 |
|---|---|---|
| Tremor | 0 | 2 |
| Ataxia | 1 | 0 |
"""


@pytest.mark.parametrize(
    ("text", "question", "figure"),
    [
        (ARMS, "the response rate with quilline?", "40.2%"),
        (ARMS, "the response rate with lysine alone?", "21.6%"),
        (TIMES, "kidney uptake at 48 hours?", "2.5%"),
        (TIMES, "liver uptake at 4 hours?", "4.0%"),
        (EVENTS, "how many had fever?", "44%"),
    ],
)
def test_the_figure_that_is_meant(text, question, figure):
    shares = [each for each in told(Unit(1, 0, text, text, "")) if each.figure.unit.startswith("percent")]
    assert [each.figure.text for each in meant(asked_of(question), shares)] == [figure]


@pytest.mark.parametrize(
    ("text", "question", "answer"),
    [
        (ARMS, "Was the response rate 40.2% with quilline plus lysine?", "Yes:"),
        (ARMS, "Was the response rate 21.6% with quilline?", "No:"),
        (ARMS, "Was the response rate 40.2% with lysine alone?", "No:"),
        (EVENTS, "Did 22 dogs have fever?", "Yes:"),
        (EVENTS, "Did 30 dogs have fever?", "No:"),
        (YEARS, "Were sales EUR 51.7 million in the fourth quarter of 2031?", "No:"),
        (YEARS, "Were sales EUR 14.2 million in the fourth quarter of 2031?", "Yes:"),
        (PARTS, "Did 6 dogs stop for progression?", "No:"),
        (PARTS, "Did 12 dogs stop for progression?", "Yes:"),
        ("The trial will enroll 40 dogs at 9 sites.", "Will the trial enroll 9 dogs?", "No:"),
        ("The trial will enroll 40 dogs at 9 sites.", "Will the trial enroll 40 dogs?", "Yes:"),
        ("The fee is 6% to 9% of sales.", "Is the fee 6% of sales?", ""),
    ],
)
def test_a_figure_of_something_else_is_not_confirmed(text, question, answer):
    assert verdict(question, text) == answer


@pytest.mark.parametrize(
    ("text", "question", "held"),
    [
        (TIMES, "Was kidney uptake below 3% at 48 hours?", True),
        (TIMES, "Was liver uptake above 3.5% at 48 hours?", False),
        (EVENTS, "Was rash seen in more than 40%?", False),
        ("Labelling at 95 degrees gave 98.6% and at 75 degrees 92.4% yield.", "Was the yield at 95 degrees above 95%?", None),
        ("We have 60 chemists in Bern and 15 in Oslo.", "Do you have more than 70 chemists?", None),
        (
            "At day 60, 5 of 12 dogs of the first group and 1 of 12 of the second lived.",
            "Did more than half of the first group live?",
            False,
        ),
    ],
)
def test_the_figure_that_is_meant_is_held_to_the_bound(text, question, held):
    topic = read(question, ())
    match: Match = ranked(topic, text)[0]
    assert lies_beyond(topic, match._replace(lacks=())) is held


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Was bone uptake above 1% at 24 h?", "No:"),
        ("Was bone uptake above 1% at 96 h?", "Yes:"),
        ("Was spleen uptake below 1% at 96 h?", "Yes:"),
        ("Was spleen uptake below 1% at 24 h?", "No:"),
        ("Did spleen uptake fall below 1% at 96 h?", "Yes:"),
    ],
)
def test_the_column_that_is_named_is_held_to_the_bound(question, answer):
    assert asked(compared.say, question, TABLE)[0].startswith(answer)


@pytest.mark.parametrize(
    ("question", "planned"),
    [
        ("Has the trial begun?", True),
        ("Has the application been filed?", True),
        ("Will the trial begin?", False),
    ],
)
def test_what_is_planned_is_not_done(question, planned):
    text = "The company expects to file its application in the spring and to begin a trial in the fall."
    assert is_only_planned(question, text) is planned


def test_what_was_decided_at_a_planned_review_was_done():
    assert not is_only_planned("Did the board stop the trial?", "At its planned review the board stopped the trial.")


@pytest.mark.parametrize(("question", "answer"), [("Was there tremor in group 1?", "No:"), ("Was there tremor in group 2?", "Yes:")])
def test_none_in_the_column_that_is_named(question, answer):
    topic = read(question, ())
    row = next(match for match in ranked(topic, GROUPS) if "Tremor" in match.unit.text)
    assert yes_or_no(topic, row) == answer


def test_the_number_of_a_name_is_no_figure_that_is_stated():
    topic = read("does qx 177 carry lutetium", ())
    assert states(topic, ranked(topic, "QX 177 carries lutetium.")[0])
    topic = read("does qx carry 177 atoms of lutetium", ())
    assert not states(topic, ranked(topic, "QX carries 170 atoms of lutetium.")[0])
