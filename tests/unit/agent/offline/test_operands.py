"""An operation and what a text states: the figures that are meant and what they give; nothing where two choices fit."""

import pytest

from assistant.agent.offline.deriving.labelled import labelled
from assistant.agent.offline.deriving.operands import operands
from assistant.agent.offline.understanding.operation import operation
from assistant.agent.offline.understanding.topic import read
from assistant.studies.calculate import calculate
from tests.unit.agent.offline.worded import found, ranked


def worked(question, *texts):
    """The kind, value and unit that the question gets from the texts, a document each; None where it gets nothing."""
    topic, findings = read(question, ()), found(*(("Report", "2031-03-03", text) for text in texts))
    asked = operation(question)
    assert asked is not None
    answer = operands(asked, topic, labelled(ranked(topic, findings), findings))
    if answer is None:
        return None
    (result,) = calculate(answer[1].expression).results
    return answer[1].kind, round(result.value, 3), result.unit


UPTAKE = "In rats, tumour uptake was 2.4 %IA/g at 4 h and 1.8 %IA/g at 24 h; kidney uptake was 1.5 and 0.9 %IA/g."
GRANTS = "| | Q3 2031 | Q2 2031 | Q3 2030 |\n|---|---|---|---|\n| Grant revenue | 1,250 | 980 | 1,400 |\n"


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("What was the tumour-to-kidney ratio in rats at 24 h?", UPTAKE, None),
        ("By what percentage did grant revenue change from third quarter 2030 to third quarter 2031?", GRANTS, 10.714),
        ("By what percentage did grant revenue change from second quarter 2031 to third quarter 2031?", GRANTS, 27.551),
        ("How much weight did the dogs lose?", "Two dogs were put down on days 10 and 12 for weight loss.", None),
        ("How many days apart did the dogs die?", "Two dogs died on days 10 and 12.", 2),
        ("What is the tumour-to-liver ratio?", "The mice, in five arms of 10 mice each, had tumours.", None),
    ],
)
def test_figures_are_of_the_time_period_and_thing_that_are_asked_for(question, text, expected):
    given = worked(question, text)
    assert (given and given[1]) == expected


@pytest.mark.parametrize(
    ("sentence", "percent"),
    [
        ("A partial response was seen in 4 of 16 patients.", 25.0),
        ("A partial response was seen in 4/16 patients.", 25.0),
        ("Of the 16 treated patients, 4 had a partial response.", 25.0),
        ("A partial response was seen in three out of twelve patients.", 25.0),
        ("Twelve patients were screened and eight were treated. A partial response was seen in two patients.", 25.0),
        ("Sixteen patients were enrolled, and 4 of them had a partial response.", 25.0),
        ("A partial response was seen in 5 of 9 patients at 10 MBq and in 4 of 16 patients at 20 MBq.", None),
        ("A partial response was seen in 4 patients, a complete one in 16 mice.", None),
    ],
)
def test_a_part_of_a_whole_becomes_a_percentage(sentence, percent):
    given = worked("What percentage of patients had a partial response?", sentence)
    assert given == (percent and ("share", percent, "percent"))


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("What percentage of the mice in group B regressed?", ("share", 75.0, "percent")),
        ("How many of the mice in group A did not regress?", ("rest", 6.0, "")),
        ("What share of group C regressed?", None),
    ],
)
def test_a_group_that_is_numbered_or_lettered_has_its_own_part(question, found):
    text = "Tumours regressed in 2 of 8 mice in group A and in 6 of 8 in group B."
    assert worked(question, text) == found


STAFF = "We had 80 staff, of whom 20 were chemists. Eleven staff left."


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        (
            "What share of the staff are chemists?",
            STAFF,
            ("share", 25.0, "percent"),
        ),
        ("How many of the staff are not chemists?", STAFF, ("rest", 60.0, "")),
        ("What percentage of the patients is enrolled?", "So far 48 of a planned 60 patients are enrolled.", ("share", 80.0, "percent")),
        ("How many patients are still to be enrolled?", "So far 48 of a planned 60 patients are enrolled.", ("rest", 12.0, "")),
        ("What percentage was alive in arm B?", "| Arm | Alive |\n|---|---|\n| A | 0/8 |\n| B | 2/8 |\n", ("share", 25.0, "percent")),
    ],
)
def test_what_a_part_leaves(question, text, found):
    assert worked(question, text) == found


