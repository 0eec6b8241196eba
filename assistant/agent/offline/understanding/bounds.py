"""Figures of a question with the bounds that it makes of them, "past day 60", "at most 90 days", and whether a value is as bounded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
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
# What joins the two ends of a range, "92 to 95 %", "between 3.5 and 4.0".
_TO = re.compile(r"\s?%?\s?(?:to|-|–|—)\s?", re.IGNORECASE)
_AND = re.compile(r"\s?%?\s?and\s?", re.IGNORECASE)
_BETWEEN_ENDS = re.compile(r"\bbetween\s*$", re.IGNORECASE)
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
    for limit in limits(text):
        unit, factor = scale(limit[-1].unit)
        if limit[-1].unit and unit == base and lies_in(value / factor, limit):
            return True
    return False


def limits(text: str) -> Iterator[Sequence[Figure]]:
    """The bounds that ``text`` sets: a figure that is one, or the two ends of a range."""
    found = figures(text)
    yield from ([figure] for figure in found if is_bound(figure))
    for low, high in pairwise(found):
        between, led = text[low.end : high.start], _BETWEEN_ENDS.search(text[: low.start]) is not None
        if (_TO.fullmatch(between) or (led and _AND.fullmatch(between))) and low.unit == high.unit and low.value < high.value:
            yield (low, high)


def lies_in(value: float, limit: Sequence[Figure]) -> bool:
    """Whether ``value`` lies where a bound, or a range with its two ends, is, in its unit."""
    return holds(value, limit[0]) if len(limit) == 1 else limit[0].value <= value <= limit[1].value


def holds(value: float, stated: Figure, *, rounded: bool = False) -> bool:
    """Whether ``value``, in the unit of ``stated``, lies to the side of it that its qualifier names; is it, where it names none.

    Of a ``rounded`` value people state fewer digits than it has.
    """
    same = isclose(value, stated.value, rel_tol=_ABOUT if stated.qualifier == "~" else _ROUNDED if rounded else _EXACT)
    if not is_bound(stated) or isclose(value, stated.value, rel_tol=_EXACT):
        return same and stated.qualifier not in (">", "<")
    beyond = value > stated.value if is_above(stated) else value < stated.value
    return beyond or (same and stated.qualifier in (">=", "<="))
