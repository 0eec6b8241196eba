"""Names made of letters and a number, and which of them may be compounds: not those of studies and targets."""

from __future__ import annotations

import re

from assistant.language.names import name_key, nuclides
from assistant.studies.extraction.cues import looks_given
from assistant.studies.extraction.mentions import Clause, Mention, Page

_CODE = re.compile(
    r"(?<![A-Za-z0-9-])(?P<letters>[A-Z][A-Za-z]{0,7})[- ]?(?P<digits>\d{2,5})[A-Z]?(?:-[A-Z][A-Za-z0-9]*)*(?![A-Za-z0-9]|[.,]\d|-\d)"
)
# Receptors and the like have codes of one digit too: such a code is a compound only where it is said to be given.
_SHORT_CODE = re.compile(r"(?<![A-Za-z0-9-])(?P<letters>[A-Z]{2,8})[- ](?P<digits>\d)(?![A-Za-z0-9-]|[.,]\d)")
_EQUATED = re.compile(r"\s*(?:=|\bis\b|,)\s*(?:an?\s+|the\s+|our\s+)?$")
_TARGETED = re.compile(
    r"\b(?:anti|against|targets?|targeting|binds?(?:\s+to)?|inhibits?|expresses|expressing|express|receptor|directed\s+at|cohort|study|trial|group)"
    r"[\s-]+(?:the\s+)?$|\banti-?$",
    re.IGNORECASE,
)
_TARGET_AFTER = re.compile(
    r"[\s-]+(?:receptors?|inhibit\w+|antibod\w+|express\w+|positive|negative|antigen|ligands?|blockade)\b", re.IGNORECASE
)
_STUDY_BEFORE = re.compile(r"\b(?:study|trial|protocol|report)\s+(?:(?:no\.?|number|code)\s+)?$", re.IGNORECASE)
_STUDY_AFTER = re.compile(r"\s+(?:study|trial)\b|\s+(?:was|is)\s+an?\s+(?:[\w-]+,?\s+){0,6}?(?:study|trial)\b", re.IGNORECASE)
_LIVED_AFTER = re.compile(
    r"\bdos(?:e|es|ed)\b[^.]*\b(?:lived|survived|survival)\b[^.]*\d|\b(?:survival)\b[^.]*\d[^.]*\bdoses?\b", re.IGNORECASE
)
_NO_CODES = re.compile(
    r"nct|phase|form|days?|weeks?|months?|years?|fig|figure|table|study|part|cohort|version|stage|section|item|group"
    r"|arm|page|chapter|cd|sstr|her|iso|usd|eur|covid|"
    r"jan\w*|feb\w*|mar|march|apr\w*|may|june?|july?|aug\w*|sept?\w*|oct\w*|nov\w*|dec\w*|grade|il|hr|ci|os|pfs|se"
    r"|sd|orr|cr|pr|mice|rats|patients|level|about|"
    r"dose|doses|over|under|some|us|dtpa|psma|sars|in|of|at|to|and|or|vs",
    re.IGNORECASE,
)


def coded(clause: Clause) -> list[Mention]:
    """The names of a sentence that are made of letters and a number, such as ``ABC-12``."""
    found = []
    for match in clause.find(_CODE):
        letters = match["letters"]
        if _NO_CODES.fullmatch(letters) or sum(map(str.isupper, letters)) < 2:
            continue
        raw = clause.page.raw[match.start() : match.end()]
        found.append(Mention(match.start(), match.end(), raw, name_key(raw)))
    return found


def short_codes(page: Page) -> list[Mention]:
    """Codes of one digit that the text says were given or are labelled, and never says to be a target or a study."""
    mentions: list[Mention] = []
    given: set[str] = set()
    for clause in page.clauses:
        for match in clause.find(_SHORT_CODE):
            raw = clause.page.raw[match.start() : match.end()]
            mention = Mention(match.start(), match.end(), raw, name_key(raw))
            mentions.append(mention)
            labelled = any(_EQUATED.fullmatch(clause.between(match.end(), n)) for n in _nuclides_after(clause, match.end()))
            if labelled or looks_given(clause, match.start(), match.end()):
                given.add(mention.key)
    targets = {m.key for m in mentions if _is_target(page, m)}
    return [m for m in mentions if m.key in given - targets and not _NO_CODES.fullmatch(m.name[:-2])]


def _is_target(page: Page, mention: Mention) -> bool:
    clause = page.clause_at(mention.start)
    return bool(_TARGETED.search(clause.before(mention.start)) or _TARGET_AFTER.match(clause.after(mention.end)))


def names_of_studies(page: Page, codes: list[Mention]) -> set[str]:
    """The keys of codes that name studies: "study ABC-101", "ABC-101 was an open-label trial".

    Not of those that are given elsewhere: "the ABC-101 study" may as well be called by its compound.
    """
    named, given = set(), set()
    for m in codes:
        if _STUDY_BEFORE.search(page.text, max(0, m.start - 30), m.start) or _STUDY_AFTER.match(page.text, m.end, m.end + 120):
            named.add(m.key)
        elif looks_given(page.clause_at(m.start), m.start, m.end):
            given.add(m.key)
    return named - given


def talked_of(page: Page, codes: list[Mention]) -> list[Mention]:
    """The one code of a document that reports how long animals lived after doses, and nowhere says what the code is."""
    told = {c.block for c in page.clauses if _LIVED_AFTER.search(c.text)}
    named = any(page.clause_at(m.start).block in told for m in codes)
    return codes if named and len({m.key for m in codes}) == 1 else []


def _nuclides_after(clause: Clause, position: int) -> list[int]:
    return [position + n.start for n in nuclides(clause.page.raw[position : clause.end])]
