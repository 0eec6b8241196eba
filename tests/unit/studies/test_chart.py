"""Charts: own labels, gains against the right arm, notes that keep them honest, files that open."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from assistant.errors import StudyError, UsageError
from assistant.studies.chart import draw, panels
from assistant.studies.facts import Activity, Arm, Study, Survival
from assistant.values import Span

SPAN = Span(document="d", start=0, end=1)


def arm(label: str, days: float, doses: int | None = None, *, control: bool = False, unit: str = "day") -> Arm:
    activity = None if control else Activity(value=9, unit="uCi")
    survival = Survival(value=days, unit=unit, statistic="median", span=SPAN)
    return Arm(label=label, control=control, doses=doses, activity=activity, survival=survival)


def study(*arms: Arm, species: str | None = "rat") -> Study:
    return Study(document="d", compound="AB 12", model="XC9", species=species, arms=arms)


def test_gains_are_counted_from_the_control() -> None:
    (panel,) = panels([study(arm("three doses", 90, 3), arm("one dose", 60, 1), arm("saline", 45, control=True))], {"d": "Title"})
    assert [bar.label for bar in panel.bars] == ["three doses\n9 µCi × 3", "one dose\n9 µCi", "saline (control)"]
    assert [bar.gained for bar in panel.bars] == ["+45 days, ×2.00", "+15 days, ×1.33", None]
    assert "gained: against saline" in panel.notes


def test_figures_are_written_as_in_tables() -> None:
    (panel,) = panels([study(arm("one dose", 12345.67, 1))], {})
    assert [bar.said for bar in panel.bars] == ["12,345.67 days (median)"]


def test_without_a_control_they_are_counted_from_the_fewest_doses() -> None:
    (panel,) = panels([study(arm("three doses", 50, 3), arm("one dose", 60, 1))], {})
    assert [bar.gained for bar in panel.bars] == ["\u221210 days, ×0.83", None]


@pytest.mark.parametrize("arms", [(arm("a", 50, 2), arm("b", 60, 2)), (arm("a", 50), arm("b", 60)), (arm("a", 50, 1),)])
def test_where_no_arm_is_the_reference_nothing_is_gained(arms: tuple[Arm, ...]) -> None:
    (panel,) = panels([study(*arms)], {})
    assert {bar.gained for bar in panel.bars} == {None}
    assert not any(note.startswith("gained") for note in panel.notes)


def test_animals_are_told_from_patients() -> None:
    assert any("preclinical (rat)" in note for note in panels([study(arm("a", 5))], {})[0].notes)
    assert not any("preclinical" in note for note in panels([study(arm("a", 5), species="human")], {})[0].notes)


def test_months_and_days_are_drawn_to_one_scale() -> None:
    (panel,) = panels([study(arm("a", 60, 2), arm("b", 1, 1, unit="month"))], {})
    assert [bar.said for bar in panel.bars] == ["60 days (median)", "1 month (median)"]
    assert panel.bars[1].days == pytest.approx(30.44, abs=0.01)


def test_files_open_and_hold_the_labels(tmp_path: Path) -> None:
    shown = panels([study(arm("two doses at $5 and $6", 90, 2), arm("one dose", 60, 1))], {"d": "Title"})
    draw(shown, tmp_path / "chart.png")
    assert (tmp_path / "chart.png").read_bytes().startswith(b"\x89PNG\r\n")
    draw(shown, tmp_path / "chart.svg")
    comments = (tmp_path / "chart.svg").read_text(encoding="utf-8")
    assert ElementTree.fromstring(comments).tag.endswith("svg")
    assert "two doses at $5 and $6" in comments


def test_what_cannot_be_drawn_is_said(tmp_path: Path) -> None:
    shown = panels([study(arm("a", 5))], {})
    with pytest.raises(UsageError, match="PNG nor SVG"):
        draw(shown, tmp_path / "chart.pdf")
    with pytest.raises(StudyError, match="0 studies"):
        draw((), tmp_path / "chart.png")
    with pytest.raises(StudyError, match="cannot be written"):
        draw(shown, tmp_path / "missing" / "chart.png")
