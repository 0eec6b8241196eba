"""A level that a question names, "a clearance of 35", and whether it lies where a sentence's bound is: "below 40 mL/min"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from assistant.agent.offline.bounds import holds, is_bound
from assistant.agent.offline.cues import content, light
from assistant.agent.offline.surroundings import around
from assistant.agent.offline.terms import forms_of
from assistant.language.figures import Figure, figures
from assistant.language.stems import stems
from assistant.language.units import TIME_UNITS
from assistant.studies.quantities import scale

_POWER = re.compile(r"[x×*·]\s?10")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
# So many words before a level tell what it is of: "if the platelets drop to 60".
_NAMED_WITHIN = 4


@lru_cache(maxsize=4096)
def meets(question: str, text: str) -> bool | None:
    """Whether a level of ``question`` lies where a bound of ``text`` is that is set to the same; None where there is no such bound."""
    levels = (each for each in figures(question) if each.kind == "number" and each.unit != "ratio" and not is_bound(each))
    held = [holds(value, bound) for level in levels for value, bound in _compared(level, question, text)]
    return any(held) if held else None


def _compared(level: Figure, question: str, text: str) -> Iterator[tuple[float, Figure]]:
    """A level with each bound of its measure in the bound's unit; one without a unit with those of what stands before it."""
    named = [word for word in stems(question[: level.start])[-_NAMED_WITHIN:] if word in content(question) - light()]
    for bound in figures(text):
        if not is_bound(bound):
            continue
        if level.unit:
            (base, factor), (its_base, its_factor) = scale(level.unit), scale(bound.unit)
            if bound.unit and base == its_base:
                yield level.value * factor, replace(bound, value=bound.value * its_factor)
        elif bound.unit not in TIME_UNITS and any(forms_of(word) & around(bound, text) for word in named):
            # "Platelets of 60" are 60 of what the bound counts, "75 x 10^9/L".
            digits = _DIGITS.match(bound.text) if _POWER.search(bound.text) else None
            yield level.value, replace(bound, value=float(digits.group())) if digits else bound
