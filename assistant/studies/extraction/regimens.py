"""All traits of a sentence, in order: what was given, how often, when, to how many, and what the groups are called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.language.overlaps import overlaps
from assistant.studies.extraction.activities import activities
from assistant.studies.extraction.comparators import THE_COMBINATION, controls, drugs
from assistant.studies.extraction.doses import LATER, day_lists, doses
from assistant.studies.extraction.groups import groups
from assistant.studies.extraction.headcounts import counts
from assistant.studies.extraction.mentions import Clause, Mention
from assistant.studies.extraction.references import references
from assistant.studies.extraction.traits import Trait, trait

_AGAIN = re.compile(
    r"\s*,?\s*(?:and|then|plus|followed\s+by)\s+(?:then\s+|once\s+)?(?:(?:again|another|more|a\s+further)\s+)?(?:with\s+)?", re.IGNORECASE
)
# "on day 0 and again on day 14"
_ON_AGAIN = re.compile(
    r"\s*,?\s*(?:and|then|and\s+then)\s+(?:(?:again|once\s+more|a\s+second\s+time|repeated)\s+)?(?:on|at)\s+", re.IGNORECASE
)

_ALONE = re.compile(r"\s+(?:alone|only|monotherapy|by\s+itself)\b", re.IGNORECASE)
_AMOUNT_OF = re.compile(r"\d\s?[^\s\d]{1,4}\s+(?:of\s+)?$|\bdoses?\s+of\s+$", re.IGNORECASE)


def traits(clause: Clause, compounds: tuple[Mention, ...], models: tuple[Mention, ...]) -> tuple[Trait, ...]:
    """All traits of a sentence in order, none overlapping another."""
    named = [Trait("compound", m.start, m.end, m.name, name=m.key) for m in compounds]
    named += [Trait("model", m.start, m.end, m.name, name=m.key) for m in models]
    found: list[Trait] = []
    for read in (controls, activities, references, doses, day_lists, counts, groups, drugs):
        for one in read(clause):
            if not overlaps(one.start, one.end, found) and not (one.kind != "control" and overlaps(one.start, one.end, named)):
                found.append(one)
    controlled = [one for one in found if one.kind == "control"]
    found += [m for m in named if not overlaps(m.start, m.end, controlled)]
    found += _alone(clause, compounds)
    return tuple(_given_again(clause, sorted(found, key=lambda one: (one.start, one.end))))


def _alone(clause: Clause, compounds: tuple[Mention, ...]) -> Iterator[Trait]:
    """ "33 days with ABC-12 alone" names a group beside that of "the combination", where no amount of it tells groups apart."""
    if clause.page.says(THE_COMBINATION) is None:
        return
    for mention in compounds:
        alone = _ALONE.match(clause.page.text, mention.end, clause.end)
        if alone and not _AMOUNT_OF.search(clause.before(mention.start, 40)):
            yield trait(clause, "group", mention.start, alone.end(), name=f"{mention.key} alone")


def _given_again(clause: Clause, found: list[Trait]) -> list[Trait]:
    """ "15 MBq on day 0 and again 15 MBq on day 21" is one activity on two days."""
    kept: list[Trait] = []
    for one in found:
        if [t.kind for t in kept[-3:]] == ["activity", "days", "activity"] and one.kind == "days":
            first, days, again = kept[-3:]
            ordered = days.days[-1] < one.days[0]
            if ordered and first.activity == again.activity and _AGAIN.fullmatch(clause.between(days.end, again.start)):
                kept[-2:] = [_joined(clause, days, one)]
                continue
        if one.kind == "days" and kept and kept[-1].kind == "days" and kept[-1].days[-1] < one.days[0]:
            days = kept[-1]
            if _ON_AGAIN.fullmatch(clause.between(days.end, one.start)):
                kept[-1] = _joined(clause, days, one)
                continue
        kept.append(one)
    return [one for one in kept if one.kind != "days" or one.name != LATER]


def _joined(clause: Clause, days: Trait, more: Trait) -> Trait:
    return replace(days, end=more.end, text=clause.page.raw[days.start : more.end], days=days.days + more.days)
