"""At what dose, concentration or distance a question asks something, and whether a sentence tells it of other ones only."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.agent.offline.understanding.bounds import is_bound
from assistant.agent.offline.understanding.terms import measure_key
from assistant.language.figures import Figure, figures
from assistant.language.units import CURRENCIES, TIME_UNITS
from assistant.studies.quantities import scale

# What stands before the amount at which something is asked: "at 2 mg/kg", "in the 8 mg/kg group".
_AT = re.compile(r"\b(?:at|in)\s+(?:(?:a|the)\s+)?(?:(?:dose|level|activity)\s+(?:of\s+)?)?$", re.IGNORECASE)
# Of these a sentence has others beside the one that is asked for; times are told by their own rules.
_OTHERS_BESIDE = frozenset(["percent", "ratio", "date", *TIME_UNITS, *CURRENCIES])


def is_at_other_amount(question: str, text: str) -> bool:
    """Whether something is asked at an amount, "Cmax at 8 mg/kg", and the text tells it at others of its measure only."""
    asked = [figure for figure in _measures(question) if _AT.search(question[: figure.start])]
    of_it = {scale(figure.unit)[0] for figure in asked}
    said = [figure for figure in _measures(text) if scale(figure.unit)[0] in of_it]
    if not said or any(map(is_bound, (*asked, *said))):
        return False
    return frozenset(map(measure_key, said)).isdisjoint(map(measure_key, asked))


def _measures(text: str) -> Sequence[Figure]:
    return [figure for figure in figures(text) if figure.kind == "number" and figure.unit and figure.unit not in _OTHERS_BESIDE]
