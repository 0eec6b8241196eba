"""Radionuclides where a text mentions them, and those that are themselves what was given: "injections of radium-223"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.language.names import NuclideMention, element_names, nuclides
from assistant.language.overlaps import overlaps
from assistant.studies.extraction.cues import looks_given
from assistant.studies.extraction.mentions import Clause, Mention, Page

_CARRIER = re.compile(
    r"[\]\s-]+(?P<word>(?![a-z]*(?:ing|ed|ion|ment|apy|ity|ly|ive|ent|ance|ous|able|al|ic|s|er|or|ium)\b)[a-z]{6,})\b"
    r"(?<!dose)(?<!source)(?<!decay)(?<!uptake)(?<!isotope)(?<!nuclide)(?<!ligand)(?<!peptide)(?<!antibody)(?<!group)(?<!before)(?<!through)"
)
_SALT = re.compile(r"[\]\s-]+(?:sodium\s+)?(?:dichloride|chloride|iodide|citrate|phosphate)\b", re.IGNORECASE)
# "49 days with lutetium": an element that is what was given.
_WITH_ELEMENT = re.compile(r"\b(?:with|after|for|in)\s+(?:the\s+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Carried:
    """The radionuclide of a compound: where it was read, and whether the text states it."""

    name: str
    stated: bool
    start: int
    end: int


def placed(clause: Clause) -> list[NuclideMention]:
    """The nuclides of a sentence with the document's offsets."""
    return [
        NuclideMention(clause.start + n.start, clause.start + n.end, n.name) for n in nuclides(clause.page.raw[clause.start : clause.end])
    ]


def bare_nuclides(page: Page) -> tuple[list[Mention], dict[str, Carried]]:
    """Every mention of the one nuclide that a text says was given as such, with its salt or carrier, and what its key carries."""
    every = [(clause, nuclide) for clause in page.clauses for nuclide in placed(clause)]
    given = {n.name for c, n in every if looks_given(c, n.start, n.end) or _SALT.match(page.text, n.end, c.end) or _carrier(page, n, every)}
    if len(given) != 1:
        return [], {}
    (name,) = given
    key = name.replace("-", "").casefold()
    own = [n for _, n in every if n.name == name]
    found = []
    for nuclide in own:
        salt = _SALT.match(page.text, nuclide.end) or _carrier(page, nuclide, every)
        end = salt.end() if salt else nuclide.end
        found.append(Mention(nuclide.start, end, page.raw[nuclide.start : end], key))
    found += [m for m in _elements(page, name, key) if not overlaps(m.start, m.end, found)]
    return sorted(found, key=lambda m: m.start), {key: Carried(name, True, own[0].start, own[0].end)}


def _carrier(page: Page, nuclide: NuclideMention, every: list[tuple[Clause, NuclideMention]]) -> re.Match[str] | None:
    """The word behind a nuclide that stands behind it again: "samarium-153 lexidronam" twice."""
    word = _CARRIER.match(page.text, nuclide.end)
    if word is None:
        return None
    again = sum(1 for _, n in every if (m := _CARRIER.match(page.text, n.end)) and m["word"] == word["word"])
    return word if again > 1 else None


def named_by_element(page: Page, carried: dict[str, Carried], known: list[Mention]) -> list[Mention]:
    """ "49 days with lutetium" where one of several compounds carries lutetium-177: that compound."""
    keys: dict[str, set[str]] = {}
    for key, nuclide in carried.items():
        keys.setdefault(nuclide.name.partition("-")[0], set()).add(key)
    if len(keys) < 2:
        return []
    pairs = [(carried[key].name, key) for named in keys.values() if len(named) == 1 for key in named]
    found = [m for nuclide, key in pairs for m in _elements(page, nuclide, key)]
    return [m for m in found if not overlaps(m.start, m.end, known) and _WITH_ELEMENT.search(page.text, max(0, m.start - 12), m.start)]


def _elements(page: Page, nuclide: str, key: str) -> list[Mention]:
    """ "The radium" where radium-223 is what was given."""
    pattern = re.compile(rf"\b(?:{element_names(nuclide)})\b(?!-?\d)", re.IGNORECASE)
    return [Mention(m.start(), m.end(), page.raw[m.start() : m.end()], key) for m in pattern.finditer(page.text)]
