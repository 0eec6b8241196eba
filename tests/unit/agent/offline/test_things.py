"""What a text tells of, by the form of its words: a median that was not reached, a time."""

from __future__ import annotations

import pytest

from assistant.agent.offline.things import tells_time, tells_unreached


@pytest.mark.parametrize(("text", "told"), [("the median was not yet reached", True), ("median OS: NR", True), ("see nr 5", False)])
def test_a_median_that_was_not_reached(text: str, told: bool) -> None:
    assert tells_unreached(text) == told


@pytest.mark.parametrize("text", ["this September", "this Sept", "in Jan", "next spring"])
def test_a_month_is_a_time_however_it_is_spelled(text: str) -> None:
    assert tells_time(text)
