"""p-values in texts, and on which side of the usual level they are."""

from __future__ import annotations

import pytest

from assistant.language.p_values import p_values


@pytest.mark.parametrize(
    ("text", "value", "below"),
    [
        ("(p = 0.031)", 0.031, True),
        ("p<.05", 0.05, True),
        ("P-value of 0.05", 0.05, False),
        ("a p value below 0.001", 0.001, True),
        ("p was < 0.1", 0.1, None),
        ("p > 0.05", 0.05, False),
        ("p > 0.01", 0.01, None),
        ("p greater than 0.2", 0.2, False),
    ],
)
def test_a_p_value_is_read_with_its_sign(text, value, below):
    (found,) = p_values(text)
    assert (found.value, found.is_below_level) == (value, below)


def test_other_figures_are_none():
    assert not list(p_values("5 ppm of 0.05 g, up = 0.3, n = 12"))
