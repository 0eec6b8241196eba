"""What two figures give that are set side by side: how far apart they are, how many times one is the other, a change, a share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import permutations

from assistant.agent.offline.deriving.candidate import Candidate, target, written
from assistant.agent.offline.deriving.inputs import came_of, comparable, joined, told_as_part
from assistant.agent.offline.deriving.labelled import NEAR, Labelled
from assistant.agent.offline.deriving.misfits import are_set_beside
from assistant.agent.offline.deriving.pairing import told, told_apart
from assistant.agent.offline.deriving.sharing import is_denied
from assistant.agent.offline.deriving.wanted import Kind, Wanted
from assistant.language.units import TIME_UNITS, measures_alike

_TIMES_MORE = re.compile(r"\btimes\s+(?:more|higher|larger|longer|greater|bigger|heavier|faster)\b", re.IGNORECASE)
_TIMES_OWN = re.compile(r"\bis\s+(?:how many|what)\s+(?:times|multiple of)\s+(?:the\s+|that of\s+|a\s+)?$", re.IGNORECASE)
_ORDERED = frozenset(["change", "ratio", "share"])
_DIFFERENCES = frozenset(["difference", "points", "moved"])
# So much more the words of two sides have to speak for one order than for the other.
_CLEARLY = 0.5


def of_pairs(kind: Kind, asked: Wanted, stated: Sequence[Labelled]) -> Iterator[Candidate]:
    """Of each two figures of one measure what ``kind`` they give, in the order that question and text tell."""
    for one, two in permutations(stated, 2):
        if comparable(one, two) and one.size != two.size:
            for each in of_pair(kind, asked, one, two):
                if _in_order(each, asked):
                    yield each


def of_pair(kind: Kind, asked: Wanted, one: Labelled, two: Labelled) -> Iterator[Candidate]:
    """What ``kind`` two figures of one measure give: ``one`` is the later or larger one, or a part of ``two``."""
    if not two.figure.value:
        return
    first, second = written(one, two)
    larger = one.size > two.size
    percents = one.measure.startswith("percent")
    if kind in _DIFFERENCES:
        moved = kind != "moved" or (not percents and came_of(one, two))
        points = one.measure == "percent"
        if larger and moved and (points or kind != "points"):
            yield Candidate("points" if points else kind, f"{first} - {second}{target(asked, one.measure)}", (one, two))
    elif kind == "change" and one.measure != "percent":  # of percentages it would be taken for their difference
        high, low = (first, second) if larger else (second, first)
        yield Candidate(kind, f"({high} - {low}) / {second} in percent", (one, two))
    elif kind == "ratio" or (kind == "factor" and larger):
        yield Candidate(kind, f"{first} / {second}", (one, two))
    elif kind == "share" and not larger and not percents:
        yield from _share(asked, one, two)


def _share(asked: Wanted, one: Labelled, two: Labelled) -> Iterator[Candidate]:
    """What part ``one`` is of ``two``, or the rest of it where the question denies what the sentence says of the part."""
    first, second = written(one, two)
    if asked.operation.denied is is_denied(one, two):
        if told_as_part(one, two) or (not came_of(one, two) and not are_set_beside(one, two) and _are_told(asked, one, two)):
            yield Candidate("share", f"{first} / {second} in percent", (one, two))
    elif joined(one, two):
        yield Candidate("share", f"({second} - {first}) / {second} in percent", (one, two))


def _are_told(asked: Wanted, part: Labelled, whole: Labelled) -> bool:
    """Whether the question tells each by a word that is not near the other one too: of two things that cost so much neither is a part."""
    near = [{word for word in asked.operation.words if each.has(word) >= NEAR} for each in (part, whole)]
    return bool(near[0] - near[1]) and bool(near[1] - near[0])


def of_columns(kind: Kind, stated: Sequence[Labelled]) -> Iterator[Candidate]:
    """What part a cell is of the number of all that its column's name tells."""
    for each in stated:
        if kind == "share" and each.whole and not each.measure and each.figure.value <= each.whole:
            yield Candidate(kind, f"{each.written} / {each.whole:.10g} in percent", (each,))


def with_own(kind: Kind, asked: Wanted, stated: Sequence[Labelled]) -> Iterator[Candidate]:
    """A stated figure beside one of the question's in the same measure: "how far below the limit is 8 GBq"."""
    for own in asked.own:
        mine = own.written
        for each in stated:
            if not own.unit or not (own.unit == each.measure or measures_alike(own.unit, each.measure)):
                continue
            if kind == "difference":
                yield Candidate(kind, f"abs({each.written} - {mine}){target(asked, each.measure)}", (each,), (own,))
            elif kind == "ratio":
                behind = _TIMES_OWN.search(asked.question[: own.start]) is not None  # "X is how many times 2 MBq"
                yield Candidate(kind, f"{each.written} / {mine}" if behind else f"{mine} / {each.written}", (each,), (own,))
            elif kind == "share" and own.unit not in TIME_UNITS:
                yield Candidate(kind, f"{mine} / {each.written} in percent", (each,), (own,))


def _in_order(candidate: Candidate, asked: Wanted) -> bool:
    """Whether what came of it stands before what was: as the question sets the two apart, else as the text tells, else as "more" says."""
    if candidate.kind not in _ORDERED:
        return True
    one, two = candidate.inputs
    if candidate.kind == "ratio" and one.size < two.size and _TIMES_MORE.search(asked.question):
        return False
    straight, crossed = _told(candidate, asked)
    if abs(straight - crossed) >= _CLEARLY:
        return straight > crossed
    known = came_of(one, two)
    if known and candidate.kind != "share":
        return known[0] is one
    if candidate.kind == "change" and asked.upwards is not None:
        return (one.size > two.size) is asked.upwards
    return candidate.kind != "ratio" or one.size > two.size


def told_of(candidate: Candidate, asked: Wanted) -> float:
    """How well the words of the two sides that the question sets apart tell the two figures, 0..1; 0 where it sets none."""
    return max(_told(candidate, asked)) / 2


def _told(candidate: Candidate, asked: Wanted) -> tuple[float, float]:
    """How well the two sides tell the figures in their order, and in the other; 0 where there are no two."""
    first, second = told_apart(asked.operation, asked.sides)
    if not (first and second) or len(candidate.inputs) != 2:
        return 0.0, 0.0
    one, two = candidate.inputs
    return told(first, one, two) + told(second, two, one), told(first, two, one) + told(second, one, two)
