"""The promise as a check: every figure of an answer stands in a citation, a calculation or the question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.errors import CalculationError
from assistant.language.figures import Figure, figures
from assistant.language.sentences import sentences
from assistant.language.units import ACTIVITY_UNITS, TIME_UNITS
from assistant.studies.quantities import convert
from assistant.studies.vocabulary import read
from assistant.values import Answer

_MARKER = re.compile(r"\[c?\d+\]")
_CLAUSE_END = re.compile(r"\s*(?:[,.;:)]|$)")
# "(d0, d14)": days as abstracts write them.
_COMPACT_DAY = re.compile(r"\bd(\d{1,3})\b")
_LIST_NUMBER = re.compile(r"(?m)^\s*\d{1,2}[.)](?=\s)")
# A figure may be rounded as it is written, by no more than this part of the value: "twice" is 2.1 times, never 2.4.
_ROUNDED_AT_MOST = 0.05
# Units that columns of tables are headed with.
_HEADED = ("day", "week", "month", "percent", *sorted(ACTIVITY_UNITS))
_CALENDAR = frozenset({"month", "year"})


@dataclass(frozen=True, slots=True)
class _Known:
    """A value that the evidence has; ``unit`` is ASCII, ``date`` for dates (their ordinal) or ``phone``."""

    value: float
    unit: str


def unsupported_figures(answer: Answer, asked: Sequence[str] = ()) -> list[str]:
    """The figures of ``answer.text``, as written, that no citation, calculation or question has. Empty for a sound answer.

    Numbers inside names and list numbers are none. ``asked`` are the earlier questions of the conversation.
    """
    text = _blanked(answer.text)
    known = set(_known(answer, asked))
    return [figure.text for figure in figures(text) if not any(_same(figure, entry) for entry in known)]


def written_figures(text: str) -> list[str]:
    """The figures of an answer's text as they are written, markers and list numbers aside."""
    return [figure.text for figure in figures(_blanked(text))]


def _blanked(text: str) -> str:
    """``text`` with citation markers and list numbers replaced by blanks, so that places stay the same."""
    for pattern in (_MARKER, _LIST_NUMBER):
        text = pattern.sub(lambda match: " " * len(match.group()), text)
    return text


def _known(answer: Answer, asked: Iterable[str]) -> Iterator[_Known]:
    for text in (answer.question, *asked):
        yield from _in_text(text)
    for citation in answer.citations:
        for text in (citation.quote, citation.passage, citation.document.title, citation.document.date or ""):
            yield from _in_text(text)
    for calculation in answer.calculations:
        yield from (_Known(entry.value, entry.unit) for entry in calculation.inputs)
        # "A loss of 5.8 days" is a gain of -5.8 days.
        yield from (_Known(value, result.unit) for result in calculation.results for value in (result.value, abs(result.value)))


def _in_text(text: str) -> Iterator[_Known]:
    for figure in figures(text):
        yield _Known(figure.value, figure.unit)
        if not figure.unit and _in_table(text, figure):
            yield from (_Known(figure.value, unit) for unit in _HEADED)
        elif elided := _elided_unit(text, figure):
            yield _Known(figure.value, elided)
        if figure.kind == "date":
            yield _Known(date.fromordinal(int(figure.value)).year, "")
    for day in _COMPACT_DAY.findall(text):
        yield _Known(float(day), "day")
    for term in read(text):  # "a single dose", "both", "the second dose"
        yield from (_Known(float(value), "") for value in term.values("count"))


def _in_table(text: str, figure: Figure) -> bool:
    """Whether the figure stands in a table row, so that its unit stands in the heading of its column."""
    row = text[text.rfind("\n", 0, figure.start) + 1 : figure.end]
    return "|" in row or "\t" in row


def _elided_unit(text: str, figure: Figure) -> str:
    """The unit that a bare figure at the end of a clause takes from the figure before it: "QX lived 20 days, the others 14"."""
    if figure.unit or figure.kind != "number" or not _CLAUSE_END.match(text, figure.end):
        return ""
    sentence = next((s for s in sentences(text) if s.start <= figure.start < s.end), None)
    before = [f.unit for f in figures(text[sentence.start : figure.start]) if f.unit in TIME_UNITS] if sentence else []
    return before[-1] if before else ""


def _same(figure: Figure, known: _Known) -> bool:
    if figure.unit in ("date", "phone") or known.unit in ("date", "phone"):
        return figure.unit == known.unit and figure.value == known.value
    # "2 × 10 MBq" counts administrations, which texts give as a number: "two doses of 10 MBq".
    counts = figure.unit == "ratio" and figure.text.endswith(("×", "x"))
    value = _in_unit(known, "" if counts and not known.unit else figure.unit)
    return value is not None and abs(figure.value - value) <= min(_half_step(figure), _ROUNDED_AT_MOST * abs(value)) * (1 + 1e-9) + 1e-12


def _in_unit(known: _Known, unit: str) -> float | None:
    """The known value in ``unit``; a figure without a unit may be any value, and months never become days unseen."""
    if known.unit == unit or not unit:
        return known.value
    if not known.unit or ({known.unit, unit} & _CALENDAR and {known.unit, unit} <= TIME_UNITS):
        return None
    try:
        return convert(known.value, known.unit, unit)
    except CalculationError:
        return None


def _half_step(figure: Figure) -> float:
    """Half of the step of the last digit written: 0.05 for "52.5", 0.5 for "110" and "two"."""
    if figure.value and (scale := re.search(r"[×x]\s?10\^?|\s(?:hundred|thousand|million|billion)\b", figure.text)):
        decimals = re.match(r"\D*\d+(?:\.(\d+))?", figure.text)
        digits = len(decimals[1] or "") if decimals else 0
        lead = float(re.sub(r"[^\d.]", "", figure.text[: scale.start()]) or 1)
        return 0.5 * 10.0**-digits * abs(figure.value / lead)
    written = re.search(r"\.(\d+)", figure.text)
    return 0.5 * 10.0 ** -(len(written[1]) if written else 0)
