"""Which numbers of a text are figures, with which value and unit."""

from __future__ import annotations

import itertools
import math
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.language.figures import figures

HUGE = "9" * 400


def read(text: str) -> list[tuple[str, float, str]]:
    return [(f.text, f.value, f.unit) for f in figures(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("135.6 days versus 64.6 days", [("135.6 days", 135.6, "day"), ("64.6 days", 64.6, "day")]),
        ("135.6 versus 64.6 days", [("135.6", 135.6, "day"), ("64.6 days", 64.6, "day")]),
        ("days 0, 14 and 28", [("0", 0, "day"), ("14", 14, "day"), ("28", 28, "day")]),
        ("day 42", [("42", 42, "day")]),
        ("8.6\n      months in D3", [("8.6\n      months", 8.6, "month")]),
        ("the year 2016", [("2016", 2016, "")]),
        ("four of six G5 rats", [("four", 4, ""), ("six", 6, "")]),
        ("25 rather than 50 mg/mL", [("25", 25, "mg/mL"), ("50 mg/mL", 50, "mg/mL")]),
        ("75 cents", [("75 cents", 75, "cent")]),
        ("12-16 weeks", [("12", 12, "week"), ("16 weeks", 16, "week")]),
        ("161 ± 12 days", [("161", 161, "day"), ("12 days", 12, "day")]),
        ("50µCi and 50 μCi/kg", [("50µCi", 50, "uCi"), ("50 μCi/kg", 50, "uCi/kg")]),
        ("1,000 uCi", [("1,000 uCi", 1000, "uCi")]),
        (".5 mCi per kg", [(".5 mCi per kg", 0.5, "mCi/kg")]),
        ("$3.5 million", [("$3.5 million", 3.5e6, "USD")]),
        ("3.7 × 10^4 Bq", [("3.7 × 10^4 Bq", 3.7e4, "Bq")]),
        ("3.7×10⁴ Bq", [("3.7×10⁴ Bq", 3.7e4, "Bq")]),
        ("3 x 10⁻³ mCi", [("3 x 10⁻³ mCi", 3e-3, "mCi")]),
        ("3.7e4 Bq", [("3.7e4 Bq", 3.7e4, "Bq")]),
        ("10⁶ cells", [("10⁶", 1e6, "")]),
        ("3 × 106 cells", [("3 × 106", 3e6, "")]),
        ("3 x 105 uCi", [("3 x", 3, "ratio"), ("105 uCi", 105, "uCi")]),
        ("3x100 MBq", [("3x", 3, "ratio"), ("100 MBq", 100, "MBq")]),
        ("2.10-fold and 3×", [("2.10-fold", 2.1, "ratio"), ("3×", 3, "ratio")]),
        ("a factor of 2.10 or 110 %", [("2.10", 2.1, ""), ("110 %", 110, "percent")]),
        ("6-week-old mice", [("6-week", 6, "week")]),
        ("p = 0.004 (n = 12)", [("0.004", 0.004, ""), ("12", 12, "")]),
        ("HR 0.38, OS 34 d", [("0.38", 0.38, ""), ("34 d", 34, "day")]),
    ],
)
def test_numbers(text: str, found: list[tuple[str, float, str]]) -> None:
    assert [(t, pytest.approx(v), u) for t, v, u in found] == read(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("forty-two days", [("forty-two days", 42, "day")]),
        ("twice the dose", [("twice", 2, "ratio")]),
        ("half", [("half", 0.5, "ratio")]),
        ("half a mile", [("half", 0.5, "ratio")]),
        ("two half-lives of six days", [("two", 2.0, ""), ("six days", 6.0, "day")]),
        ("one hundred and twenty days", [("one hundred and twenty days", 120, "day")]),
        ("two thousand five hundred mice", [("two thousand five hundred", 2500, "")]),
        ("a hundred days", [("a hundred days", 100, "day")]),
        ("a dozen mice", [("dozen", 12, "")]),
        ("one hundred mice and two rats", [("one hundred", 100, ""), ("two", 2, "")]),
        ("one- or two-dose treatment", [("one", 1, ""), ("two", 2, "")]),
    ],
)
def test_numbers_in_words(text: str, found: list[tuple[str, float, str]]) -> None:
    assert read(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "CLR 131",
        "PC3, PC-3 and Capan-1",
        "4T1 and 22Rv1",
        "Form 10-K",
        "Phase 2",
        "phase 1/2",
        "I-131, 131I and [177Lu]",
        "MDA-MB-231",
        "CLR 1602-PTX",
        "t1/2",
    ],
)
def test_numbers_in_names_are_no_figures(text: str) -> None:
    assert figures(text) == ()


