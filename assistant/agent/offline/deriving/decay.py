"""What decay leaves, and when it has left so much, by a half-life that the sources state."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from assistant.agent.offline.deriving.candidate import Candidate, target
from assistant.agent.offline.deriving.labelled import Labelled
from assistant.agent.offline.deriving.wanted import Wanted
from assistant.agent.offline.sentences.units import Unit
from assistant.agent.offline.understanding.lifetimes import time_of
from assistant.language.figures import figures
from assistant.language.names import nuclides
from assistant.language.units import ACTIVITY_UNITS, TIME_UNITS

_HALF_LIFE = re.compile(r"\bhalf[- ]?li(?:fe|ves)\b", re.IGNORECASE)


def tells_half_life(unit: Unit) -> bool:
    """Whether the sentence, or the names of its columns, speak of a half-life."""
    return _HALF_LIFE.search(f"{unit.columns} {unit.text}") is not None


def _half_lives(stated: Sequence[Labelled]) -> list[Labelled]:
    """The times that are half-lives, as their sentence, their column or their row tells."""
    told = ((each, f"{each.row} {each.column}" if each.column else each.unit.text) for each in stated if each.measure in TIME_UNITS)
    return [each for each, text in told if each.figure.value and _HALF_LIFE.search(text)]


def nuclides_of(half_life: Labelled) -> frozenset[str]:
    """The nuclide that a half-life is of; all that are named where it is unclear, none where its sentence or row names none."""
    if half_life.column:
        return frozenset(mention.name for mention in nuclides(half_life.row))
    text = half_life.unit.text
    times = [figure for figure in figures(text) if figure.unit in TIME_UNITS and figure.value]
    named = dict.fromkeys(mention.name for mention in nuclides(text))
    own = [name for name in named if (time := time_of(text, name, times)) and time.start == half_life.figure.start]
    return frozenset(own or named)


def is_of_nuclide(asked: Collection[str], found: Candidate) -> bool:
    """Whether a decay goes by the half-life of what decays: of the nuclides ``asked``, else of that in the row of the other figures."""
    half_life = next((each for each in found.inputs if each.measure in TIME_UNITS), None)
    of = nuclides_of(half_life) if half_life else frozenset[str]()
    rows = (f"{each.row} {each.unit.text if each.column else ''}" for each in found.inputs if each is not half_life)
    carried = set(asked) or {mention.name for row in rows for mention in nuclides(row)}
    return not of or (len(of) == 1 and (not carried or carried == set(of)))


def left(asked: Wanted, stated: Sequence[Labelled]) -> Iterator[Candidate]:
    """What is left of an activity, or which share of it, after the question's time t: A * 0.5 ^ (t / half-life)."""
    activities = [figure for figure in asked.own if figure.unit in ACTIVITY_UNITS]
    for time in (figure for figure in asked.own if figure.unit in TIME_UNITS):
        for half_life in _half_lives(stated):
            share = f"0.5 ^ ({time.written} / {half_life.written})"
            if asked.share:
                yield Candidate("left", f"{share} in percent", (half_life,), (time,))
                continue
            for own in activities:
                yield Candidate("left", f"{own.written} * {share}{target(asked, own.unit)}", (half_life,), (own, time))
            for each in stated if not activities else ():
                found = Candidate("left", f"{each.written} * {share}{target(asked, each.measure)}", (each, half_life), (time,))
                if each.measure in ACTIVITY_UNITS and is_of_nuclide((), found):
                    yield found


def until(asked: Wanted, stated: Sequence[Labelled]) -> Iterator[Candidate]:
    """The time until so large a share s as the question names is left: half-life * ln(1 / s) / ln(2)."""
    shares = [*asked.parts, *(f"{figure.value:.10g} / 100" for figure in asked.own if figure.unit == "percent" and figure.value)]
    for half_life in _half_lives(stated):
        for share in shares:
            expression = f"{half_life.written} * ln(1 / ({share})) / ln(2){target(asked, half_life.measure)}"
            yield Candidate("until", expression, (half_life,), tuple(figure for figure in asked.own if figure.unit == "percent"))
