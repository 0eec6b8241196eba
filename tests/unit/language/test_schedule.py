"""Days of a schedule against lengths of time."""

from __future__ import annotations

import pytest

from assistant.language.schedule import numbers_a_day


@pytest.mark.parametrize(
    ("text", "number", "numbered"),
    [
        ("Dosing on day 7 was tolerated.", "7", True),
        ("Dosed on Days 0, 14 and 28 of the study.", "28", True),
        ("Weeks 2 & 4 were missed.", "4", True),
        ("Mice lived 28 days.", "28", False),
        ("On day 7 mice weighed 20 g.", "20", False),
        ("a midday 12 km run", "12", False),
    ],
)
def test_numbers_behind_day_are_points_in_time(text: str, number: str, numbered: bool) -> None:
    assert numbers_a_day(text, text.index(number)) is numbered
