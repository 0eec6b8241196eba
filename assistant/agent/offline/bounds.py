"""Figures of a question with the bounds that it makes of them, "past day 60", "at most 90 days", and whether a value is as bounded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from math import isclose

from assistant.language.figures import Figure, figures
from assistant.language.qualifiers import qualified
from assistant.studies.quantities import scale

# What may stand between the words of a bound and its figure: "beyond day 60", "longer than the controls' median of 60 days".
_BETWEEN = re.compile(
    r"(?:(?<!\w)(?:the|an?|just|only|first|full|about|around|some|roughly|approximately|(?:median|mean|average|total) of"
    r"|(?:day|week|month|year)s?)\s+)+$",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:than|exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?)\b"
    r"(?P<between>(?:\s+(?!(?:by|to|for|at|in|on|after|with|and|or|given|got|received|receiving)\b)[\w'’-]+){1,4}\s+)$",
    re.IGNORECASE,
)
# What only a question bounds so; of documents "lived to 60 days" is told of what did so.
_REACHED = re.compile(r"\b(?:(?:liv|surviv|last)(?:e|es|ed|ing)?|(?:ma[dk]e?s?|gets?|got) it)(?: up| until)? to\s*$", re.IGNORECASE)
_WITHIN = re.compile(r"\bwithin\s*$", re.IGNORECASE)
# "About 70" is said of what is within a twentieth of that; a result that is rounded as stated is the one that is meant.
_ABOUT, _ROUNDED, _EXACT = 0.05, 0.005, 1e-9


def bounded(question: str) -> Iterator[Figure]:
    """The figures of a question; ``qualifier`` is the bound where it sets one, also with other words between."""
    behind = 0
    for figure in figures(question):
        bound, _ = _before(question[behind : figure.start])
        yield replace(figure, qualifier=bound or figure.qualifier)
        behind = figure.end


def _before(lead: str) -> tuple[str, int]:
    """The bound that ends ``lead``, and where its words begin; empty and the length of ``lead`` where there is none."""
    near = _BETWEEN.sub("", lead)
    if compared := _COMPARED.search(near):
        near = near[: compared.start("between")]
    if _REACHED.search(near):
        return ">=", len(lead)
    if within := _WITHIN.search(near):
        return "<=", within.start()
    bound, start = qualified(near, len(near))
    return (bound, start) if bound not in ("", "~") else ("", len(lead))


def without(question: str, figure: Figure) -> str:
    """``question`` without ``figure`` and the words that bound it."""
    behind = max((other.end for other in figures(question) if other.end <= figure.start), default=0)
    start = behind + _before(question[behind : figure.start])[1]
    return f"{question[:start]}{' ' * (figure.end - start)}{question[figure.end :]}"


def is_bound(figure: Figure) -> bool:
    """Whether a figure is a bound, and not just that, or about that."""
    return figure.qualifier not in ("", "~")


def is_above(figure: Figure) -> bool:
    """Whether a bound is one from below: more than that, or at least that."""
    return figure.qualifier in (">", ">=")


def meets_bound(value: float, base: str, text: str) -> bool:
    """Whether ``value``, in the ``base`` unit of what it measures, lies where a bound of ``text`` is: 94 % of "below 95 %"."""
    bounds = ((figure, scale(figure.unit)) for figure in figures(text) if figure.unit and is_bound(figure))
    return any(unit == base and holds(value, replace(figure, value=figure.value * factor)) for figure, (unit, factor) in bounds)


def holds(value: float, stated: Figure, *, rounded: bool = False) -> bool:
    """Whether ``value``, in the unit of ``stated``, lies to the side of it that its qualifier names; is it, where it names none.

    Of a ``rounded`` value people state fewer digits than it has.
    """
    same = isclose(value, stated.value, rel_tol=_ABOUT if stated.qualifier == "~" else _ROUNDED if rounded else _EXACT)
    if not is_bound(stated) or isclose(value, stated.value, rel_tol=_EXACT):
        return same and stated.qualifier not in (">", "<")
    beyond = value > stated.value if is_above(stated) else value < stated.value
    return beyond or (same and stated.qualifier in (">=", "<="))
