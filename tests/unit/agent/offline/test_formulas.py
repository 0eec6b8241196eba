"""What a sentence's figures give: a rate for an amount, a share, a change; nothing where two readings fit."""

import pytest

from assistant.agent.offline.cues import signals
from assistant.agent.offline.formulas import formula
from assistant.language.figures import figures
from assistant.studies.calculate import calculate


def worked(question, sentence, unit=None):
    """The kind, value and unit that the question gets from the sentence; None where it gets nothing."""
    wanted = formula(figures(question), signals(question), unit, sentence, question)
    if wanted is None:
        return None
    (result,) = calculate(wanted.expression).results
    return wanted.kind, round(result.value, 3), result.unit


@pytest.mark.parametrize(
    ("question", "sentence", "unit", "given"),
    [
        ("How much would a 31 kg dog get?", "Each dog received 6.5 MBq/kg.", None, ("rate", 201.5, "MBq")),
        ("the dose in GBq for 70 kg", "Patients received 100 MBq per kilogram.", "GBq", ("rate", 7.0, "GBq")),
        ("dose for a surface of 1.9 m²?", "The dose was 30 mCi/m2 every 8 weeks.", None, ("rate", 57.0, "mCi")),
        ("How much would a 31 kg dog get?", "Each dog received 7.4 MBq/kg (0.2 mCi/kg).", "mCi", ("rate", 6.2, "mCi")),
        ("How many Gy does the tumour get from 12 MBq?", "The tumour got 0.5 Gy/MBq.", None, ("rate", 6.0, "Gy")),
    ],
)
def test_a_rate_is_multiplied_with_what_the_question_gives(question, sentence, unit, given):
    assert worked(question, sentence, unit) == pytest.approx(given)


@pytest.mark.parametrize(
    ("sentence", "percent"),
    [
        ("A partial response was seen in 4 of 16 patients.", 25.0),
        ("A partial response was seen in 4/16 patients.", 25.0),
        ("Of the 16 treated patients, 4 had a partial response.", 25.0),
        ("Three out of twelve animals were tumour free.", 25.0),
    ],
)
def test_a_part_of_a_whole_becomes_a_percentage(sentence, percent):
    assert worked("What percentage is that?", sentence) == ("share", percent, "percent")


def test_a_difference_in_days_is_none_of_activities():
    sentence = "Mice got 40 uCi once and lived 50 days, or 40 uCi twice and lived 70 days."
    assert worked("How many days is the difference?", sentence, "day") == ("difference", 20.0, "day")
    assert worked("How many days is the difference?", "Mice got 40 uCi once or 60 uCi twice.", "day") is None


@pytest.mark.parametrize(
    ("question", "sentence", "total"),
    [
        ("What is the total activity?", "The dose was 3 GBq, repeated for up to four cycles.", ("total_at_most", 12.0, "GBq")),
        ("How much is that in all?", "The dose was 3 GBq, given in four cycles at most.", ("total_at_most", 12.0, "GBq")),
        ("What is the total of all four cycles?", "The dose was 3 GBq, repeated for up to four cycles.", ("total", 12.0, "GBq")),
        ("What is the total of every cycle together?", "The dose was 3 GBq, repeated for up to four cycles.", ("total", 12.0, "GBq")),
        ("What do 4 cycles sum up to?", "The dose was 3 GBq, repeated for up to four cycles.", ("total", 12.0, "GBq")),
        ("What is the total activity?", "The dose was 3 GBq, repeated for four cycles.", ("total", 12.0, "GBq")),
    ],
)
def test_a_bound_on_the_cycles_bounds_their_total(question, sentence, total):
    assert worked(question, sentence) == total


