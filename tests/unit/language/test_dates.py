"""Dates of a text and the years of those that are written without one."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.language.dates import dates, day_of_month, names


def told(text: str) -> list[tuple[str, int | None, int, int]]:
    return [(each.text, each.year, each.month, each.day) for each in dates(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Held on 2031-05-04.", [("2031-05-04", 2031, 5, 4)]),
        ("from 9 January to 22 February 2031", [("9 January", 2031, 1, 9), ("22 February 2031", 2031, 2, 22)]),
        ("doses on 12 April and 7 June 2031", [("12 April", 2031, 4, 12), ("7 June 2031", 2031, 6, 7)]),
        ("Graz, 8–10 June 2033", [("8", 2033, 6, 8), ("10 June 2033", 2033, 6, 10)]),
        ("on 12 and 14 March 2031", [("12", 2031, 3, 12), ("14 March 2031", 2031, 3, 14)]),
        ("Filed Sept 3, 2031, granted Oct. 5", [("Sept 3, 2031", 2031, 9, 3), ("Oct. 5", 2031, 10, 5)]),
        ("published on 4 June 2031, open until 15 July", [("4 June 2031", 2031, 6, 4), ("15 July", 2031, 7, 15)]),
        ("begun on 11 December 2031 and ended on 8 January", [("11 December 2031", 2031, 12, 11), ("8 January", 2032, 1, 8)]),
        ("from 28 December to 4 January 2032", [("28 December", 2031, 12, 28), ("4 January 2032", 2032, 1, 4)]),
        ("She died on 2 March in Halifax.", [("2 March", None, 3, 2)]),
    ],
)
def test_a_date_without_a_year_has_that_of_its_neighbour(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize("text", ["It may, 5 times over, exceed that.", "31 February", "March 3.5 mg", "in May 2031"])
def test_what_is_no_date(text):
    assert told(text) == []


def test_a_day_is_named_in_its_year_or_without_one():
    day = date(2031, 3, 2)
    assert names("She died on 2 March.", day)
    assert names("on March 2, 2031", day)
    assert not names("on 2 March 2030", day)
    assert not names("on 3 March", day)
    assert day_of_month(day) == 302
