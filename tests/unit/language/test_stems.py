"""Stems: spellings and irregular forms that are compared as one, and words that are not."""

from __future__ import annotations

import pytest

from assistant.language.stems import is_irregular, stems
from assistant.resources import prompt_table


@pytest.mark.parametrize(
    ("one", "other"),
    [("met", "meets"), ("rose", "rising"), ("took", "take"), ("tumour", "tumors"), ("bought", "buy"), ("withheld", "withhold")],
)
def test_forms_of_one_word_are_compared_as_one(one: str, other: str) -> None:
    assert stems(one) == stems(other)


@pytest.mark.parametrize(
    ("one", "other"), [("given", "give"), ("left", "leave"), ("found", "find"), ("led", "lead"), ("shot", "shoot"), ("meant", "mean")]
)
def test_forms_that_are_other_words_too_are_not(one: str, other: str) -> None:
    assert stems(one) != stems(other)


def test_no_irregular_form_has_two_base_forms() -> None:
    forms = [form for line in prompt_table("irregular.toml")["verbs"].splitlines() for form in line.split()[1:]]
    assert len(forms) == len(set(forms)) > 100


def test_what_was_injected_is_a_unit_and_no_word() -> None:
    assert stems("kidney uptake, %ID/g") == stems("14.6 % IA/g kidney uptake")[1:] == stems("kidney uptake")


def test_an_irregular_past_form_is_told_from_its_base_and_from_nouns() -> None:
    assert [word for word in ("made", "make", "taken", "mouse", "treated") if is_irregular(word)] == ["made", "taken"]
