"""Of whom, when and where each figure of a sentence or row is: "41 % with A and 24 % with B", "kidney 6 % and 2 %"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import NamedTuple

from assistant.agent.offline.sentences.keys import DOSES, MANY, Key, keys, numbered, sort_of
from assistant.agent.offline.sentences.units import Unit
from assistant.agent.offline.understanding.terms import measure_key
from assistant.language.figures import YEAR, Figure, figures
from assistant.language.kept import kept_for_passages
from assistant.language.numerals import SCALES
from assistant.language.periods import periods
from assistant.language.stems import is_irregular, words
from assistant.language.tables import cells

_CUT = re.compile(
    r";|(?<!\d),(?!\d| or\b)|,(?=\s)(?! or\b)|\b(?:and|while|whereas|versus|vs\.?|against|compared|than|but"
    r"|up from|down from)\b|(?<!, )\bor\b",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
# What leads to whom or when a figure is of, and names nothing new: ", and in the control arm 12".
_CONTINUES = re.compile(r"\W*(?:(?:and|but|with|from)\W+)*(?:in|for|with|at|on|after|under|among|during|as of|from|of|by)\b", re.IGNORECASE)
_NESTED = re.compile(r"\W*(?:and\W+)?(?:of (?:which|whom|them|these|those)\b|including\b|among (?:which|whom|them)\b)", re.IGNORECASE)
_NESTED_BEHIND = re.compile(r"\s*of (?:which|whom|them|these|those)\b", re.IGNORECASE)
_VERB = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|did|does|do|can|may|to (?!the\b)[a-z]{3,}|\w{3,}ed)\b", re.IGNORECASE)
# What is told behind the last of several is told of all of them.
_OF_ALL = re.compile(
    r"\b(?:was|were|is|are|had|have|has|did|because|respectively|survived|responded|died|lived|showed|at the same)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_JOINED = re.compile(r"\s*(?:,\s*(?:and|or)?|and|or)\s*(?:[A-Z]{3}\s)?[$€£]?\s*", re.IGNORECASE)
_IN_TURN = re.compile(r"\brespectively\b|\bat the same (?:times?|hours?|days?)\b|\bin (?:that|this) order\b", re.IGNORECASE)
_NONE = re.compile(r"\b(?:none|no|neither|nor|not|one|all|both|others?)\b", re.IGNORECASE)
# Of a figure that was so before what stands beside it, and of the end of a range.
_THEN = re.compile(r":|\b(?:year|earlier|before|prior|ago)\b", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s+(?:[A-Z]{3}\s)?[$€£]?$", re.IGNORECASE)
_TO = re.compile(r"\bto\s+(?:[A-Z]{3}\s)?[$€£]?$", re.IGNORECASE)
_OF_A = re.compile(r"\bof (?:an?|the|its|their)\s+(?:[A-Z]{3}\s)?[$€£]?$", re.IGNORECASE)
_HALF_YEAR = re.compile(r"\b(?:first|second|1st|2nd)[ -]$", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+(?:[A-Z]{3}\s)?[$€£]?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Told:
    """A figure of a sentence: ``label`` is what tells it from those beside it, ``own`` that and what leads up to these, ``said`` that and
    what is told of all, or of those before: "fatigue in 9" of "dry mouth occurred in 34, fatigue in 9".

    ``part`` numbers the stretch of the sentence, or the cell, where it stands; ``aside`` tells that it stands in brackets, ``nested`` that
    it is some of the figure before: "22, of whom 14".
    """

    figure: Figure
    label: frozenset[Key]
    own: frozenset[Key]
    said: frozenset[Key]
    part: int
    aside: bool = False
    nested: bool = False


class _Part(NamedTuple):
    """A stretch of a sentence with ``lead``, ``label`` and ``rest``: what stands before its figures, behind and between them, and what is
    told behind the last of several.
    """

    found: tuple[Figure, ...]
    lead: frozenset[Key]
    label: frozenset[Key]
    rest: frozenset[Key]
    nested: bool
    ends: bool


@dataclass(slots=True)
class _Group:
    """Parts that share what leads up to the first of them."""

    lead: frozenset[Key]
    above: frozenset[Key]
    parts: list[_Part] = field(default_factory=list)
    beside: frozenset[Key] = frozenset()


def told(unit: Unit) -> tuple[Told, ...]:
    """The figures of a sentence or row with what is told of each."""
    return _in_row(unit.text, unit.columns) if unit.columns else _in_sentence(unit.text)


def _in_row(row: str, columns: str) -> tuple[Told, ...]:
    """The figures in the cells of a row, each with the name of its column."""
    own, names = cells(row), cells(columns)
    names = ("", *names) if len(own) - len(names) == 1 else names
    if len(own) != len(names):
        return ()
    label = keys(own[0])
    return tuple(
        Told(figure, heading, heading, heading | label, place)
        for place, (cell, name) in enumerate(zip(own, names, strict=True))
        if place
        for heading in [keys(name)]
        for figure in figures(cell)
    )


@kept_for_passages
def _in_sentence(text: str) -> tuple[Told, ...]:
    plain = _BRACKETS.sub(lambda match: " " * len(match.group()), text)
    groups = _grouped(plain)
    found: list[Told] = []
    for group in groups:
        sorts = [sort_of(figure) for part in group.parts for figure in part.found[:1]]
        last = frozenset[Key]()
        shared = group.above | group.beside | frozenset[Key]().union(*(part.rest for part in group.parts))
        for part in group.parts:
            several = sorts.count(sort_of(part.found[0])) > 1
            own = part.label | part.lead if part is not group.parts[0] or not several else part.label
            lead = _unless_told(group.lead, own)
            said = own | lead | _unless_told(shared, own) | (last if part.nested else frozenset())
            number = len(found)
            found += [Told(figure, own, own | lead, said, number, nested=part.nested) for figure in part.found]
            last = last if part.nested else own
    found = _in_turn(text, _aligned(found, groups))
    return tuple(sorted((*found, *_aside(text, found)), key=lambda each: each.figure.start))


def _unless_told(inherited: frozenset[Key], own: frozenset[Key]) -> frozenset[Key]:
    """What is told of several, without the times and numbered things of which one has its own: "at 95 degrees 98 %, at 75 degrees 92 %"."""
    told_of = frozenset(map(_kind, own)) - {""}
    return frozenset(key for key in inherited if _kind(key) not in told_of)


def _kind(key: Key) -> str:
    """Of what kind a time, an amount or a numbered thing is; empty for words."""
    if not isinstance(key, str):
        return "period"
    thing, _, sign = key.partition(" ")
    return thing if sign.startswith("#") else sign if thing.replace(".", "").isdigit() else ""


def _grouped(plain: str) -> list[_Group]:
    """The parts of a sentence without brackets, those that share their subject together."""
    groups: list[_Group] = []
    waiting, values = frozenset[Key](), _values(plain)
    nested = False
    for start, end, hard in _stretches(plain):
        found = tuple(figure for figure in values if start <= figure.start < end)
        if not found and groups and _belongs_before(plain[start:end]):
            last = groups[-1].parts[-1]
            groups[-1].parts[-1] = last._replace(label=last.label | keys(plain[start:end]))
            continue
        if not found:
            waiting |= keys(plain[start:end])
            if groups:
                groups[-1].beside |= keys(plain[start:end])
            continue
        main = _first_told(plain, found)
        before = plain[start : main.start]
        behind = plain[main.end : end]
        rest = _OF_ALL.search(behind)
        lead, before = _without(found, before, start), _CUT.sub(" ", before)
        begun = _NESTED.match(before) is not None or _NESTED_BEHIND.match(behind) is not None
        nested = begun or (nested and not lead and not hard)
        amounts = frozenset[Key](measure_key(figure) for figure in found if figure.unit)
        label = _without(found, behind[: rest.start()] if rest else behind, main.end) | amounts
        label |= frozenset(numbered(plain[start:end])) - lead
        told_behind = _without(found, rest.group(), main.end + rest.start()) if rest else frozenset[Key]()
        part = _Part(found, lead, label, told_behind, nested, rest is not None)
        continues = bool(groups) and not (hard and lead) and (not lead or nested or _CONTINUES.match(before) is not None)
        if continues:
            groups[-1].parts.append(part)
            groups[-1].beside |= waiting
        else:
            elliptical = bool(groups) and not hard and not _has_verb(before)
            above = groups[-1].lead | groups[-1].above if elliptical else frozenset[Key]()
            first = lead | waiting if not groups else lead
            groups.append(_Group(first, above, [part], frozenset() if not groups else waiting))
        waiting = frozenset()
    return [_told_apart(group) for group in groups]


def _belongs_before(text: str) -> bool:
    """Whether a stretch without a figure goes on with the one before: ", for the third quarter", "and development"."""
    if text.startswith(","):
        return _CONTINUES.match(text) is not None
    return text.startswith(("and", "or")) and not _has_verb(text) and not _NONE.search(text)


def _first_told(plain: str, found: Sequence[Figure]) -> Figure:
    """The first figure that is told of a subject, which another may be part of: "a dose of 4 MBq gave 38 days"."""
    for one, two in pairwise(found):
        if sort_of(one) != sort_of(two) and _has_verb(plain[one.end : two.start]):
            return two
    return found[0]


def _values(plain: str) -> tuple[Figure, ...]:
    """The figures of a text that measure or count: no dates, years, halves of a year, and no doses by which arms are called."""
    return tuple(
        figure
        for figure in figures(plain)
        if figure.kind in ("number", "word")
        and not (not figure.unit and YEAR.fullmatch(figure.text))
        and not (figure.unit == "ratio" and _HALF_YEAR.search(plain[: figure.start]))
        and not DOSES.match(plain, figure.start)
    )


def _without(found: Sequence[Figure], text: str, start: int) -> frozenset[Key]:
    """What a text that begins at ``start`` of its sentence names beside the figures ``found``."""
    called = frozenset[Key](numbered(text))
    for figure in reversed(found):
        if start <= figure.start < start + len(text):
            text = f"{text[: figure.start - start]} , {text[figure.end - start :]}"
    return keys(text) | called


def _told_apart(group: _Group) -> _Group:
    """The group, where more than one part has a verb behind its figures, with what these say as its own: "5 were cured and 3 died"."""
    group.parts = [part._replace(label=part.label | part.rest, rest=frozenset()) if part.nested else part for part in group.parts]
    if sum(part.ends for part in group.parts) > 1:
        group.parts = [part._replace(label=part.label | part.rest, rest=frozenset()) for part in group.parts]
    return group


def _has_verb(text: str) -> bool:
    return _VERB.search(text) is not None or any(is_irregular(word.text) for word in words(text))


def stretches(text: str) -> Iterator[str]:
    """The stretches of a sentence, of which each tells of something of its own."""
    plain = _BRACKETS.sub(lambda match: " " * len(match.group()), text)
    yield from (plain[start:end] for start, end, _ in _stretches(plain))


def _stretches(plain: str) -> Iterator[tuple[int, int, bool]]:
    """Where the stretches of a sentence begin and end, and whether a semicolon stands before."""
    found = figures(plain)
    cuts = {cut.start() for cut in _CUT.finditer(plain) if not any(figure.start < cut.start() < figure.end for figure in found)}
    values = _values(plain)
    for one, two in pairwise(values):
        if _BETWEEN.search(plain[: one.start]) and sort_of(one) == sort_of(two):
            cuts -= set(range(one.end, two.start))
    for place, two in enumerate(values):
        alike = [one for one in values[:place] if one.unit and sort_of(one) == sort_of(two)]
        joint = _TO.search(plain[: two.start]) if any(_FROM.search(plain[: one.start]) for one in alike[-1:]) else None
        joint = joint or (_OF_A.search(plain[: two.start]) if alike and alike[-1] is values[place - 1] else None)
        cuts |= {joint.start()} if joint else set()
    edges = [0, *sorted(cuts), len(plain)]
    for start, end in pairwise(edges):
        yield start, end, plain[start : start + 1] == ";"


def _aligned(found: Sequence[Told], groups: Sequence[_Group]) -> list[Told]:
    """The figures, those of a group that says nothing of each with what a group of as many says: "kidney 6 % and 2 %"."""
    labelled = [group for group in groups if len(group.parts) > 1 and all(_label(part) for part in group.parts)]
    told_of = list(found)
    place = 0
    for group in groups:
        size = sum(len(part.found) for part in group.parts)
        bare = len(group.parts) > 1 and all(len(part.found) == 1 and not _label(part) for part in group.parts[:-1])
        like = [other for other in labelled if len(other.parts) == len(group.parts)]
        if bare and like and size == len(group.parts):
            for step, part in enumerate(like[0].parts):
                each = told_of[place + step]
                told_of[place + step] = _with(each, _label(part))
        place += size
    return told_of


def _with(each: Told, label: frozenset[Key]) -> Told:
    return replace(each, label=each.label | label, own=each.own | label, said=each.said | label)


def _label(part: _Part) -> frozenset[Key]:
    """What a part says behind its first figure, without that and others of its kind."""
    alike = (figure for figure in part.found if sort_of(figure) == sort_of(part.found[0]))
    return part.label - frozenset(measure_key(figure) for figure in alike if figure.unit)


def _in_turn(text: str, found: Sequence[Told]) -> list[Told]:
    """The figures, those of lists of one length with those in the same place of the others: "0, 2 and 5 after 5, 10 and 20 MBq"."""
    if not _IN_TURN.search(text):
        return list(found)
    runs: list[list[int]] = []
    for place, each in enumerate(found):
        alike = place and sort_of(found[place - 1].figure) == sort_of(each.figure)
        joined = alike and _JOINED.fullmatch(text, found[place - 1].figure.end, each.figure.start)
        runs = [*runs[:-1], [*runs[-1], place]] if joined else [*runs, [place]]
    told_of = list(found)
    for run in runs:
        for other in runs:
            if other is run or len(run) != len(other) or len(run) == 1:
                continue
            for here, there in zip(run, other, strict=True):
                each, label = told_of[here], _amount(found[there].figure)
                told_of[here] = _with(each, label)
    return told_of


def _alike(host: Told | None, figure: Figure, piece: str) -> Figure:
    """A figure that stands alone in brackets, in the unit of the one before it, and as many millions: "EUR 7.9 million (5.2)"."""
    if host is None or not host.figure.unit or figure.unit or piece.strip() != figure.text:
        return figure
    many = MANY.search(host.figure.text)
    return replace(figure, unit=host.figure.unit, value=figure.value * (SCALES[many.group().casefold()] if many else 1))


def _amount(figure: Figure) -> frozenset[Key]:
    return frozenset([measure_key(figure)]) if figure.unit and figure.kind != "date" else frozenset()


def _aside(text: str, found: Sequence[Told]) -> Iterator[Told]:
    """The figures in brackets, with what is told of the figure before them unless they tell a time of their own."""
    for bracket in _BRACKETS.finditer(text):
        hosts = [each for each in found if each.figure.start < bracket.start()]
        host = hosts[-1] if hosts else None
        for piece in re.split(r";|,\s", bracket.group()[1:-1]):
            start = text.index(piece, bracket.start())
            own = keys(piece)
            then = bool(periods(piece)) or _THEN.search(piece) is not None
            above = frozenset[Key]() if host is None else host.said - host.label if then else host.said
            mine = own if then or host is None else own | host.label
            for figure in (_alike(host, figure, piece) for figure in _values(piece)):
                moved = Figure(
                    start + figure.start, start + figure.end, figure.value, figure.unit, figure.kind, figure.qualifier, figure.text
                )
                near = frozenset[Key]() if host is None else host.own - host.label if then else host.own
                yield Told(moved, mine, mine | near, mine | above, -start, aside=True)
