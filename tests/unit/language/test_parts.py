"""Parts of a whole in words."""

from __future__ import annotations

import pytest

from assistant.language.parts import parts


@pytest.mark.parametrize(
    ("text", "told"),
    [("two thirds", (2, 3)), ("a quarter", (1, 4)), ("two sevenths", (2, 7)), ("seven ninths", (7, 9)), ("nine-tenths", (9, 10))],
)
def test_each_part_in_words_is_read(text: str, told: tuple[int, int]) -> None:
    assert parts(f"it was {text} of them") == (told,)


@pytest.mark.parametrize("text", ["one third dose", "nine fifths", "the seventh"])
def test_what_is_no_part_of_a_whole(text: str) -> None:
    assert parts(text) == ()
