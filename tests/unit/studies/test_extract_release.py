"""The release in corpus/ gives its two studies, every value with its tight span."""

from __future__ import annotations

import pytest

from assistant.resources import folder
from assistant.studies.extract import extract_studies
from assistant.studies.facts import Arm, Study


@pytest.fixture(scope="module")
def release() -> str:
    return next(folder("corpus").glob("*.txt")).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def studies(release: str) -> tuple[Study, ...]:
    return extract_studies("doc", release)


def _arms(study: Study) -> dict[str, Arm]:
    return {arm.label: arm for arm in study.arms}


def test_there_are_the_two_studies_and_no_other(studies: tuple[Study, ...]) -> None:
    assert [(s.compound, s.model, s.disease, s.species) for s in studies] == [
        ("CLR 131", "Capan-1", "pancreatic adenocarcinoma", "mouse"),
        ("CLR 125", "PC3", "prostate cancer", "mouse"),
    ]


def test_the_nuclide_is_stated_for_one_and_inferred_for_its_sibling(studies: tuple[Study, ...]) -> None:
    assert [(s.nuclide.name, s.nuclide.stated) for s in studies if s.nuclide] == [("I-131", True), ("I-125", False)]


def test_the_first_study_has_two_arms_with_means_and_no_control(studies: tuple[Study, ...]) -> None:
    arms = _arms(studies[0])
    assert set(arms) == {"two doses", "single dose"}
    two, one = arms["two doses"], arms["single dose"]
    assert (two.survival.value, two.survival.unit, two.survival.statistic) == (135.6, "day", "mean")
    assert (one.survival.value, one.survival.unit, one.survival.statistic) == (64.6, "day", "mean")
    assert (two.doses, two.days, one.doses, one.days) == (2, (0, 42), 1, ())
    for arm in (two, one):
        assert (arm.activity.value, arm.activity.unit, arm.activity.approximate, arm.n, arm.control) == (50, "uCi", False, None, False)


def test_the_second_study_has_three_arms_without_a_statistic(studies: tuple[Study, ...]) -> None:
    arms = _arms(studies[1])
    assert set(arms) == {"two doses", "single dose", "control"}
    figures = {label: (arm.survival.value, arm.survival.statistic, arm.doses, arm.days, arm.control, arm.n) for label, arm in arms.items()}
    assert figures == {
        "two doses": (161, None, 2, (0, 28), False, None),
        "single dose": (135, None, 1, (), False, None),
        "control": (122, None, None, (), True, None),
    }
    assert arms["control"].activity is None
    assert all(arms[label].activity.approximate and arms[label].activity.value == 500 for label in ("two doses", "single dose"))


def test_the_burden_of_the_two_dose_arm_is_noted_and_of_no_other(studies: tuple[Study, ...], release: str) -> None:
    notes = {arm.label: arm.notes for study in studies for arm in study.arms if arm.notes}
    assert set(notes) == {"two doses"}
    (note,) = notes["two doses"]
    assert note.kind == "burden"
    assert note.text == release[note.span.start : note.span.end]
    assert note.text.startswith("nearly double the initial disease burden") and "control arm" in note.text


def test_spans_are_the_characters_of_the_values(studies: tuple[Study, ...], release: str) -> None:
    quotes = [{name: release[span.start : span.end] for name, span in study.spans.items()} for study in studies]
    assert quotes[0] == {
        "compound": "CLR 131", "nuclide": "iodine-131", "model": "Capan-1", "disease": "pancreatic adenocarcinoma", "species": "mice",
    }  # fmt: skip
    assert quotes[1]["nuclide"] == "CLR 125" and quotes[1]["model"] == "PC3"
    two = _arms(studies[1])["two doses"]
    assert {name: release[span.start : span.end] for name, span in two.spans.items()} == {
        "label": "two doses", "doses": "two doses", "activity": "approximately 500uCi", "days": "day 0 and day 28",
    }  # fmt: skip
    assert release[two.survival.span.start : two.survival.span.end] == "161 days"
    assert release[_arms(studies[0])["two doses"].survival.span.start :].startswith("135.6 days versus")
