"""How the words around a name tell what it is: compounds are given, cell lines grow."""

from __future__ import annotations

import re

from assistant.language.units import ACTIVITY
from assistant.studies.extraction.mentions import Clause

_GIVEN_BEFORE = re.compile(
    r"(?:\b(?:doses?|injections?|administrations?|infusions?|cycles?|fractions?|activity|efficacy|effects?|treatment"
    r"|therapy|amounts?|data|results)"
    r"\s+(?:of|with|for|on)"
    r"|\b(?:treated|dosed|injected|treatment|therapy|monotherapy)\s+with"
    r"|\b(?:received|receiving|receive|given|administered|cold|unlabell?ed|labell?ed|high-dose|compound|agent|candidate|drug"
    r"|radioligand|radiopharmaceutical"
    r"|conjugate|antibody|peptide|product|radiotherapeutic)"
    r"|(?:molecule|compound|drug|antibody|bispecific|nanobody|peptide|protein|agent|ligand|conjugate|candidate|product)\s*,?\s+(?:called|named|known\s+as)"
    rf"|\d\s?{ACTIVITY}(?:/\w+)?(?:\s+of)?)[\s,:(]*(?:either|the|a|an|our|its)?\s*(?:lead\s)?$",
    re.IGNORECASE,
)
_GIVEN_AFTER = re.compile(
    rf"-treated|-treatment|(?:\s+at)?[\s,(]*\d[\d.,]*\s?{ACTIVITY}"
    r"|\s+(?:treatment|therapy|monotherapy|arm|group|alone|plus|combined|doses?\b|injection)"
    r"|\s+(?:is|are|was|were)\s+(?:an?\s|the\s+\[?\d{2,3}[A-Z]|administered|given|injected|labell?ed|radiolabell?ed|well\b|evaluated|tested|studied|examined|assessed|investigated)"
    r"|\s+(?:utili[sz]es|carries|delivers|targets|binds|(?:significantly\s)?(?:prolong|improv|extend|increas)\w+)"
    r"|,\s+(?:an?|the|its|our|[A-Z]\w+'s)\s+(?:[\w-]+\s+){0,6}?(?:compound|radioligand|conjugate|candidate|antibody|peptide"
    r"|agent|ether|therap\w+|radio\w+|drug|phospholipid|analogu?e|version|counterpart)"
    r"|,\s+(?:an?|the|its|our|[A-Z]\w+'s)\s+(?:[\w-]+\s+){0,3}?(?:radio)?labell?ed\b"
    rf"|\s*\([^)]*(?:\d\s?{ACTIVITY}|labell?ed|\b(?:iodine|lutetium|actinium|yttrium|copper|lead|astatine)[- ]\d+)",
    re.IGNORECASE,
)


# What parts the cells of a table, and what is laid out without being one.
_BORDER = re.compile(r"\||\t| {3,}")
_LOOSELY_BEFORE = re.compile(r"\b(?:of|about|with)\s+$", re.IGNORECASE)


def looks_given(clause: Clause, start: int, end: int) -> bool:
    """Whether the words around the name at ``start``:``end``, in a table those of its cell, treat it as something that is given."""
    before, after = clause.before(start), clause.after(end)
    if clause.kind == "row":
        before, after = _BORDER.split(before)[-1], _BORDER.split(after)[0]
    return bool(_GIVEN_BEFORE.search(before) or _GIVEN_AFTER.match(after))


def may_be_given(clause: Clause, start: int, end: int) -> bool:
    """The same for names that nothing speaks against: "the utility of ABC 12" is enough."""
    return looks_given(clause, start, end) or _LOOSELY_BEFORE.search(clause.before(start)) is not None
