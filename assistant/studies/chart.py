"""Studies → a figure of survival by arm: one panel for each study, its arms under their own labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from textwrap import shorten, wrap
from typing import TYPE_CHECKING, NamedTuple

from assistant.errors import CalculationError, StudyError, UsageError
from assistant.language.written import amount
from assistant.studies.benefit import survival_benefit
from assistant.studies.facts import Arm, Study
from assistant.studies.naming import administrations
from assistant.studies.quantities import convert
from assistant.studies.shown import given, label
from assistant.values import Working

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FORMATS = (".png", ".svg")
# A figure of more panels than this cannot be read; --document chooses.
_MOST_PANELS = 24
# Two colours that people who see no red or green tell apart, with the same contrast to white paper.
_COLOURS = {True: "#8a8f98", False: "#2a6f97"}
_INCHES = 8.0
_BAR_INCHES = 0.46
_PANEL_INCHES = 1.2
_DPI = 160
_LINE = 105


@dataclass(frozen=True, slots=True)
class Bar:
    """An arm with survival. ``days`` is its length, ``said`` the survival as the text gives it, ``gained`` against the reference."""

    label: str
    days: float
    said: str
    gained: str | None
    control: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """One study: what it is called, the title of its document, its bars in the order of the text, and what to read them with."""

    name: str
    document: str
    bars: tuple[Bar, ...]
    notes: tuple[str, ...]


class Gain(NamedTuple):
    """What ``arm`` gained over ``reference``."""

    arm: Arm
    reference: Arm
    working: Working


def panels(studies: Sequence[Study], titles: Mapping[str, str]) -> tuple[Panel, ...]:
    """A panel for each study that has an arm with survival; ``titles`` by document."""
    found = (_panel(study, titles.get(study.document, study.document)) for study in studies)
    return tuple(panel for panel in found if panel.bars)


def draw(shown: Sequence[Panel], file: Path) -> None:
    """Writes the panels to a PNG or SVG file.

    Raises UsageError for another suffix, StudyError where there is nothing to draw or too much, or the file cannot be written.
    """
    if file.suffix.lower() not in FORMATS:
        raise UsageError(f"{file} is neither PNG nor SVG; name a file that ends in {' or '.join(FORMATS)}")
    picture = drawn(shown, file.suffix.lower())
    try:
        file.write_bytes(picture)
    except OSError as error:
        raise StudyError(f"{file} cannot be written: {error.strerror or error}") from error


def drawn(shown: Sequence[Panel], form: str = ".png") -> bytes:
    """The panels as a picture, in one of FORMATS. Raises StudyError where there is nothing to draw or too much."""
    if not 0 < len(shown) <= _MOST_PANELS:
        raise StudyError(
            f"{len(shown)} studies with survival cannot be drawn in one figure; choose a document that has 1 to {_MOST_PANELS}"
        )
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # half a second
    from matplotlib.figure import Figure

    heights = [_PANEL_INCHES + _BAR_INCHES * len(panel.bars) for panel in shown]
    figure = Figure(figsize=(_INCHES, sum(heights) + 0.5), layout="constrained")
    figure.set_layout_engine("constrained", h_pad=0.12)
    FigureCanvasAgg(figure)
    axes = figure.subplots(len(shown), 1, squeeze=False, height_ratios=heights)
    longest = max(bar.days for panel in shown for bar in panel.bars)
    for axis, panel in zip(axes[:, 0], shown, strict=True):
        _draw(axis, panel, longest)
    picture = BytesIO()
    figure.savefig(picture, format=form.removeprefix("."), dpi=_DPI, metadata={"Title": "Survival by arm"})
    return picture.getvalue()


def gains(study: Study) -> tuple[Gain, ...]:
    """What is written behind the bars of a study: what each arm gained over the reference, where that can be computed."""
    measured = [arm for arm in study.arms if arm.survival]
    reference = _reference(measured)
    if reference is None:
        return ()
    found = ((arm, _working(study, arm, reference)) for arm in measured if arm != reference)
    return tuple(Gain(arm, reference, working) for arm, working in found if working)


def _panel(study: Study, title: str) -> Panel:
    measured = [arm for arm in study.arms if arm.survival]
    reference = _reference(measured)
    bars = tuple(bar for arm in measured if (bar := _bar(study, arm, reference)))
    return Panel(study.name, title, bars, tuple(_notes(study, measured, reference)))


def _bar(study: Study, arm: Arm, reference: Arm | None) -> Bar | None:
    if arm.survival is None:
        return None
    value, unit = arm.survival.value, arm.survival.unit
    said = amount(value, unit) + (f" ({arm.survival.statistic})" if arm.survival.statistic else "")
    gained = _gained(study, arm, reference) if reference and reference != arm else None
    lines = [label(arm), *([given(arm.activity, administrations(arm))] if arm.activity else [])]
    return Bar("\n".join(lines), convert(value, unit, "day"), said, gained, arm.control)


def _reference(measured: Sequence[Arm]) -> Arm | None:
    """What gains are counted from: the only control, else the only arm with the fewest doses; None where that is none or several."""
    controls = [arm for arm in measured if arm.control]
    if controls:
        return controls[0] if len(controls) == 1 else None
    counts = [administrations(arm) for arm in measured]
    if len(measured) < 2 or any(count is None for count in counts):
        return None
    fewest = min(count for count in counts if count is not None)
    return measured[counts.index(fewest)] if counts.count(fewest) == 1 else None


def _gained(study: Study, arm: Arm, reference: Arm) -> str | None:
    """Time gained and ratio, in words; None where the two cannot be compared."""
    working = _working(study, arm, reference)
    if working is None:
        return None
    results = {result.name: result for result in working.results}
    gain, ratio = results["gain"], results["ratio"].value
    sign = "+" if gain.value >= 0 else "\u2212"
    return f"{sign}{amount(float(f'{abs(gain.value):.4g}'), gain.unit)}, ×{ratio:.2f}"


def _working(study: Study, arm: Arm, reference: Arm) -> Working | None:
    try:
        return survival_benefit(study, arm, reference, per_activity=False)
    except CalculationError:
        return None


def _notes(study: Study, measured: Sequence[Arm], reference: Arm | None) -> list[str]:
    notes = []
    if study.species and study.species != "human":
        notes.append(f"preclinical ({study.species}), not in patients")
    if reference and len(measured) > 1:
        notes.append(f"gained: against {reference.label}")
    if any(note.kind == "burden" for arm in measured for note in arm.notes):
        notes.append("confounded: the arms began with different disease burdens")
    if any(arm.survival and arm.survival.statistic is None for arm in measured):
        notes.append("mean or median: not stated")
    counts = {arm.label: arm.n for arm in measured if arm.n is not None}
    notes.append("n: " + ", ".join(f"{count} {label}" for label, count in counts.items()) if counts else "n and variance: not stated")
    if any(arm.survival and arm.survival.unit in ("month", "year") for arm in measured):
        notes.append("a month is drawn as 30.44 days")
    return notes


def _draw(axis: Axes, panel: Panel, longest: float) -> None:
    places = range(len(panel.bars))
    axis.barh(places, [bar.days for bar in panel.bars], color=[_COLOURS[bar.control] for bar in panel.bars], height=0.62)
    axis.set_yticks(places, [_literal(bar.label) for bar in panel.bars], fontsize=9)
    axis.invert_yaxis()
    # Room at the right for what is written behind the longest bar.
    axis.set_xlim(0, longest * 1.75)
    axis.set_xticks([tick for tick in axis.get_xticks() if tick <= longest * 1.05])
    for place, bar in zip(places, panel.bars, strict=True):
        axis.text(bar.days + longest * 0.015, place, _literal(" · ".join(filter(None, (bar.said, bar.gained)))), va="center", fontsize=9)
    axis.set_title(_literal(panel.name), loc="left", fontsize=11, fontweight="bold")
    below = [f"survival in days; {'; '.join(panel.notes)}", shorten(panel.document, 2 * _LINE, placeholder="…")]
    axis.set_xlabel(_literal("\n".join(line for text in below for line in wrap(text, _LINE))), fontsize=8, loc="left")
    axis.spines[["top", "right"]].set_visible(False)
    axis.tick_params(axis="y", length=0)


def _literal(text: str) -> str:
    """``text`` as it stands: a dollar sign in a document begins no formula."""
    return text.replace("$", r"\$")
