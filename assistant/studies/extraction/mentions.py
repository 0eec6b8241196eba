"""What the readers hand to each other: a sentence with its figures, and the things mentioned in it, by place."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.language.figures import Figure, figures
from assistant.language.names import plain
from assistant.language.sentences import Kind, Sentence, sentences

# No sentence is longer, in characters: what is, is data or noise, and costs time to read.
_LONGEST = 4000
_NUMBER = re.compile(r"\(?\d{1,2}[.)]")


@dataclass(frozen=True, slots=True)
class Mention:
    """Characters ``start`` to ``end`` of the document name ``name``; ``key`` is what spellings of one thing share."""

    start: int
    end: int
    name: str
    key: str


def within(mentions: tuple[Mention, ...], start: int, end: int) -> tuple[Mention, ...]:
    """Those of ``mentions``, which are in order, that lie between two offsets."""
    first = bisect_left(mentions, start, key=lambda m: m.start)
    last = bisect_left(mentions, end, key=lambda m: m.start)
    return tuple(m for m in mentions[first:last] if m.end <= end)


def only(mentions: tuple[Mention, ...]) -> Mention | None:
    """The one thing that all mentions name."""
    return mentions[0] if mentions and len({m.key for m in mentions}) == 1 else None


@dataclass(frozen=True)
class Clause:
    """One sentence, table row or heading; ``page`` is the document in plain characters, so offsets are the document's."""

    page: Page
    start: int
    end: int
    block: int
    kind: Kind

    @property
    def text(self) -> str:
        return self.page.text[self.start : self.end]

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The figures of the sentence, with the document's offsets."""
        return tuple(_moved(figure, self.start) for figure in figures(self.page.raw[self.start : self.end]))

    def find(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Matches of ``pattern`` inside the sentence, with the document's offsets."""
        return pattern.finditer(self.page.text, self.start, self.end)

    def before(self, position: int, width: int = 80) -> str:
        """The text of the sentence that ends at ``position``."""
        return self.page.text[max(self.start, position - width) : position]

    def after(self, position: int, width: int = 80) -> str:
        """The text of the sentence that starts at ``position``."""
        return self.page.text[position : min(self.end, position + width)]

    def between(self, first: int, last: int) -> str:
        """The text between two positions of the sentence."""
        return self.page.text[first:last]

    @cached_property
    def brackets(self) -> tuple[tuple[int, int], ...]:
        """The outermost bracketed stretches, brackets included."""
        found, depth, opened = [], 0, self.start
        for position in range(self.start, self.end):
            character = self.page.text[position]
            if character in "([":
                opened = position if depth == 0 else opened
                depth += 1
            elif character in ")]" and depth:
                depth -= 1
                if depth == 0:
                    found.append((opened, position + 1))
        return tuple(found)

    def bracket_of(self, position: int) -> tuple[int, int] | None:
        """The bracketed stretch around ``position``, if any."""
        return next(((first, last) for first, last in self.brackets if first < position < last), None)


def _moved(figure: Figure, by: int) -> Figure:
    return Figure(figure.start + by, figure.end + by, figure.value, figure.unit, figure.kind, figure.qualifier, figure.text)


def _numbered_whole(read: Iterable[Sentence]) -> Iterator[Sentence]:
    """The sentences with each number of a list, "2.", put before what it numbers."""
    number: Sentence | None = None
    for one in read:
        sentence = replace(one, start=number.start) if number and number.block == one.block else one
        number = sentence if sentence.kind == "item" and _NUMBER.fullmatch(sentence.text) else None
        if number is None:
            yield sentence


class Page:
    """A document: ``raw`` as given, ``text`` in plain characters of the same length, ``clauses`` in order."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.text = plain(raw)
        read = [Clause(self, s.start, s.end, s.block, s.kind) for s in _numbered_whole(sentences(raw)) if s.end - s.start <= _LONGEST]
        self.clauses = tuple(read) or (Clause(self, 0, 0, 0, "paragraph"),)
        self._starts = [clause.start for clause in self.clauses]
        self._said: dict[re.Pattern[str], re.Match[str] | None] = {}
        self._blocks: dict[int, tuple[int, int]] = {}
        for clause in self.clauses:
            first, _ = self._blocks.get(clause.block, (clause.start, clause.end))
            self._blocks[clause.block] = (first, clause.end)

    def says(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first match of ``pattern`` in the document, looked for once."""
        if pattern not in self._said:
            self._said[pattern] = pattern.search(self.text)
        return self._said[pattern]

    def block(self, clause: Clause) -> tuple[int, int]:
        """Where the paragraph of a sentence starts and ends."""
        return self._blocks[clause.block]

    def clause_at(self, position: int) -> Clause:
        """The sentence that holds ``position``; the one before it where it lies between two."""
        return self.clauses[max(0, bisect_right(self._starts, position) - 1)]
