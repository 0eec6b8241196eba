"""What one member of a list says for the others: "a single dose of 10, 20 or 40 MBq (n=8 each)"."""

from __future__ import annotations

import re

from assistant.language.subjects import SUBJECTS
from assistant.studies.extraction.headcounts import HEADS
from assistant.studies.extraction.mentions import Clause
from assistant.studies.extraction.stretches import LIST_GAP, Designator
from assistant.studies.extraction.traits import Attribute, Trait

_EITHER = re.compile(r"\beither\b", re.IGNORECASE)
_GIVEN_THEN = re.compile(
    rf"(?:.*:)?\W*on\s*\|,?\s*(?:(?:the|all)\s+)?(?:\w+\s+)?(?:{SUBJECTS}|they)\s+(?:were\s+\w+(?:\s+(?:with|to))?|received|got)\s+(?:either\s+)?",
    re.IGNORECASE,
)
_OR = re.compile(r"(?:^|[,\s])or\b", re.IGNORECASE)


def set_totals_apart(clause: Clause, found: list[Designator]) -> None:
    """The animals before a choice are those of all its arms: "120 mice received 10 MBq, 20 MBq or saline"."""
    for place in range(len(found) - 2, -1, -1):
        one, other = found[place], found[place + 1]
        heads = one.first("n")
        if heads is None or heads.name != HEADS or heads is not one.traits[0] or len(one.traits) < 2 or other.first("n"):
            continue
        if _EITHER.search(clause.between(heads.end, one.traits[1].start)) or _OR.search(clause.between(one.end, found[-1].start)):
            one.traits.remove(heads)
            one.start = one.traits[0].start
            found.insert(place, Designator(heads.start, heads.end, [heads]))


def set_manner_apart(clause: Clause, found: list[Designator]) -> None:
    """ "10 MBq of the one, 10 MBq of the other, or saline, once": how often, said behind a list, holds for all its members."""
    *members, last = found or [Designator(0, 0)]
    if len(members) < 2 or any(t.kind not in ("doses", "days") for t in last.traits) or any(m.first("doses") for m in members):
        return
    before, after = clause.between(members[-1].end, last.start), clause.between(last.end, clause.end)
    if re.fullmatch(r",\s*(?:each\s+|all\s+|always\s+)?(?:(?:as|in|by)\s+an?\s+)?", before) and re.match(
        r"\W*(?:\([^()]*\))?\W*$|[,;]", after
    ):
        found.remove(last)
        for member in members:
            member.traits += [t for t in last.traits if not _too_many(member, t)]


def set_opening_day(clause: Clause, found: list[Designator]) -> None:
    """ "On day 0 mice were given saline, 10 MBq or 20 MBq": the day at the start of a sentence is that of all it lists."""
    opening = found[0] if len(found) > 2 else None
    if opening is None or [t.kind for t in opening.traits] != ["days"] or any(d.first("days") for d in found[1:]):
        return
    led = clause.between(clause.start, opening.start) + "|" + clause.between(opening.end, found[1].start)
    if _GIVEN_THEN.fullmatch(led):
        for member in found[1:]:
            member.traits += [t for t in opening.traits if not _too_many(member, t)]


def set_days_in_turn(clause: Clause, found: list[Designator]) -> None:
    """ "One, two or three injections, given on day 0, on days 0 and 21, or on days 0, 21 and 42, respectively"."""
    days = [t for d in found for t in d.traits if t.kind == "days"]
    dosed = [d for d in found if d.first("doses")]
    if "respectively" not in clause.text or len(days) < 2 or len(days) != len(dosed):
        return
    counts = [doses.number for d in dosed if (doses := d.first("doses"))]
    if counts != [len(t.days) for t in days]:
        return
    for designator in found:
        designator.traits = [t for t in designator.traits if t.kind != "days"]
    for designator, listed in zip(dosed, days, strict=True):
        designator.traits.append(listed)


def share(clause: Clause, found: list[Designator]) -> None:
    """What stands before or after a list holds for all its members: "a single dose of 10, 20 or 40 MBq (n=8 each)"."""
    for run in _runs(clause, found):
        kinds: list[Attribute] = ["activity", "doses"]
        kind = next((k for k in kinds if all(d.first(k) for d in run)), None)
        if kind is None:
            continue
        head, tail = run[0], run[-1]
        opening = [
            t
            for t in head.traits
            if t.kind in ("doses", "activity", "compound", "drug", "days") and t.kind != kind and t.start < _place(head, kind)
        ]
        apart = _told_apart(run, kind, tail.first("days"))
        closing = [
            t
            for t in tail.traits
            if t.kind != kind
            and t.start > _place(tail, kind)
            and (t.kind in ("doses", "activity", "compound") or t.each or (t.kind == "days" and kind == "activity" and not apart))
        ]
        _share_days(run)
        for member in run:
            for trait in opening + closing:
                if not member.first(trait.kind) and not _too_many(member, trait):
                    member.traits.append(trait)
    _share_counts(found)


def _told_apart(run: list[Designator], kind: Attribute, days: Trait | None) -> bool:
    """Whether the days behind a list are those of its last member: "10 MBq or 20 MBq once, or 10 MBq on days 0, 7 and 14"."""
    values = [(t.activity, t.number) for d in run if (t := d.first(kind))]
    return len(set(values)) < len(values) or (days is not None and any(_too_many(member, days) for member in run[:-1]))


def _share_counts(found: list[Designator]) -> None:
    """A number of animals for each group holds for all that the sentence names."""
    for member in found:
        shared = next((t for t in member.traits if t.kind == "n" and t.each), None)
        if shared:
            for other in found:
                if not other.first("n"):
                    other.traits.append(shared)


def _share_days(run: list[Designator]) -> None:
    """ "10 MBq once, 20 MBq once (both on day 0)"."""
    for place, member in enumerate(run):
        days = next((t for t in member.traits if t.kind == "days" and t.each), None)
        for other in run[:place] if days else ():
            if days and not other.first("days") and not _too_many(other, days):
                other.traits.append(days)


def _too_many(member: Designator, days: Trait) -> bool:
    """Whether a list of days has more or fewer than the member's doses."""
    doses = member.first("doses")
    return days.kind == "days" and doses is not None and doses.number != len(days.days)


def _place(designator: Designator, kind: Attribute) -> int:
    trait = designator.first(kind)
    return trait.start if trait else designator.start


def _runs(clause: Clause, found: list[Designator]) -> list[list[Designator]]:
    runs: list[list[Designator]] = []
    for designator in found:
        if designator.first("control"):
            continue
        if runs and LIST_GAP.fullmatch(clause.between(runs[-1][-1].end, designator.start)):
            runs[-1].append(designator)
        else:
            runs.append([designator])
    return [run for run in runs if len(run) > 1]
