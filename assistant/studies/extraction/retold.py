"""What prose and a table tell of the same arms: the table is the source, and prose beside it tells nothing of arms of its own."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.studies.extraction.drafts import ArmDraft, StudyDraft, kinds_of
from assistant.studies.extraction.endpoints import Lifetime
from assistant.studies.extraction.groups import REPEATED
from assistant.studies.extraction.stretches import Designator


def told_again(study: StudyDraft, designator: Designator, life: Lifetime | None) -> ArmDraft | None:
    """The arm of prose that a table's row tells of: with the same survival, or else without one and named alike."""
    told = [arm for arm in study.arms if arm.label is None and arm.agrees(designator) >= 0]
    alike = [arm for arm in told if arm.life and life and same_length(arm.life, life)]
    if len(alike) == 1:
        return alike[0]
    named = [arm for arm in told if not (arm.life and life) and arm.agrees(designator) > 0]
    closest = [arm for arm in named if arm.kinds == kinds_of(designator)] or named
    return closest[0] if len(closest) == 1 and designator.strong else None


def without_echoes(study: StudyDraft) -> list[ArmDraft]:
    """The arms of a study: where rows of a table give their survivals, prose adds to those arms and makes no others."""
    rows = [arm for arm in study.arms if arm.label and arm.life]
    if len(rows) > 1:
        return [arm for arm in study.arms if arm.label]
    return [arm for arm in study.arms if not _in_short(arm, study)]


def is_echo(study: StudyDraft, others: Sequence[StudyDraft]) -> bool:
    """Whether prose without a survival tells only of amounts that rows of tables tell of, in whichever study these were put."""
    if any(arm.life or arm.label or arm.notes for arm in study.arms) or not study.treated:
        return False
    rows = {_amount(arm) for other in others if other is not study for arm in other.arms if arm.label and arm.life}
    return all(_amount(arm) in rows - {None} for arm in study.treated)


def _amount(arm: ArmDraft) -> tuple[float, str] | None:
    trait = arm.traits.get("activity")
    return (trait.activity.value, trait.activity.unit) if trait and trait.activity else None


def _in_short(arm: ArmDraft, study: StudyDraft) -> bool:
    """Whether an arm of which nothing is known but that it was dosed repeatedly is one that is told of in full elsewhere."""
    group = arm.traits.get("group")
    if group is None or group.name != REPEATED or arm.traits.keys() - {"group", "compound"}:
        return False
    return any(other.several and other.life and arm.life and same_length(other.life, arm.life) for other in study.arms if other is not arm)


def same_length(one: Lifetime, other: Lifetime) -> bool:
    """Whether two survivals are of one length."""
    return (one.value, one.unit) == (other.value, other.unit)
