"""Canonical text → passages: whole sentences, one paragraph each where it fits, headings with what follows them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from assistant.language.sentences import Kind, Sentence, sentences
from assistant.language.tables import headed_rows
from assistant.values import Passage

# A paragraph shorter than this (in tokens) says too little alone; it goes with its neighbour of the same section.
_SHORT = 24
# Where a sentence longer than the limit may be cut: after a clause, else between words.
_CLAUSE = re.compile(r"[;:,)\]]\s+|\s+[-–—]+\s+|\n+")
# Column names that take more of a passage's room than one part in so many leave too little for the rows.
_NAMES_SHARE = 3
# What stands over a table and says what it shows.
_CAPTION = re.compile(r"(?:supplementa\w*\s+)?tab(?:le|\.)\s+[\dIVXS]+\b", re.IGNORECASE)
_CAPTION_SENTENCES = 2
_WORD_GAP = re.compile(r"\s+")
_MARKED_HEADING = re.compile(r"(#{1,6})[ \t]+(\S.*?)[ \t#]*")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence, or a part of one that is longer than a passage may be; ``tokens`` without special tokens."""

    start: int
    end: int
    tokens: int


@dataclass(frozen=True, slots=True)
class _Block:
    """``names`` are the tokens of the column names that come along where a passage begins with this block."""

    kind: Kind
    pieces: tuple[_Piece, ...]
    introduces: bool
    names: int

    @property
    def tokens(self) -> int:
        return sum(piece.tokens for piece in self.pieces)


def split(document_id: str, text: str, count: Callable[[str], int], limit: int) -> tuple[Passage, ...]:
    """All passages of a document in order; together they hold every sentence once.

    ``count`` gives a text's tokens with the encoder's special ones, ``limit`` is the most that a passage may have.
    A passage's id is derived from the document's and the offsets: the same text has the same passages. One that begins in the midst
    of a table knows the names of the columns, which count as its tokens.
    """
    special = count("")
    room = limit - special

    def tokens(piece: str) -> int:
        return count(piece) - special

    found = sentences(text)
    named = {row.start: names for row, names in headed_rows(found) if tokens(names) <= room / _NAMES_SHARE}
    names = {start: tokens(row) for start, row in named.items()}
    blocks = [_block(list(group), tokens, room, names) for _, group in groupby(found, lambda s: s.block)]
    places = _Places(text, found, named)
    return tuple(
        Passage(
            id=f"{document_id}:{start}-{end}",
            document=document_id,
            start=start,
            end=end,
            text=text[start:end],
            page=places.page(start),
            section=places.section(start),
            columns=places.columns(start),
        )
        for group in _groups(blocks, room)
        for start, end in _chunks(group, room)
    )


class _Places:
    """Pages, which form feeds end, sections, which headings marked with ``#`` open, and tables with the names of their columns."""

    def __init__(self, text: str, found: Sequence[Sentence], named: Mapping[int, str]) -> None:
        self._rows = [sentence for sentence in found if sentence.start in named]
        self._row_starts = [row.start for row in self._rows]
        self._named = named
        self._breaks = [match.start() for match in re.finditer("\f", text)]
        self._headings = [(s.start, s.end, m) for s in found if s.kind == "heading" and (m := _MARKED_HEADING.fullmatch(s.text))]
        self._starts = [start for start, _, _ in self._headings]
        self._next_content = {s.end: following.start for s, following in pairwise(found)}

    def page(self, offset: int) -> int | None:
        return bisect_left(self._breaks, offset) + 1 if self._breaks else None

    def columns(self, offset: int) -> str | None:
        """The names of the columns for the row that ``offset`` stands in."""
        index = bisect_right(self._row_starts, offset) - 1
        return self._named[self._row_starts[index]] if index >= 0 and offset < self._rows[index].end else None

    def section(self, offset: int) -> str | None:
        """The heading of what starts at ``offset``, which may be the heading itself; the document's title opens no section."""
        index = bisect_right(self._starts, offset) - 1
        if index >= 0 and self._starts[index] == offset:
            while index + 1 < len(self._starts) and self._next_content.get(self._headings[index][1]) == self._starts[index + 1]:
                index += 1
        if index < 0 or (index == 0 and len(self._headings[0][2][1]) == 1):
            return None
        return self._headings[index][2][2]


