"""What patients and animals have: the disease behind "patients with", where the cited sentence that says the rest has another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.agent.grounding.ground import Ground
from assistant.agent.grounding.vocabulary import content, reason, stems, table
from assistant.agent.grounding.wording import is_negative
from assistant.language.thesaurus import related

# "Patients suffering from relapsed myeloma", "men with prostate cancer", up to the next clause or preposition of time
_HAVING = re.compile(
    r"(?<!provide )(?<!provides )\b(?:patients?|people|persons|men|women|adults|children|volunteers|participants)\s"
    r"(?:with|having|suffering from)\s(?P<what>[^,;.()]{3,80})",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\b(?:in|at|by|as|after|before|during|on|who|that|which|is|are|was|were|has|have|had|will|may|received?|got)\b", re.IGNORECASE
)


def misdiagnosed(claimed: str, ground: Ground) -> str | None:
    """A disease that no cited sentence gives the patients of whom one says the rest: "patients with solid tumours" for blood cancers."""
    for what in _diseases(claimed) if not is_negative(claimed) else ():
        own = content(what) - _common()
        told = [line for line in ground.lines if any(_diseases(line.reading))]
        known = [frozenset().union(*(content(other) - _common() for other in _diseases(line.reading))) for line in told]
        if own and known and all(other and not _kin(own, other) for other in known):
            return reason("word", name=what.strip())
    return None


@lru_cache(maxsize=2048)
def _diseases(text: str) -> tuple[str, ...]:
    return tuple(_found(text))


def _found(text: str) -> Iterator[str]:
    for match in _HAVING.finditer(text):
        yield _ENDS.split(match["what"], maxsplit=1)[0]


def _common() -> frozenset[str]:
    """Words that say of no disease which it is."""
    return stems(table("words")["frame"]) | stems("cancer tumor disease malignancy advanced metastatic relapsed refractory recurrent")


def _kin(one: frozenset[str], other: frozenset[str]) -> bool:
    if one & other or any(frozenset({known}) in related(word) for word in one for known in other):
        return True
    return any(one & stems(line) and other & stems(line) for line in table("meaning")["same_diseases"])
