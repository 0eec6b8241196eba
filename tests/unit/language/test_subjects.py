"""The nouns for animals and patients are those by which studies are found."""

from __future__ import annotations

import re

import pytest

from assistant.language.numerals import NUMERAL
from assistant.language.subjects import SUBJECT, SUBJECTS
from assistant.resources import prompt_table


def test_each_species_that_people_name_has_a_plural_here() -> None:
    species = prompt_table("names.toml")["species"]
    assert [name for name, words in species.items() if not any(re.fullmatch(SUBJECTS, word) for word in words)] == []


@pytest.mark.parametrize(("many", "one"), [("mice", "mouse"), ("rabbits", "rabbit"), ("patients", "patient"), ("women", "woman")])
def test_one_is_told_from_several(many: str, one: str) -> None:
    assert re.fullmatch(SUBJECTS, many)
    assert re.fullmatch(SUBJECT, one)
    assert not re.fullmatch(SUBJECTS, one)
    assert not re.fullmatch(SUBJECT, many)


@pytest.mark.parametrize("words", ["two", "thirteen", "nineteen", "forty", "forty-two", "ninety nine"])
def test_counts_in_words_are_numerals(words: str) -> None:
    assert re.fullmatch(NUMERAL, words)


@pytest.mark.parametrize("words", ["one", "hundred", "second", "ten-two", ""])
def test_other_words_are_no_numerals(words: str) -> None:
    assert not re.fullmatch(NUMERAL, words)
