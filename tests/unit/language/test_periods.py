"""Quarters, halves and years in texts and questions, and which two of them a question sets side by side."""

from __future__ import annotations

import pytest

from assistant.language.periods import Period, is_period, periods, set_side_by_side, tells_earlier, tells_the_same, without_earlier

Q3_25, Q2_25, Q3_24 = Period(2025, 3, 4), Period(2025, 2, 4), Period(2024, 3, 4)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Q3 2025", [Q3_25]),
        ("the third quarter of fiscal 2025", [Q3_25]),
        ("Three months ended 30 September 2025", [Q3_25]),
        ("H1 2026", [Period(2026, 1, 2)]),
        ("six months to June 2026", [Period(2026, 1, 2)]),
        ("twelve months ended 31 December 2024", [Period(2024, 1, 1)]),
        ("FY2024", [Period(2024, 1, 1)]),
        ("from Q2 to Q3 2025", [Period(0, 2, 4), Q3_25]),
        ("nine months ended September 2025", []),  # of which a year has no second
        ("9M 2025", []),
        ("three months 2025", []),  # of which quarter?
        ("31 December 2024", [Period(2024, 12, 12)]),
        ("March 31, 2025", [Period(2025, 3, 12)]),
        ("2,024 vials and 20.25 g", []),
        ("a quarter of the mice", []),
    ],
)
def test_periods_are_read(text, expected):
    assert list(periods(text)) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("how much did sales grow on the same quarter last year?", (Q3_25, Q3_24)),
        ("sales growth yoy", (Q3_25, Q3_24)),
        ("were sales up on the previous quarter?", (Q3_25, Q2_25)),
        ("did sales rise from Q3 2024 to Q3 2025?", (Q3_25, Q3_24)),
        ("did sales fall from Q2 to Q3 2025?", (Q3_25, Q2_25)),
        ("did sales rise against Q2?", (Q3_25, Q2_25)),
        ("were sales higher than a year before in Q2 2025?", None),  # of Q2 2024 nothing is known
        ("did sales rise?", None),  # on which of the two?
        ("sales in Q3 2025?", None),
    ],
)
def test_a_question_sets_two_of_three_known_periods_side_by_side(question, expected):
    assert set_side_by_side(question, (Q3_25, Q2_25, Q3_24)) == expected


YEARS = (Period(2025, 1, 1), Period(2024, 1, 1), Period(2023, 1, 1))


@pytest.mark.parametrize(
    ("question", "known", "expected"),
    [
        ("did sales rise in 2024?", YEARS, YEARS[1:]),
        ("did sales fall in 2023?", YEARS, None),
        ("were sales up on 2023?", YEARS, (YEARS[0], YEARS[2])),
        ("by how many percent did sales fall in 2025?", (Q3_25, Q2_25, Q3_24), None),  # of which quarter?
        ("were sales up on the year before in 2019?", YEARS, None),  # of which nothing is known
        ("did sales rise from 2019 to 2025?", YEARS, None),
        ("did cash fall year on year?", (Period(2025, 3, 12), Period(2024, 12, 12)), None),
    ],
)
def test_a_period_that_is_named_alone_is_compared_with_the_one_before(question, known, expected):
    assert set_side_by_side(question, known) == expected


def test_where_two_periods_are_known_these_are_compared():
    assert set_side_by_side("did sales rise?", (Q3_24, Q3_25)) == (Q3_25, Q3_24)
    assert set_side_by_side("did sales rise?", (Period(2025, 1, 1), Q3_25)) is None
    assert set_side_by_side("did sales rise on last year?", ()) is None


def test_the_first_part_of_a_year_comes_after_the_last_one_of_the_year_before():
    assert Period(2025, 1, 4).before == Period(2024, 4, 4)


def test_what_tells_an_earlier_time_can_be_left_out():
    assert tells_earlier("was it more than a year ago?")
    assert not tells_earlier("was it more than in May?")
    assert without_earlier("is the loss smaller year over year?").split() == ["is", "the", "loss", "smaller", "?"]


@pytest.mark.parametrize(
    ("question", "text", "same"),
    [
        ("up on last year?", "Sales were $4 million, against $3 million a year earlier.", True),
        ("up on last year?", "Sales were $4 million, against $3 million in the second quarter of 2024.", True),
        ("up on last year?", "Sales were $4 million, against $3 million the quarter before.", False),
        ("up on the previous quarter?", "Sales were $4 million, against $3 million the quarter before.", True),
        ("up on the previous quarter?", "Sales were $4 million, against $3 million a year earlier.", False),
    ],
)
def test_a_sentence_compares_with_the_same_time(question, text, same):
    assert tells_the_same(question, text) is same


def test_a_period_alone_is_one():
    assert is_period(" second quarter of 2024?")
    assert not is_period("sales in the second quarter of 2024")
