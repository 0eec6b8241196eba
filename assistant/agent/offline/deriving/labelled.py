"""Every figure that sentences and table cells state, with the words that tell what it measures: near it, in its sentence, around that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from assistant.agent.offline.deriving.rows import (
    SPREAD,
    measure_named,
    plain_cells,
    stated_in,
    time_named,
    unit_alone,
    unit_of,
    whole_of,
)
from assistant.agent.offline.findings import Findings
from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.sentences.sought import share_found
from assistant.agent.offline.sentences.surroundings import around, behind, plain_stems
from assistant.agent.offline.sentences.units import Unit
from assistant.agent.offline.understanding.cues import scaffold, signals
from assistant.agent.offline.understanding.terms import measure_key, stem_set
from assistant.language.abbreviations import explained, written_out
from assistant.language.figures import YEAR, Figure, figures
from assistant.language.stems import Word, stems
from assistant.language.tables import cells
from assistant.language.units import ACTIVITY_UNITS, CURRENCIES, TIME_UNITS, canonical_unit
from assistant.studies.quantities import convert
from assistant.studies.vocabulary import read

# How much a word counts that stands in another clause of the figure's sentence, and one that stands around the sentence.
_SAID, _AROUND = 0.7, 0.25
_ALIKE = 0.9
# So well a word is said of a figure that stands near it.
NEAR = 0.9
_CONFIDENCE = re.compile(r"\s*(?:CI\b|confidence)")
# Where levels of confidence, ranges and what was given stand: behind something else within brackets.
_IN_BRACKETS = re.compile(r"\([^()]*[^()\s][^()]*$")
# "15 minutes (version 2: 10 minutes)": what is told of something else is led by its name.
OF_ANOTHER = re.compile(r"\(\s*(?!(?:n|p|HR|CI)\b)[A-Za-z][^():]{1,30}:\s*$")
# "SEK 50 million (2010: SEK 40 million)": what was told of another time stands behind it in brackets.
THEN = re.compile(r"[^()]*\(\s*(?:[^():]{0,30}\b(?:19|20)\d\d|[^():]{0,20}\b(?:year|quarter|half|before|earlier))\s*:?\s*")
_CLOCK = re.compile(r":\d|\d:\d\d$")
# "All four cycles" counts nothing that was not known.
_DEFINITE = re.compile(r"\b(?:all|these|those|the)\s*$", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:not|rather than|instead of)\s*$", re.IGNORECASE)
# What a number or sum is of that no table of units has: "x 10^9/L", "$2 per share".
_OWN_UNIT = re.compile(r"(?:\s?/\s?|\s(?:per|a|an|each)\s)(?P<of>[A-Za-zµμ]+)\b(?!\s+(?:earlier|later|before|ago)\b)")
# "Sales of 6.3 million euros, of which generators made up 4.1 million": so many millions of the sentence's only currency.
_OF_MONEY = re.compile(r"(?:million|billion|thousand|mn|bn|m|k)$", re.IGNORECASE)
# "37 GBq/µmol": what an activity is of that no table of units has.
_EACH = re.compile(r"/(?P<of>[A-Za-zµμ]+)\b")
_COUNT_AND_SHARE = re.compile(r"\s*\d+\s*\(\s*[\d.]+\s*%?\s*\)\s*")
_SPREAD_OF = re.compile(r"(?:±|\+/-)\s*$")
# The noun that a figure counts stands so few words behind it.
_COUNTED_WITHIN = 3
# When something was measured or given is not measured itself: "at 72 hours", "eight weeks apart".
_AT = re.compile(r"\b(?:at|after|by|within|every|on)\s+(?:about\s+|the\s+)?$", re.IGNORECASE)
_APART = re.compile(r"\s+(?:apart|later|earlier|after|before|of age|old)\b", re.IGNORECASE)
# The time of a figure, "14.8 ± 2.1 %ID/g at 4 h", "at 4 h it was 14.8": what may stand between them.
_TO_ITS_TIME = re.compile(r"(?:\s*(?:±|\+/-)\s*[\d.]+)?[^\d,;.]{0,30}\b(?:at|after|by|on)\s+(?:day\s+)?")
_FROM_ITS_TIME = re.compile(r"\b(?:at|after|by|on)\s+(?:day\s+)?$", re.IGNORECASE)
# "9 of 36 treated dogs and 1 of 18 control dogs were alive": what is told of both stands behind the last.
_PART_OF = r"\d+ (?:out )?of (?:the )?\d+\b[^,.;:\d()]{0,60}?"
_OF_ALL_PARTS = re.compile(
    rf"{_PART_OF}(?:,? and|,? versus|,? vs\.?|,? compared with|,)\s+{_PART_OF}"
    r"\b(?:were|was|had|have|did|are|survived|responded|died|showed|lived)\b(?P<told>[^.;:]*)"
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """``figure`` of the sentence of ``match``, in ``measure``: its unit, or that of its column; empty where it only counts.

    ``near`` are the stems of its clause, or of its row's and column's names; ``said`` those of the whole sentence, ``around`` of what
    stands around this. ``row`` and ``column`` name its cell. ``counted`` are the stems right behind it. ``moment`` is the time at which
    it was so, as questions have it, "48 hour"; empty where the sentence tells none. ``whole`` is the number of all of whom a cell counts
    some, as its column's name tells.
    """

    figure: Figure
    match: Match
    measure: str
    near: frozenset[str]
    said: frozenset[str]
    around: frozenset[str]
    document: str
    lead: frozenset[str] = frozenset()
    row: str = ""
    column: str = ""
    counted: tuple[str, ...] = ()
    moment: str = ""
    whole: float | None = None

    @property
    def unit(self) -> Unit:
        """The sentence."""
        return self.match.unit

    @property
    def place(self) -> tuple[int, int]:
        """The source and the sentence's position in it."""
        return self.unit.source, self.unit.position

    @property
    def written(self) -> str:
        """The figure as ``calculate`` reads it, a cell's in the unit of its column."""
        return f"{self.number} {self.figure.unit or unit_of(self.measure)}".strip()

    @property
    def number(self) -> str:
        """The figure without a unit as ``calculate`` reads it."""
        return f"{self.figure.value:.10g}"

    @property
    def size(self) -> float:
        """The value in the smallest unit of its kind, by which hours and days may be told apart."""
        unit = self.figure.unit or unit_of(self.measure)
        base = next((base for family, base in ((ACTIVITY_UNITS, "Bq"), (TIME_UNITS, "minute")) if unit in family), unit)
        return convert(self.figure.value, unit, base)

    @property
    def called(self) -> frozenset[str]:
        """What the words near it call the figure, by prompts/questions.toml: one that came before, one of all who were treated."""
        return signals(" ".join(self.near), "reference_figures")

    def has(self, term: Word) -> float:
        """How well ``term`` is said of the figure, 0..1; another time than its own not at all."""
        if self.moment and self.moment != term.stem and term.stem.partition(" ")[2] in TIME_UNITS:
            return 0.0
        return _has(term, self.near, self.said, self.around)

    def leads(self, term: Word) -> float:
        """How well ``term`` is said of the figure if what leads up to several is said of all: "it was seen in 2 of 8 and 3 of 9"."""
        return max(self.has(term), _has(term, self.lead, frozenset(), frozenset()))

    @property
    def tells_when(self) -> bool:
        """Whether it is a time at which something else was so, or between two of it: "at 72 hours", "eight weeks apart"."""
        if self.column or self.measure not in TIME_UNITS:
            return False
        text = self.unit.text
        return _AT.search(text[: self.figure.start]) is not None or _APART.match(text, self.figure.end) is not None


