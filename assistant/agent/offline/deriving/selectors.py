"""What a question tells of the rows of a table, and which rows have it: a name, a sign, an amount, how often, the most, a cell's word."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.agent.offline.deriving.grids import Grid
from assistant.agent.offline.deriving.naming_lines import forms, named_lines, traits_in
from assistant.agent.offline.understanding.cues import light, scaffold, signals, words_of
from assistant.agent.offline.understanding.terms import stem_set
from assistant.language.designations import ARM_NOUN
from assistant.language.figures import Figure, figures
from assistant.language.stems import stems, words
from assistant.language.units import ACTIVITY_UNITS, canonical_unit
from assistant.studies.quantities import convert

_TABLE = "tabled"
_EXTREME = re.compile(
    rf"\b(?P<most>highest|top|maximum|lowest|smallest|starting)\s+(?:(?:dose|activity)\s*)?(?:level|dose|activity|{ARM_NOUN})\b",
    re.IGNORECASE,
)
_LEAST = frozenset(["lowest", "smallest", "starting"])
# How often something was given to each, as columns have it; with these words beside it a column counts what all got.
_TIMES_GIVEN = re.compile(
    r"(?:no\. of |number of |# )?(?:injections?|doses|shots|administrations|cycles)(?: per (?:animal|mouse|rat|patient))?", re.IGNORECASE
)
NUMBERS = {
    "one": 1,
    "once": 1,
    "single": 1,
    "two": 2,
    "twice": 2,
    "double": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
}
"""What words for numbers count."""
# "Two shots", "a single 20 MBq injection", "one-dose".
TOLD_TIMES = re.compile(
    rf"\b(?P<count>\d{{1,2}}|{'|'.join(NUMBERS)})(?:st|nd|rd|th)?[- x]+(?:(?:\d[\d.]*"
    rf"|[A-Za-z]+)[- ]){{0,3}}?"
    r"(?:injections?|injected|shots?|doses?|dosed|administrations?|cycles?|jabs?)\b|\b(?P<once>once|twice)\b",
    re.IGNORECASE,
)
"""How often something was told to be given."""
# "7.5 MBq and above", "below 10 MBq".
_BEHIND_AMOUNT = re.compile(r"\s*(?:and|or)\s+(?:(?P<up>above|more|higher|up|over|upwards)|below|less|lower|under)\b", re.IGNORECASE)
_BEFORE_AMOUNT = re.compile(
    r"\b(?:(?P<up>above|more than|over|higher than)|(?P<least>at least)|(?P<most>up to|at most)|below|under|less than|lower "
    r"than)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_LEVEL = re.compile(r"\b(?:low|mid|middle|high|intermediate)[- ]?(?:er)?[- ]dose", re.IGNORECASE)
_LABELLED = re.compile(r"\b(?:radiolabel\w*|radioactive|hot)\b", re.IGNORECASE)
_FIGURE = re.compile(r"[\d.,]+")
_MOST_GIVEN = 12


@dataclass(frozen=True, slots=True)
class Selector:
    """What a question tells of rows by one ``kind`` of trait, in ``words``, stems: the ``rows`` that have it."""

    kind: str
    rows: frozenset[int]
    words: frozenset[str]


def is_descriptive(grid: Grid, column: int) -> bool:
    """Whether the cells of a column tell rows apart rather than what came of them: text, an activity given, how often."""
    cells = [grid.cell(row, column) for row in range(len(grid.rows))]
    known = [cell for cell in cells if cell]
    if _TIMES_GIVEN.fullmatch(grid.columns[column].strip()):
        return all(cell.measure.casefold() in ("", "n") and cell.figure.value <= _MOST_GIVEN for cell in known)
    texts = [row[column + 1] for row in grid.texts]
    written = [text for text in texts if any(map(str.isalpha, text)) and not figures(text)]
    return (bool(known) and all(cell.measure in ACTIVITY_UNITS for cell in known)) or (len(written) * 2 > len(texts))


def selectors(question: str, grid: Grid, body: frozenset[int]) -> list[Selector]:
    """All that ``question`` tells of the rows ``body``; one that no row has is among them without rows."""
    found: list[Selector] = []
    first = [each for each in named_lines(question, grid.rows) if each.place in body]
    asked = traits_in(question)
    signs = {value for kind, value in asked if kind == "sign"}
    has_signs = any(kind == "sign" for each in first for kind, _ in each.traits)
    if first:
        own = frozenset(value for each in first for kind, value in each.traits if kind == "word")
        own |= {form for stem in own for form in forms(stem)}
        found.append(Selector("line", frozenset(each.place for each in first), own))
    elif signs:
        found.append(Selector("line", frozenset(), frozenset()))
    amounts = [each for each in figures(question) if each.unit in ACTIVITY_UNITS]
    if amounts:
        rows = {row for row in body for each in amounts if _fits(grid, row, each, question)}
        if not has_signs or rows:
            found.append(Selector("amount", frozenset(rows), frozenset()))
    if (level := _LEVEL.search(question)) and not any(_LEVEL.search(text) for row in body for text in grid.texts[row]):
        found.append(Selector("level", frozenset(), frozenset(stems(level.group()))))
    if _LABELLED.search(question):
        active = [row for row in body if grid.activities(row) or any(each.unit in ACTIVITY_UNITS for each in figures(grid.rows[row]))]
        found.append(Selector("labelled", frozenset(active), frozenset(stems(" ".join(_LABELLED.findall(question))))))
    counts = {number(each["count"] or each["once"]) for each in TOLD_TIMES.finditer(question)}
    if counts and (given := _times_given(grid, body)):
        rows = {row for row, count in given.items() if count in counts}
        found.append(Selector("count", frozenset(rows), words_of("given", table="derivations_named")))
    if extreme := _EXTREME.search(question):
        row = _most(grid, body, least=extreme["most"].casefold() in _LEAST)
        found.append(Selector("extreme", frozenset() if row is None else frozenset([row]), frozenset(stems(extreme.group()))))
    return [*found, *_by_words(question, grid, body, first=bool(first))]


def number(text: str) -> float:
    """What a number in words or digits counts."""
    return float(NUMBERS.get(text.casefold()) or text)


def _by_words(question: str, grid: Grid, body: frozenset[int], *, first: bool) -> list[Selector]:
    """What words of descriptive cells tell some rows from others; those of the first cell only where no name is told by all its words."""
    columns = [c for c in range(len(grid.columns)) if is_descriptive(grid, c)]
    told = {row: stem_set(" ".join([*(grid.texts[row][c + 1] for c in columns), *([] if first else grid.texts[row][:1])])) for row in body}
    control = words_of("control", table=_TABLE)
    found = []
    for word in words(question):
        own = forms(word.stem) | (stem_set(word.text) if any(map(str.isdigit, word.text)) else frozenset())
        if word.stem in scaffold() | light() or _FIGURE.fullmatch(word.text) or canonical_unit(word.text):
            continue
        if "control" in signals(word.text, _TABLE):
            own |= control
        rows = frozenset(row for row in body if own & told[row])
        if rows and rows != body:
            found.append(Selector("word", rows, frozenset([word.stem]) | own))
    return found


def _fits(grid: Grid, row: int, amount: Figure, question: str) -> bool:
    """Whether what a row's group was given is the amount, or lies on the side of it that the question tells."""
    behind, before = _BEHIND_AMOUNT.match(question, amount.end), _BEFORE_AMOUNT.search(question[: amount.start])
    same = _is_given(grid, row, amount.value, amount.unit)
    if not behind and not before:
        return same
    own = grid.activities(row)
    if len(own) != 1:
        return False
    size, bound = own[0].size, convert(amount.value, amount.unit, "Bq")
    if behind:
        return same or (size > bound if behind["up"] else size < bound)
    if before and (before["least"] or before["most"]) and same:
        return True
    return not same and (size > bound if before and (before["up"] or before["least"]) else size < bound)


