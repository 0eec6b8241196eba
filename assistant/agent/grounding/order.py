"""Whether what a statement puts first comes first in its support too."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.agent.grounding.ground import Ground
from assistant.agent.grounding.vocabulary import content, reason, stems, table
from assistant.agent.grounding.wording import clauses, is_negative

# What stands before and behind these words in time.
_FORWARD = re.compile(r"\b(?:followed by|after which|before|prior to|and then|then|preced(?:es|ed|ing))\b|\bfirst,? and\b", re.IGNORECASE)
_BACKWARD = re.compile(r"\b(?:after(?! that| it\b| which\b)|following|preceded by|once)\b", re.IGNORECASE)
_Order = tuple[frozenset[str], frozenset[str]]


def disordered(claimed: str, ground: Ground) -> str | None:
    """Two steps or events in the other order than a cited sentence has them: "SPECT, then CT" for "CT followed by SPECT"."""
    known = [order for line in ground.best for order in _orders(line.reading)]
    for clause in clauses(claimed):
        if not is_negative(clause) and any(_is_crossed(own, other) for own in _orders(clause) for other in known):
            return reason("time", name=clause.strip()[:60])
    return None


def _is_crossed(own: _Order, other: _Order) -> bool:
    """Whether what is first in the one shares its words with what is last in the other, and the other way round."""
    (first, last), (earlier, later) = own, other
    crossed = first & later, last & earlier
    return all(crossed) and len(crossed[0]) >= len(first & earlier) and len(crossed[1]) > len(last & later)


def _orders(text: str) -> Iterator[_Order]:
    """What comes earlier and what later, as content stems that the other has not, for each word that tells so."""
    for pattern, forward in ((_FORWARD, True), (_BACKWARD, False)):
        for found in pattern.finditer(text):
            before, behind = (content(part) - stems(table("words")["frame"]) for part in (text[: found.start()], text[found.end() :]))
            own, other = before - behind, behind - before
            if own and other:
                yield (own, other) if forward else (other, own)
