"""What tells arms apart beside the dose: animals per arm, controls, named groups, and other treatments."""

from __future__ import annotations

import re

from assistant.studies.extraction.mentions import Clause
from assistant.studies.extraction.traits import Trait, number, trait

_NUMERAL = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen"
    "|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|six|seven"
    "|eight|nine))?"
)
_ANIMALS = r"(?:mice|rats|animals|dogs|patients|subjects|participants|monkeys|rabbits|cats)"
_N = re.compile(
    r"(?<!\w)n\s*=\s*(?P<n>\d{1,4})(?P<each>\s*(?:per|each|/|in\s+each|for\s+each|in\s+all|for\s+all)\s*\w*)?"
    rf"|\b(?P<per>\d{{1,4}}|{_NUMERAL})\s+(?:\w+\s+)?{_ANIMALS}\s*(?:per|in\s+each|each|/)\s*(?:\w+\s+)?(?:group|arm|cohort|treatment)?"
    rf"|\b(?:groups|cohorts)\s+of\s+(?P<groups>\d{{1,4}}|{_NUMERAL})\b"
    rf"|(?<![\w/.-])(?P<heads>\d{{1,4}}|{_NUMERAL})\s+(?P<who>(?:(?!(?:days?|weeks?|months?|hours?|in|for|of|and|or"
    r"|to|doses?|the|with|versus|vs|than|received|groups?|"
    rf"cohorts?|arms?|injections?)\b)[a-z/-]+\s+){{0,3}}?{_ANIMALS})\b",
    re.IGNORECASE,
)
_VEHICLE = (
    r"(?:vehicle|saline|PBS|placebo|sham|untreated|no\s+(?:treatment|therapy)|(?:given|received|receiving)\s+nothing"
    r"|buffer|(?:empty|blank)\s+[a-z]+|(?:unlabell?ed|non-?radioactive|non-?radiolabell?ed|cold|nonlabell?ed)(?:\s+(?:[A-Z][\w-]*(?:\s\d+\b(?!\s?[mun]?g\b))?"
    r"|compound|antibody|peptide|ligand|carrier|analogue|analog|conjugate|drug))?|best\s+supportive\s+care|(?:pain\s+relief|analgesi\w+|palliative\s+care|supportive\s+care)\s+(?:only|alone)|(?:standard"
    r"|usual|conventional)(?:[- ]of)?[- ](?:care|therapy))"
)
_UNLABELLED = "unlabelled"
_WITHOUT_LABEL = re.compile(r"(?:un|non-?(?:radio)?)labell?ed|non-?radioactive|cold", re.IGNORECASE)
# Care that is added to a compound makes no control.
_CARE = re.compile(r"(?:best\s+supportive|(?:standard|usual|conventional)(?:[- ]of)?)[- ](?:care|therapy)", re.IGNORECASE)
_ADDED = re.compile(r"(?:\+|\bplus|\badded\s+to|\bcombin\w+\s+with|\btogether\s+with)\s+(?:protocol-permitted\s+)?$", re.IGNORECASE)
_CONTROL = re.compile(
    rf"(?<![A-Za-z-])(?P<specific>{_VEHICLE})(?:[- ](?:treated|injected|alone|only))?(?:\s+(?:\w+\s+)?controls?\b(?!led))?"
    r"|(?<![A-Za-z])(?P<generic>controls?)\b(?!\s+(?:of|rate)|led|ling|-)",
    re.IGNORECASE,
)
_NO_CONTROL_BEFORE = re.compile(
    r"\b(?:disease|tumou?r|growth|local|quality|symptom|internal|positive|pain|birth|infection|under|in|to|better|durable|no|without)\s+$",
    re.IGNORECASE,
)
_CONTROL_AFTER_TO = re.compile(
    r"\b(?:compared|relative|similar|equal|identical|superior)\s+to\s+$|\b(?:the|untreated|in)\s+$", re.IGNORECASE
)
_HISTORIC = re.compile(r"\bhistor\w+\s+(?:\w+\s+)?$", re.IGNORECASE)
_GROUP = re.compile(
    r"\b(?:(?P<level>(?:low|lower|lowest|mid|middle|medium|intermediate|high|higher|highest)(?:est)?)[- ](?:dose"
    r"|activity)(?:\s+(?:level|group|arm|cohort))?"
    r"|(?P<numbered>(?:cohort|arm|group|(?:dose\s+)?level)\s+(?:\d{1,2}|[A-E]|IV|I{1,3})))\b",
    re.IGNORECASE,
)
_DOSE_LEVELS = re.compile(r"\b(?:dose|activity)\s+levels?\b", re.IGNORECASE)
_GROUP_RUN = re.compile(
    r"\b(?P<noun>cohort|arm|group|level)s\s+(?:(?:\d{1,2}|[A-E]|IV|I{1,3})(?:\s*(?:,|and|or|,\s*and)\s*))+(?:\d{1,2}|[A-E]|IV|I{1,3})\b",
    re.IGNORECASE,
)
# "G2" is a group where a document introduces its groups so, and may be a tumour grade elsewhere.
_NUMBERS_GROUPS = re.compile(r"\b[Gg]roups?\b[^.\n]{0,40}\bG1\b")
_MORE_HEADS = re.compile(r"\b(?:an?\s+)?(?:further|additional|another)\s+$", re.IGNORECASE)
FURTHER = "further"
"""The name of a number of animals or patients that were treated beside those told of before."""
# "to (A) saline, (B) one dose or (C) two doses" introduces the groups A, B and C.
_LETTERED = re.compile(r"\((?P<letter>[A-Ea-e])\)(?=\s+\w)")
_ORDINALS = {"first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6"}
ORDINAL = re.compile("|".join(_ORDINALS), re.IGNORECASE)
"""The words that name a group by its place."""
_ORDINAL_GROUP = re.compile(rf"\b(?P<ordinal>{'|'.join(_ORDINALS)})\s+(?P<noun>group|arm|cohort)\b", re.IGNORECASE)
_REPEATED = re.compile(
    r"\b(?:(?:repeat(?:ed)?|multiple|multi|split|divided|fractionated)[- ]"
    r"(?:dos(?:e|ing)|doses|activity|schedule|regimen|administration|injection)"
    r"|fractionated\s+treatment)(?:\s+(?:group|arm|cohort|schedule|regimen))?\b",
    re.IGNORECASE,
)
REPEATED = "repeated"
"""The name of a group trait that only says that something was given more than once."""
_SHORT_GROUP = re.compile(r"\bG[1-9]\b")
_DRUG = re.compile(
    r"\b(?P<drug>(?:gemcitabine|docetaxel|paclitaxel|cabazitaxel|temozolomide|cisplatin|carboplatin|oxaliplatin|doxorubicin"
    r"|abiraterone|enzalutamide|apalutamide|everolimus|bortezomib|"
    r"lenalidomide|dexamethasone|capecitabine|fluorouracil|5-FU|irinotecan|topotecan|etoposide|vincristine|[a-z]{3,}(?:toclax"
    r"|mustine|zomib|limus|degib|lisib|parib|tinib|rafenib|ciclib|lizumab|limumab|lumab|tuximab|tuzumab|platin|taxel"
    r"|rubicin|lutamide|omide))"
    r"|anti-[A-Z][A-Za-z]+(?:-?\d+)?|external[- ]beam\s+(?:radiation|radiotherapy|irradiation)|EBRT|XRT|chemotherapy|surgery\s+alone)\b",
    re.IGNORECASE,
)
_COMBINED = re.compile(
    r"\s*(?:\+|plus|combined\s+with|in\s+combination\s+with|together\s+with|followed\s+by)\s*(?:\d[\d.]*\s?(?:mg"
    r"|Gy|ug)(?:/kg)?\s+(?:of\s+)?)?",
    re.IGNORECASE,
)
_THE_COMBINATION = re.compile(r"\b(?:the\s+)?combination(?:\s+(?:group|arm|therapy|treatment|regimen))?\b(?!\s+(?:with|of))", re.IGNORECASE)
COMBINATION = "combination"
"""The name of a drug trait that only says that something was combined."""