def test_the_whole_is_what_a_question_says_it_is():
    text = "Forty patients were screened and 20 were treated, 15 of them men. Five men stopped treatment early."
    assert worked("What is the proportion of men among the treated?", text) == ("share", 75.0, "percent")


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What percentage of mice survived?", "Mice that got two doses survived 160 days. Mice in the control arm lived 120 days."),
        (
            "By how much do the two studies differ in dosing?",
            "The first study assessed one dose, the second one assessed one versus two doses.",
        ),
    ],
)
def test_times_are_no_parts_and_what_counts_doses_is_no_amount(question, text):
    assert worked(question, text) is None


@pytest.mark.parametrize(
    ("question", "percent"),
    [
        ("What fraction of patients had a complete response?", 7.5),  # and not of those who had a partial one
        ("What fraction of patients had a partial response?", 30.0),
        ("What percentage of women had a response?", None),
        ("What percentage finished all cycles?", 75.0),
    ],
)
def test_a_count_beside_another_is_no_part_of_it(question, percent):
    text = "Forty patients were treated, 25 of them men. A partial response was seen in 12 patients and a complete response in 3. "
    text += "Thirty patients completed all four cycles."
    assert worked(question, text) == (percent and ("share", percent, "percent"))


def test_a_part_of_which_the_text_says_nothing_is_no_part():
    text = "Of the 40 patients who were treated, 10 had anaemia."
    assert worked("What percentage of patients had anaemia?", text) == ("share", 25.0, "percent")
    assert worked("What percentage of patients had nausea?", text) is None


FALLS = "Counts fell to 40 x 10^9/L at 8 Gy and to 80 x 10^9/L at 4 Gy; the baseline was 100 x 10^9/L."


@pytest.mark.parametrize(
    ("question", "sentence", "found"),
    [
        ("By how much did revenue grow?", "Revenue was $30 million compared with $24 million in 2019.", ("difference", 6e6, "USD")),
        ("By what percentage did revenue grow?", "Revenue was $30 million (2019: $24 million).", ("increase", 25.0, "percent")),
        ("By what percentage did revenue grow?", "Revenue was $24 million in 2019 and $30 million in 2020.", ("increase", 25.0, "percent")),
        ("By what percentage did uptake fall?", "Uptake fell from 8 kBq to 6 kBq.", ("decrease", 25.0, "percent")),
        ("How much did uptake drop?", "Uptake was 8 kBq before the wash and 6 kBq after it.", ("difference", 2.0, "kBq")),
        ("What percent did uptake lose?", "Uptake was 8 kBq before the wash and 6 kBq after it.", ("decrease", 25.0, "percent")),
        (
            "What is the growth of the staff in percent?",
            "We employed 120 staff at the year end, up from 100.",
            ("increase", 20.0, "percent"),
        ),
        (
            "By how many percentage points did the yield rise?",
            "The yield was 70 % with tin and 91 % with zinc.",
            ("points", 21.0, "percent"),
        ),
        (
            "What is the difference in response rate?",
            "The response rate was 27% (95% CI 20-34%) vs 7%, p=0.03.",
            ("points", 20.0, "percent"),
        ),
        (
            "How many more ovens has Alba than Brix?",
            "Alba runs five ovens, the Brix unit two and the Corva unit four.",
            ("difference", 3.0, ""),
        ),
    ],
)
def test_a_change_is_taken_from_the_figure_that_came_before(question, sentence, found):
    assert worked(question, sentence) == pytest.approx(found)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("By what percentage did revenue grow?", "Revenue was $30 million and costs $24 million."),  # neither came before
        ("By how much did revenue grow?", "Revenue was more than $30 million compared with $24 million in 2019."),
        ("By how much did revenue grow?", "It rose from $30 million to €36 million."),
        ("By how much will revenue grow?", "We expect revenue of between $30 million and $36 million."),  # a range
        ("By how much did the tumour volume shrink?", "Body weight fell from 24 g to 22 g."),
        ("What is the difference, in months?", "The PFS rate was 68% vs 36%."),
        ("How many days is the difference?", "Mice got 40 uCi once or 60 uCi twice."),
    ],
)
def test_nothing_is_guessed(question, sentence):
    assert worked(question, sentence) is None