def _block(group: list[Sentence], tokens: Callable[[str], int], room: int, names: Mapping[int, int]) -> _Block:
    of_names = names.get(group[0].start, 0)
    pieces = tuple(piece for sentence in group for piece in _fitting(sentence.text, sentence.start, tokens, room - of_names))
    caption = len(group) <= _CAPTION_SENTENCES and _CAPTION.match(group[0].text) is not None
    introduces = group[0].kind == "heading" or caption or group[-1].text.rstrip().endswith(":")
    return _Block(group[0].kind, pieces, introduces, of_names)


def _fitting(text: str, start: int, tokens: Callable[[str], int], room: int) -> Iterator[_Piece]:
    """The text as one piece, or, where it is too long, cut in two near its middle until the pieces fit."""
    size = tokens(text)
    if size <= room or len(text) < 2:
        yield _Piece(start, start + len(text), size)
        return
    left, right = _cut(text)
    yield from _fitting(text[:left], start, tokens, room)
    yield from _fitting(text[right:], start + right, tokens, room)


def _cut(text: str) -> tuple[int, int]:
    """Where the first half ends and the second begins: at the clause, else the white space, nearest to the middle."""
    middle = len(text) / 2
    for border in (_CLAUSE, _WORD_GAP):
        near = [m for m in border.finditer(text) if len(text) / 5 < m.start() < len(text) * 4 / 5]
        if near:
            best = min(near, key=lambda match: abs(match.end() - middle))
            gap = _WORD_GAP.search(best.group())
            first, last = gap.span() if gap else (0, 0)
            return best.start() + first, best.start() + last
    return int(middle), int(middle)


def _groups(blocks: Sequence[_Block], room: int) -> Iterator[list[_Block]]:
    """Joins blocks that belong to one passage as far as there is room; a group may still be too long."""
    current: list[_Block] = []
    for block in blocks:
        if current and not (_belong(current, block) and current[0].names + sum(b.tokens for b in current) + block.tokens <= room):
            lead = _lead(current, block, room)
            body = current[: len(current) - len(lead)]
            if body:
                yield body
            current = lead
        current.append(block)
    if current:
        yield current


def _belong(current: Sequence[_Block], block: _Block) -> bool:
    last = current[-1]
    if last.introduces:
        return True
    if block.kind == "heading":
        return False
    if block.kind in ("item", "row"):
        return last.kind == block.kind
    short = last.tokens < _SHORT or block.tokens < _SHORT
    return short and last.kind == block.kind == "paragraph"


def _lead(current: list[_Block], block: _Block, room: int) -> list[_Block]:
    """The headings at the end of ``current`` that go with ``block`` when it begins a passage, as far as there is room."""
    lead: list[_Block] = []
    first = block.pieces[0].tokens if block.tokens > room else block.tokens
    for candidate in reversed(current):
        if not candidate.introduces or sum(b.tokens for b in lead) + candidate.tokens + first > room:
            break
        lead.insert(0, candidate)
    return lead


def _chunks(group: Sequence[_Block], room: int) -> Iterator[tuple[int, int]]:
    """Cuts a group that is too long between sentences into parts of about the same size."""
    pieces = [piece for block in group for piece in block.pieces]
    total = sum(piece.tokens for piece in pieces)
    # Where the first part has all, no other begins with a row.
    room -= group[0].names if group[0].names + total <= room else max(block.names for block in group)
    parts = -(-total // room) if total else 1
    start, size, left = 0, 0, total
    for index, piece in enumerate(pieces):
        # Parts of one word are other tokens together than apart, so that their sizes do not add up.
        apart = index == 0 or pieces[index - 1].end < piece.start
        if size and (not apart or size + piece.tokens > room or size + piece.tokens / 2 > left / parts):
            yield pieces[start].start, pieces[index - 1].end
            left, parts = left - size, max(1, parts - 1)
            start, size = index, 0
        size += piece.tokens
    if pieces:
        yield pieces[start].start, pieces[-1].end
