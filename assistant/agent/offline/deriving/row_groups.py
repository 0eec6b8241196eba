"""The rows of a table that a question means, by any of their descriptive cells: what was given, how much, how often, the sign, the name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
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
OF_ALL = re.compile(r"^\W*(?:total|all|overall|sum|any|whole)\b", re.IGNORECASE)
"""How the row of all begins."""
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_ORDINAL = re.compile(rf"\b(?P<which>{'|'.join(_ORDINALS)}|\d+th)\s+(?P<noun>(?:dose )?level|cohort|arm|group)\b", re.IGNORECASE)
_EXTREME = re.compile(
    rf"\b(?P<most>highest|top|maximum|lowest|smallest|starting)\s+(?:(?:dose|activity)\s*)?(?:level|dose|activity|{ARM_NOUN})\b",
    re.IGNORECASE,
)
_LEAST = frozenset(["lowest", "smallest", "starting"])
_WITHOUT = re.compile(r"\b(?:except|excluding|without|other than|leaving out|but not|apart from)\b(?P<rest>.*)", re.IGNORECASE)
# How often something was given to each, as columns have it; with these words beside it a column counts what all got.
_TIMES_GIVEN = re.compile(
    r"(?:no\. of |number of |# )?(?:injections?|doses|shots|administrations|cycles)(?: per (?:animal|mouse|rat|patient))?", re.IGNORECASE
)
_NUMBERS = {
    "a": 1,
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
# "Two shots", "a single 20 MBq injection", "one-dose".
_TOLD_TIMES = re.compile(
    rf"\b(?P<count>\d{{1,2}}|{'|'.join(each for each in _NUMBERS if each != 'a')})(?:st|nd|rd|th)?[- x]+(?:(?:\d[\d.]*"
    rf"|[A-Za-z]+)[- ]){{0,3}}?"
    r"(?:injections?|injected|shots?|doses?|dosed|administrations?|cycles?|jabs?)\b|\b(?P<once>once|twice)\b",
    re.IGNORECASE,
)
# "Cohort five", "cohorts 1 to 3", "the ABC-12 study".
_NOUN = rf"(?:{ARM_NOUN}|(?:dose )?level)s?"
_SPELLED = re.compile(rf"\b(?P<noun>{_NOUN})\s+(?P<number>one|two|three|four|five|six|seven)\b", re.IGNORECASE)
_RANGE = re.compile(
    rf"(?<!from )(?<!between )\b(?P<noun>(?:{ARM_NOUN}|(?:dose )?level)s)\s+(?P<first>\d{{1,2}})\s?(?:to|-|–"
    rf"|through)\s?(?P<last>\d{{1,2}})\b",
    re.IGNORECASE,
)
_NAME_OF_STUDY = re.compile(r"\b[\w-]*\d[\w-]*\s+(?=(?:study|trial|experiment|report|programme|program|poster)\b)", re.IGNORECASE)
# "7.5 MBq and above", "below 10 MBq".
_BEHIND_AMOUNT = re.compile(r"\s*(?:and|or)\s+(?:(?P<up>above|more|higher|up|over|upwards)|below|less|lower|under)\b", re.IGNORECASE)
_BEFORE_AMOUNT = re.compile(
    r"\b(?:(?P<up>above|more than|over|higher than)|(?P<least>at least)|(?P<most>up to|at most)|below|under|less than|lower "
    r"than)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
# "All three groups".
_SO_MANY = re.compile(rf"\b(?P<count>two|three|four|five|six|seven|\d{{1,2}})[- ](?:[a-z-]+ )?(?:{ARM_NOUN}|levels?)s\b", re.IGNORECASE)
_LABELLED = re.compile(r"\b(?:radiolabel\w*|radioactive|hot)\b", re.IGNORECASE)
# "Two shots than one".
_TOLD_SHORT = re.compile(r"\b(?:than|vs\.?|versus|and|or|over|to|against)\s+(?:one|two|three|four|single|double)\b(?=\W*$)", re.IGNORECASE)
_JOINT = re.compile(r"\s(?:vs\.?|versus|compared (?:to|with)|than|against|relative to|over|and|to|or|minus)\s|,", re.IGNORECASE)
_FIGURE = re.compile(r"[\d.,]+")
_MOST_GIVEN = 12


@dataclass(frozen=True, slots=True)
class RowGroups:
    """``sides`` are the rows of each thing that the question names, in its order: one of all rows where it names none.

    ``words`` are the stems by which it names them, ``named`` whether it names any, ``total`` the row of all, where there is one.
    """

    sides: tuple[tuple[int, ...], ...]
    words: frozenset[str]
    named: bool
    total: int | None


@dataclass(frozen=True, slots=True)
class _Selector:
    """What the question tells of rows, ``kind`` of trait by kind: the ``rows`` that have it."""

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


def row_groups(question: str, grid: Grid, *, paired: bool = False) -> RowGroups | None:
    """The rows meant, on two sides where they are ``paired``; None where the question names an amount, a number of doses, a sign or a
    name that no row has, or where no row has all of them.
    """
    question = _RANGE.sub(_each_sign, _SPELLED.sub(_in_digits, _ORDINAL.sub(_signed, _NAME_OF_STUDY.sub("", question))))
    if _TOLD_TIMES.search(question):
        question = _TOLD_SHORT.sub(r"\g<0> dose", question)
    totals = [row for row, name in enumerate(grid.rows) if OF_ALL.match(name)]
    body = frozenset(range(len(grid.rows))) - set(totals)
    total = totals[0] if len(totals) == 1 else None
    left_out = frozenset[int]()
    if without := _WITHOUT.search(question):
        out = _meant(_selectors(without["rest"], grid, body), body)
        if out is None or not out[0] or out[0] == body:
            return None
        left_out, question = out[0], question[: without.start()]
    selectors = _selectors(question, grid, body)
    if any(not each.rows for each in selectors):
        return None
    lines = next((each for each in _lines(question, grid, body) if len(each) > 1), ())
    told = frozenset(word for each in selectors for word in each.words)
    if lines:
        rest = [each for each in selectors if each.kind not in ("line", "word")]
        return RowGroups(tuple((row,) for row in lines), told, True, None) if not rest else None
    sides = _two_sides(question, grid, body)
    meant = _meant(selectors, body)
    if meant is not None and not (paired and sides):
        rows = tuple(sorted(meant[0] - left_out))
        counted = {_number(each["count"]) for each in _SO_MANY.finditer(question)}
        if counted and len(rows) not in counted:
            return None
        return RowGroups((rows,), told, bool(selectors) or bool(left_out), None if selectors or left_out else total) if rows else None
    return RowGroups(sides, told, True, None) if sides else None


def _signed(match: re.Match[str]) -> str:
    which = match["which"].casefold()
    return f"{match['noun']} {_ORDINALS.get(which) or which.removesuffix('th')}"


def _in_digits(match: re.Match[str]) -> str:
    return f"{match['noun']} {_NUMBERS[match['number'].casefold()]}"


def _each_sign(match: re.Match[str]) -> str:
    signs = [str(each) for each in range(int(match["first"]), int(match["last"]) + 1)]
    return f"{match['noun']} {', '.join(signs[:-1])} and {signs[-1]}" if len(signs) > 1 else match.group()


def _meant(selectors: Sequence[_Selector], body: frozenset[int]) -> tuple[frozenset[int], None] | None:
    """The rows that have all that is told; None where no row has."""
    rows = frozenset.intersection(body, *(each.rows for each in selectors))
    return (rows, None) if rows else None


def _two_sides(question: str, grid: Grid, body: frozenset[int]) -> tuple[tuple[int, ...], ...]:
    """The rows on both sides of a joint; what only one side tells is told of the other too, where this leaves any."""
    for joint in _JOINT.finditer(question):
        halves = [_selectors(part, grid, body) for part in (question[: joint.start()], question[joint.end() :])]
        if not all(halves) or any(not each.rows for half in halves for each in half):
            continue
        found = []
        for own, other in (halves, halves[::-1]):
            rows = frozenset.intersection(body, *(each.rows for each in own))
            for each in other:
                if each.kind not in {one.kind for one in own} and rows & each.rows:
                    rows &= each.rows
            found.append(tuple(sorted(rows)))
        if all(found) and not set(found[0]) & set(found[1]):
            return tuple(found)
    return ()


def _lines(question: str, grid: Grid, body: frozenset[int]) -> list[tuple[int, ...]]:
    """The rows that are named by their first cell."""
    found = named_lines(question, grid.rows)
    return [tuple(each.place for each in found if each.place in body)] if found else []


def _selectors(question: str, grid: Grid, body: frozenset[int]) -> list[_Selector]:
    found: list[_Selector] = []
    first = [each for each in named_lines(question, grid.rows) if each.place in body]
    asked = traits_in(question)
    signs = {value for kind, value in asked if kind == "sign"}
    has_signs = any(kind == "sign" for each in first for kind, _ in each.traits)
    if first:
        own = frozenset(value for each in first for kind, value in each.traits if kind == "word")
        own |= {form for stem in own for form in forms(stem)}
        found.append(_Selector("line", frozenset(each.place for each in first), own))
    elif signs:
        found.append(_Selector("line", frozenset(), frozenset()))
    amounts = [each for each in figures(question) if each.unit in ACTIVITY_UNITS]
    if amounts:
        rows = {row for row in body for each in amounts if _fits(grid, row, each, question)}
        if not has_signs or rows:
            found.append(_Selector("amount", frozenset(rows), frozenset()))
    if _LABELLED.search(question):
        active = [
            row for row in body if any((cell := grid.cell(row, c)) and cell.measure in ACTIVITY_UNITS for c in range(len(grid.columns)))
        ]
        found.append(_Selector("labelled", frozenset(active), stems_in(" ".join(_LABELLED.findall(question)))))
    counts = {_number(each["count"] or each["once"]) for each in _TOLD_TIMES.finditer(question)}
    if counts and (given := _times_given(grid, body)):
        rows = {row for row, count in given.items() if count in counts}
        found.append(_Selector("count", frozenset(rows), words_of("given", table="derivations_named")))
    if extreme := _EXTREME.search(question):
        row = _most(grid, body, least=extreme["most"].casefold() in _LEAST)
        found.append(_Selector("extreme", frozenset() if row is None else frozenset([row]), stems_in(extreme.group())))
    return [*found, *_by_words(question, grid, body, first=bool(first))]


def _number(text: str) -> float:
    return float(_NUMBERS.get(text.casefold()) or text)


def stems_in(text: str) -> frozenset[str]:
    """The stems of a text's words."""
    return frozenset(stems(text))


