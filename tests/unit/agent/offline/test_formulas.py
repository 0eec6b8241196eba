"""What a sentence's figures give: a rate for an amount, a total of administrations; nothing where two readings fit."""

import pytest

from assistant.agent.offline.deriving.formulas import formula
from assistant.agent.offline.understanding.cues import signals
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
    ("question", "given"),
    [
        ("Tumor dose for 10 GBq", ("rate", 39.0, "Gy")),
        ("Kidney dose for 10 GBq", ("rate", 4.6, "Gy")),
        ("What do the salivary glands get from 10 GBq?", ("rate", 3.8, "Gy")),
        ("Bladder dose for 10 GBq", None),
    ],
)
def test_the_dose_is_that_of_the_organ_asked_for_and_not_its_spread(question, given):
    sentence = "Doses were 0.46 ± 0.15 Gy/GBq for the kidneys, 0.38 ± 0.20 Gy/GBq for the salivary glands and 3.9 ± 2.8 Gy/GBq for tumors."
    assert worked(question, sentence) == (pytest.approx(given) if given else None)


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
    ("question", "sentence"),
    [
        ("How much would a 31 kg dog get?", "Dogs received 6.5 MBq/kg, later 4 MBq/kg."),  # which of the two?
        ("How much would a 31 kg dog get?", "Patients received 30 mCi/m2."),
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


def test_two_counts_or_two_amounts_are_no_total():
    assert worked("How much in total?", "The dose is 2.5 GBq in two cycles or 3 GBq in four cycles.") is None
