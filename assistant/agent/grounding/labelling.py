"""Whether a figure is said of the radionuclide that the cited text gives it for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.agent.grounding.agreement import stated
from assistant.agent.grounding.amounts import amounts
from assistant.agent.grounding.reading import Line
from assistant.agent.grounding.vocabulary import reason
from assistant.language.conjunctions import COMPARING, CONTRASTING
from assistant.language.names import elements, nuclides

_CUT = re.compile(rf";|,\s(?!\d)|\band\b|{CONTRASTING}|{COMPARING}", re.IGNORECASE)


def mislabelled(claimed: str, cited: Sequence[Line]) -> str | None:
    """A figure whose clause names one radionuclide or element where every cited clause that has the figure and names any names another."""
    known = [part for line in cited for part in (_CUT.split(line.reading) if not line.is_row else [line.reading])]
    for clause in _CUT.split(claimed):
        own = _symbols(clause)
        for figure in amounts(clause) if len(own) == 1 else ():
            told = [names for part in known if any(stated(figure, other) for other in amounts(part)) and (names := _symbols(part))]
            if figure.unit and told and not any(names & own for names in told):
                return reason("name", name=figure.text)
    return None


def _symbols(text: str) -> frozenset[str]:
    """The elements that a text names, alone or with a mass."""
    return frozenset(elements(text)) | {mention.name.partition("-")[0] for mention in nuclides(text)}
