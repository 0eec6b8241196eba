"""By whom something is done, in the passive: "kept by the sponsor" where the cited sentence has it kept by another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.agent.grounding.ground import Ground
from assistant.agent.grounding.vocabulary import content, reason, stem, stems, table
from assistant.language.conjunctions import CONTRASTING

_CUT = re.compile(rf";|,\s|\.\s|{CONTRASTING}", re.IGNORECASE)
_BY = re.compile(
    r"\b(?P<verb>\w+(?:ed|en|pt|ld|aid|ade|nt|un|one|orne|own|rawn))\s(?:\w+ly\s|for\s|out\s|up\s)?by\s"
    r"(?P<who>(?!\w+ing\b|\d)(?:(?!(?:in|at|on|until|from|for|to|with|when|before|after|and|who|which|that|as)\b)[\w&.'’-]+\s?){1,5})"
)


def by_another(claimed: str, ground: Ground) -> str | None:
    """Whoever is named behind "by" where each cited clause with that verb and something of what is said names others."""
    known = [one for line in ground.lines for one in _passives(line.text)]
    for verb, what, who in _passives(claimed):
        told = [others for other, subject, others in known if other == verb and subject & what]
        if who and told and all(others and not others & who for others in told):
            return reason("doer", name=" ".join(sorted(who)))
    return None


@lru_cache(maxsize=2048)  # the same sentences are cited again
def _passives(text: str) -> tuple[tuple[str, frozenset[str], frozenset[str]], ...]:
    """Each passive of ``text``: the stem of its verb, the stems of what stands before it, and of whom it is done by."""
    return tuple(_found(" ".join(text.split())))


def _found(text: str) -> Iterator[tuple[str, frozenset[str], frozenset[str]]]:
    for clause in _CUT.split(text):
        for match in _BY.finditer(clause):
            before = content(clause[: match.start()]) - stems(table("words")["frame"])
            yield stem(match["verb"].lower()), before, content(match["who"])
