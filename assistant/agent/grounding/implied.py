"""Multiples and fractions in words that two cited figures give: "three times as much", "nearly half of those treated"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, permutations

from assistant.agent.grounding.agreement import agree, based, calculated, stated, valued
from assistant.agent.grounding.amounts import Amount, amounts
from assistant.agent.grounding.parts import stated_parts
from assistant.agent.grounding.reading import Line, Support
from assistant.agent.grounding.tables import known_amounts
from assistant.language.schedule import numbers_a_day

# "From two to six"
_FROM_TO = re.compile(r"\bfrom\s(?:[\w-]+\s(?:of\s\w+\s)?to\s)?$", re.IGNORECASE)
# "By a factor of ten"
_FACTOR = re.compile(r"\bfactor of\s(?:about\s|around\s|roughly\s|some\s|nearly\s|almost\s|over\s|more than\s)?$", re.IGNORECASE)
# "Half of the four events": the whole of which a part is told
_OF_WHOLE = re.compile(r"\sof\s(?:the|these|those|its|their|all)\s$", re.IGNORECASE)
# What stands between two figures of one thing: "82 µmol/L at baseline to 287", "2,400 doses, up from 1,200".
_CHANGED = re.compile(r"[^.;|]*\b(?:to|from|compared (?:with|to)|versus|vs|against|instead of|rather than)\b[^.;|\d]*", re.IGNORECASE)
_YEARS = range(1900, 2100)


def implied(amount: Amount, said: str, support: Support) -> bool:
    """Whether a multiple or fraction in words follows from two figures that the cited passages state.

    "Twice as long" is the ratio of two measured figures, one of them said where the sentence has any of their kind; "a third of" is
    a part of a whole ("7 of 21") too, and "half of the four" of a sentence that has the four and two.
    """
    if not amount.unit and amount.kind in ("word", "number") and _FACTOR.search(said[: amount.start]):
        amount = replace(amount, unit="ratio", kind="word")
    if amount.kind != "word" or amount.unit not in ("percent", "ratio"):
        return False
    parts = [(part.value, whole.value) for text in support.passages for part, whole in stated_parts(text) if whole.value]
    if amount.unit == "percent" and any(agree(amount, 100 * part / whole, "percent", "calculation") for part, whole in parts):
        return True
    if amount.unit == "percent" and _is_part_of_said(amount, said, support.lines):
        return True
    percent = 100.0 if amount.unit == "percent" else 1.0
    return any(calculated(amount, percent * one / other, amount.unit) for one, other in _ratios(said, support) if other)


def _is_part_of_said(amount: Amount, said: str, lines: Sequence[Line]) -> bool:
    """Whether a cited sentence has the number of which ``amount`` is told to be a part, and the number that this part is."""
    whole = next((other for other in amounts(said) if _OF_WHOLE.fullmatch(said, amount.end, other.start) and not other.unit), None)
    if whole is None:
        return False
    part = amount.value * whole.value / 100
    saying = (line.figures for line in lines if any(stated(whole, figure) for figure in line.figures))
    return any(not figure.unit and abs(figure.value - part) < 1 / 2 for figures in saying for figure in figures if figure.kind != "rank")


def _ratios(said: str, support: Support) -> Iterator[tuple[float, float]]:
    """Pairs of figures of one dimension, in its base unit: from one cited passage, from two of which each has one such figure only, or
    from ``said`` itself, which counts "from two to six". The days of a schedule are no lengths of time.
    """
    own = [based(a.value, a.unit) for a in amounts(said) if a.unit and a.unit not in ("percent", "ratio")]
    counted = [a for a in amounts(said) if _FROM_TO.search(said[: a.start]) and not a.unit and _in(a, support)]
    if len(counted) > 1 and not own:
        yield from permutations([a.value for a in counted], 2)
        return
    measured = [
        [
            _dimension(*based(a.value, a.unit))
            for a in known_amounts(text)
            if a.unit and a.kind in ("number", "word") and not numbers_a_day(text, a.start)
        ]
        for text in support.passages
    ]
    for known in [*measured, _only_ones(measured)]:
        for (dimension, one), (other_dimension, other) in permutations(known, 2):
            told = [value for kind, value in own if kind == dimension]
            if dimension == other_dimension and (not told or one in told or other in told):
                yield one, other
    for line in support.lines:
        yield from _changes(line)


def _dimension(unit: str, value: float) -> tuple[str, float]:
    """A share of something is a share: "14.2% of the injected dose per gram, compared with 5.0% in kidney"."""
    return ("percent" if unit.startswith("percent") else unit), value


def _changes(line: Line) -> Iterator[tuple[float, float]]:
    """Two numbers of a cited sentence, whatever their unit, of which the one is what the other became or is compared with."""
    bare = [figure for figure in line.figures if not figure.unit and figure.kind == "number" and figure.value not in _YEARS]
    for one, two in pairwise(bare) if not line.is_row else ():
        if _CHANGED.fullmatch(line.text, one.end - line.start, two.start - line.start):
            yield one.value, two.value
            yield two.value, one.value


def _in(amount: Amount, support: Support) -> bool:
    return any(valued(amount, figure) for line in support.lines for figure in line.figures)


def _only_ones(measured: Sequence[Sequence[tuple[str, float]]]) -> list[tuple[str, float]]:
    """The figures of those dimensions of which a passage has one value."""
    found = []
    for known in measured:
        values = {dimension: {value for kind, value in known if kind == dimension} for dimension, _ in known}
        found += [(dimension, min(own)) for dimension, own in values.items() if len(own) == 1]
    return found
