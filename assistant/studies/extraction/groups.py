"""What groups are called: levels, numbers, letters, ordinals, and words that refer to one named before."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from assistant.language.designations import SIGN
from assistant.language.numerals import NUMERAL, ORDINALS
from assistant.language.subjects import SUBJECTS
from assistant.studies.extraction.mentions import Clause
from assistant.studies.extraction.traits import Trait, trait

_GROUP = re.compile(
    r"\b(?:(?P<level>(?:low|lower|lowest|mid|middle|medium|intermediate|high|higher|highest)(?:est)?)[- ](?:dose"
    r"|activity)(?:\s+(?:level|group|arm|cohort))?"
    rf"|(?P<numbered>(?:cohort|arm|group|(?:dose\s+)?level)\s+(?:{SIGN}|one|two|three|four|five|six)))\b",
    re.IGNORECASE,
)
_DOSE_LEVELS = re.compile(r"\b(?:dose|activity)\s+levels?\b|^\W*level\s+(?:1|I|A)\b", re.IGNORECASE | re.MULTILINE)
_GROUP_RUN = re.compile(
    rf"\b(?P<noun>cohort|arm|group|level)s\s+(?:{SIGN}(?:\s*(?:,|and|or|,\s*and)\s*))+{SIGN}\b",
    re.IGNORECASE,
)
_TO = re.compile(
    r"\b(?P<noun>cohort|arm|group|level)s\s+(?P<first>\d{1,2}|[A-H])\s*(?:to|through|-)\s*(?P<last>\d{1,2}|[A-H])\b", re.IGNORECASE
)
# "G2" is a group where a document introduces its groups so, and may be a tumour grade elsewhere.
_NUMBERS_GROUPS = re.compile(r"\b[Gg]roups?\b[^.\n]{0,40}\bG1\b|^\W*G1\b(?=[\s\S]{1,400}^\W*G2\b)", re.MULTILINE)
# "Group M1: saline" introduces M1, and "arm A received" A, by which they are called alone elsewhere.
_INTRODUCED = re.compile(
    r"\b(?P<noun>(?i:group|arm|cohort))\s+(?P<sign>[A-Z][1-9]?)(?=\s*[:=(,]|\s+(?:received|got|were|was|had|served|remained)\b)"
)
# "vehicle (V, n=10)" introduces V, which stands for it before a figure: "V 29 d".
_ABBREVIATED = re.compile(r"\((?P<sign>[A-Z])(?=,\s*[nN]\s*=\s*\d)")
_BEFORE_FIGURE = re.compile(r"(?<![\w.'’/(-])[A-Z](?=:?\s\d)")
# "to (A) saline, (B) one dose or (C) two doses" introduces the groups A, B and C.
_LETTERED = re.compile(r"\((?P<letter>[A-Ha-h])\)(?=\s+[\w\[])")
# Such a document calls them A, B and C elsewhere, too; an "A" before a word may be the article.
_LETTERS_TOLD = re.compile(r"\(A\)\s[^.\n]{2,400}\(B\)\s")
_LETTER_ALONE = re.compile(
    r"(?<![\w.'’/(-])[A-H](?![\w'’-]|\.\w)(?!\s+[a-z])|(?<![\w.'’/(-])[B-H](?=\s(?:was|were|had|lived|reached|and|vs)\b)"
)
_SIGN_ALONE = re.compile(rf"(?<![\w.'’/(-])[A-Z][1-9](?![\w'’-]|\.\w)|{_LETTER_ALONE.pattern}")
_SIGN_NAMED = re.compile(r"\b(?:[Gg]roup|[Aa]rm|[Cc]ohort)\s+(?P<sign>[A-Z])(?!\w)")
# "(b) 20 MBq on day 0" in a list, and "group b" elsewhere.
_ITEM_LETTER = re.compile(r"\s*\(?(?P<letter>[a-e])[).]\s", re.IGNORECASE)
_LETTERED_GROUPS = re.compile(r"\bgroups?\s+[a-e]\b(?!\s+(?:total|few|single))")
_CARDINALS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6"}
ORDINAL = re.compile("|".join(ORDINALS), re.IGNORECASE)
"""The words that name a group by its place."""
_ORDINAL_GROUP = re.compile(rf"\b(?P<ordinal>{'|'.join(ORDINALS)})\s+(?P<noun>group|arm|cohort)\b", re.IGNORECASE)
# "mice were divided into three groups. The first was left untreated, the second got …"
_GROUPS_TOLD = re.compile(rf"\b(?:\d|{NUMERAL})\s+(?:\w+\s+){{0,2}}?(?P<noun>group|arm|cohort)s\b", re.IGNORECASE)
_NUMBERED = re.compile(rf"\b(?:cohort|arm|group)s?\s+{SIGN}\b", re.IGNORECASE)
_ORDINAL_ALONE = re.compile(
    rf"\bthe\s+(?P<ordinal>{'|'.join(ORDINALS)})(?=\s+(?:was|were|received|got|had|remained|served)\b)", re.IGNORECASE
)
_REPEATED = re.compile(
    r"\b(?:(?:repeat(?:ed)?|multiple|multi|split|divided|fractionated)[- ]"
    r"(?:dos(?:e|ing)|doses|activity|schedule|regimen|administration|injection)"
    r"|fractionated\s+treatment)(?:\s+(?:group|arm|cohort|schedule|regimen))?\b",
    re.IGNORECASE,
)
# "the former lived …, the latter …": the two arms that were named last.
_FORMER = re.compile(rf"\bthe\s+(?P<which>former|latter)\b(?:\s+(?:group|arm|cohort|{SUBJECTS}))?", re.IGNORECASE)
FORMER, LATTER = "former", "latter"
_TREATED = re.compile(
    rf"(?<![\w-])(?:treated|lutetium|actinium|radium|iodine|radioiodine|yttrium|lead|astatine|terbium|copper|holmium|samarium|bismuth|thorium)\s+(?:{SUBJECTS}|group|arm|cohort|ones)\b",
    re.IGNORECASE,
)
TREATED = "treated"
"""The name of a group trait that tells nothing but that something was given."""
REFERRING = frozenset({FORMER, LATTER, TREATED})
"""The names of group traits that only refer to arms that are told of elsewhere."""
REPEATED = "repeated"
"""The name of a group trait that only says that something was given more than once."""
_SHORT_GROUP = re.compile(r"\bG[1-9]\b")


def groups(clause: Clause) -> list[Trait]:
    """The names of groups: levels ("high-dose"), numbers ("cohort 2") and letters."""
    levels = clause.page.says(_DOSE_LEVELS) is not None
    named = [(m, _group_name(m)) for m in clause.find(_GROUP)]
    found = [trait(clause, "group", m.start(), m.end(), name=name) for m, name in named if levels or not name.startswith("level")]
    found += _listed(clause, levels)
    if clause.page.says(_NUMBERS_GROUPS):
        found += [trait(clause, "group", m.start(), m.end(), name=m.group().casefold()) for m in clause.find(_SHORT_GROUP)]
    found += [trait(clause, "group", m.start(), m.end(), name=REPEATED) for m in clause.find(_REPEATED)]
    found += [trait(clause, "group", m.start(), m.end(), name=m["which"].casefold()) for m in clause.find(_FORMER)]
    found += [trait(clause, "group", m.start(), m.end(), name=TREATED) for m in clause.find(_TREATED)]
    for match in clause.find(_ORDINAL_GROUP):
        name = f"{match['noun']} {ORDINALS[match['ordinal'].casefold()]}".casefold()
        found.append(trait(clause, "group", match.start(), match.end(), name=name))
    if (told := clause.page.says(_GROUPS_TOLD)) and not clause.page.says(_NUMBERED):
        for match in clause.find(_ORDINAL_ALONE):
            name = f"{told['noun']} {ORDINALS[match['ordinal'].casefold()]}".casefold()
            found.append(trait(clause, "group", match.start(), match.end(), name=name))
    if clause.kind == "item" and clause.page.says(_LETTERED_GROUPS) and (letter := _ITEM_LETTER.match(clause.text)):
        start, end = clause.start + letter.start("letter"), clause.start + letter.end("letter")
        found.append(trait(clause, "group", start, end, name=f"group {letter['letter'].casefold()}"))
    return found + _lettered(clause) + [t for t in _signs(clause) if not any(f.start <= t.start < f.end for f in found)]


def _signs(clause: Clause) -> list[Trait]:
    """The groups that a document introduces as such: "arm S", and where their signs stand alone, "40 days in M1, 53 days in M2"."""
    introduced = _introduced(clause.page.text)
    signed = [(m, m["sign"]) for m in clause.find(_SIGN_NAMED)] + [(m, m.group()) for m in clause.find(_SIGN_ALONE)]
    found = [(m.start(), m.end(), introduced[sign]) for m, sign in signed if sign in introduced]
    letters = _abbreviated(clause.page.text)
    found += [(m.start("sign"), m.end("sign"), f"group {m['sign']}".casefold()) for m in clause.find(_ABBREVIATED) if m["sign"] in letters]
    found += [(m.start(), m.end(), f"group {m.group()}".casefold()) for m in clause.find(_BEFORE_FIGURE) if m.group() in letters]
    return [trait(clause, "group", start, end, name=name) for start, end, name in dict.fromkeys(found)]


@lru_cache(maxsize=8)
def _abbreviated(text: str) -> frozenset[str]:
    """The letters that stand for groups, where at least two are introduced beside their groups' sizes."""
    letters = frozenset(m["sign"] for m in _ABBREVIATED.finditer(text))
    return letters if len(letters) > 1 else frozenset()


