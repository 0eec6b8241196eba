"""Words that cut a sentence."""

from __future__ import annotations

import re

import pytest

from assistant.language.conjunctions import COMPARING, CONTRASTING


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("one dose gave 10 days while two gave 20", 2),
        ("Although it shrank, it came back", 2),
        ("the butler gave whiled hours", 1),
        ("12 days but, thoughtfully, no more", 2),
    ],
)
def test_contrasts_cut_at_whole_words(text: str, parts: int) -> None:
    assert len(re.split(CONTRASTING, text, flags=re.IGNORECASE)) == parts


@pytest.mark.parametrize("text", ["9 days vs. 8 days", "9 days versus 8 days", "9 days than 8", "9 days compared with 8 days"])
def test_comparisons_leave_two_sides(text: str) -> None:
    one, other = re.split(COMPARING, text)
    assert one.startswith("9")
    assert other.startswith(" 8")
