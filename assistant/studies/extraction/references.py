"""Activities that a sentence only refers to: "the same dose" is the one named before, "half the dose" is none that is stated."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.studies.extraction.mentions import Clause
from assistant.studies.extraction.traits import Trait, trait

_AMOUNT = r"(?:dose|activity|amount|dosage|dose\s+level|administered\s+activity)"
_PER = r"(?:\s+(?:per\s+(?:injection|dose|administration|infusion|cycle)|each\s+time))?"
_SAME = re.compile(
    rf"\b(?:the|that|this|an?)\s+(?:very\s+)?(?:same|equal|identical)\s+(?:(?:single|individual|radioactive|radiation)\s+)?{_AMOUNT}{_PER}\b"
    r"(?!\s+(?:rate|schedule|escalation|groups?|cohorts?|levels?|limit))",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    rf"\b(?:half|twice|double|triple|three\s+times|one\s+third|a\s+third|a\s+quarter|a\s+tenth)\s+(?:of\s+)?(?:the|that|this)\s+{_AMOUNT}\b",
    re.IGNORECASE,
)
SAME = "same"
"""The name of an activity trait that refers to one named before."""
CHANGED = "changed"
"""The name of an activity trait whose amount the text leaves to the reader to work out."""


def references(clause: Clause) -> list[Trait]:
    """The activities that a sentence refers to without naming them."""
    found = [trait(clause, "activity", m.start(), m.end(), name=SAME) for m in clause.find(_SAME)]
    return found + [trait(clause, "activity", m.start(), m.end(), name=CHANGED) for m in clause.find(_CHANGED)]


def resolved(found: Sequence[Trait], before: Sequence[Trait]) -> tuple[Trait, ...]:
    """``found`` with every "same dose" made the activity that it means: the last of its sentence, or the one of those ``before`` it.

    Where several may be meant it stays without an amount; what a control got is no activity.
    """
    told = list(before)
    kept: list[Trait] = []
    here: Trait | None = None
    for place, one in enumerate(found):
        if one.kind == "activity" and one.activity:
            here = one
        if one.name != SAME or one.kind != "activity":
            kept.append(one)
        elif not _of_control(one, found[place + 1 :]):
            meant = here or (told[0] if told and len({t.activity for t in told}) == 1 else None)
            kept.append(replace(one, activity=meant.activity, source=meant.place) if meant else replace(one, name=CHANGED))
    return tuple(kept)


def _of_control(same: Trait, following: Sequence[Trait]) -> bool:
    """ "the same dose of unlabelled antibody" is none of activity."""
    return bool(following) and following[0].kind == "control" and following[0].start - same.end <= len(" of the ")