@lru_cache(maxsize=65536)
def _has(term: Word, near: frozenset[str], said: frozenset[str], around: frozenset[str]) -> float:
    for share, own in ((1.0, near), (_SAID, said), (_AROUND, around)):
        counted = counts(term.stem)
        if counted and any(counted & counts(other) for other in own):
            return share
        if (found := share_found(term, own, frozenset(), abbreviations=_known_abbreviations())) >= _ALIKE:
            return share * found
    return 0.0


@cache
def _known_abbreviations() -> Mapping[str, tuple[frozenset[str], ...]]:
    return explained(())


@cache
def counts(word: str) -> frozenset[str]:
    """What a word counts: "two", "2", "twice"; nothing for an amount."""
    return frozenset() if " " in word else frozenset(value for term in read(word) for value in term.values("count"))


def labelled(matches: Sequence[Match], findings: Findings, *, loosely: bool = False) -> tuple[Labelled, ...]:
    """The figures of the sentences that something may be worked out of: exact ones, no dates, years and bounds of confidence.

    ``loosely`` has those too that are about so much or stand aside in brackets.
    """
    whole = [(match, findings.document_of(match.unit.source).id) for match in matches if not match.unit.title]
    return tuple(
        each for match, document in whole for each in (_cells(match, document) if match.unit.columns else _stated(match, document, loosely))
    )


def _stated(match: Match, document: str, loosely: bool) -> Iterator[Labelled]:
    text = match.unit.text
    said, context = stem_set(text), stem_set(match.unit.meaning) | stem_set(match.unit.context)
    for found in _figures_of(text, loosely):
        yield Labelled(
            found.figure, match, found.measure, found.near, said, context, document, found.lead, counted=found.counted, moment=found.moment
        )


def moment(figure: Figure, text: str) -> str:
    """The time at which ``figure`` was so, behind it or else before its clause: ``"2 day"``; empty where ``text`` tells none."""
    times = [each for each in figures(text) if each.unit in TIME_UNITS and each.start != figure.start]
    behind = (each for each in times if each.start > figure.end and _TO_ITS_TIME.fullmatch(text, figure.end, each.start))
    before = (each for each in times if each.end < figure.start and _opens_clause(each, figure, text))
    found = next(behind, None) or next(before, None)
    return measure_key(found) if found else ""


