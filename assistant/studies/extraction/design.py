"""Which sentences tell what the arms of an experiment were to get, and which tell of plans, imaging or the field."""

from __future__ import annotations

import re

from assistant.studies.extraction.mentions import Clause
from assistant.studies.extraction.stretches import Designator
from assistant.studies.extraction.traits import Trait

_DESIGN = re.compile(
    r"\b(?:receiv\w+|treated|randomi[sz]ed|assigned|allocated|given|administered|inject(?:ed|ions?\s+were)|dosed|divided|split|completed|stopped|underwent|allotted|chose|groups?|arms?|cohorts?"
    r"|had\s+(?:only\s+|just\s+)?(?:an?|one|two|three|four|\d|the|that|no)\b|assess\w+|evaluat\w+|compar\w+|enrolled|got|contained|consisted|tested|studied|investigated)\b",
    re.IGNORECASE,
)
_NO_DESIGN = re.compile(
    r"\b(?:imag\w+|biodistribution|dosimetr\w+|SPECT\w*|PET\w*|toxicit\w+|tolera\w+|MTD|dose-limiting|uptake|pharmacokinetic\w*"
    r"|absorbed|next(?=\s*:|\s+(?:step|stud|trial|series|experiment|year|phase))|future|(?<!the\s)planned|offered(?=[^.]*\bbut\b)|intended|scheduled|eligible|permitted|to\s+be|(?:was|were|is|are)\s+to\s+\w+|will|would|could(?!\s+not)|(?-i:may)|"
    r"plans?|expect\w*|previous\w*|histor\w+|ongoing|currently)\b|\d\s\(\d+(?:\.\d+)?\s?%\)",
    re.IGNORECASE,
)
# What is said in the present tense is said of the field, not of an experiment.
_GENERAL = re.compile(r"\b(?:is|are|can\s+be|have\s+been)\s+(?:\w+\s+)?(?:treated|given|administered|used|dosed)\b", re.IGNORECASE)
# "Each animal received …", "all injections were given …": what follows holds for every arm.
_OF_ALL = re.compile(
    r"\W*(?:(?:each|every|all|both)\s+(?:of\s+(?:the|them)\s+)?(?:the\s+)?(?:\w+\s+)?(?:animals?|mouse|mice|rats?|dogs?|cats?|rabbits?|patients?|subjects?"
    r"|participants?|groups?|arms?|cohorts?|treatments?|doses?|injections?|agents?|compounds?)|(?:the\s+)?(?:treatments?|doses|injections|agents|compounds)"
    r"\s+(?:was|were)\s+(?:given|administered|injected))\b",
    re.IGNORECASE,
)
_LIST_OF_GROUPS = re.compile(r"\W*(?:treatment\s+)?(?:groups|arms|cohorts)\s*:", re.IGNORECASE)
_CONCESSION = re.compile(r"[,;]\s+(?:even\s+)?(?:though|although|despite)\b", re.IGNORECASE)
_REASON = re.compile(r"\b(?:because|due\s+to|owing\s+to)\b", re.IGNORECASE)


def told_of_design(clause: Clause, named: list[Designator]) -> bool:
    """Whether a sentence without survival tells which arms there were, from its own words."""
    designed = _DESIGN.search(clause.text) or introduces(clause, named)
    if not named or not designed or planned(clause, _opening(clause, named)) or _GENERAL.search(clause.text):
        return False
    return clause.kind != "heading" or sum(designator.strong for designator in named) > 1 or introduces(clause, named)


def told_of_all(clause: Clause, named: list[Designator]) -> list[Trait]:
    """The number of doses and the days that a sentence gives for all animals, "Each mouse got one injection on day 0"; else nothing."""
    strong = [designator for designator in named if designator.strong]
    told = [trait for designator in strong for trait in designator.traits]
    only_regimen = bool(told) and all(trait.kind in ("doses", "days") for trait in told)
    alike = len({trait.number for trait in told if trait.kind == "doses"}) == 1
    return told if only_regimen and alike and _OF_ALL.match(clause.text) and not planned(clause) else []


def planned(clause: Clause, until: int | None = None) -> bool:
    """Whether a sentence, or its first ``until`` characters, speaks of plans, imaging, toxicity or other studies."""
    return _NO_DESIGN.search(clause.text[:until]) is not None


def carry_compounds(clause: Clause, named: list[Designator]) -> None:
    """In a list of groups the compound that one of them got is that of those after it: "Groups: XY-7 1 MBq; 2 MBq; saline"."""
    if not _LIST_OF_GROUPS.match(clause.text):
        return
    given: Trait | None = None
    for designator in named:
        given = designator.first("compound") or given
        if given and designator.strong and not any(designator.first(kind) for kind in ("compound", "control", "drug")):
            designator.traits.append(given)


def conceded(clause: Clause, designator: Designator) -> bool:
    """Whether an arm is only named in passing, in a clause that grants something: "even though the 20 MBq and two-dose groups got …"."""
    return _CONCESSION.search(clause.between(clause.start, designator.start)) is not None


def _opening(clause: Clause, named: list[Designator]) -> int:
    """How far into a sentence its arms are told of: up to the colon in an item that introduces one, or to the reasons."""
    colon = clause.page.text.find(":", clause.start, clause.end)
    opens = clause.kind == "item" and any(d.strong and d.start < colon for d in named)
    reason = _REASON.search(clause.text)
    return colon - clause.start if opens else reason.start() if reason else len(clause.text)


def title(clause: Clause, named: list[Designator]) -> Trait | None:
    """The group whose name is all that the sentence says."""
    if len(named) != 1 or [t.kind for t in named[0].traits] != ["group"]:
        return None
    around = clause.between(clause.start, named[0].start) + clause.between(named[0].end, clause.end)
    return None if around.strip(" .:*#-_") else named[0].traits[0]


def introduces(clause: Clause, named: list[Designator]) -> bool:
    """Whether an item of a list says what a group got: "- Control: saline", "Level 1: 20 MBq"."""
    if clause.kind == "item":
        if any(d.first("doses") and (d.first("days") or d.first("activity")) for d in named):
            return True
        colon = clause.page.text.find(":", clause.start, clause.end)
        named_first = bool(named) and named[0].first("group") and len(named[0].traits) > 1
        return any(d.strong and d.start < colon for d in named) or (
            bool(named_first) and not clause.between(clause.start, named[0].start).strip(" -*\u2022_(\t")
        )
    opening = [d for d in named if d.first("group") and clause.between(clause.start, d.start).strip()[-1:] in ("", ":")]
    return any(":" in clause.between(d.start, d.end) for d in opening)
