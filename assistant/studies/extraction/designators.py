"""Traits that stand together name one arm: "mice receiving two doses of 20 MBq (days 0 and 14)" is one designator."""

from __future__ import annotations

import re

from assistant.language.subjects import SUBJECTS
from assistant.studies.extraction.endpoints import Lifetime
from assistant.studies.extraction.headcounts import HEADS, TOTAL
from assistant.studies.extraction.mentions import Clause
from assistant.studies.extraction.shares import set_days_in_turn, set_manner_apart, set_opening_day, set_totals_apart, share
from assistant.studies.extraction.stretches import DEFINING, DIVIDER, Designator
from assistant.studies.extraction.traits import Attribute, Trait

_VERB = re.compile(
    r"\b(?:was|were|is|are|had|has|achieved|experienced|survived|lived|showed|prolong\w*|improv\w*|extend\w*|increas\w*"
    r"|resulted|led|produced|demonstrated|yielded|reached|followed|died)\b",
    re.IGNORECASE,
)
_GIVEN = re.compile(
    r"\b(?:got|getting|obtained|given|administered|dosed|injected|treated|received|receiving|assigned|randomi[sz]ed|allocated"
    r"|completed|underwent|(?:stopped|discontinued)\s+after|split|delivered|divided|fractionated|as)\b",
    re.IGNORECASE,
)
# Between a number of animals and what they had: "ten mice that had two doses", "6 at 20 MBq".
_HAD = re.compile(r"\s+(?:(?:that|who|which|of\s+them|of\s+these)\s+)?had\s+(?:only\s+|just\s+|the\s+|an?\s+)?", re.IGNORECASE)
_AT = re.compile(r"\s+(?:at|to|the|an?|with(?:\s+(?:the|an?))?)\s+(?:weekly\s+|\w+\s+)?", re.IGNORECASE)
# After these verbs a number of animals is the total of all arms.
_DIVIDED_UP = re.compile(r"[;.]|\b(?:randomi[sz]ed|assigned|allocated|divided|split|enrolled|distributed)\b", re.IGNORECASE)
# Between a group's name and what it was given: "G1, vehicle", "saline (group A)".
# "Nine dogs whose owners declined served as controls"
_SERVED = re.compile(r"\b(?:served|acted|used|kept)\s+as\s+(?:\w+\s+)?$", re.IGNORECASE)
# "15 kBq of actinium-225 each, a single shot"
_APPOSED = re.compile(r"[^,;.()]{0,40},\s*(?:(?:each\s+)?(?:as|in)\s+)?an?\s+", re.IGNORECASE)
# "6 GBq per cycle and four cycles"
_PER_GIVING = re.compile(
    r"\s+(?:per|a|each)\s+(?:cycle|injection|infusion|dose|administration|time)\s*,?\s*(?:and|for|in|over)\s+", re.IGNORECASE
)
# "20 MBq every 8 weeks, 4 cycles"
_EVERY = re.compile(r"[^,;.()]{0,40}\b(?:every\s+\w+\s+\w+|q\d+\w*|(?:once\s+)?weekly|monthly)\s*,\s*(?:for\s+)?", re.IGNORECASE)
_TITLE = re.compile(r"\s*(?:\d[\d.]*\s?[mun]?g\s*)?(?:,|:|=|\(|\)|-|\*+|_+)\s*")
# "two infusions, also with a rest between (arm B, n=9)"
_SUPPORTED = re.compile(r"\s*,\s+(?:also\s+|both\s+|each\s+)?(?:with|under|after)\s+[a-z -]{3,40}\(\s*")
_GETS = re.compile(
    rf"\W*(?:{SUBJECTS}\s+)?(?:(?:was|were|had)\s+)?(?:got|obtained|received|had|given|left|kept|remained|(?:served|acted)\s+as"
    r"|(?:treated|injected|dosed)\s+with)"
    r"\s+(?:an?\s+|the\s+|only\s+)?",
    re.IGNORECASE,
)
_VERB_LEFT_OUT = re.compile(r"\s+(?:an?\s+|the\s+|only\s+)?(?:\d[\d.]*\s?[mun]?g\s+(?:of\s+)?)?")
# "Arm B: daily tablets of the investigator's choice"
_COLON = re.compile(r"\s*:\s[^,;.:()\d]{0,50}")
# "(B) natGa-ABC (not labelled, same mass)"
_NAMED_FIRST = re.compile(r"\s+[\w\[\]-]+\s+\(")
# "cohort 4 was opened, in which 20 MBq was administered"
_IN_WHICH = re.compile(r"\b(?:in|to|of)\s+(?:which|whom)\s+(?:\w+\s+)?$", re.IGNORECASE)
_TEST = re.compile(r"\b(?:HR|hazard\s+ratio|log-?rank|p(?:[- ]?values?)?\s*(?:[=<>]|was|were|of))(?![A-Za-z])", re.IGNORECASE)
_COORDINATOR = re.compile(r",|\b(?:and|or)\b|\+")
COUNTS = re.compile(r"\bn\s*=\s*\d{1,4}(?:\s*,\s*\d{1,4})*\s*,?\s*(?:and\s+|,\s*)\d{1,4}\b(?![.\d])", re.IGNORECASE)
"""A list of numbers of animals: "n = 8, 8 and 7"."""
_OF = re.compile(r"\s*(?:of|with)\s+(?:the\s+)?")
# Kinds that tell how something is given, and may follow the rest of their designator after a comma or a verb of giving.
_MANNER: frozenset[Attribute] = frozenset({"days", "n", "doses", "activity"})
_TREATMENT: frozenset[Attribute] = frozenset({"activity", "doses", "compound", "drug", "group"})


