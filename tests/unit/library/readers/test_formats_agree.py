"""The same document says the same in every format, to the character of every citation."""

from __future__ import annotations

import re
from importlib import import_module

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_files import FORMATS, REPORT, Made

from assistant.language.controls import inert
from assistant.library.passages import split
from assistant.library.readers.formats import READERS
from assistant.studies.extract import extract_studies


def canonical(made: Made, suffix: str) -> str:
    return inert(import_module(f"assistant.library.readers.{READERS[suffix].module}").extract(FORMATS[suffix](made)).text)


@pytest.mark.parametrize("suffix", FORMATS)
def test_studies_are_extracted_from_a_table_of_any_format(suffix: str) -> None:
    text = canonical(REPORT, suffix)
    (study,) = extract_studies("d", text)
    arms = [
        (a.label, a.control, a.n, a.activity and a.activity.value, a.survival and (a.survival.value, a.survival.statistic))
        for a in study.arms
    ]
    assert (study.compound, study.model) == ("HRB-131", "Panc-7")
    assert arms == [
        ("Vehicle", True, 10, None, (41, "median")),
        ("HRB-131, one dose", False, 10, 50, (64.5, "median")),
        ("HRB-131, two doses", False, 9, 50, (90.5, "median")),
    ]
    for arm in study.arms:
        assert text[arm.survival.span.start : arm.survival.span.end] == f"{arm.survival.value:g}"


@pytest.mark.parametrize("suffix", FORMATS)
def test_words_are_those_of_the_document(suffix: str) -> None:
    def words(text: str) -> list[str]:
        return [word for word in re.split(r"[\s|#]+", text) if word.strip("-")]

    expected = words(canonical(REPORT, ".md"))
    found = words(canonical(REPORT, suffix))
    assert found == (expected[len(REPORT.title.split()) :] if suffix == ".pdf" else expected)


_text = st.text(st.characters(min_codepoint=32, max_codepoint=0x17F, exclude_categories=["Cc"]), min_size=1, max_size=200)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.one_of(_text, st.lists(st.lists(_text.map(lambda t: t[:20]), min_size=3, max_size=3), min_size=2, max_size=4)), max_size=5)
)
@pytest.mark.parametrize("suffix", FORMATS)
def test_every_passage_opens_at_its_characters(tokens, suffix: str, parts: list) -> None:
    text = canonical(Made(["The beginning.", *parts]), suffix)
    for passage in split("d", text, tokens.count, 64):
        assert text[passage.start : passage.end] == passage.text
        assert passage.page_at(passage.end - 1) == (text.count("\f", 0, passage.end - 1) + 1 if "\f" in text else None)
    assert inert(text) == text
