"""Spellings of units, and the one name that each has."""

from __future__ import annotations

import re

import pytest

from assistant.language.units import ACTIVITY, ACTIVITY_UNITS, TIME_UNITS, canonical_unit


@pytest.mark.parametrize(
    ("spelling", "unit"),
    [
        ("µCi", "uCi"),  # micro sign
        ("μCi", "uCi"),
        ("uCi", "uCi"),
        ("microcuries", "uCi"),
        ("mCi", "mCi"),
        ("mci", "mCi"),
        ("MBq", "MBq"),
        ("mbq", "MBq"),
        ("megabecquerels", "MBq"),
        ("kBq", "kBq"),
        ("Bq", "Bq"),
        ("Ci", "Ci"),
        ("MBq/kg", "MBq/kg"),
        ("MBq per kilogram", "MBq/kg"),
        ("mCi/m²", "mCi/m2"),
        ("Days", "day"),
        ("d", "day"),
        ("wk", "week"),
        ("mo", "month"),
        ("%", "percent"),
        ("per cent", "percent"),
        ("-fold", "ratio"),
        ("x", "ratio"),
        ("mm³", "mm3"),
    ],
)
def test_spellings(spelling: str, unit: str) -> None:
    assert canonical_unit(spelling) == unit


@pytest.mark.parametrize("spelling", ["", "mice", "parsec", "dayss", "Bqq", "uC", "CI"])
def test_what_is_no_unit(spelling: str) -> None:
    assert canonical_unit(spelling) is None


def test_activities_and_times_are_apart() -> None:
    assert not ACTIVITY_UNITS & TIME_UNITS
    assert {"uCi", "mCi", "MBq", "GBq"} <= ACTIVITY_UNITS
    assert all(canonical_unit(unit) == unit for unit in ACTIVITY_UNITS | TIME_UNITS)


def test_the_pattern_of_activities_takes_each_spelling_of_one_and_nothing_else() -> None:
    said = re.compile(ACTIVITY, re.IGNORECASE)
    assert all(said.fullmatch(spelling) for spelling in (*ACTIVITY_UNITS, "µCi", "μCi", "uci", "microcuries", "terabecquerel", "curie"))
    assert not any(said.fullmatch(spelling) for spelling in ("", "day", "mg", "MBqs", "citi", "micro"))
