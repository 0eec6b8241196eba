"""Days on which something was measured, seen or ended: no days of dosing."""

from __future__ import annotations

import re

from assistant.language.units import ACTIVITY
from assistant.studies.extraction.mentions import Clause

# What is told of the end of a study has no days of dosing.
_OUTCOME = re.compile(
    r"\b(?:tumou?r-free|disease-free|alive|end\s+of\s+(?:the\s+)?(?:study|experiment)|terminated|closed)\b", re.IGNORECASE
)
_SEEN = re.compile(
    r"\b(?:alive|free|surviv\w+|sacrificed|euthani[sz]ed|measured|imaged|volumes?|reached|until|weigh\w*|by|after"
    r"|since|ended|died|dead|peaked|sampled|collected)\b[^,;()]{0,25}$",
    re.IGNORECASE,
)
# "In the 30 MBq group" and "the two-dose arm" name an arm, and do not say that it was dosed there and then.
_GROUP = r"(?:groups?|arms?|cohorts?)\b"
_GIVING = re.compile(
    rf"\b(?:receiv\w+|got|given|giving|injected|administered|dosed|infused|treated(?!\s+(?:mice|rats|animals|{_GROUP}))|treatments?"
    rf"|(?<!absorbed\s)(?:doses?|dosing)|injections?|infusions?|once|twice|{ACTIVITY})\b(?![\s-]+(?:dose\s+)?{_GROUP})",
)
_MEASURED = re.compile(
    r"\b(?:counts?|body[- ]?weights?|weigh\w*|uptake|volumes?|sizes?|diameters?|burden|imag(?:ed|es|ing)|PET|SPECT|MRI|CT|scan\w*"
    r"|%\s?I[DA]/g|platelets?|leu[ck]ocytes?|lymphocytes?|neutrophils?|(?:white|red)\s+(?:blood\s+)?cells?|ha?emoglobin|ha?ematocrit"
    r"|creatinine|urea|levels?|concentrations?|nadirs?|biodistribution|toxicity|necropsy|histology|bioluminescence|baseline"
    r"|measured|observed|seen|fell|dropped|lost|recovered)\b",
    re.IGNORECASE,
)
_OF_GROUP = re.compile(rf"\b{_GROUP}[^;()]*\s(?:on|at|by)\s+$", re.IGNORECASE)
# Later than this, a lone day that ends "counts fell to 48% in mice given 30 MBq on day 14" is that of the fall.
_OPENING_DAY = 1
_NEW_PART = re.compile(r"[,;:]\s")


def observed(clause: Clause, start: int, days: tuple[int, ...]) -> bool:
    """Whether the days that a sentence lists at ``start`` are such on which something was found, not given."""
    before = clause.before(start)
    if _SEEN.search(before):
        return True
    gave, found = [m.start() for m in clause.find(_GIVING)], [m.start() for m in clause.find(_MEASURED)]
    if not gave and (found or _OUTCOME.search(clause.text) or _OF_GROUP.search(before)):
        return True
    if len(days) > 1 and clause.bracket_of(start):
        return False
    earlier = [place for place in found if place < start]
    if earlier and len(days) == 1 and days[0] > _OPENING_DAY and not _NEW_PART.search(clause.between(earlier[-1], start)):
        return True
    nearest = max((place for place in gave if place < start), default=-1)
    return max(earlier, default=-1) > nearest if earlier or nearest >= 0 else bool(found) and min(found) < min(gave)