def designators(clause: Clause, traits: tuple[Trait, ...], lives: tuple[Lifetime, ...]) -> tuple[list[Designator], dict[int, Trait]]:
    """The designators of a sentence, and the counts ("34 d (n=10)") that belong to a survival figure, by its start."""
    found: list[Designator] = []
    counted: dict[int, Trait] = {}
    for trait in traits:
        if trait.kind == "model":
            continue
        life = max((s for s in lives if s.end <= trait.start), key=lambda s: s.start, default=None)
        latest = found[-1] if found else None
        if (
            trait.kind == "n"
            and not trait.each
            and life
            and (latest is None or latest.end <= life.start)
            and _bracketed_with(clause, trait, life)
        ):
            counted[life.start] = trait
            continue
        if latest and (heads := _heads_of_several(clause, latest, trait)):
            latest.traits.remove(heads)
            found.insert(-1, Designator(heads.start, heads.end, [heads]))
            latest.start = min(t.start for t in latest.traits)
        apart = latest is None or (life is not None and latest.end <= life.start)
        if latest is None or apart or not _joins(clause, latest, trait):
            latest = Designator(trait.start, trait.end)
            found.append(latest)
        latest.add(trait)
    found = [d for d in found if not _only_compared(clause, d, lives)]
    set_totals_apart(clause, found)
    set_manner_apart(clause, found)
    set_opening_day(clause, found)
    set_days_in_turn(clause, found)
    share(clause, found)
    counted |= _counted_in_turn(clause, lives)
    return [d for d in found if any(t.kind in DEFINING or t.kind in ("compound", "n") for t in d.traits)], counted


def _only_compared(clause: Clause, designator: Designator, lives: tuple[Lifetime, ...]) -> bool:
    """Whether it stands behind a test or a ratio that compares arms told of elsewhere: "(HR 0.4 for 20 MBq vs vehicle)"."""
    bracket = clause.bracket_of(designator.start)
    first, last = bracket or (clause.start, clause.end)
    tests = [m for m in clause.find(_TEST) if first <= m.start() < designator.start and clause.bracket_of(m.start()) == bracket]
    return bool(tests) and not any(tests[0].start() < life.start < last for life in lives)


def _heads_of_several(clause: Clause, latest: Designator, trait: Trait) -> Trait | None:
    """The animals of all arms, where an arm's own number follows in brackets: "21 patients got one infusion at 10 MBq (n=6) or …"."""
    heads = latest.first("n")
    own = trait.kind == "n" and trait.name != HEADS and not trait.each and _in_one_bracket(clause, latest, trait)
    return heads if own and heads and heads.name == HEADS and len(latest.traits) > 1 and heads.number != trait.number else None


def _counted_in_turn(clause: Clause, lives: tuple[Lifetime, ...]) -> dict[int, Trait]:
    """ "18, 25 and 40 days, respectively (n = 8, 8 and 7)": the counts go with the figures in turn."""
    match = next(clause.find(COUNTS), None)
    if match is None or "respectively" not in clause.text:
        return {}
    counts = list(re.finditer(r"\d+", match.group()))
    if len(counts) != len(lives):
        return {}
    places = [(match.start() + m.start(), match.start() + m.end(), int(m.group())) for m in counts]
    return {
        life.start: Trait("n", start, end, clause.page.raw[start:end], number=count)
        for life, (start, end, count) in zip(lives, places, strict=True)
    }


def _bracketed_with(clause: Clause, trait: Trait, life: Lifetime) -> bool:
    bracket = clause.bracket_of(trait.start)
    if bracket is None:
        return False
    return bracket == clause.bracket_of(life.start) or not clause.between(life.end, bracket[0]).strip()


def _joins(clause: Clause, latest: Designator, trait: Trait) -> bool:
    """Whether a trait belongs to the designator before it."""
    gap = clause.between(latest.end, trait.start)
    if (DIVIDER.search(gap) and not _in_one_bracket(clause, latest, trait)) or _conflict(latest, trait, gap):
        return False
    if trait.kind == "n":
        return trait.each or _in_one_bracket(clause, latest, trait) or _counts_for(gap)
    serves = trait.kind == "control" and _SERVED.search(gap) and [t.kind for t in latest.traits] == ["n"]
    if serves or _titled(latest, trait, gap) or _gets_control(latest, trait, gap):
        return True
    if trait.kind == "drug":
        return trait.each
    return _had_by(latest, gap) if latest.traits[-1].kind == "n" and _heads_last(latest, gap) else _told_on(latest, trait, gap)


