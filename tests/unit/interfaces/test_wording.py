"""Dates and positions as people write them."""

from __future__ import annotations

import pytest

from assistant.interfaces.render.wording import day_month_year, position


@pytest.mark.parametrize(("iso", "text"), [("2017-04-27", "27 April 2017"), ("2017-04", "2017-04"), (None, "undated"), ("", "undated")])
def test_dates(iso: str | None, text: str) -> None:
    assert day_month_year(iso) == text


def test_a_position_names_the_page_and_the_section_where_there_are_any() -> None:
    assert position(10, 20) == "characters 10–20"
    assert position(10, 20, page=3) == "p. 3, characters 10–20"
    assert position(10, 20, page=3, section="Results") == "p. 3, “Results”, characters 10–20"
