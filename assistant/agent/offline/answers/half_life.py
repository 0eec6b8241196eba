"""The half-life that a decay is worked out by: the question's own, else the one that the sources state, else that of the tables."""

from __future__ import annotations

from typing import NamedTuple

from assistant.agent.offline.answers.stated import half_life_of
from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.phrasing import amount, number, significant
from assistant.language.figures import Figure

_DIGITS = 4


class HalfLife(NamedTuple):
    """``unit`` is a time; ``words`` tell it, ``marker`` cites it, ``text`` is the sentence where a document states it."""

    value: float
    unit: str
    words: str
    marker: str = ""
    text: str = ""

    @property
    def written(self) -> str:
        """The half-life as ``calculate`` reads it."""
        return f"{self.value:.10g} {self.unit}"


def look_up(findings: Findings, nuclide: str, own: Figure | None) -> list[Call]:
    """The call that looks a half-life up, where neither the question nor a document tells it."""
    return [] if own or not nuclide or half_life_of(findings, nuclide) else [_table(nuclide)]


def half_life(findings: Findings, nuclide: str, own: Figure | None) -> HalfLife | None:
    """The half-life of ``nuclide``, or the question's ``own``; None while it is not known."""
    if own:
        return HalfLife(own.value, own.unit, amount(number(own.value), own.unit))
    if not nuclide:
        return None
    if stated := half_life_of(findings, nuclide):
        figure = stated.figure
        return HalfLife(figure.value, figure.unit, amount(number(figure.value), figure.unit), stated.marker, stated.text)
    known = findings.result(_table(nuclide), "half-life")
    if known is None:
        return None
    return HalfLife(known.value, known.unit, amount(significant(known.value, _DIGITS), known.unit), findings.mark(_table(nuclide)))


def _table(nuclide: str) -> Call:
    return call("half_life", nuclide=nuclide)
