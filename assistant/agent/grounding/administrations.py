"""How many administrations an arm got."""

from __future__ import annotations

from functools import lru_cache

from assistant.agent.grounding.amounts import amounts
from assistant.agent.grounding.vocabulary import stem
from assistant.studies.facts import Arm


@lru_cache(maxsize=256)
def _label_doses(label: str) -> int | None:
    dose = stem("dose")
    return next((int(a.value) for a in amounts(label) if dose in a.nouns and not a.unit), None)


def dose_count(arm: Arm) -> int | None:
    """How many administrations an arm got, by its count, its days or its label; 0 for a control without any."""
    if arm.doses is not None:
        return arm.doses
    if arm.days:
        return len(arm.days)
    return _label_doses(arm.label) or (0 if arm.control else None)
