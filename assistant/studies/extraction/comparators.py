"""What arms got that is not the compound: controls, and other treatments."""

from __future__ import annotations

import re

from assistant.studies.extraction.mentions import Clause
from assistant.studies.extraction.traits import Trait, trait

_VEHICLE = (
    r"(?:vehicle|saline|PBS|placebo|sham|untreated|(?:no|without(?:\s+any)?)\s+(?:treatment|therapy)|(?:given|received|receiving|had|got)\s+nothing(?:\s+at\s+all)?|left\s+alone|nothing\s+(?:further|else)|salt\s+water"
    r"|buffer|solvent|diluent|(?:\d[\d.]*\s?%\s+)?(?:sodium\s+chloride|dextrose|glucose)(?:\s+solution)?|(?:empty|blank)\s+[a-z]+|(?:unlabell?ed|non-?radioactive|non-?radiolabell?ed|cold|nonlabell?ed|naked)(?:\s+(?:[A-Z][\w-]*(?:\s\d+\b(?!\s?(?:[mun]?g|d|days?|weeks?|months?)\b))?"
    r"|compound|antibody|mAb|peptide|ligand|carrier|analogue|analog|conjugate|drug))?"
    r"|(?:physician|investigator)'?s'?\s+(?:best\s+)?choice(?:\s+of\s+(?:therapy|treatment))?|(?:best\s+supportive|palliative)\s+care(?!\s+(?:only|alone))|(?:pain\s+relief|analgesi\w+|palliative\s+care|supportive\s+care"
    r"|amputation|surgery|debulking|resection|carrier|gel|polymer|painkillers|steroids?|medication"
    r"|(?:external[- ]beam\s+)?(?:radiotherapy|radiation|irradiation)|radiation\s+therapy)\s+(?:only|alone)|(?:standard"
    r"|usual|conventional)(?:[- ]of)?[- ](?:care|therapy))"
)
_UNLABELLED = "unlabelled"
_WITHOUT_LABEL = re.compile(r"(?:un|non-?(?:radio)?)labell?ed|non-?radioactive|cold|naked", re.IGNORECASE)
# Care that is added to a compound makes no control.
_CARE = re.compile(r"(?:best\s+supportive|(?:standard|usual|conventional)(?:[- ]of)?)[- ](?:care|therapy)", re.IGNORECASE)
_ADDED = re.compile(r"(?:\+|\bplus|\badded\s+to|\bcombin\w+\s+with|\btogether\s+with)\s+(?:protocol-permitted\s+)?$", re.IGNORECASE)
_CONTROL = re.compile(
    rf"(?<![A-Za-z-])(?P<specific>{_VEHICLE})(?:[- ](?:treated|injected|alone|only))?(?:\s+(?:\w+\s+)?controls?\b(?!led))?"
    r"|(?<![A-Za-z])(?P<generic>controls?)\b(?!\s+(?:of|rate)|led|ling|-)",
    re.IGNORECASE,
)
# What controls got that are called so, and liquids that are that.
_WHAT_LIQUID = frozenset(["vehicle", "placebo", ""])
_LIQUID = re.compile(r"(?:saline|PBS|buffer|solvent|diluent|salt\s+water)", re.IGNORECASE)
_UNTREATED = re.compile(r"untreated|(?:no|without(?:\s+any)?)\s+(?:treatment|therapy)|\w+\s+nothing|left\s+alone", re.IGNORECASE)
UNTREATED = "untreated"
"""The name of a control that got nothing."""
_NO_CONTROL_BEFORE = re.compile(
    r"\b(?:disease|tumou?r|growth|local|quality|symptom|internal|positive|pain|birth|infection|under|in|to|better|durable|no|without)\s+$",
    re.IGNORECASE,
)
_CONTROL_AFTER_TO = re.compile(
    r"\b(?:compared|relative|similar|equal|identical|superior)\s+to\s+$|\b(?:the|untreated|in)\s+$", re.IGNORECASE
)
_EARLIER = re.compile(r"\b(?:earlier|previous|former|past)\s+years\b|\b(?:files|records|charts)\s+of\b", re.IGNORECASE)
_HISTORIC = re.compile(r"\bhistor\w+\s+(?:\w+\s+)?$", re.IGNORECASE)
_DRUG = re.compile(
    r"\b(?P<drug>(?:gemcitabine|docetaxel|paclitaxel|cabazitaxel|temozolomide|cisplatin|carboplatin|oxaliplatin|doxorubicin"
    r"|octreotide|lanreotide|abiraterone|enzalutamide|apalutamide|everolimus|bortezomib|"
    r"lenalidomide|dexamethasone|capecitabine|fluorouracil|5-FU|irinotecan|topotecan|etoposide|vincristine|[a-z]{2,}(?:toclax"
    r"|mustine|zomib|limus|degib|lisib|parib|tinib|rafenib|ciclib|lizumab|limumab|lumab|tuximab|tuzumab|platin|taxel"
    r"|rubicin|lutamide|omide))"
    r"|anti-[A-Z][A-Za-z]+(?:-?\d+)?|external[- ]beam(?:\s+(?:radiation|radiotherapy|irradiation))?|EBRT|XRT"
    r"|chemotherapy|X-?rays?)\b",
    re.IGNORECASE,
)
_COMBINED = re.compile(
    r"\s*(?:\+|plus|\(with|combined\s+with|in\s+combination\s+with|together\s+with|followed\s+by)\s*(?:\d[\d.]*\s?(?:mg"
    r"|Gy|ug)(?:/kg)?\s+(?:of\s+)?)?(?:(?:the|an?)\s+(?:[\w-]+\s+){1,3})?",
    re.IGNORECASE,
)
THE_COMBINATION = re.compile(r"\b(?:the\s+)?combination(?:\s+(?:group|arm|therapy|treatment|regimen))?\b(?!\s+(?:with|of))", re.IGNORECASE)
"""How a text calls the group that got several treatments at once."""
COMBINATION = "combination"
"""The name of a drug trait that only says that something was combined."""


