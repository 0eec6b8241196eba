"""The rows of a table that a question means, as one group or as the two that it sets side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.agent.offline.deriving.grids import Grid
from assistant.agent.offline.deriving.naming_lines import named_lines, traits_of
from assistant.agent.offline.deriving.selectors import NUMBERS, TOLD_TIMES, Selector, number, selectors
from assistant.agent.offline.understanding.cues import content, light
from assistant.language.designations import ARM_NOUN

OF_ALL = re.compile(r"^\W*(?:total|all|overall|sum|any|whole)\b", re.IGNORECASE)
"""How the row of all begins."""
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_ORDINAL = re.compile(rf"\b(?P<which>{'|'.join(_ORDINALS)}|\d+th)\s+(?P<noun>(?:dose )?level|cohort|arm|group)\b", re.IGNORECASE)
_WITHOUT = re.compile(r"\b(?:except|excluding|without|other than|leaving out|but not|apart from)\b(?P<rest>.*)", re.IGNORECASE)
_NOT = re.compile(r"\bnot\s(?P<rest>[^(),;?]+)", re.IGNORECASE)
# "Cohort five", "cohorts 1 to 3", "the ABC-12 study".
_NOUN = rf"(?:{ARM_NOUN}|(?:dose )?level)s?"
_SPELLED = re.compile(rf"\b(?P<noun>{_NOUN})\s+(?P<number>one|two|three|four|five|six|seven)\b", re.IGNORECASE)
_RANGE = re.compile(
    rf"(?<!from )(?<!between )\b(?P<noun>(?:{ARM_NOUN}|(?:dose )?level)s)\s+(?P<first>\d{{1,2}})\s?(?:to|-|–"
    rf"|through)\s?(?P<last>\d{{1,2}})\b",
    re.IGNORECASE,
)
_NAME_OF_STUDY = re.compile(r"\b[\w-]*\d[\w-]*\s+(?=(?:study|trial|experiment|report|programme|program|poster)\b)", re.IGNORECASE)
# "All three groups".
_SO_MANY = re.compile(rf"\b(?P<count>two|three|four|five|six|seven|\d{{1,2}})[- ](?:[a-z-]+ )?(?:{ARM_NOUN}|levels?)s\b", re.IGNORECASE)
# "Two shots than one".
_TOLD_SHORT = re.compile(r"\b(?:than|vs\.?|versus|and|or|over|to|against)\s+(?:one|two|three|four|single|double)\b(?=\W*$)", re.IGNORECASE)
_JOINT = re.compile(r"\s(?:vs\.?|versus|compared (?:to|with)|than|against|relative to|over|and|to|or|minus)\s|,", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RowGroups:
    """``sides`` are the rows of each thing that the question names, in its order: one of all rows where it names none.

    ``words`` are the stems by which it names them, ``named`` whether it names any, ``total`` the row of all, where there is one,
    ``without`` whether it leaves some out.
    """

    sides: tuple[tuple[int, ...], ...]
    words: frozenset[str]
    named: bool
    total: int | None
    without: bool = False


def row_groups(question: str, grid: Grid, *, paired: bool = False) -> RowGroups | None:
    """The rows meant, on two sides where they are ``paired``; None where the question names an amount, a number of doses, a sign or a
    name that no row has, where no row has all of them, or where other cells than the first tell and it is open which these are.
    """
    question = _in_signs(question)
    totals = [row for row, name in enumerate(grid.rows) if OF_ALL.match(name)]
    body = frozenset(row for row, texts in enumerate(grid.texts) if not _is_heading(texts)) - set(totals)
    question, out = _without(question, grid, body)
    left_out = _having(out, body) if out is not None else frozenset[int]()
    if out is not None and left_out in (frozenset(), body):
        return None
    told = selectors(question, grid, body)
    uncertain = not grid.even and any(each.kind != "line" for each in (*told, *(out or ())))
    if uncertain or not all(each.rows for each in told):
        return None
    words = _words([*told, *(out or ())])
    lines = [each for each in named_lines(question, grid.rows) if each.place in body]
    if len(lines) > 1:
        own = {"line", "word"} | {kind for line in lines for kind, _ in line.traits}
        return RowGroups(tuple((line.place,) for line in lines), words, True, None) if {each.kind for each in told} <= own else None
    sides, meant = _two_sides(question, grid, body), _having(told, body)
    if not meant or (paired and sides):
        return RowGroups(sides, words, True, None) if sides else None
    rows = tuple(sorted(meant - left_out))
    counted = {number(each["count"]) for each in _SO_MANY.finditer(question)}
    if not rows or (counted and len(rows) not in counted):
        return None
    named = bool(told) or bool(left_out)
    return RowGroups((rows,), words, named, totals[0] if len(totals) == 1 and not named else None, bool(left_out))


def _is_heading(texts: Sequence[str]) -> bool:
    """Whether a line among the rows only names those below it: it has no cell but the first, which is the sign of no group."""
    return not any(texts[1:]) and not any(kind == "sign" for kind, _ in traits_of(texts[0]))


def _without(question: str, grid: Grid, body: frozenset[int]) -> tuple[str, list[Selector] | None]:
    """``question`` up to the rows that it leaves out, and what it tells of these; None where it leaves out none."""
    if without := _WITHOUT.search(question):
        return question[: without.start()], selectors(without["rest"], grid, body)
    denied = _NOT.search(question)
    out = selectors(denied["rest"], grid, body) if denied else []
    return (question[: denied.start()], out) if denied and _only_names(denied["rest"], out) else (question, None)


def _only_names(rest: str, told: Sequence[Selector]) -> bool:
    """Whether what stands behind "not" only names rows: "not vehicle", but not "not respond to vehicle"."""
    return bool(told) and all(each.rows for each in told) and content(rest) - light() <= _words(told)


def _in_signs(question: str) -> str:
    """``question`` with the signs of groups as tables have them, "cohorts 1, 2 and 3", and "dose" behind a number that only doses have."""
    question = _RANGE.sub(_each_sign, _SPELLED.sub(_in_digits, _ORDINAL.sub(_signed, _NAME_OF_STUDY.sub("", question))))
    return _TOLD_SHORT.sub(r"\g<0> dose", question) if TOLD_TIMES.search(question) else question


def _signed(match: re.Match[str]) -> str:
    which = match["which"].casefold()
    return f"{match['noun']} {_ORDINALS.get(which) or which.removesuffix('th')}"


def _in_digits(match: re.Match[str]) -> str:
    return f"{match['noun']} {NUMBERS[match['number'].casefold()]}"


def _each_sign(match: re.Match[str]) -> str:
    signs = [str(each) for each in range(int(match["first"]), int(match["last"]) + 1)]
    return f"{match['noun']} {', '.join(signs[:-1])} and {signs[-1]}" if len(signs) > 1 else match.group()


def _words(told: Sequence[Selector]) -> frozenset[str]:
    return frozenset(word for each in told for word in each.words)


def _having(told: Sequence[Selector], body: frozenset[int]) -> frozenset[int]:
    """The rows that have all that is told."""
    return frozenset.intersection(body, *(each.rows for each in told))


def _two_sides(question: str, grid: Grid, body: frozenset[int]) -> tuple[tuple[int, ...], ...]:
    """The rows on both sides of a joint; what only one side tells is told of the other too, where this leaves any."""
    for joint in _JOINT.finditer(question):
        halves = [selectors(part, grid, body) for part in (question[: joint.start()], question[joint.end() :])]
        if not all(halves) or any(not each.rows for half in halves for each in half):
            continue
        found = []
        for own, other in (halves, halves[::-1]):
            rows = _having(own, body)
            for each in other:
                if each.kind not in {one.kind for one in own} and rows & each.rows:
                    rows &= each.rows
            found.append(tuple(sorted(rows)))
        if all(found) and not set(found[0]) & set(found[1]):
            return tuple(found)
    return ()