def _heads_last(latest: Designator, gap: str) -> bool:
    """Whether a designator ends in animals or patients of whom the sentence goes on to tell what they had."""
    return len(latest.traits) == 1 or latest.traits[-1].name == TOTAL or _HAD.fullmatch(gap) is not None


def _had_by(latest: Designator, gap: str) -> bool:
    """Whether what follows is what these animals or patients had; what parts of them had is not."""
    had = _GIVEN.search(gap) or _HAD.fullmatch(gap) or _AT.fullmatch(gap)
    return bool(had) and latest.traits[-1].name != TOTAL and not _DIVIDED_UP.search(gap)


def _told_on(latest: Designator, trait: Trait, gap: str) -> bool:
    """Whether the words between go on with the designator: "given on", "receiving", "of"."""
    if _IN_WHICH.search(gap):
        return trait.kind in _MANNER and latest.first("group") is not None and latest.traits[-1].kind in ("group", "n")
    if _VERB.search(gap):
        return trait.kind in _MANNER and bool(_GIVEN.search(gap) or _GIVEN.match(trait.text)) and latest.strong
    if trait.kind == "doses" and latest.first("activity") and any(told.fullmatch(gap) for told in (_APPOSED, _PER_GIVING, _EVERY)):
        return True
    if _COORDINATOR.search(gap):
        given = bool(_GIVEN.search(gap)) or trait.kind == "days" or bool(re.fullmatch(r"\s*,\s*", gap))
        return trait.kind in _MANNER and given and not re.search(r"\b(?:and|or)\b", gap)
    return len(gap) < 60 or bool(_GIVEN.search(gap))


def _counts_for(gap: str) -> bool:
    opened = (
        re.fullmatch(
            r"(?:,\s*(?:\d[\d.]*\s?[mun]?g(?:/kg)?|day\s\d+|(?:an?|one|two|three|four|six|\d+)\s+\w+\s+apart|every\s+\w+\s+\w+))?[^,;.]*[(,]\s*",
            gap.replace("µ", "u"),
        )
        is not None
    )
    return not _VERB.search(gap) and (opened or not _COORDINATOR.search(gap))


def _titled(latest: Designator, trait: Trait, gap: str) -> bool:
    """Whether one of the two is the other's name: "G1, vehicle", "saline (group A)", "(A) saline"."""
    if latest.traits[-1].kind == "group" and latest.traits[-1].text.startswith("("):
        return gap.isspace()
    if trait.kind == "group" and _SUPPORTED.fullmatch(gap):
        return latest.first("group") is None
    return _TITLE.fullmatch(gap) is not None and "group" in (trait.kind, latest.traits[-1].kind)


def _in_one_bracket(clause: Clause, latest: Designator, trait: Trait) -> bool:
    """Whether the trait stands in the bracket in which the designator ends: "(7.5 GBq, 4 cycles; n=81)"."""
    bracket = clause.bracket_of(trait.start)
    return bracket is not None and (bracket[0] < latest.end <= bracket[1] or not clause.between(latest.end, bracket[0]).strip())


def _conflict(latest: Designator, trait: Trait, gap: str) -> bool:
    """Whether the trait cannot belong to the designator: it names another of a kind, or treats a control."""
    same = latest.first(trait.kind)
    if same:
        return not _repeats(same, trait, gap)
    if _titled(latest, trait, gap) or _gets_control(latest, trait, gap):
        return False
    if trait.kind == "control":
        given = latest.first("doses") and not latest.first("activity") and _OF.fullmatch(gap)
        return not given and any(t.kind in _TREATMENT for t in latest.traits)
    drug = latest.traits[-1]
    if drug.kind == "drug" and not drug.each and not re.search(r"\bplus\b|\+|\bcombin|\bfollowed", gap):
        return trait.kind in _TREATMENT
    return latest.first("control") is not None and trait.kind in _TREATMENT


def _gets_control(latest: Designator, trait: Trait, gap: str) -> bool:
    """Whether a named group got what a control gets: "group 1 was treated with vehicle", "group 1 got 20 MBq and group 2 vehicle"."""
    if trait.kind != "control" or not {t.kind for t in latest.traits} <= {"group", "n"}:
        return False
    named = latest.traits[-1].kind == "group"
    left_out = named and any(told.fullmatch(gap) for told in (_VERB_LEFT_OUT, _COLON, _NAMED_FIRST))
    return left_out or _GETS.fullmatch(gap) is not None


def _repeats(same: Trait, trait: Trait, gap: str) -> bool:
    """Whether a second trait of a kind only says the first again, or more closely: "two cycles (2 x 15 MBq)"."""
    if trait.kind == "doses":
        return same.number == trait.number and re.fullmatch(r"[^,;.]*\(\s*|[\s*]*:[\s*]*", gap) is not None
    if trait.kind == "control":
        return bool(not same.name and trait.name and _GIVEN.search(gap)) and not _COORDINATOR.search(gap)
    return (trait.kind == "compound" and same.name == trait.name) or (trait.kind == "drug" and trait.each)
