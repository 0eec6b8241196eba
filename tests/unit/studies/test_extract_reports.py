"""Extraction over the invented reports of tests/evals: how many arms and values are found, and that none of them is wrong."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from assistant.evaluation.extraction import StatedStudy, compare_studies
from assistant.studies.extract import extract_studies

EVALS = Path(__file__).parents[2] / "evals"
STATED = TypeAdapter(dict[str, dict[str, tuple[StatedStudy, ...]]])
VALUES = ("n", "activity", "doses", "days", "survival", "statistic")


def _scores(folder: str) -> tuple[Counter[str], Counter[str], Counter[str], list[str]]:
    """Right, wrong and missed by field over all documents of a folder, and the differences in words."""
    right, wrong, missed, told = Counter[str](), Counter[str](), Counter[str](), []
    stated = STATED.validate_json((EVALS / folder / "studies.json").read_text(encoding="utf-8"))
    for name, entry in stated.items():
        document = EVALS / folder / name
        if document.is_file():
            report = compare_studies(entry["studies"], extract_studies("doc", document.read_text(encoding="utf-8")))
            told += [f"{name}{difference}" for difference in report.differences]
            for score in report.scores:
                right[score.field] += score.right
                wrong[score.field] += score.wrong
                missed[score.field] += score.missed
    return right, wrong, missed, told


@pytest.mark.parametrize(
    ("folder", "arms", "values"), [("reports", 0.9, 0.83), ("documents", 1, 0.99), ("second", 1, 0.98), ("third", 0.93, 0.9)]
)
def test_arms_are_found_and_no_value_of_an_arm_is_wrong(folder: str, arms: float, values: float) -> None:
    right, wrong, missed, told = _scores(folder)
    assert not any(wrong[field] for field in ("arm", *VALUES)), told
    assert right["arm"] >= arms * (right["arm"] + missed["arm"]), told
    assert sum(right[f] for f in VALUES) >= values * sum(right[f] + missed[f] for f in VALUES), told


@pytest.mark.parametrize("field", ["control", "model", "nuclide", "species"])
def test_what_an_arm_belongs_to_is_not_wrong(field: str) -> None:
    wrong, told = _scores("reports")[1], _scores("reports")[3]
    assert wrong[field] == 0, [difference for difference in told if f": {field} is " in difference]
