"""Numbered things: what is told of group 2 said of group 1, of phase II said of phase I."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.agent.grounding.ground import Ground
from assistant.agent.grounding.reading import saying_most
from assistant.agent.grounding.vocabulary import content, reason, stem, stems, table
from assistant.agent.grounding.wording import clauses
from assistant.language.designations import ARM_NOUN, SIGN

# Signs are capitals or numbers: "the study a year later" has none.
_ONE = rf"{SIGN}[ab]?"
_NUMBERED = re.compile(
    rf"\b(?i:(?P<noun>{ARM_NOUN}|phase|stage|grade|cycle|visit|version|site|study|experiment|trial)s?)\s"
    rf"(?P<signs>{_ONE}(?:(?:\s?[,/&–-]\s?|\s(?:and|or|to)\s){_ONE})*)\b(?!\.\d)"
)
# A sentence tells of what a clause says where it has this share of its words, and so many at least.
_SAME, _FEWEST = 0.5, 2


def misnumbered(claimed: str, ground: Ground) -> str | None:
    """A numbered thing in a clause whose sentence tells it of another number, while its own stands in a sentence of something else."""
    for clause in clauses(claimed):
        words = content(_NUMBERED.sub(" ", clause)) - stems(table("words")["frame"])
        most, lines = saying_most(words, ground.lines)
        if most < max(_FEWEST, _SAME * len(words)):
            continue
        saying = [_numbered(line.reading) for line in lines]
        everywhere = [_numbered(line.reading) for line in ground.lines]
        for noun, signs in _numbered(clause).items():
            known = any(signs & found.get(noun, frozenset()) for found in everywhere)
            if known and all(found.get(noun) and not signs & found[noun] for found in saying):
                return reason("numbered", name=" ".join([noun, *sorted(signs)]))
    return None


@lru_cache(maxsize=2048)  # the same sentences are cited again
def _numbered(text: str) -> dict[str, frozenset[str]]:
    """The signs of each noun in ``text``: of "phases I and II", both."""
    found: dict[str, frozenset[str]] = {}
    for match in _NUMBERED.finditer(text):
        signs = re.findall(r"\w+", re.sub(r"\b(?:and|or|to)\b", " ", match["signs"]))
        noun = stem(match["noun"].lower())
        found[noun] = found.get(noun, frozenset()) | {sign.casefold() for sign in signs}
    return found
