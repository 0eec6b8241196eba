"""Parts of a number of animals or people: "2 of 9" is neither "1 of 9" nor a 2 and a 9 that stand in different places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from assistant.agent.grounding.agreement import stated
from assistant.agent.grounding.amounts import Amount, amounts
from assistant.agent.grounding.reading import Line, Support, headed
from assistant.agent.grounding.vocabulary import stems, table

_THE = r"(?:the |a |its |these |those |their |all )?"
# "in" may be of a time, "71 in November 2021", unless a number follows at once.
_OF = re.compile(rf"\s?/\s?|\s(?:\w+\s){{0,2}}?(?:(?:out of|of|per)\s{_THE}(?:\w+ )?|in\s{_THE})", re.IGNORECASE)
# "Of 31 patients scanned, 19"
_BEHIND = re.compile(r"[^,;.]{0,40},\s(?:only )?", re.IGNORECASE)
_BEFORE_WHOLE = re.compile(r"\b(?:of|among) (?:the )?$", re.IGNORECASE)


def unlike(said: str, support: Support) -> str | None:
    """A part of a whole in ``said`` that the cited passages do not state; None where they state all.

    Where they give no part of this whole at all, one of their sentences must have both figures.
    """
    known = {(part.value, whole.value) for text in support.passages for part, whole in stated_parts(text)}
    for part, whole in _claimed(said):
        pair = (part.value, whole.value)
        if any(pair[1] == other for _, other in known):
            missing = pair not in known and not _as_percent(part, whole, support)
        else:
            held = [line.figures for line in support.lines]
            together = any(all(any(stated(a, figure) for figure in line) for a in (part, whole)) for line in held) or _in_turn(
                part, whole, support
            )
            missing = not together and not _tabulated(part, whole, support)
        if missing:
            return said[part.start : whole.end]
    return None


def _as_percent(part: Amount, whole: Amount, support: Support) -> bool:
    """Whether a cited sentence has the part with the percentage that it is of the whole: "47 patients (73.4%)" of 64."""
    share = 100 * part.value / whole.value
    return any(
        any(stated(part, figure) for figure in line.figures)
        and any(figure.unit == "percent" and abs(figure.value - share) <= figure.grain / 2 for figure in line.figures)
        for line in support.lines
    )


def _in_turn(part: Amount, whole: Amount, support: Support) -> bool:
    """Whether two sentences of a paragraph, the one behind the other, have the two: "The target is 90. By May 40 had been treated"."""
    return any(
        (one.passage, one.block) == (two.passage, two.block)
        and any(
            any(stated(part, f) for f in x.figures)
            and any(stated(whole, f) for f in y.figures)
            and y.words & stems(table("meaning")["meant"])
            for x, y in ((one, two), (two, one))
        )
        for one, two in pairwise(support.lines)
    )


def _tabulated(part: Amount, whole: Amount, support: Support) -> bool:
    """Whether a table has the part in a column where it has the whole as a number of animals or people, or below a heading that has it."""
    subjects = _subjects()
    rows = [line for line in support.lines if line.is_row]
    wholes = [(line, column) for line in rows if line.words & subjects for column in _columns(line, whole)]
    parts = [(line, column) for line in rows for column in _columns(line, part)]
    return any(
        one.passage == other.passage and (column == of or other.block == headed(one.passage).get(one.block))
        for one, column in parts
        for other, of in wholes
    )


def _columns(line: Line, amount: Amount) -> frozenset[int]:
    """The columns, by the bars before them, in which a row has the value."""
    return frozenset(line.text[: figure.start - line.start].count("|") for figure in line.figures if figure.value == amount.value)


def _subjects() -> frozenset[str]:
    return stems(table("meaning")["subjects"]) | stems(table("meaning")["any_subject"])


def stated_parts(text: str) -> Iterator[tuple[Amount, Amount]]:
    """The parts of wholes that ``text`` states: "7 of 21", "7/21", "of 21 rats, 7"."""
    for one, two in pairwise(amounts(text)):
        if one.unit or two.unit:
            continue
        if _OF.fullmatch(text, one.end, two.start) and one.value <= two.value:
            yield one, two
        elif _BEFORE_WHOLE.search(text[: one.start]) and _BEHIND.fullmatch(text, one.end, two.start) and two.value <= one.value:
            yield two, one


def _claimed(said: str) -> Iterator[tuple[Amount, Amount]]:
    """Parts of a number of subjects; "one of the two studies" is none."""
    subjects = _subjects()
    for part, whole in stated_parts(said):
        nouns = part.nouns | whole.nouns
        groups = part.nouns & stems(table("meaning")["counted_arms"])  # "three groups of 15"
        if not groups and (not nouns or nouns & subjects) and whole.value > 1 and not _is_year(whole) and part.kind in ("number", "word"):
            yield part, whole


def _is_year(amount: Amount) -> bool:
    return not amount.nouns and amount.text.isdigit() and len(amount.text) == len("2021")