@lru_cache(maxsize=8)
def _introduced(text: str) -> Mapping[str, str]:
    """From each sign to its group's name; at least two letters, or the first two of a series, are introduced, lest it be an initial."""
    found = {m["sign"]: f"{m['noun']} {m['sign']}".casefold() for m in _INTRODUCED.finditer(text)}
    letters = {sign for sign in found if len(sign) == 1}
    begun = {sign[:-1] for sign in found if sign[-1] == "1" and f"{sign[:-1]}2" in found}
    return {sign: name for sign, name in found.items() if (sign[:-1] in begun if len(sign) > 1 else len(letters) > 1)}


def _lettered(clause: Clause) -> list[Trait]:
    """The groups that a document introduces by letters in brackets: "(A) saline, (B) one dose", then "B 27 d"."""
    introduced = [(m, m["letter"].casefold()) for m in clause.find(_LETTERED)]
    if [letter for _, letter in introduced] == list("abcdefgh")[: len(introduced)] and len(introduced) > 1:
        return [trait(clause, "group", m.start(), m.end(), name=f"group {letter}") for m, letter in introduced]
    if introduced or not clause.page.says(_LETTERS_TOLD):
        return []
    return [trait(clause, "group", m.start(), m.end(), name=f"group {m.group().casefold()}") for m in clause.find(_LETTER_ALONE)]


