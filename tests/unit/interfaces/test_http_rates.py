"""How often a caller may ask."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.interfaces.http.rates import Rates


def test_a_bucket_is_emptied_and_fills_again() -> None:
    now = 0.0
    rates = Rates(6, lambda: now)
    assert [rates.take("a") for _ in range(8)] == [0.0] * 6 + [10.0, 10.0]
    assert rates.take("b") == 0.0
    now = 9.0
    assert rates.take("a") == pytest.approx(1.0)
    now = 10.001
    assert [rates.take("a"), rates.take("a")] == [0.0, pytest.approx(9.999)]


@given(st.lists(st.floats(min_value=0, max_value=30), min_size=1, max_size=100), st.integers(min_value=1, max_value=100))
def test_no_more_come_through_than_a_full_bucket_and_what_has_flowed_in(pauses: list[float], a_minute: int) -> None:
    now, taken = 0.0, 0
    rates = Rates(a_minute, lambda: now)
    for pause in pauses:
        now += pause
        taken += rates.take("a") == 0.0
    assert taken <= a_minute + now * a_minute / 60 + 1e-6
