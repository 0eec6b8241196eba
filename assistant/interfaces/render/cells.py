"""A study's arms in cells of text, the same in every form of table."""

from __future__ import annotations

from assistant.interfaces.render.wording import position
from assistant.language.written import amount
from assistant.studies.facts import Activity, Arm, Nuclide, Study, Survival
from assistant.studies.shown import given, label

NOT_SAID = "–"
ARM_COLUMNS = ("arm", "activity", "days", "n", "survival", "characters")
LEGEND = f"{NOT_SAID} the text does not say · ≈ approximately"


def about(study: Study) -> str:
    """What stands after a study's name: disease, species and nuclide, and whether the text states the nuclide."""
    parts = [study.disease if study.model else None, study.species, _nuclide(study.nuclide)]
    return "".join(f" · {part}" for part in parts if part)


def arm_cells(arm: Arm) -> tuple[str, ...]:
    """One cell for each of the columns."""
    survival = arm.survival
    return (
        label(arm),
        _activity(arm.activity, arm.doses),
        ", ".join(map(str, arm.days)) or NOT_SAID,
        NOT_SAID if arm.n is None else str(arm.n),
        _survival(survival),
        position(survival.span.start, survival.span.end).removeprefix("characters ") if survival else NOT_SAID,
    )


def _nuclide(nuclide: Nuclide | None) -> str | None:
    if nuclide is None:
        return None
    return nuclide.name if nuclide.stated else f"{nuclide.name} (inferred from the name)"


def _activity(activity: Activity | None, doses: int | None) -> str:
    if activity is None:
        return f"{doses} doses" if doses and doses > 1 else NOT_SAID
    return given(activity, doses)


def _survival(survival: Survival | None) -> str:
    if survival is None:
        return NOT_SAID
    return f"{amount(survival.value, survival.unit)}, {survival.statistic or NOT_SAID}"
