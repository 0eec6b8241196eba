"""What a text tells of, by the form of its words: a median that was not reached, a time."""

from __future__ import annotations

import pytest

from assistant.agent.offline.understanding.things import (
    THINGS,
    sets_side_by_side,
    tells_frequency,
    tells_price,
    tells_time,
    tells_unreached,
)


@pytest.mark.parametrize(("text", "told"), [("the median was not yet reached", True), ("median OS: NR", True), ("see nr 5", False)])
def test_a_median_that_was_not_reached(text: str, told: bool) -> None:
    assert tells_unreached(text) == told


@pytest.mark.parametrize("text", ["this September", "this Sept", "in Jan", "next spring"])
def test_a_month_is_a_time_however_it_is_spelled(text: str) -> None:
    assert tells_time(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [("once every 6 weeks", True), ("twice a day", True), ("given weekly", True), ("each man was told", False), ("six weeks later", False)],
)
def test_how_often_something_is_done(text: str, told: bool) -> None:
    assert tells_frequency(text) == told


@pytest.mark.parametrize(("text", "told"), [("38% with it and 21% without", True), ("38% of 21 dogs", False), ("9 dogs, 7 cats", False)])
def test_two_figures_of_one_unit_are_side_by_side(text: str, told: bool) -> None:
    assert sets_side_by_side(text) == told


def test_countries_are_told_from_cities_and_from_longer_names() -> None:
    assert THINGS["country"]("In Oslo, Norway, and in the U.S. by Indiana Labs") == {"Norway", "U.S."}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2 million shares at $8.25 per share", True),
        ("warrants at $11 per share", True),
        ("a loss of $9 million, or $0.42 per share", False),
    ],
)
def test_a_share_is_priced_where_it_is_sold(text: str, told: bool) -> None:
    assert tells_price(text) == told
