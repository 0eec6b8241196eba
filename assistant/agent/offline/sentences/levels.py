"""A level that a question names, "a clearance of 35", and whether it lies where a sentence's bound is: "below 40 mL/min"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.agent.offline.sentences.surroundings import around
from assistant.agent.offline.understanding.bounds import is_bound, lies_in, limits
from assistant.agent.offline.understanding.cues import content, light
from assistant.agent.offline.understanding.terms import forms_of
from assistant.language.figures import Figure, figures
from assistant.language.stems import stems
from assistant.language.units import TIME_UNITS
from assistant.studies.quantities import scale

if TYPE_CHECKING:
    from assistant.agent.offline.sentences.lookup import Match

# What a count is scaled by, which who names a level leaves out, and its digits before that.
_POWER = re.compile(r"[x×*·]\s?10")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
# So many words before a level tell what it is of: "if the platelets drop to 60".
_NAMED_WITHIN = 4


def meets_all(question: str, text: str) -> bool:
    """Whether each bound of ``text`` that is set to a level of ``question`` takes it in: 50 of "at least 30 and less than 60"."""
    held = _all_held(question, text)
    return bool(held) and all(held)


def meets(question: str, text: str) -> bool | None:
    """Whether a level of ``question`` lies where a bound of ``text`` is that is set to the same; None where there is no such bound, or
    the text tells of the very level.
    """
    held = _all_held(question, text)
    return any(held) if held else None


@lru_cache(maxsize=4096)  # the sentences of one question are asked about more than once
def _all_held(question: str, text: str) -> tuple[bool, ...]:
    said = {(figure.value, scale(figure.unit)[0]) for figure in figures(text) if not is_bound(figure)}
    levels = (
        each
        for each in figures(question)
        if each.kind == "number" and each.unit != "ratio" and not is_bound(each) and (each.value, scale(each.unit)[0]) not in said
    )
    return tuple(within for level in levels for within in _held(level, question, text))


def at_its_level(question: str, matches: Sequence[Match]) -> Sequence[Match]:
    """Where a match tells of the question's level, all but those of other ones, "below 40" where 55 is meant; last those of none."""
    met = [meets(question, match.unit.text) for match in matches]
    if True not in met:
        return matches
    fitting = [match for match, holding in zip(matches, met, strict=True) if holding is not False]
    return sorted(fitting, key=lambda match: any(any(map(str.isdigit, word)) for word in match.lacks))


def _held(level: Figure, question: str, text: str) -> Iterator[bool]:
    """For each bound and range of its measure whether a level lies there; one without a unit is of what stands before it."""
    base, factor = scale(level.unit)
    named = [word for word in stems(question[: level.start])[-_NAMED_WITHIN:] if word in content(question) - light()]
    for limit in limits(text):
        its_base, its_factor = scale(limit[-1].unit)
        if level.unit:
            if limit[-1].unit and base == its_base:
                yield lies_in(level.value * factor / its_factor, limit)
        elif limit[-1].unit not in TIME_UNITS and any(forms_of(word) & around(limit[0], text) for word in named):
            yield lies_in(level.value, _counted(limit))


def _counted(limit: Sequence[Figure]) -> Sequence[Figure]:
    """A bound by its digits alone: "platelets of 60" are 60 of what it counts, "75 x 10^9/L"."""
    if not all(_POWER.search(figure.text) for figure in limit):
        return limit
    return [replace(figure, value=float(match.group())) for figure in limit if (match := _DIGITS.search(figure.text))]
