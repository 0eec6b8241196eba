"""Which known arms the survival figures mean that no designator of their sentence claims."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.studies.extraction.drafts import ArmDraft, StudyDraft
from assistant.studies.extraction.endpoints import Lifetime
from assistant.studies.extraction.groups import group_range
from assistant.studies.extraction.matching import Match
from assistant.studies.extraction.mentions import Clause
from assistant.studies.extraction.stretches import DIVIDER
from assistant.studies.extraction.traits import Trait

_LISTED = re.compile(r"\s*(?:,|and|,\s*and)\s*")

# "Mice that got salt water lived 33 days" is no result of the compound, whatever they got.
_GIVEN_SOMETHING = re.compile(
    r"\b(?:that|which|who)\s+(?:\w+\s+)?(?:got|received|had|(?:were|was)\s+(?:given|treated|left))\b", re.IGNORECASE
)

Reading = list[tuple[ArmDraft, Lifetime]]


def remaining(clause: Clause, lives: list[Lifetime], study: StudyDraft, pairs: list[Match]) -> Reading:
    """Which known arms the unclaimed figures of a sentence can only mean; nothing where two readings are left."""
    if "respectively" in clause.text.casefold():
        return _run_in_turn(group_range(clause) or (), lives, study) or _in_turn(lives, study)
    if len(lives) == 1:
        return _counterpart(clause, lives[0], study, pairs) if pairs else _only_arm(clause, lives[0], study)
    listed = [arm for arm in study.listed if arm.life is None]
    if len(listed) == len(lives) and all(_LISTED.fullmatch(clause.between(a.end, b.start)) for a, b in pairwise(lives)):
        return list(zip(listed, lives, strict=True))
    return _compared(clause, lives, study)


def _run_in_turn(names: Sequence[str], lives: list[Lifetime], study: StudyDraft) -> Reading:
    """ "Median survival of groups A to C was 25, 38 and 51 days, respectively"."""
    called = {arm.traits["group"].name: arm for arm in study.arms if "group" in arm.traits}
    if len(names) != len(lives) or any(name not in called or called[name].life for name in names):
        return []
    return [(called[name], life) for name, life in zip(names, lives, strict=True)]


def _in_turn(lives: list[Lifetime], study: StudyDraft) -> Reading:
    """ "Median survival was 25, 38 and 51 days, respectively": the arms in the order in which they were listed."""
    free, listed = ([arm for arm in arms if arm.life is None] for arms in (study.arms, study.listed))
    for arms in (listed, [a for a in listed if not a.control], free, [a for a in free if not a.control]):
        if len(arms) == len(lives):
            return list(zip(arms, lives, strict=True))
    return []


def _counterpart(clause: Clause, life: Lifetime, study: StudyDraft, pairs: list[Match]) -> Reading:
    """The other side of a comparison of which one side is named: the one control of a treated arm, and the reverse."""
    partners = [arm for arm in study.arms if arm.life and any(arm.life is named for named, _ in pairs)]
    if len(partners) != 1 or len(pairs) != 1 or not _opposed(clause, life, pairs[0][0]):
        return []
    others = [arm for arm in study.arms if arm.life is None and arm.reference != partners[0].reference]
    return [(others[0], life)] if len(others) == 1 else []


def _opposed(clause: Clause, one: Lifetime, other: Lifetime) -> bool:
    """Whether what stands between two figures compares them, or each is an end of a change."""
    first, last = sorted((one, other), key=lambda life: life.start)
    return bool(one.side or other.side or DIVIDER.search(clause.between(first.end, last.start)))


def _only_arm(clause: Clause, life: Lifetime, study: StudyDraft) -> Reading:
    """A figure without a comparison belongs to the one arm there is; a study that names none has one, of its compound."""
    if DIVIDER.search(clause.between(clause.start, life.end) + clause.after(life.end).partition(";")[0]) or len(study.arms) > 1:
        return []
    if not study.arms and study.compound and not _GIVEN_SOMETHING.search(clause.between(clause.start, life.start)):
        made = ArmDraft()
        made.take([Trait("compound", study.compound.start, study.compound.end, study.compound.name, name=study.compound.key)])
        study.arms.append(made)
    return [(arm, life) for arm in study.arms if arm.life is None]


def _compared(clause: Clause, lives: list[Lifetime], study: StudyDraft) -> Reading:
    """ "34 d vs 21 d" names the treated arm first; "from 21 to 34 days" the control."""
    if len(lives) != 2 or len(study.arms) != 2 or len(study.controls) != 1 or any(arm.life for arm in study.arms):
        return []
    treated, control = study.treated[0], study.controls[0]
    if lives[0].side == "from":
        return [(control, lives[0]), (treated, lives[1])]
    if DIVIDER.search(clause.between(lives[0].end, lives[1].start)):
        return [(treated, lives[0]), (control, lives[1])]
    return []
