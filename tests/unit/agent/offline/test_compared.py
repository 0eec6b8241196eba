"""Figures held against one another: yes or no, the row that stands out, and what another document says otherwise."""

import pytest

from assistant.agent.offline.answers import compared, differing, outstanding
from assistant.agent.offline.understanding.topic import read
from tests.unit.agent.offline.worded import bag, found, searched

REPORT = """Quillmark results

Sales were $18 million (2030: $14 million). Research expenses rose to $31 million from $25 million. The loss was $22 million against
$19 million the year before. Cash stood at $64 million at the year end. We employed 142 people.
"""
TABLE = """Batches of QX 7

| Batch | Yield (GBq) | Purity (%) |
|---|---|---|
| P1 | 3.6 | 97.1 |
| P2 | 2.8 | 98.4 |
| P3 | 3.2 | 99.2 |
"""


def asked(say, question, text):
    topic = read(question, ())
    return say(topic, searched(topic, found(("Report", "2031-03-03", text))), bag)


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Were sales higher than the year before?", "Yes:"),
        ("Did sales fall?", "No:"),
        ("Was the loss smaller than the year before?", "No:"),
        ("Did research expenses exceed sales?", "Yes:"),
        ("Are sales larger than research expenses?", "No:"),
        ("Was cash above $70 million at the year end?", "No:"),
        ("Are more than 100 people employed?", "Yes:"),
    ],
)
def test_yes_or_no_is_told_by_the_figures(question, verdict):
    assert asked(compared.say, question, REPORT)[0].startswith(verdict)


@pytest.mark.parametrize(
    "question",
    [
        "Were royalties higher than the year before?",  # of which nothing is said
        "Did sales exceed marketing expenses?",
        "Is the loss larger than research expenses?",  # "loss" may be a word for how to calculate
        "Are more than 100 offices open?",  # other things are counted
        "Were sales significantly higher than the year before?",
        "How much higher were sales than the year before?",  # no yes or no
        "Were sales followed up?",
    ],
)
def test_nothing_is_affirmed_or_denied_of_other_things(question):
    assert asked(compared.say, question, REPORT) == []


LISTED = """The most common complaints were headache (57 %), cough (39 %), rash (grade 2, 24 %), fever (21 %) and
thirst (28 %). Two dogs limped (5 % of all).
"""


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("is cough more common than headache?", "No:"),
        ("was headache more frequent than thirst?", "Yes:"),
        ("was thirst less common than fever?", "No:"),
        ("is thirst more frequent than fever?", "Yes:"),
    ],
)
def test_shares_in_brackets_are_of_what_stands_before_them(question, verdict):
    assert asked(compared.say, question, LISTED)[0].startswith(verdict)


def test_a_share_beside_words_in_brackets_is_of_these():
    assert asked(compared.say, "is rash more common than fever?", LISTED) == []


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("Which batch had the highest purity?", ["P3"]),
        ("Which batch had the lowest yield?", ["P2"]),
        ("Which batches had a yield above 3 GBq?", ["P1", "P3"]),
        ("Which batch had the highest price?", []),
        ("what was the lowest yield", ["P2"]),
        ("highest purity?", ["P3"]),
        ("What is the highest purity that is allowed by law?", []),
    ],
)
def test_the_rows_that_stand_out_are_quoted(question, rows):
    said = " ".join(asked(outstanding.say, question, TABLE))
    assert [row for row in ("P1", "P2", "P3") if row in said] == rows


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("what was the largest cost", "Staff"),
        ("what is the maximum cost", ""),
        ("what is the highest age", ""),  # of which only the median is told
        ("what is the most common item", ""),
    ],
)
def test_no_total_median_or_limit_is_the_most(question, row):
    table = "Costs\n\n| Item | Cost (EUR) | Median age |\n|---|---|---|\n| Staff | 640 | 54 |\n| Rent | 120 | 67 |\n| Total | 760 | 60 |\n"
    said = " ".join(asked(outstanding.say, question, table))
    assert [name for name in ("Staff", "Rent", "Total") if name in said] == [name for name in [row] if name]


UPTAKE = """Uptake, %ID/g

| Tissue | 24 h | 72 h | 72 h, blocked |
|---|---|---|---|
| Blood | 14.1 ± 1.9 | 7.7 ± 1.2 | 7.9 ± 1.0 |
| Tumour | 12.6 ± 2.3 | 24.9 ± 4.1 | 3.8 ± 1.5 |
| Muscle | 1.1 ± 0.2 | 0.8 ± 0.2 | 0.8 ± 0.2 |
"""


@pytest.mark.parametrize(
    ("question", "row"),
    [("which tissue has the highest uptake at 72 h?", "Tumour"), ("which tissue has the highest uptake at 72 h, blocked?", "Blood")],
)
def test_the_column_that_says_no_more_than_the_question_is_meant(question, row):
    (said,) = asked(outstanding.say, question, UPTAKE)
    assert row in said


def test_what_rose_most_is_not_what_is_largest():
    assert asked(outstanding.say, "which tissue went up most from 24 h to 72 h?", UPTAKE) == []


def test_how_many_counts_and_measures_nothing():
    assert asked(outstanding.say, "how many at the highest yield?", TABLE) == []


def test_the_most_that_a_sentence_tells_is_looked_for_in_no_row():
    assert asked(outstanding.say, "what is the highest purity?", f"{TABLE}\nThe highest purity was 97.5%.\n") == []


NEWS = ("Lakewood reports on QX 177", "2031-03-03", "Median survival with two doses of QX 177 was 73 days. Controls lived 24 days.\n")
ANSWER = "Two doses of QX 177 gave a median survival of 73 days [1]."


@pytest.mark.parametrize(
    ("date", "first"),
    [("2031-06-03", "The documents differ on this"), ("2030-06-03", "The documents differ on this")],
)
def test_both_figures_are_shown_from_the_newest_on(date, first):
    topic = read("What was the median survival with two doses of QX 177?", ())
    other = ("Lakewood note", date, "Median survival with two doses of QX 177 was 67 days.\n")
    said = differing.say(topic, [ANSWER], searched(topic, found(NEWS, other)), bag)
    assert said[0].startswith(first)
    later = 0 if date > "2031-03-03" else -1
    assert "67 days" in said[later]
    assert "73 days" in said[-1 - later]


@pytest.mark.parametrize(
    "other",
    [
        "Median survival with two doses of QX 177 was 73 days.",  # the same
        "Median survival with one dose of QX 177 was 51 days.",
        "Median survival with two doses of QX 178 was 67 days.",
        "The price of two doses of QX 177 is 67 euros.",
        "Mice were observed for 90 days.",
    ],
)
def test_what_is_of_something_else_is_no_difference(other):
    topic = read("What was the median survival with two doses of QX 177?", ())
    assert differing.say(topic, [ANSWER], searched(topic, found(NEWS, ("Lakewood note", "2031-06-03", f"{other}\n"))), bag) == [ANSWER]


def test_where_there_is_no_other_document_none_is_looked_through():
    topic = read("What was the median survival with two doses of QX 177?", ())
    findings = searched(topic, found(NEWS))
    assert differing.say(topic, [ANSWER], findings, lambda _: pytest.fail("sentences were encoded")) == [ANSWER]
