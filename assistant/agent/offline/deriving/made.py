"""A calculation of figures that rows and sentences state, and the amounts and periods that sentences tell for it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.agent.offline.sentences.lookup import Match
from assistant.language.figures import Figure, figures
from assistant.language.units import CURRENCIES

_OFTEN = {"monthly": "month", "quarterly": "quarter", "yearly": "year", "annual": "year", "annually": "year", "annum": "year", "yr": "year"}


@dataclass(frozen=True, slots=True)
class Composed:
    """``expression`` of the figures of ``matches``; ``kind`` names the phrase that tells the result.

    Both are empty where ``matches`` are what is asked about and nothing may be worked out of them: what the question takes to have risen
    fell, or the row called ``lacking`` has no cell of a period that is asked for. ``scale`` is what one of the amounts of a statement of
    accounts stands for, 1000 in one "in thousands", and None for what is of no such statement.
    """

    kind: str
    expression: str
    matches: tuple[Match, ...]
    scale: int | None = None
    lacking: str = ""


def amounts(text: str) -> list[Figure]:
    return [figure for figure in figures(text) if figure.kind in ("number", "word") and figure.value]


def money(text: str) -> list[Figure]:
    return [figure for figure in amounts(text) if figure.unit in CURRENCIES]


def period_of(match: re.Match[str] | None) -> str:
    """``month``, ``quarter`` or ``year`` of a match that names one; empty where it names none."""
    if match is None:
        return ""
    named = (match.groupdict().get("period") or match.groupdict().get("often") or "").casefold()
    return _OFTEN.get(named, named)
