"""All traits of a sentence, in order: what was given, how often, when, to how many, and what the groups are called."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.language.overlaps import overlaps
from assistant.studies.extraction.activities import activities
from assistant.studies.extraction.comparators import controls, drugs
from assistant.studies.extraction.doses import LATER, day_lists, doses
from assistant.studies.extraction.groups import groups
from assistant.studies.extraction.headcounts import counts
from assistant.studies.extraction.mentions import Clause, Mention
from assistant.studies.extraction.references import references
from assistant.studies.extraction.traits import Trait

_AGAIN = re.compile(
    r"\s*,?\s*(?:and|then|plus|followed\s+by)\s+(?:then\s+|once\s+)?(?:(?:again|another|more|a\s+further)\s+)?(?:with\s+)?", re.IGNORECASE
)
# "on day 0 and again on day 14"
_ON_AGAIN = re.compile(
    r"\s*,?\s*(?:and|then|and\s+then)\s+(?:(?:again|once\s+more|a\s+second\s+time|repeated)\s+)?(?:on|at)\s+", re.IGNORECASE
)


def traits(clause: Clause, compounds: tuple[Mention, ...], models: tuple[Mention, ...]) -> tuple[Trait, ...]:
    """All traits of a sentence in order, none overlapping another."""
    named = [Trait("compound", m.start, m.end, m.name, name=m.key) for m in compounds]
    named += [Trait("model", m.start, m.end, m.name, name=m.key) for m in models]
    found: list[Trait] = []
    for read in (controls, activities, references, doses, day_lists, counts, groups, drugs):
        for trait in read(clause):
            if not overlaps(trait.start, trait.end, found) and not (trait.kind != "control" and overlaps(trait.start, trait.end, named)):
                found.append(trait)
    controlled = [trait for trait in found if trait.kind == "control"]
    found += [m for m in named if not overlaps(m.start, m.end, controlled)]
    return tuple(_given_again(clause, sorted(found, key=lambda trait: (trait.start, trait.end))))


def _given_again(clause: Clause, found: list[Trait]) -> list[Trait]:
    """ "15 MBq on day 0 and again 15 MBq on day 21" is one activity on two days."""
    kept: list[Trait] = []
    for trait in found:
        if [t.kind for t in kept[-3:]] == ["activity", "days", "activity"] and trait.kind == "days":
            first, days, again = kept[-3:]
            ordered = days.days[-1] < trait.days[0]
            if ordered and first.activity == again.activity and _AGAIN.fullmatch(clause.between(days.end, again.start)):
                kept[-2:] = [_joined(clause, days, trait)]
                continue
        if trait.kind == "days" and kept and kept[-1].kind == "days" and kept[-1].days[-1] < trait.days[0]:
            days = kept[-1]
            if _ON_AGAIN.fullmatch(clause.between(days.end, trait.start)):
                kept[-1] = _joined(clause, days, trait)
                continue
        kept.append(trait)
    return [trait for trait in kept if trait.kind != "days" or trait.name != LATER]


def _joined(clause: Clause, days: Trait, more: Trait) -> Trait:
    return replace(days, end=more.end, text=clause.page.raw[days.start : more.end], days=days.days + more.days)
