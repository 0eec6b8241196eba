"""An arm as tables and charts show it: its label and what it was given."""

from __future__ import annotations

from assistant.language.written import amount
from assistant.studies.facts import Activity, Arm


def label(arm: Arm) -> str:
    """The arm's label, with ``(control)`` where it does not say so itself."""
    return arm.label + (" (control)" if arm.control and "control" not in arm.label.casefold() else "")


def given(activity: Activity, doses: int | None) -> str:
    """``≈ 300 µCi``, ``20 MBq/kg × 3``."""
    times = f" × {doses}" if doses and doses > 1 else ""
    return amount(activity.value, activity.measure, approximate=activity.approximate) + times