def counts(clause: Clause) -> list[Trait]:
    """The numbers of animals or patients that a sentence states."""
    found = []
    for match in clause.find(_N):
        word = match["n"] or match["per"] or match["groups"] or match["heads"]
        count = number(word)
        if not count:
            continue
        if re.match(r"\s*(?:to|or|-)\s*(?:\d|" + _NUMERAL + r")", clause.after(match.end("groups") if match["groups"] else match.end())):
            continue
        if match["heads"] and re.search(r"(?:\d|\b(?:" + _NUMERAL + r"))\s*(?:to|or|-)\s*$", clause.before(match.start()), re.IGNORECASE):
            continue
        if match["heads"] and re.match(r"\s*(?:of|/)\s*\d", clause.after(match.end("heads"))):
            continue
        each = bool(match["per"] or match["groups"] or match["each"])
        end = match.end("who") if match["heads"] else match.end()
        name = FURTHER if match["heads"] and _MORE_HEADS.search(clause.before(match.start())) else "heads" if match["heads"] else ""
        found.append(trait(clause, "n", match.start(), end, number=count, each=each, name=name))
    return found


def controls(clause: Clause) -> list[Trait]:
    """The words that name a control; ``name`` is empty for the bare word, ``historic`` for what was no arm."""
    found = []
    for match in clause.find(_CONTROL):
        before = clause.before(match.start())
        generic = match["generic"] is not None
        if _ADDED.search(before) and _CARE.match(match.group()):
            continue
        if generic and _NO_CONTROL_BEFORE.search(before) and not _CONTROL_AFTER_TO.search(before):
            continue
        if re.match(r"\s+(?:chamber|solution|system|release)", clause.after(match.end())):
            continue
        name = "historic" if _HISTORIC.search(before) else "" if generic else _control_name(match["specific"])
        end = match.end("generic") if generic else match.end("specific")
        found.append(trait(clause, "control", match.start(), end, name=name))
    return found