@pytest.mark.parametrize(
    ("question", "sentence", "found"),
    [
        ("By how much did revenue grow?", "Revenue was $30 million compared with $24 million in 2019.", ("difference", 6e6, "USD")),
        (
            "By what percentage did revenue grow?",
            "Revenue was $30 million compared with $24 million in 2019.",
            ("increase", 25.0, "percent"),
        ),
        ("By what percentage did revenue grow?", "Revenue was $24 million in 2019 and $30 million in 2020.", ("increase", 25.0, "percent")),
        ("By what percentage did uptake fall?", "Uptake fell from 8 kBq to 6 kBq.", ("decrease", 25.0, "percent")),
        ("What is the ratio of the volumes?", "The volume was 300 mm3 against 120 mm3 in controls.", ("ratio", 2.5, "ratio")),
    ],
)
def test_a_change_is_taken_from_the_figure_that_came_before(question, sentence, found):
    assert worked(question, sentence) == pytest.approx(found)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How much would a 31 kg dog get?", "Dogs received 6.5 MBq/kg, later 4 MBq/kg."),  # which of the two?
        ("How much would a 31 kg dog get?", "Patients received 30 mCi/m2."),
        ("What percentage responded?", "4 of 16 responded at 10 MBq and 6 of 12 at 20 MBq."),
        ("What percentage responded?", "Responses were seen in 4 patients and 16 mice."),
        ("By what percentage did revenue grow?", "Revenue was $30 million and costs $24 million."),  # neither came before
        ("By how much did revenue grow?", "Revenue was $30 million in 2020, $24 million in 2019 and $20 million in 2018."),
        ("By how much did revenue grow?", "Revenue was more than $30 million compared with $24 million in 2019."),
        ("By how much did it grow?", "It rose from $30 million to €36 million."),
    ],
)
def test_nothing_is_guessed(question, sentence):
    assert worked(question, sentence) is None


@pytest.mark.parametrize(
    ("question", "sentence", "unit", "given"),
    [
        ("Gy to the kidneys from 12 MBq?", "The tumour got 0.5 Gy/MBq, the kidneys 0.2 Gy/MBq.", None, ("rate", 2.4, "Gy")),
        ("What do 2 GBq cost?", "The price is 300 euros for 400 MBq.", None, ("rate", 1500.0, "EUR")),
        ("At which body weight is the cap of 900 MBq reached?", "One infusion of 15 MBq/kg.", None, ("limit", 60.0, "kg")),
        ("How much is that in total?", "The dose is 2.5 GBq, repeated for up to four cycles.", None, ("total_at_most", 10.0, "GBq")),
    ],
)
def test_what_is_stated_for_one_thing_is_worked_out_for_another(question, sentence, unit, given):
    assert worked(question, sentence, unit) == pytest.approx(given)


def test_a_loss_for_each_share_is_none_of_the_two_that_are_compared():
    sentence = "Net loss was NOK 120 million, or NOK 2.80 per share (2022: NOK 96 million, or NOK 2.60 per share)."
    assert worked("By what percentage did the net loss grow?", sentence) == ("increase", 25.0, "percent")


@pytest.mark.parametrize(
    ("question", "sentence", "found"),
    [
        ("How much cash and bonds in total?", "We held cash of $12 million and bonds of $3.5 million.", ("total", 15.5e6, "USD")),
        (
            "What did Alba and Brix cost in total?",
            "Of $9 million, $4 million was spent on Alba and $3 million on Brix.",
            ("total", 7e6, "USD"),
        ),
        ("How many GBq in all if all four cycles are given?", "Patients received 6 GBq every six weeks.", ("total", 24.0, "GBq")),
    ],
)
def test_what_a_question_joins_is_added(question, sentence, found):
    assert worked(question, sentence) == found


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How much cash in total?", "We held cash of $12 million and bonds of $3.5 million."),  # joins nothing
        ("How much cash and bonds in total?", "We held cash of $12 million and €3 million in bonds."),
        ("How much cash and gold in total?", "We held cash of $12 million and bonds of $3.5 million."),
    ],
)
def test_what_is_not_joined_or_not_stated_is_not_added(question, sentence):
    assert worked(question, sentence) is None


def test_two_counts_or_two_amounts_are_no_total():
    assert worked("How much in total?", "The dose is 2.5 GBq in two cycles or 3 GBq in four cycles.") is None


def test_a_loss_for_each_share_is_compared_where_it_is_asked_for():
    sentence = "The net loss was $8 million, or $0.25 per share (2023: $7 million, or $0.20 per share)."
    assert worked("By how much did the loss per share change?", sentence) == ("difference", 0.05, "USD")


def test_two_shares_are_points_apart_whatever_the_level_of_confidence():
    assert worked("What is the difference in response rate?", "ORR: 27% (95% CI) vs 7%, p=0.03.") == ("points", 20.0, "percent")


def test_a_number_that_follows_a_whole_is_no_second_part_of_it():
    sentence = "Regression was seen in three of the eight mice that received two injections."
    assert worked("What percentage had a regression?", sentence) == ("share", 37.5, "percent")


def test_points_are_no_answer_where_another_unit_is_asked_for():
    assert worked("What is the difference, in months?", "The PFS rate was 68% vs 36%.", "month") is None