TABLE = """Uptake in % of the injected activity

| Organ | 4 h | 24 h | Weight (g) |
|---|---|---|---|
| Tumour | 8 | 12 | 0.5 |
| Kidney | 6 | 4 | 1.5 |
"""


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("How many times higher is tumour uptake than kidney uptake at 24 h?", ("ratio", 3.0, "ratio")),
        ("By what percentage did kidney uptake fall from 4 h to 24 h?", ("decrease", 33.333, "percent")),
        ("By what percentage did tumour uptake rise between 4 h and 24 h?", ("increase", 50.0, "percent")),
        ("What is the total weight of the organs?", ("total", 2.0, "g")),
        ("By how much did liver uptake fall from 4 h to 24 h?", None),
        ("By how much did kidney uptake fall from 4 h to 72 h?", None),
    ],
)
def test_cells_are_told_by_their_row_and_column(question, found):
    assert worked(question, TABLE) == found


@pytest.mark.parametrize(
    ("question", "texts", "found"),
    [
        ("How much cash and bonds in total?", ["We held cash of $12 million and bonds of $3.5 million."], ("total", 15.5e6, "USD")),
        (
            "What did Alba and Brix cost in total?",
            ["Of $9 million, $4 million was spent on Alba and $3 million on Brix."],
            ("total", 7e6, "USD"),
        ),
        (
            "Alba and Brix sales combined?",
            ["Sales of Alba rose to $4 million from $2 million. Sales of Brix were $3 million."],
            ("total", 7e6, "USD"),
        ),
        (
            "What did sales and marketing and finance cost together?",
            ["Sales and marketing expenses were $4 million. Finance expenses were $3 million."],
            ("total", 7e6, "USD"),
        ),
        ("How much cash in total?", ["We held cash of $12 million and bonds of $3.5 million."], None),  # joins nothing
        ("How much cash and bonds in total?", ["We held cash of $12 million and €3 million in bonds."], None),
        ("How much cash and gold in total?", ["We held cash of $12 million and bonds of $3.5 million."], None),
    ],
)
def test_what_a_question_joins_is_added(question, texts, found):
    assert worked(question, *texts) == found


def test_a_loss_for_each_share_is_none_of_the_two_that_are_compared():
    sentence = "Net loss was NOK 120 million, or NOK 2.80 per share (2022: NOK 96 million, or NOK 2.60 per share)."
    assert worked("By what percentage did the net loss grow?", sentence) == ("increase", 25.0, "percent")


def test_a_loss_for_each_share_is_compared_where_it_is_asked_for():
    sentence = "The net loss was $8 million, or $0.25 per share (2023: $7 million, or $0.20 per share)."
    assert worked("By how much did the loss per share change?", sentence) == ("difference", 0.05, "USD")


def test_in_what_two_things_differ_is_nothing_to_calculate():
    assert operation("How does the first cohort differ from the second in days?") is None
    assert operation("By how many days does the first cohort differ from the second?") is not None


GROUPS = (
    "Lung uptake of XA-1 was 9.0 %ID/g at 1 h, 6.0 %ID/g at 24 h and 2.0 %ID/g at 72 h. "
    "With octreotate it reached 5.0 %ID/g at 1 h and 4.0 %ID/g at 24 h."
)


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        ("How much higher was lung uptake with XA-1 than with octreotate at 24 h?", GROUPS, ("difference", 2.0, "percent/g")),
        ("How much higher was lung uptake with XA-1 than with octreotate at 72 h?", GROUPS, None),  # of one it is not told
        (
            "How many more visits were there in May than in March?",
            "In March we had 20 visits. Each visit was EUR 60 for adults and EUR 15 for children. In May there was snow.",
            None,
        ),
        (
            "How much more is the wide bed than the narrow one?",
            "The narrow bed is EUR 300 a month and the wide bed EUR 420 a month. "
            "In 2028 the narrow bed was EUR 200 and the wide bed EUR 250.",
            ("difference", 120.0, "EUR"),
        ),
        (
            "How much of the yearly limit was the highest reading, in percent?",
            "The highest reading was 2 mSv on the lens and the lowest reading 1 mSv. The yearly limit is 20 mSv.",
            ("share", 10.0, "percent"),
        ),
        (
            "How many days longer did the 10 kBq mice live than the controls?",
            "Median survival was 60 days at 10 kBq and 40 days at 30 kBq; the controls lived for 25 days.",
            None,
        ),
        ("What percent of the letters came late?", "Of the 40 letters 36 came on time.", None),
    ],
)
def test_both_figures_are_of_what_the_question_sets_side_by_side(question, text, found):
    assert worked(question, text) == found


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("How much heavier is the B9 than the B7?", ("difference", 4.0, "kg")),
        ("By how much did the price go up?", ("difference", 2000.0, "EUR")),
        ("By what percentage did the price go up?", ("increase", 20.0, "percent")),
    ],
)
def test_a_column_may_tell_what_came_before(question, found):
    table = "| Property | B9 | B7 (old model) |\n|---|---|---|\n| Weight (kg) | 16 | 12 |\n| Price (EUR) | 12,000 | 10,000 |\n"
    assert worked(question, table) == found