def _control_name(words: str) -> str:
    """What spellings of a control share: "unlabelled antibody" and "cold ABC-12" both are the unlabelled compound."""
    return _UNLABELLED if _WITHOUT_LABEL.match(words) else words.casefold()


def groups(clause: Clause) -> list[Trait]:
    """The names of groups: levels ("high-dose"), numbers ("cohort 2") and letters."""
    levels = clause.page.says(_DOSE_LEVELS) is not None
    named = [(m, _group_name(m)) for m in clause.find(_GROUP)]
    found = [trait(clause, "group", m.start(), m.end(), name=name) for m, name in named if levels or not name.startswith("level")]
    for run in clause.find(_GROUP_RUN):
        noun = run["noun"].casefold()
        if noun == "level" and not levels:
            continue
        for match in re.finditer(r"\b(?:\d{1,2}|[A-E]|IV|I{1,3})\b", run.group()):
            start, end = run.start() + match.start(), run.start() + match.end()
            found.append(trait(clause, "group", start, end, name=f"{noun} {match.group().casefold()}"))
    if clause.page.says(_NUMBERS_GROUPS):
        found += [trait(clause, "group", m.start(), m.end(), name=m.group().casefold()) for m in clause.find(_SHORT_GROUP)]
    found += [trait(clause, "group", m.start(), m.end(), name=REPEATED) for m in clause.find(_REPEATED)]
    for match in clause.find(_ORDINAL_GROUP):
        name = f"{match['noun']} {_ORDINALS[match['ordinal'].casefold()]}".casefold()
        found.append(trait(clause, "group", match.start(), match.end(), name=name))
    lettered = [(m, m["letter"].casefold()) for m in clause.find(_LETTERED)]
    if [letter for _, letter in lettered] == list("abcde")[: len(lettered)] and len(lettered) > 1:
        found += [trait(clause, "group", m.start(), m.end(), name=f"group {letter}") for m, letter in lettered]
    return found


def _group_name(match: re.Match[str]) -> str:
    if match["level"]:
        word = match["level"].casefold()
        return next((base for base in ("low", "mid", "high") if word.startswith(base)), "mid") + "-dose"
    return " ".join(match["numbered"].casefold().split()).removeprefix("dose ")


def drugs(clause: Clause) -> list[Trait]:
    """Treatments beside the compound; ``each`` tells that one was combined with what stands beside it."""
    found = [trait(clause, "drug", m.start(), m.end(), name=COMBINATION, each=True) for m in clause.find(_THE_COMBINATION)]
    found += [
        trait(clause, "drug", m.start(), m.end(), name=m.group().casefold(), each=True)
        for m in clause.find(_CARE)
        if _ADDED.search(clause.before(m.start()))
    ]
    for match in clause.find(_DRUG):
        lead = _COMBINED.search(clause.before(match.start(), 40))
        joined = bool(lead and lead.end() == len(clause.before(match.start(), 40))) or bool(_COMBINED.match(clause.after(match.end())))
        found.append(trait(clause, "drug", match.start(), match.end(), name=match.group().casefold(), each=joined))
    return found
