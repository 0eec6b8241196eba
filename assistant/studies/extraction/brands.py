"""Compounds with plain names, without a digit or a nuclide in them: "Zoravine(TM)", "50 MBq of Zoravine"."""

from __future__ import annotations

import re

from assistant.language.names import name_key, nuclides
from assistant.language.units import ACTIVITY
from assistant.studies.extraction.mentions import Mention, Page

_NAME = r"[A-Z](?:[a-z]{3,}|[A-Z]{3,}|[a-z]+[A-Z][A-Za-z]+)"
_MARK = r"\s?(?:\((?:TM|R|tm|r)\)|\u2122|\u00ae)"
_MARKED = re.compile(rf"\b(?P<name>{_NAME}){_MARK}")
_AMOUNT_OF = re.compile(rf"{ACTIVITY}(?:/\w+|\s+per\s+\w+)?\s+(?:\([^()]*\)\s+)?(?:of\s+)?(?P<name>{_NAME})(?![\w-])")
# "Zoravine (177Lu-labelled …)", "Zoravine, an iodine-131 labelled antibody", "Zoravine is a lutetium-177 compound"
_EXPLAINED = re.compile(
    rf"\b(?P<name>{_NAME})(?:{_MARK})?(?:\s*\(|,\s+(?:an?|the|our|its)\s|\s+is\s+(?:an?|our|the)\s)(?P<what>[^().;]{{3,90}})"
)
# "90Y-labelled microspheres (Zoravine)"
_BRACKETED = re.compile(rf"(?P<labelled>\]?[- ](?:radio)?labell?ed)\s+(?:[a-z-]+\s+){{1,3}}\((?P<name>{_NAME})(?:{_MARK})?\)")
_CALLED = re.compile(
    rf"\b(?:drug|compound|agent|medicine|radiopharmaceutical|radioligand)\s*,?\s+(?:called|named|known\s+as)\s+(?P<name>{_NAME})(?![\w-])"
)
_RADIOACTIVE = re.compile(
    r"\b(?:radio(?:labell?ed|active|pharmaceutical|ligand|conjugate|immuno\w+|peptide)|(?:alpha|beta|auger)[- ]emit\w+)", re.IGNORECASE
)
_NO_SUBSTANCE = re.compile(
    r"\b(?:trial|study|programme|program|compan(?:y|ies)|institute|centre|center|hospital|symposium|meeting|phase|biotech\w*)\b",
    re.IGNORECASE,
)
_NO_BRAND = re.compile(
    r"the|this|that|these|those|each|mice|rats|dogs|patients|group|groups|cohort|study|phase|figure|table|matrigel|lutetium|actinium"
    r"|iodine|yttrium|lead|astatine|bismuth|terbium|radium|copper|rhenium|holmium|samarium|strontium|thorium|gallium|indium"
    r"|zirconium|technetium|sodium|iodide|chloride|radioiodine|company|sponsor|abstract|both|our|their|its|activity|compound|drug|agent"
    r"|product|treatment|therapy|results|background|methods|conclusion\w*|and|with|for|once|total|after|here|it|or",
    re.IGNORECASE,
)


def brands(page: Page) -> list[Mention]:
    """Every mention of a plain name that the text marks as a trade name, measures by activity, or says to be radioactive."""
    names: set[str] = set()
    for clause in page.clauses:
        names |= {m["name"] for m in clause.find(_BRACKETED) if nuclides(clause.before(m.start("labelled"), 16))}
        for match in [*clause.find(_MARKED), *clause.find(_EXPLAINED)]:
            what = match["what"] if "what" in match.groupdict() else clause.after(match.end())
            if (nuclides(what) or _RADIOACTIVE.search(what)) and not _NO_SUBSTANCE.search(what):
                names.add(match["name"])
        names |= {match["name"] for match in [*clause.find(_AMOUNT_OF), *clause.find(_CALLED)]}
    found = []
    for name in sorted(n for n in names if not _NO_BRAND.fullmatch(n)):
        pattern = re.compile(
            rf"(?<![\w-]){re.escape(name)}(?![\w-]|\s+(?:Inc|Ltd|AG|GmbH|BV|Pharm\w*|Bio\w*|Therap\w*|University|Institute|Hospital)\b)"
        )
        found += [Mention(m.start(), m.end(), page.raw[m.start() : m.end()], name_key(name)) for m in pattern.finditer(page.text)]
    return found