def _is_given(grid: Grid, row: int, value: float, unit: str) -> bool:
    for column in range(len(grid.columns)):
        cell = grid.cell(row, column)
        written = figures(grid.texts[row][column + 1]) if cell is None else ()
        for own, of in ((cell.figure.value, cell.measure) if cell else (0.0, ""), *((each.value, each.unit) for each in written)):
            if of in ACTIVITY_UNITS and abs(convert(own, of, unit) - value) <= value * 1e-6:
                return True
    return any(
        each.unit in ACTIVITY_UNITS and abs(convert(each.value, each.unit, unit) - value) <= value * 1e-6
        for each in figures(grid.texts[row][0])
    )


def _times_given(grid: Grid, body: frozenset[int]) -> Mapping[int, float]:
    """How often each row's group was given something, as a column has it or the words of a cell: "two doses"."""
    for column, name in enumerate(grid.columns):
        if _TIMES_GIVEN.fullmatch(name.strip()) and is_descriptive(grid, column):
            return {row: cell.figure.value for row in body if (cell := grid.cell(row, column))}
    told = {}
    for row in body:
        counts = [float(value) for text in grid.texts[row] for kind, value in traits_in(text) if kind == "count"]
        if len(counts) == 1:
            told[row] = counts[0]
    return told


def _most(grid: Grid, body: frozenset[int], *, least: bool) -> int | None:
    """The row of the largest activity, or the smallest; None where none is alone in it, or a cell that may have it is empty."""
    sizes = {row: own[0].size for row in body if len(own := grid.activities(row)) == 1}
    given = [c for c in range(len(grid.columns)) if any((cell := grid.cell(row, c)) and cell in grid.activities(row) for row in sizes)]
    left_open = any(not grid.texts[row][column + 1].strip() for row in body - sizes.keys() for column in given)
    if not sizes or left_open or not grid.complete:
        return None
    best = (min if least else max)(sizes.values())
    rows = [row for row, size in sizes.items() if size == best]
    return rows[0] if len(rows) == 1 else None
