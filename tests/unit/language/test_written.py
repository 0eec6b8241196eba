"""Numbers and amounts as people write them."""

from __future__ import annotations

import pytest

from assistant.language.written import amount, number, rounded, unit_name


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (64.6, "64.6"),
        (50.0, "50"),
        (0.0, "0"),
        (-3.0, "-3"),
        (8.0252, "8.0252"),
        (12500.0, "12,500"),
        (12345.67, "12,345.67"),
        (123456789012.0, "123,456,789,012"),
        (1e-6, "1e-06"),
    ],
)
def test_an_input_is_shown_as_it_was_read(value: float, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2.0990712074, "2.099"),
        (71.0, "71"),
        (109.90712, "109.9"),
        (0.71, "0.71"),
        (123456.7, "123,457"),
        (1234.5678, "1,235"),
        (0.00012345678, "0.0001235"),
    ],
)
def test_a_result_has_four_digits(value: float, text: str) -> None:
    assert rounded(value) == text


def test_infinite_results_do_not_fail() -> None:
    assert rounded(float("inf")) == "inf"
    assert number(float("nan")) == "nan"


@pytest.mark.parametrize(
    ("unit", "value", "text"),
    [
        ("uCi", 50, "µCi"),
        ("day", 1, "day"),
        ("day", 2, "days"),
        ("day/uCi", 1.5, "days/µCi"),
        ("percent", 5, "%"),
        ("MBq", 1, "MBq"),
        ("", 1, ""),
    ],
)
def test_units(unit: str, value: float, text: str) -> None:
    assert unit_name(unit, value) == text


def test_amounts() -> None:
    assert amount(500, "uCi", approximate=True) == "≈ 500 µCi"
    assert amount(1, "day") == "1 day"
    assert amount(12.5, "percent") == "12.5%"
