"""Numbered things: what is told of group 2 said of group 1, of phase II said of phase I."""

from __future__ import annotations

import re

from assistant.agent.grounding.ground import Ground
from assistant.agent.grounding.vocabulary import content, reason, stem, stems, table
from assistant.agent.grounding.wording import clauses
from assistant.language.designations import ARM_NOUN, SIGN

_NUMBERED = re.compile(
    rf"\b(?P<noun>{ARM_NOUN}|phase|stage|grade|cycle|visit|version|site|study|experiment|trial)s?\s"
    rf"(?P<signs>{SIGN}[ab]?(?:(?:\s?[,/&–-]\s?|\s(?:and|or|to)\s){SIGN}[ab]?)*)\b(?!\s?[%.]\d)",
    re.IGNORECASE,
)
# A sentence tells of what a clause says where it has this share of its words, and so many at least.
_SAME, _FEWEST = 0.5, 2


def misnumbered(claimed: str, ground: Ground) -> str | None:
    """A numbered thing in a clause whose sentence tells it of another number, while its own stands in a sentence of something else."""
    for clause in clauses(claimed):
        words = content(_NUMBERED.sub(" ", clause)) - stems(table("words")["frame"])
        shares = [len(words & line.words) for line in ground.lines]
        most = max(shares, default=0)
        if most < max(_FEWEST, _SAME * len(words)):
            continue
        saying = [_numbered(line.reading) for line, share in zip(ground.lines, shares, strict=True) if share == most]
        everywhere = [_numbered(line.reading) for line in ground.lines]
        for noun, signs in _numbered(clause).items():
            known = any(signs & found.get(noun, frozenset()) for found in everywhere)
            if known and all(found.get(noun) and not signs & found[noun] for found in saying):
                return reason("numbered", name=" ".join([noun, *sorted(signs)]))
    return None


def _numbered(text: str) -> dict[str, frozenset[str]]:
    """The signs of each noun in ``text``: of "phases I and II", both."""
    found: dict[str, frozenset[str]] = {}
    for match in _NUMBERED.finditer(text):
        signs = re.findall(r"\w+", re.sub(r"\b(?:and|or|to)\b", " ", match["signs"]))
        noun = stem(match["noun"].lower())
        found[noun] = found.get(noun, frozenset()) | {sign.casefold() for sign in signs}
    return found
