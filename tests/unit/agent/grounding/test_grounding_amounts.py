"""When two figures are one: units, rounding, qualifiers, nouns."""

from __future__ import annotations

import pytest

from assistant.agent.grounding.agreement import calculated, stated
from assistant.agent.grounding.amounts import Amount, amounts


def one(text: str) -> Amount:
    found = amounts(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ("50 uCi", "50µCi"),
        ("50 microcuries", "50 μCi"),
        ("1.85 MBq", "50 uCi"),
        ("0.05 mCi", "50 uCi"),
        ("six weeks", "42 days"),
        ("72 hours", "3 days"),
        ("1.2 cm", "12 mm"),
        ("24 months", "2 years"),
        ("forty-two days", "42 days"),
        ("about 136 days", "135.6 days"),
        ("136 days", "135.6 days"),
        ("135.6", "135.6 days"),
        ("more than 80 models", "more than 80 different xenograft models"),
        ("at least 80 models", "more than 80 models"),
        ("over 160 days", "161 days"),
        ("approximately 161 days", "161 days"),
        ("500 uCi", "approximately 500 uCi"),
        ("twice the volume", "double the volume"),
        ("dosed twice", "two doses"),
        ("one dose", "a single dose"),
        ("the second dose", "two doses"),
        ("27 April 2017", "April 27, 2017"),
        ("2017-04-27", "April 27, 2017"),
        ("in 2017", "April 27, 2017"),
        ("1,000 uCi", "1000 uCi"),
        ("20 MBq/kg", "20 MBq per kg"),
        ("as many as 45 patients", "up to 45 patients"),
        ("grew past 900 mm³", "exceeded 900 mm3"),
        ("unchanged over twelve weeks", "unchanged after 12 weeks"),
        ("31 % of the injected dose per gram", "31 %ID/g"),
        ("a gain of roughly a third", "33 %"),
        ("about half of baseline", "52 % of baseline"),
        ("two metres or more", "at least two metres"),
        ("upward of 80 models", "more than 80 models"),
        ("as much as 11 %", "up to 11 %"),
        ("6 % at most", "the largest mean loss was 6 %"),
        ("within ten years", "over the past decade"),
        ("75 cents", "$0.75"),
        ("20 MBq per mouse", "20 MBq per animal"),
        ("13 men", "13 patients"),
        ("on two occasions", "missed two deliveries"),
        ("a maximum of six", "up to 6 times"),
        ("fiscal year 2016", "December 31, 2016"),
        ("expected to triple", "is to treble"),
    ],
)
def test_equal_figures_are_stated(said: str, source: str) -> None:
    assert stated(one(said), one(source))


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ("50 mCi", "50 uCi"),
        ("50 MBq", "50 uCi"),
        ("135 days", "135.6 days"),
        ("140 days", "135.6 days"),
        ("135.6 weeks", "135.6 days"),
        ("4 months", "17 weeks"),
        ("161 patients", "161 days"),
        ("three studies", "three doses"),
        ("80 models", "more than 80 models"),
        ("fewer than 80 models", "more than 80 models"),
        ("more than 161 days", "161 days"),
        ("2.0", "two doses"),
        ("double the activity", "two doses"),
        ("the third dose", "two doses"),
        ("28 April 2017", "April 27, 2017"),
        ("in 2018", "April 27, 2017"),
        ("0.04", "0.004"),
        ("20 MBq/kg", "20 MBq"),
        ("50 percent", "50 uCi"),
        ("31 %", "31 %ID/g"),
        ("31 MBq/g", "31 %ID/g"),
        ("given three times", "three models"),
        ("as many as 45 patients", "at least 45 patients"),
        ("about half of baseline", "58 % of baseline"),
        ("two metres or more", "at most two metres"),
        ("13 men", "13 women"),
        ("75 cents", "$75"),
        ("75 cents", "€0.75"),
        ("6 % at most", "the mean loss was 7 %"),
        ("the second dose", "one dose"),
    ],
)
def test_other_figures_are_not(said: str, source: str) -> None:
    assert not stated(one(said), one(source))


@pytest.mark.parametrize(
    ("said", "value", "unit", "holds"),
    [
        ("109.9 %", 109.907, "percent", True),
        ("110 %", 109.907, "percent", True),
        ("109 %", 109.907, "percent", False),
        ("2.10", 2.0990, "ratio", True),
        ("2.1-fold", 2.0990, "ratio", True),
        ("2.0", 2.0990, "ratio", False),
        ("more than twice the survival", 2.0990, "ratio", True),
        ("less than twice the survival", 2.0990, "ratio", False),
        ("13 days", -13.0, "day", True),
        ("71 percent", 71.0, "day", False),
        ("1.42 days per uCi", 1.42, "day/uCi", True),
        ("1.42 days", 1.42, "day/uCi", False),
        ("2.5", 2.45, "", True),
        ("0.12", 0.125, "", True),
        ("0.13", 0.125, "", True),
        ("two doses", 71.0, "day", False),
    ],
)
def test_results_may_be_rounded_as_written(said: str, value: float, unit: str, holds: bool) -> None:
    assert calculated(one(said), value, unit) is holds


@pytest.mark.parametrize("text", ["for the first time", "ask for a card first, then travel", "the first few days"])
def test_what_tells_when_is_no_place_in_a_row(text: str) -> None:
    assert amounts(text) == ()


def test_the_first_of_several_is_a_place_in_a_row() -> None:
    assert [(a.kind, a.value) for a in amounts("the second 30 MBq dose after the first dose")] == [("rank", 2), ("number", 30), ("rank", 1)]
    assert [(a.kind, a.value, a.unit) for a in amounts("in the first two days")] == [("word", 2, "day")]


def test_a_figure_over_another_is_no_bound() -> None:
    assert [amount.qualifier for amount in amounts("99 days over 75 days")] == ["", ""]
    assert [amount.qualifier for amount in amounts("lived for over 75 days")] == [">"]


def test_doses_are_counted_before_their_activity() -> None:
    assert [amount.nouns for amount in amounts("one injection of 3 MBq with two of 2 MBq") if not amount.unit] == [{"dose"}, {"dose"}]
    assert "dose" in amounts("a single 50 uCi injection")[0].nouns


def test_a_number_of_doses_is_no_ratio() -> None:
    assert not calculated(one("doubled"), 2.0, "", "administrations(two doses)")
    assert calculated(one("two doses"), 2.0, "", "administrations(two doses)")


def test_numbers_of_names_are_no_nouns() -> None:
    assert "dose" in one("the second CLR 131 dose").nouns


@pytest.mark.parametrize("text", ["Mar 16", "Mar. 16", "March 16th", "16 March", "16th of March", "16 Mar", "march 16"])
def test_a_day_without_its_year_is_one_date_however_it_is_spelled(text: str) -> None:
    assert [(a.value, a.unit, a.kind) for a in amounts(f"It closed on {text}, they said.")] == [(316, "day of month", "date")]


def test_a_date_with_its_year_is_no_second_date() -> None:
    assert [a.unit for a in amounts("from 9 January to 22 February 2023")] == ["day of month", "date"]
