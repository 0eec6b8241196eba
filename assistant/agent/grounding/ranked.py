"""Whether what is called a primary end point is one in the cited text, and not a secondary one, or the other way round."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.agent.grounding.ground import Ground
from assistant.agent.grounding.vocabulary import content, reason, stems

_PARTS = re.compile(r"[;.]\s|,\s(?:and|but|while|whereas|with)\s|\b(?:while|whereas|but)\b", re.IGNORECASE)
_ITEMS = re.compile(r",\s(?:and\s)?|\sand\s|\sor\s|\bas well as\b", re.IGNORECASE)
# "The primary end point", "key secondary efficacy outcomes", "… are secondary"
_RANK = re.compile(
    r"\b(?P<rank>primary|main|principal|secondary|exploratory)\s(?:(?:efficacy|safety)\s)?(?:end[\s-]?points?|objectives?|outcomes?|aims?|measures?)\b"
    r"|\b(?:is|are|was|were)\s(?P<said>primary|secondary)(?=[.;,]|$)",
    re.IGNORECASE,
)
_SECOND = ("secondary", "exploratory")
# An item is another rank's where a part of that rank has this share of its words.
_SAME = 0.6


def misranked(claimed: str, ground: Ground) -> str | None:
    """An end point that the cited text gives under the other rank: "the primary end point is survival" where that is secondary."""
    known = [(rank, content(told)) for line in ground.lines for rank, told in _ranked(line.reading)]
    for rank, told in _ranked(claimed):
        for item in _ITEMS.split(told):
            words = content(item) - stems("trial study key")
            own = max((len(words & other) for same, other in known if same == rank), default=0)
            others = max((len(words & other) for same, other in known if same != rank), default=0)
            if others >= max(1.0, _SAME * len(words)) and own < others:
                return reason("instead", name=rank, other="primary" if rank == "secondary" else "secondary")
    return None


@lru_cache(maxsize=2048)  # the same sentences are cited again
def _ranked(text: str) -> tuple[tuple[str, str], ...]:
    """The parts of ``text`` that tell of end points of one rank, each with the rank and the rest of its words."""
    found = []
    for part in _PARTS.split(text):
        ranks = {"secondary" if (m["rank"] or m["said"]).lower() in _SECOND else "primary" for m in _RANK.finditer(part)}
        if len(ranks) == 1:
            found.append((ranks.pop(), _RANK.sub(" ", part)))
    return tuple(found)