def controls(clause: Clause) -> list[Trait]:
    """The words that name a control; ``name`` is empty for the bare word, ``historic`` for what was no arm."""
    found: list[Trait] = []
    for match in clause.find(_CONTROL):
        before = clause.before(match.start())
        generic = match["generic"] is not None
        if _ADDED.search(before) and _CARE.match(match.group()):
            continue
        if generic and _NO_CONTROL_BEFORE.search(before) and not _CONTROL_AFTER_TO.search(before):
            continue
        if re.match(r"\s+(?:chamber|solution|system|release)", clause.after(match.end())):
            continue
        name = (
            "historic" if _HISTORIC.search(before) or _EARLIER.search(clause.text) else "" if generic else _control_name(match["specific"])
        )
        end = match.end("generic") if generic else match.end("specific")
        if found and _is_explained(clause, found[-1], match):
            continue
        found.append(trait(clause, "control", match.start(), end, name=name))
    return found


def _is_explained(clause: Clause, control: Trait, match: re.Match[str]) -> bool:
    """Whether a liquid in brackets only says what the control before it got: "vehicle (saline)"."""
    before, behind = clause.between(control.end, match.start()).strip(), clause.after(match.end()).lstrip()
    return before == "(" and control.name in _WHAT_LIQUID and bool(_LIQUID.fullmatch(match.group())) and behind[:1] == ")"


def _control_name(words: str) -> str:
    """What spellings of a control share: "unlabelled antibody" and "cold ABC-12" both are the unlabelled compound."""
    if _UNTREATED.match(words):
        return UNTREATED
    return _UNLABELLED if _WITHOUT_LABEL.match(words) else " ".join(words.casefold().split())


def drugs(clause: Clause) -> list[Trait]:
    """Treatments beside the compound; ``each`` tells that one was combined with what stands beside it."""
    found = [trait(clause, "drug", m.start(), m.end(), name=COMBINATION, each=True) for m in clause.find(THE_COMBINATION)]
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
