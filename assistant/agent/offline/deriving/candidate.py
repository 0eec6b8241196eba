"""A calculation that may be meant: its expression, and the figures that go into it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.agent.offline.deriving.labelled import Labelled
from assistant.agent.offline.deriving.wanted import Kind, Wanted
from assistant.language.figures import Figure
from assistant.language.units import canonical_unit, measures_alike

_BEHIND = re.compile(r"\s?(?P<noun>[A-Za-zµ°]+)\b")
# Results that are in the unit of the figures.
_KEEPING = frozenset(["difference", "moved", "total", "mean"])


@dataclass(frozen=True, slots=True)
class Candidate:
    """``expression`` as ``studies.calculate`` reads it, made of the stated ``inputs`` and of ``own`` figures of the question."""

    kind: Kind
    expression: str
    inputs: tuple[Labelled, ...]
    own: tuple[Figure, ...] = ()

    @property
    def unit(self) -> str:
        """What the figures are in or count, where the result is in the same: a unit, or the word that stands behind each; else empty."""
        if self.kind not in _KEEPING:
            return ""
        words = {
            match["noun"] if not each.column and (match := _BEHIND.match(each.unit.text, each.figure.end)) else "" for each in self.inputs
        }
        return canonical_unit(self.inputs[0].measure) or (words.pop() if len(words) == 1 else "")

    @property
    def said_as(self) -> str:
        """The phrase that tells the result."""
        if self.kind == "change":
            return "increase" if self.inputs[0].size > self.inputs[1].size else "decrease"
        return "difference" if self.kind == "moved" else self.kind


def written(*figures: Labelled) -> tuple[str, ...]:
    """The figures with their units, or all without where one leaves its unit to another: no source states it with one."""
    lent = any(not each.column and each.measure and (not each.figure.unit or _leaves_out(each)) for each in figures)
    return tuple(each.number if lent else each.written for each in figures)


def _leaves_out(each: Labelled) -> bool:
    """Whether it is a percentage that leaves out of what it is one: "14 % of the dose per gram, compared with 5 %"."""
    return each.figure.unit == "percent" != each.measure


def target(asked: Wanted, unit: str) -> str:
    """`` in MBq`` where a result in ``unit`` is wanted in another."""
    own = unit.partition("/")[0]
    wanted = next((each for each in reversed(asked.units) if measures_alike(each, own)), None)
    return f" in {wanted}" if wanted and wanted != unit else ""
