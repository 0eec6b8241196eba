"""Extraction over the invented reports of tests/evals: how many arms and values are found, and that none of them is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import TypeAdapter

from assistant.evaluation.extraction import StatedStudy, Tally
from assistant.library.readers import read
from assistant.studies.extract import extract_studies

EVALS = Path(__file__).parents[2] / "evals"
STATED = TypeAdapter(dict[str, dict[str, tuple[StatedStudy, ...]]])
VALUES = ("n", "activity", "doses", "days", "survival", "statistic")


def _compared(folder: str) -> Tally:
    """What is extracted from all documents of a folder against what is stated of them."""
    tally = Tally()
    stated = STATED.validate_json((EVALS / folder / "studies.json").read_text(encoding="utf-8"))
    for name, entry in stated.items():
        document = EVALS / folder / name
        if document.is_file():
            tally.compare(name, entry["studies"], extract_studies("doc", read(document).text))
    return tally


@pytest.mark.parametrize(
    ("folder", "arms", "values"), [("reports", 0.9, 0.83), ("documents", 1, 0.99), ("second", 1, 0.98), ("third", 0.93, 0.9)]
)
def test_arms_are_found_and_no_value_of_an_arm_is_wrong(folder: str, arms: float, values: float) -> None:
    tally = _compared(folder)
    arm, of_arms = tally.counts["arm"], [tally.counts[field] for field in VALUES]
    assert not any(counts["wrong"] for counts in (arm, *of_arms)), tally.differences
    assert arm["right"] >= arms * (arm["right"] + arm["missed"]), tally.differences
    right, missed = (sum(counts[kind] for counts in of_arms) for kind in ("right", "missed"))
    assert right >= values * (right + missed), tally.differences


@pytest.mark.parametrize("field", ["control", "model", "nuclide", "species"])
def test_what_an_arm_belongs_to_is_not_wrong(field: str) -> None:
    tally = _compared("reports")
    assert tally.counts[field]["wrong"] == 0, [difference for difference in tally.differences if f": {field} is " in difference]
