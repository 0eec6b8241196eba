"""Extraction over made-up texts of many kinds: precision and recall by field, and what must never be wrong."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from extraction_score import cases, score

from assistant.language.figures import figures
from assistant.library.readers.laid_out import with_tables
from assistant.studies.extract import extract_studies
from assistant.values import Span

ALL = [*cases("fitted"), *cases("unfitted")]


def _text(path: Path) -> str:
    return with_tables(str(tomllib.loads(path.read_text(encoding="utf-8"))["text"]))


def test_there_are_texts_of_both_parts() -> None:
    assert len(cases("fitted")) >= 14 and len(cases("unfitted")) >= 5


def test_fitted_texts_are_read_almost_in_full() -> None:
    result = score(cases("fitted"))
    assert result.precision() >= 0.99, result.errors
    assert result.recall() >= 0.97, result.errors


def test_texts_written_after_the_extractor_reach_the_aim() -> None:
    result = score(cases("unfitted"))
    assert result.precision() >= 0.97, result.errors
    assert result.recall() >= 0.85, result.errors


@pytest.mark.parametrize("field", ["survival", "activity", "control", "compound", "model", "nuclide", "doses", "days"])
def test_no_value_that_a_calculation_uses_is_wrong(field: str) -> None:
    result = score(ALL)
    assert result.wrong[field] == 0, [error for error in result.errors if f" {field} is " in error]


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_every_value_stands_at_its_span(path: Path) -> None:
    text = _text(path)

    def quote(span: Span) -> str:
        assert span.document == "doc" and 0 <= span.start < span.end <= len(text)
        return text[span.start : span.end]

    for study in extract_studies("doc", text):
        for name in ("compound", "model", "disease"):
            value = getattr(study, name)
            assert (value is None) == (name not in study.spans)
            assert value is None or " ".join(quote(study.spans[name]).split()) == value
        for arm in study.arms:
            if arm.survival:
                read = figures(quote(arm.survival.span))
                assert [figure.value for figure in read] == [arm.survival.value]
            if arm.activity:
                assert any(figure.value == arm.activity.value for figure in figures(quote(arm.spans["activity"])))
            if arm.days:
                assert tuple(int(day) for day in re.findall(r"\d+", quote(arm.spans["days"]))) == arm.days
            assert quote(arm.spans["label"]).strip()
            for note in arm.notes:
                assert quote(note.span) == note.text


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_labels_are_unique_within_a_study(path: Path) -> None:
    for study in extract_studies("doc", _text(path)):
        labels = [arm.label.casefold() for arm in study.arms]
        assert len(labels) == len(set(labels))