def _opens_clause(time: Figure, figure: Figure, text: str) -> bool:
    """Whether a time stands before its figure in one clause, with no other figure between: "at 4 h uptake was 14.8"."""
    between = text[time.end : figure.start]
    return _FROM_ITS_TIME.search(text[: time.start]) is not None and not re.search(r"\d|[;.]|\band\b", between)


class _Found(NamedTuple):
    figure: Figure
    measure: str
    near: frozenset[str]
    lead: frozenset[str]
    counted: tuple[str, ...]
    moment: str


@lru_cache(maxsize=4096)  # sentences of documents are looked at again with every question
def _figures_of(text: str, loosely: bool) -> tuple[_Found, ...]:
    """Each figure as it is found: ``lead`` are the stems that lead up to the first one.

    What leads up to a figure is near those behind it too that stand in one row with it: "uptake was 9 at 4 h, 7 at 24 h and 5 at 48 h".
    """
    lead = plain_stems(text[: min((figure.start for figure in figures(text)), default=0)])
    if shared := _OF_ALL_PARTS.search(text):
        lead |= plain_stems(shared["told"])
    found: list[_Found] = []
    row, last = lead, 0
    for figure in figures(text):
        if not _counts_or_measures(figure, text, loosely):
            continue
        if found and _says_more(text[last : figure.start]):
            row = frozenset()
        time = moment(figure, text)
        near = around(figure, text) | (row if time else frozenset())
        own = lead if ";" not in text[: figure.start] else frozenset[str]()  # "in May it made 31" after what April made
        found.append(_Found(figure, _measure(figure, text), near, own, stems(behind(figure, text))[:_COUNTED_WITHIN], time))
        last = figure.end
    return tuple(found)


def _says_more(between: str) -> bool:
    """Whether more than amounts, times and small words stands between two figures."""
    return any(" " not in word and word.isalpha() for word in plain_stems(between) - scaffold())


def _measure(figure: Figure, text: str) -> str:
    if not figure.unit and _OF_MONEY.search(figure.text):
        named = {other.unit for other in figures(text) if other.unit in CURRENCIES}
        return named.pop() if len(named) == 1 else ""
    open_to_more = (not figure.unit and figure.kind != "word") or figure.unit in CURRENCIES  # "one a complete response"
    of = _OWN_UNIT.match(text, figure.end) if open_to_more else _EACH.match(text, figure.end) if figure.unit in ACTIVITY_UNITS else None
    return f"{figure.unit}/{of['of']}" if of else figure.unit


def _counts_or_measures(figure: Figure, text: str, loosely: bool) -> bool:
    bound = _CONFIDENCE.match(text, figure.end) or (not loosely and _is_aside(text[: figure.start]))
    plain = figure.kind in ("number", "word") and figure.unit != "ratio" and (loosely or not figure.qualifier)
    known = figure.kind == "word" and _DEFINITE.search(text[: figure.start])
    time_of_day = _CLOCK.match(text, figure.end) or _CLOCK.search(text[: figure.end])
    before = text[: figure.start]
    other = YEAR.fullmatch(figure.text) or _DENIED.search(before) or _SPREAD_OF.search(before)
    return plain and not (bound or known or time_of_day or other)


def _is_aside(before: str) -> bool:
    """Whether a figure stands behind something else within brackets, and is not what the same was at another time or elsewhere."""
    return _IN_BRACKETS.search(before) is not None and not THEN.search(before) and not OF_ANOTHER.search(before)


def _cells(match: Match, document: str) -> Iterator[Labelled]:
    """The cells of a row that are one figure, or a part and its whole, with the words of the row's first cell and their column's name."""
    row = plain_cells(match.unit.text)
    names = cells(match.unit.columns)
    if len(names) != len(row):
        return  # of a cell that is left out only its place in the line tells
    context = stem_set(match.unit.context)
    for cell, name in list(zip(row, names, strict=False))[1:]:
        found = stated_in(cell)
        if not found:
            continue
        part_of = len(found) > 1 and cell[found[0].end : found[1].start].strip() == "/"
        if not part_of and not SPREAD.match(cell, found[0].end):
            continue
        measure = found[0].unit or unit_alone(name) or measure_named(f"{name} {row[0]}")
        measure = known if (known := canonical_unit(measure)) and known.startswith("percent") else measure
        if _COUNT_AND_SHARE.fullmatch(cell):
            measure = ""  # "25 (31.6)" below "n (%)" counts first
        near = stem_set(written_out(f"{names[0]} {row[0]}")) | stem_set(row[0]) | stem_set(name)
        for figure in found[: 2 if part_of else 1]:
            yield Labelled(
                figure,
                match,
                measure,
                near,
                near,
                context,
                document,
                row=row[0],
                column=name,
                moment=time_named(name) or time_named(row[0]),
                whole=whole_of(name),
            )