@pytest.mark.parametrize("text", ["April 27, 2017", "27 April 2017", "27th Apr. 2017", "2017-04-27"])
def test_dates(text: str) -> None:
    [found] = figures(text)
    assert (found.kind, found.value) == ("date", date(2017, 4, 27).toordinal())


def test_impossible_dates_and_phones() -> None:
    assert [f.kind for f in figures("February 31, 2017")] == ["number", "number"]
    [phone] = figures("call 917-555-0101 now")
    assert (phone.kind, phone.text) == ("phone", "917-555-0101")


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("approximately 500 uCi", "~"),
        ("~500 uCi", "~"),
        ("nearly double", "~"),
        ("more than 80", ">"),
        ("less than 10 %", "<"),
        ("p < 0.05", "<"),
        ("at least 80", ">="),
        ("up to 12 %", "<"),
        ("of 80", ""),
        ("no more than 80", "<="),
        ("not more than 80 days", "<="),
        ("must not exceed 80 uCi", "<="),
        ("doesn't exceed 80 uCi", "<="),
        ("a maximum of 80 uCi", "<="),
        ("no fewer than 80", ">="),
        ("not less than 80", ">="),
        ("a minimum of 80", ">="),
        ("beyond 80 days", ">"),
        ("exceeding 80 days", ">"),
        ("shorter than 80 days", "<"),
        ("doses of QX 177 more than 80 days apart", ">"),
        ("80 days or less", "<="),
        ("80 days at most.", "<="),
        ("80 or more", ">="),
        ("80 uCi at least every week", ">="),
        ("two metres or more", ">="),
        ("80 × 10⁹/L or higher", ">="),
        ("under the age of 80", "<"),
        ("upwards of 80", ">"),
        ("as long as 80 days", "<"),
        ("in no arm did the loss reach 10%", "<"),
        ("No patient exceeded 23 Gy", "<="),
    ],
)
def test_qualifiers(text: str, qualifier: str) -> None:
    assert [f.qualifier for f in figures(text)] == [qualifier]


@pytest.mark.parametrize(
    ("text", "qualifiers"),
    [
        ("26 days longer than 40 days", ["", ""]),
        ("2 injections at least 28 days apart", ["", ">="]),
        ("1 dose or more than 3 doses", ["", ">"]),
        ("40 uCi maximum tolerated", [""]),
        ("over the past 3 years", [""]),
        ("twice as long as 80 days", ["", ""]),
        ("no arm reached 10% but others reached 15%", ["<", ""]),
        ("it was not the dose; two reached 15%", ["", ""]),
    ],
)
def test_what_bounds_another_figure_or_none_is_no_qualifier(text: str, qualifiers: list[str]) -> None:
    assert [f.qualifier for f in figures(text)] == qualifiers


@given(st.floats(min_value=0.1, max_value=99999).map(lambda v: round(v, 2)), st.sampled_from(["days", "uCi", "MBq", "%"]))
def test_what_is_written_is_read(value: float, unit: str) -> None:
    text = f"It was {value} {unit} then."
    [found] = figures(text)
    assert found.value == value
    assert text[found.start : found.end] == found.text == f"{value} {unit}"


CHUNKS = "135.6|~|500 uCi|12-16 weeks|161 ± 12 days| |(|)|,|and|at least|%|3 ×|10⁴|day 42|p < 0.05|µ|½|\n".split("|")


@given(st.lists(st.sampled_from(CHUNKS) | st.text(max_size=4), max_size=20).map("".join))
@example("161 ± 12 days, p < 0.05 (500 uCi)")
def test_every_figure_is_its_text(text: str) -> None:
    text = f"135.6 days {text}"
    found = figures(text)
    assert found
    assert all(text[f.start : f.end] == f.text for f in found)
    assert all(one.end <= two.start for one, two in itertools.pairwise(found))


@pytest.mark.parametrize(
    "text",
    [HUGE, f"{HUGE} days", f"{HUGE} billion", f"3 × 10^{HUGE}", "10⁹⁹⁹⁹ cells", f"{HUGE} × 10^{HUGE}", "nine" + " hundred and nine" * 400],
)
def test_a_number_too_large_for_a_float_is_a_figure_all_the_same(text: str) -> None:
    assert figures(text)
    assert all(math.isfinite(figure.value) for figure in figures(text))


def test_a_power_too_small_for_a_float_is_nothing() -> None:
    assert [figure.value for figure in figures(f"3 × 10^-{HUGE} mCi")] == [0.0]