def test_a_cell_and_a_sentence_are_of_one_time():
    table = "| Organ | 4 h (%ID/g) | 24 h (%ID/g) |\n|---|---|---|\n| Spleen | 4.0 | 2.0 |\n"
    text = f"Lung uptake was 8.0 %ID/g at 4 h and 6.0 %ID/g at 24 h.\n\n{table}"
    assert worked("What is the ratio of lung uptake to spleen uptake at 24 h?", text) == ("ratio", 3.0, "ratio")
    assert worked("What is the ratio of lung uptake to spleen uptake at 72 h?", text) is None


def test_initials_that_are_joined_are_one_thing():
    text = "Research and development expenses were $5 million. General and administrative expenses were $3 million."
    assert worked("R&D plus G&A?", text) == ("total", 8e6, "USD")
    assert worked("R&D plus gardening?", text) is None


def test_what_is_added_is_of_one_measure():
    table = "| $ million | 2031 |\n|---|---|\n| Sales | 7 |\n| Rent | 4 |\n"
    text = f"Sales costs were $7 million. Wages were $2 million.\n\n{table}"
    assert worked("What do sales and wages come to?", text) == ("total", 9e6, "USD")


TEAM = "Of the 40 people in the team, 30 are women; eight work part time."
LETTERS = "Last year we sent 200 letters, 150 of them on paper, and 10 came back."


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        ("What share of the team are women?", TEAM, ("share", 75.0, "percent")),
        ("What share of the team is part time?", TEAM, None),
        ("What percent of the letters was on paper?", LETTERS, ("share", 75.0, "percent")),
        ("How many letters were not on paper?", LETTERS, ("rest", 50.0, "")),
        ("What share came back?", LETTERS, None),
        (
            "What percent of patients had a complete response?",
            "Among the 40 treated patients, 20 had a partial response and one a complete response.",
            ("share", 2.5, "percent"),
        ),
        (
            "What is the yield of batch 2 in percent?",
            "The start was 600 MBq for batch 1 and 500 MBq for batch 2; the yields were 300 MBq and 400 MBq.",
            None,
        ),
        (
            "What fraction of the June runs was sold?",
            "In April we made 20 runs, of which 18 were sold; in June we made 40 runs, of which 30 were sold.",
            ("share", 75.0, "percent"),
        ),
    ],
)
def test_a_part_is_the_one_that_the_question_names(question, text, found):
    assert worked(question, text) == found


WAIT = "The waiting time fell from 20 to 8 days for scans and from 10 to 6 days for surgery."


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        ("How much shorter did the wait for scans get?", WAIT, ("difference", 12.0, "day")),
        ("How much shorter did the wait for surgery get?", WAIT, ("difference", 4.0, "day")),
        (
            "Cash down by what percent?",
            "We had cash of CHF 75 million, down from CHF 100 million a year earlier, and expect to spend CHF 40 to 45 million.",
            ("decrease", 25.0, "percent"),
        ),
    ],
)
def test_what_came_of_one_figure_came_of_no_other(question, text, found):
    assert worked(question, text) == found


def test_the_last_word_of_a_row_and_the_year_of_a_column_are_two():
    table = "| Procedure | 2030 | 2031 |\n|---|---|---|\n| FAP PET | 60 | 90 |\n| FAP therapy | 20 | 25 |\n"
    assert worked("How many more FAP PETs in 2031 than in 2030?", table) == ("difference", 30.0, "")