def _listed(clause: Clause, levels: bool) -> list[Trait]:
    """The members of "groups 1, 2 and 3"."""
    found = []
    for run in clause.find(_GROUP_RUN):
        noun = run["noun"].casefold()
        if noun == "level" and not levels:
            continue
        for match in re.finditer(rf"\b{SIGN}\b", run.group()):
            start, end = run.start() + match.start(), run.start() + match.end()
            found.append(trait(clause, "group", start, end, name=f"{noun} {match.group().casefold()}"))
    return found


def group_range(clause: Clause) -> tuple[str, ...] | None:
    """The names of the groups of "cohorts 1 to 4"."""
    run = next(clause.find(_TO), None)
    if run is None:
        return None
    first, last = run["first"].casefold(), run["last"].casefold()
    if first.isdigit() != last.isdigit():
        return None
    places = [str(p) for p in range(int(first), int(last) + 1)] if first.isdigit() else [chr(p) for p in range(ord(first), ord(last) + 1)]
    return tuple(f"{run['noun'].casefold()} {place}" for place in places)


def _group_name(match: re.Match[str]) -> str:
    if match["level"]:
        word = match["level"].casefold()
        return next((base for base in ("low", "mid", "high") if word.startswith(base)), "mid") + "-dose"
    noun, _, place = " ".join(match["numbered"].casefold().split()).removeprefix("dose ").rpartition(" ")
    return f"{noun} {_CARDINALS.get(place, place)}"