def _by_words(question: str, grid: Grid, body: frozenset[int], *, first: bool) -> list[_Selector]:
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
            found.append(_Selector("word", rows, frozenset([word.stem]) | own))
    return found


def has_bounds(question: str) -> bool:
    """Whether an activity that the question names bounds others: "7.5 MBq and above"."""
    return any(
        each.unit in ACTIVITY_UNITS and (_BEHIND_AMOUNT.match(question, each.end) or _BEFORE_AMOUNT.search(question[: each.start]))
        for each in figures(question)
    )


def _fits(grid: Grid, row: int, amount: Figure, question: str) -> bool:
    """Whether what a row's group was given is the amount, or lies on the side of it that the question tells."""
    behind, before = _BEHIND_AMOUNT.match(question, amount.end), _BEFORE_AMOUNT.search(question[: amount.start])
    same = _is_given(grid, row, amount.value, amount.unit)
    if not behind and not before:
        return same
    own = [cell for c in range(len(grid.columns)) if (cell := grid.cell(row, c)) and cell.measure in ACTIVITY_UNITS]
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
    """The row of the largest activity, or the smallest; None where none is alone in it."""
    sizes: dict[int, float] = {}
    for row in body:
        own = [cell for c in range(len(grid.columns)) if (cell := grid.cell(row, c)) and cell.measure in ACTIVITY_UNITS]
        if len(own) == 1:
            sizes[row] = own[0].size
    if not sizes or not grid.complete:
        return None
    best = (min if least else max)(sizes.values())
    rows = [row for row, size in sizes.items() if size == best]
    return rows[0] if len(rows) == 1 else None
