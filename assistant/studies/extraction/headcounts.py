"""How many animals or patients a sentence counts, in one arm or in each."""

from __future__ import annotations

import re

from assistant.language.numerals import NUMERAL
from assistant.language.subjects import SUBJECTS
from assistant.language.units import ACTIVITY
from assistant.studies.extraction.mentions import Clause
from assistant.studies.extraction.traits import Trait, number, trait

_N = re.compile(
    r"(?<!\w)n\s*=\s*(?P<n>\d{1,4})(?P<each>\s*(?:per|each|/|in\s+each|for\s+each|in\s+all|for\s+all)\s*\w*)?"
    rf"|\b(?P<per>\d{{1,4}}|{NUMERAL})\s+(?:\w+\s+)?{SUBJECTS}\s*(?:(?:were|was)\s+(?:used|included|treated|studied|allocated|assigned)\s+)?(?:per|(?:in|to|for)\s+each|each|/)\s*(?:\w+\s+)?(?:group|arm|cohort|treatment|dose)?"
    rf"|(?<![\w/.-])(?P<arm>\d{{1,4}}|{NUMERAL})\s+(?:per|(?:in|to)\s+each)\s+(?:\w+\s+){{0,3}}?(?:groups?|arms?|cohorts?)\b"
    rf"|\b(?P<to>\d{{1,4}}|{NUMERAL})\s+to\s+(?:a|each|every)\s+(?:group|arm|cohort)\b"
    rf"|\beach\s+(?:of\s+the\s+(?:\w+\s+)?)?(?:groups?|arms?|cohorts?)\s+(?:comprised|contained|had|consisted\s+of|included|numbered)\s+(?P<comprised>\d{{1,4}}|{NUMERAL})\b"
    rf"|\b(?:groups|cohorts|arms)\s+of\s+(?P<groups>\d{{1,4}}|{NUMERAL})\b"
    rf"|(?<![\w/.-])(?P<heads>\d{{1,4}}|{NUMERAL})\s+(?P<who>(?:(?!(?:days?|weeks?|months?|hours?|in|for|of|and|or"
    r"|to|doses?|we|they|that|which|wrote|were|was|had|all|said|who|when|where|as|by|from|on|at|the|with|versus|vs|than|received|groups?|"
    rf"cohorts?|arms?|injections?)\b)[a-z/-]+\s+){{0,3}}?{SUBJECTS})\b"
    rf"|(?<![\w/.-])(?P<part>\d{{1,4}}|{NUMERAL})(?=\s+(?:received|got|had|served|were\s+(?:given|treated|injected|left|kept)|an?\s+(?:second|third|single)|(?P<with>with))\b)"
    rf"|(?<![\w/.-])(?P<them>\d{{1,4}}|{NUMERAL})(?=\s+of\s+(?:them|these|whom)\s+(?:had|received|got|were\s+(?:given|treated))\b)"
    rf"|(?<![\w/.:-])(?P<assigned>\d{{1,4}}|{NUMERAL})(?=\s+(?:were\s+(?:assigned|allocated|randomi[sz]ed)\s+)?to\s+[\w\[(])"
    rf"|(?<![\w/.-])(?P<level>\d{{1,3}}|{NUMERAL})(?=\s+at\s+\d[\d.,]*\s?{ACTIVITY})"
    rf"|\b(?:other|remaining)\s+(?P<others>\d{{1,4}}|{NUMERAL})(?=(?:,[^,.;]*,)?\s+(?:had|got|received|were|was)\b)"
    rf"|(?:\band|,)\s+(?P<gapped>\d{{1,4}}|{NUMERAL})(?=\s+(?:the\s+|an?\s+)?(?:placebo|vehicle|saline|controls?|buffer)\b)",
    re.IGNORECASE,
)
# "Of the 19 dogs that had the compound, 11 received …"
_OF_ALL = re.compile(rf"\W*(?:Of|Among)\s+(?:the(?:se|m)?|those)?\s*(?:\d+|{NUMERAL})?\s*(?:\w+\s+)?{SUBJECTS}?\b", re.IGNORECASE)
_OF = re.compile(r"\W*(?:(?:Out\s+)?of|Among)\s+(?:the(?:se)?|those|a\s+total\s+of)?\s*", re.IGNORECASE)
_MORE_HEADS = re.compile(
    r"\b(?:an?\s+)?(?:further|additional|another)\s+$|\bthe\s+(?:first|next|following|last|other|remaining)\s+$", re.IGNORECASE
)
# "allocated to five groups (n = 8)"
_OF_EACH = re.compile(r"\b(?:groups|arms|cohorts)\s*[\[(]\s*$", re.IGNORECASE)
HEADS = "heads"
"""The name of a number of animals or patients that stands before what they were given, and may be that of several arms."""
TOTAL = "total"
"""The name of a number of animals or patients of whom a sentence then counts parts: "Of 36 mice, 12 …"."""
FURTHER = "further"
"""The name of a number of animals or patients that are one part of all: "a further 12 patients", "the first 9 dogs"."""


