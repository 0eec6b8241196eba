"""What a text says of all arms of a study at once, and which arms are its controls."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.studies.extraction.drafts import ArmDraft, StudyDraft
from assistant.studies.extraction.traits import Attribute, Trait

_GENERAL: tuple[Attribute, ...] = ("activity", "doses", "days")
# Groups with such names differ by their activity: what is said of one is not said of the others.
_LEVEL = re.compile(r"^level\b|-dose$")


def generalise(draft: StudyDraft) -> None:
    """What is said once holds for all arms that do not say otherwise; an arm that only says such a thing is none."""
    draft.arms = [arm for arm in draft.arms if arm.life or arm.notes or arm.traits.keys() - {"group"}]
    _give_to_runs(draft)
    _dissolve(draft)
    for arm in draft.treated:
        if "days" in arm.traits and "doses" not in arm.traits:
            days = arm.traits["days"]
            arm.traits["doses"] = replace(days, kind="doses", number=len(days.days))
    given = [arm for arm in draft.treated if "drug" not in arm.traits or arm.traits["drug"].each]
    if activity := _shared(draft, given):
        for arm in given:
            arm.traits.setdefault("activity", activity)
    _share_regimen(draft, given)
    _call_controls(draft)
    if draft.total and len(draft.arms) == 1:
        draft.arms[0].traits.setdefault("n", draft.total)
    if each := draft.design.traits.get("n"):
        for arm in draft.arms:
            arm.traits.setdefault("n", each)


def _give_to_runs(draft: StudyDraft) -> None:
    """What is said of "cohorts 1 to 4" holds for each of them that says nothing else."""
    for names, told in draft.limits:
        for arm in draft.treated:
            if (group := arm.traits.get("group")) and group.name in names and not any(t.kind in arm.traits for t in told):
                arm.take(told)


def _share_regimen(draft: StudyDraft, given: list[ArmDraft]) -> None:
    """The number of doses and the days of all arms, unless one is said to have had another number."""
    doses, days = draft.design.traits.get("doses"), draft.design.traits.get("days")
    if doses and any("doses" in arm.traits and arm.traits["doses"].number != doses.number for arm in given if not arm.apart):
        return
    for arm in given:
        if days and (doses or "doses" in arm.traits):
            arm.traits.setdefault("days", days)
        if doses:
            arm.traits.setdefault("doses", doses)
            arm.notes += [note for note in draft.design.notes if note.kind not in {known.kind for known in arm.notes}]


def _dissolve(draft: StudyDraft) -> None:
    """ "Mice received a single injection" is no arm beside "10 MBq" and "20 MBq", but said of both."""
    reported = [arm for arm in draft.arms if arm.life or any(note.kind != "schedule" for note in arm.notes)]
    for arm in [a for a in draft.treated if a not in reported and not a.traits.keys() & {"drug", "group"}]:
        if (own := arm.traits.get("n")) and draft.total and own.number < draft.total.number:
            continue
        told = {kind for kind in _GENERAL if kind in arm.traits}
        if any(not told & host.traits.keys() for host in reported if not host.control) and not _sets_apart(told, reported):
            draft.design.take(t for t in arm.traits.values() if t.kind in told or (t.kind == "n" and t.each))
            draft.design.notes += arm.notes
            draft.arms.remove(arm)


def _sets_apart(told: set[Attribute], reported: list[ArmDraft]) -> bool:
    return told == {"activity"} and any("activity" in arm.traits for arm in reported)


def _shared(draft: StudyDraft, given: list[ArmDraft]) -> Trait | None:
    """The activity of all arms: the one that the text states of any, where it states no other."""
    if any((group := arm.traits.get("group")) and _LEVEL.search(group.name) for arm in given):
        return None
    stated = [arm.traits["activity"] for arm in given if "activity" in arm.traits and arm.traits["activity"].activity]
    if any("activity" in arm.traits and "n" in arm.traits and not arm.traits["n"].each and (arm.apart or not arm.life) for arm in given):
        return None
    general = draft.design.traits.get("activity")
    found = [*stated, *([general] if general else [])]
    values = {(t.activity.value, t.activity.measure) for t in found if t.activity}
    compounds = {arm.compound for arm in given}
    return found[0] if len(values) == 1 and len(compounds) == 1 else None


def _call_controls(draft: StudyDraft) -> None:
    """An arm that got another treatment and nothing radioactive ("surgery alone", "external beam") is a control."""
    for arm in draft.treated:
        if arm.reference:
            arm.traits["control"] = replace(arm.traits["drug"], kind="control")
