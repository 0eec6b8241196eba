"""Statements of accounts: rows of tables whose columns are periods, what their amounts stand for, and which a question names."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from assistant.agent.offline.deriving.labelled import Labelled
from assistant.agent.offline.understanding.cues import light, scaffold, words_of
from assistant.agent.offline.understanding.terms import forms_of
from assistant.language.abbreviations import written_out
from assistant.language.figures import MONTH, YEAR, figures
from assistant.language.periods import Period, periods
from assistant.language.stems import stems
from assistant.language.units import TIME_UNITS, canonical_unit

_TABLE = "accounts_named"
# What a caption or the name above the rows tells of the amounts: "(in thousands, except share data)", "$ millions", "USD k".
_SCALE = re.compile(
    r"(?:\b(?:in|expressed in)\s+)?(?:(?:US|U\.S\.|[$€£]|[A-Z]{3}|dollars|euros?)\s*)*\b(?P<scale>thousands?|millions?|000s?)\b",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"[$€£']\s?000s?\b|\b[A-Z]{3}\s?'?000s?\b|\b(?:k|T)(?:USD|EUR|GBP|CHF|SEK|NOK|DKK)\b|\b(?:USD|EUR|GBP|CHF)\s?k\b")
_EXCEPT = re.compile(r"\bexcept\b[^)]*", re.IGNORECASE)
_LENGTH = re.compile(
    rf"\b(?:three|six|nine|twelve|3|6|9|12)[ -]months?\s+(?:period\s+)?(?:ended|ending|to)\s+(?:\d{{1,2}}\s+)?{MONTH}(?:\s+\d{{1,2}})?",
    re.I,
)
# What is counted is in no thousands of a currency.
_COUNTED = re.compile(r"\bshares?\b|\bper\b|\bemployees?\b|\bheadcount\b|%|\bmargin\b|\brate\b", re.IGNORECASE)
# What a row is made up of, "Revenue (grants and licences)", need not be named with it.
_ASIDE = re.compile(r"\([^()]*\)")
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Account:
    """A row, ``name``, of a table of accounts with its cell for each period that a column is of.

    ``scale`` is what one of its amounts stands for, 1000 in a table "in thousands"; ``table`` tells the table from others.
    """

    name: str
    cells: Mapping[Period, Labelled]
    scale: int
    table: tuple[str, str]

    @property
    def latest(self) -> Period:
        return max(self.cells, key=lambda period: (period.year, period.part / period.parts))

    @property
    def around(self) -> frozenset[str]:
        """The stems that stand around the table: of what all its rows are, and whose."""
        cell = self.cells[self.latest]
        return frozenset(stems(written_out(f"{cell.unit.context} {cell.unit.columns}")))

    @property
    def counts(self) -> bool:
        """Whether it counts, shares or people, or tells a rate."""
        return _COUNTED.search(self.name) is not None


def accounts(stated: Sequence[Labelled]) -> tuple[Account, ...]:
    """The rows of tables each of whose cells is of one period."""
    rows: dict[tuple[str, tuple[int, int], str], list[Labelled]] = {}
    for each in stated:
        if each.column:
            rows.setdefault((each.document, each.place, each.row), []).append(each)
    found: dict[tuple[str, str, str], Account] = {}
    for (document, _, name), cells in rows.items():
        named = {period[0]: cell for cell in cells if len(period := _periods_of(cell)) == 1}
        if named and len(named) == len(cells):  # a row that two passages have is one
            found.setdefault(
                (document, cells[0].unit.columns, name), Account(name, named, _scale(cells[0]), (document, cells[0].unit.columns))
            )
    return tuple(found.values())


def _periods_of(cell: Labelled) -> tuple[Period, ...]:
    """The period of a cell's column; a year is the part of it that the caption tells, "three months ended March 31"."""
    own = periods(cell.column)
    ended = _LENGTH.search(cell.unit.context) or _LENGTH.search(cell.unit.columns)
    if len(own) == 1 and own[0].parts == 1 and ended and YEAR.search(cell.column):
        return periods(f"{ended.group()}, {own[0].year}") or own
    return own


def _scale(cell: Labelled) -> int:
    """What one of the amounts of a table stands for, as its caption or the names of its columns tell; 1 for what is counted."""
    if _COUNTED.search(cell.row) and _EXCEPT.search(f"{cell.unit.context} {cell.unit.columns}"):
        return 1
    named = f"{cell.row} {cell.unit.columns} {cell.unit.context}"
    if _THOUSANDS.search(named):
        return 1000
    found = {match["scale"].casefold()[:1] for match in _SCALE.finditer(named) if not _is_amount(named, match.start("scale"))}
    return {"t": 1000, "0": 1000, "m": 1_000_000}[found.pop()] if len(found) == 1 else 1


def _is_amount(text: str, place: int) -> bool:
    """Whether "million" belongs to an amount of its own, "$4.7 million"."""
    return any(figure.start <= place < figure.end for figure in figures(text))


def named(text: str, known: Sequence[Account]) -> tuple[Account, ...]:
    """The accounts that ``text`` names and nothing else: of several those with most of its words; none where it has others."""
    owns = [_own(each.name) for each in known]
    rest = _told(text, frozenset().union(*owns))
    filler, optional = words_of("filler", table=_TABLE), words_of("optional", table=_TABLE)
    rated = []
    for each, own in zip(known, owns, strict=True):
        had = {stem for stem in own if forms_of(stem) & rest}
        others = {stem for stem in rest if not forms_of(stem) & own} - filler
        needed = _own(_ASIDE.sub(" ", each.name)) or own
        if had and (needed - optional or needed) <= had | _of_code(each.name, had) and others <= each.around:
            rated.append(((len(had), -len(own)), each))
    best = max((rate for rate, _ in rated), default=None)
    return tuple(each for rate, each in rated if rate == best)


def tells(text: str, known: Sequence[Account]) -> bool:
    """Whether a text has words that may name an account."""
    return bool(_told(text, frozenset().union(*(_own(each.name) for each in known))) - words_of("filler", table=_TABLE))


def _own(name: str) -> frozenset[str]:
    return frozenset(stems(written_out(name))) - words_of("joining", table=_TABLE)


def _of_code(name: str, had: Collection[str]) -> frozenset[str]:
    """All of a name that is one code, "177Lu-QX-7", where a part of it is named."""
    return _own(name) if had and " " not in name.strip() else frozenset()


def _told(text: str, kept: frozenset[str]) -> frozenset[str]:
    """The stems of a text that tell of what it is, without those that say how, when or how much, but with all that are ``kept``."""
    plain = text
    for figure in reversed([each for each in figures(text) if each.unit in TIME_UNITS or canonical_unit(each.text)]):
        plain = f"{plain[: figure.start]} {plain[figure.end :]}"
    how = words_of(table="operations") | words_of(table="directions") | words_of(table="derivations")
    left_out = (scaffold() | light() | how | words_of("joining", table=_TABLE)) - kept
    return frozenset(stem for stem in stems(written_out(plain)) if stem not in left_out and not YEAR.fullmatch(stem) and not stem.isdigit())


def joined_names(question: str, known: Sequence[Account]) -> str:
    """``question`` with a sign for each "and" that belongs to the name of an account."""
    for name in {written_out(each.name) for each in known if _AND.search(each.name)}:
        question = re.sub(re.escape(name), _AND.sub(" & ", name), question, flags=re.IGNORECASE)
    return question