# "two groups of ten got …" counts those groups and not the others.
_GROUPS_GOT = re.compile(r"\s+(?:\w+\s+)?(?:got|received|had|were\s+(?:given|treated|injected))\b", re.IGNORECASE)
# "Nineteen dogs received one dose, and eleven received two"
_HEADS_GOT = re.compile(rf"\b(?:\d{{1,4}}|{NUMERAL})\s+(?:(?:[a-z-]+\s+)?{SUBJECTS}\s+)?(?:received|got|had|were\s+given)\b", re.IGNORECASE)
_NEXT_PART = re.compile(r"(?:,|;|\band|\bwhile|\bwhereas)\s+$", re.IGNORECASE)
_EXCEPT = re.compile(r"\s*,?\s*(?:except|apart\s+from|but\s+for|save\s+for)\b", re.IGNORECASE)
# After "four groups were formed", "three of them" are groups.
_GROUPS_TOLD = re.compile(r"\b(?:groups|arms|cohorts)\b", re.IGNORECASE)
_ASSIGNED = re.compile(r"\b(?:randomi[sz]ed|assigned|allocated)\b", re.IGNORECASE)
_FOR_ALL = ("per", "to", "arm", "groups", "comprised", "each")
_COUNTED = ("n", "per", "to", "arm", "groups", "comprised", "heads", "others", "part", "gapped", "them", "assigned", "level")


_FARED = re.compile(
    r"\s+(?:(?:was|were|remained|stayed|is|are)\s+(?:\w+\s+)?(?:alive|dead|(?:\w+-)?free|cured|censored|lost|excluded|withdrawn|euthani[sz]ed|killed"
    r"|sacrificed|found|responders)\b|(?:had\s+)?(?:died|relapsed|lost|developed|responded|progressed|showed|experienced)\b"
    r"|survived\s+(?:to|until|beyond|past|more|longer|the)\b)",
    re.IGNORECASE,
)


def counts(clause: Clause) -> list[Trait]:
    """The numbers of animals or patients that a sentence states."""
    found = []
    for match in clause.find(_N):
        kind = next(name for name in _COUNTED if match[name])
        count = number(match[kind])
        before = clause.before(match.start())
        fared = kind == "heads" and _FARED.match(clause.after(match.end()))
        if not count or fared or _EXCEPT.match(clause.after(match.end())) or not _counts_heads(clause, match, kind):
            continue
        told_of = kind == "groups" and _GROUPS_GOT.match(clause.after(match.end())) is not None
        each = (any(match[name] for name in _FOR_ALL) and not told_of) or (kind == "n" and _OF_EACH.search(before) is not None)
        start, end = match.start("gapped") if kind == "gapped" else match.start(), match.end("who") if kind == "heads" else match.end()
        name = "" if kind != "heads" else FURTHER if _MORE_HEADS.search(before) else TOTAL if _OF.fullmatch(before) else HEADS
        found.append(trait(clause, "n", start, end, number=count, each=each, name=name))
    return found


def _counts_heads(clause: Clause, match: re.Match[str], kind: str) -> bool:
    """Whether a number without a noun counts animals or patients, and is no end of a range."""
    if kind == "assigned":
        return _ASSIGNED.search(clause.text) is not None and not re.match(r"\s+to\s+\d+\b(?!\s*[A-Z])", clause.after(match.end()))
    if kind in ("part", "them") and not _OF_ALL.match(clause.text):
        if match["with"]:
            return False
        opens = not clause.between(clause.start, match.start()).strip(" '\"-*")
        told = clause.page.text[max(0, clause.start - 150) : clause.start]
        beside = _HEADS_GOT.search(clause.before(match.start(), 400)) and _NEXT_PART.search(clause.before(match.start()))
        return bool(opens or kind == "them" or beside) and not _GROUPS_TOLD.search(told)
    return not _is_part_of_range(clause, match, kind)


def _is_part_of_range(clause: Clause, match: re.Match[str], kind: str) -> bool:
    """ "8 to 10 mice", "groups of 8-10", and "5/8 mice" or "5 of 8 mice" with their first number."""
    if re.match(
        rf"(?:\s*(?:to|or)\s*|-)(?:\d|{NUMERAL})" if kind == "n" else rf"\s*(?:to|or|-)\s*(?:\d|{NUMERAL})",
        clause.after(match.end("groups") if kind == "groups" else match.end()),
    ):
        return True
    if kind != "heads":
        return False
    ranged = re.search(rf"(?:\d|\b(?:{NUMERAL}))\s*(?:to|or|-)\s*$", clause.before(match.start()), re.IGNORECASE)
    return bool(ranged or re.match(r"\s*(?:of|/)\s*\d", clause.after(match.end("heads"))))
