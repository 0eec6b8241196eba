"""Canonical text → passages: whole sentences, one paragraph each where it fits, headings with what follows them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.language.sentences import Kind, Sentence, sentences
from assistant.values import Passage

# A paragraph shorter than this (in tokens) says too little alone; it goes with its neighbour of the same section.
_SHORT = 24
# Where a sentence longer than the limit may be cut: after a clause, else between words.
_CLAUSE = re.compile(r"[;:,)\]]\s+|\s+[-–—]+\s+|\n+")
_WORD_GAP = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence, or a part of one that is longer than a passage may be; ``tokens`` without special tokens."""

    start: int
    end: int
    tokens: int


@dataclass(frozen=True, slots=True)
class _Block:
    kind: Kind
    pieces: tuple[_Piece, ...]
    introduces: bool

    @property
    def tokens(self) -> int:
        return sum(piece.tokens for piece in self.pieces)


def split(document_id: str, text: str, count: Callable[[str], int], limit: int) -> tuple[Passage, ...]:
    """All passages of a document in order; together they hold every sentence once.

    ``count`` gives a text's tokens with the encoder's special ones, ``limit`` is the most that a passage may have.
    A passage's id is derived from the document's and the offsets: the same text has the same passages.
    """
    special = count("")
    room = limit - special
    blocks = [_block(list(group), lambda piece: count(piece) - special, room) for _, group in groupby(sentences(text), lambda s: s.block)]
    return tuple(
        Passage(id=f"{document_id}:{start}-{end}", document=document_id, start=start, end=end, text=text[start:end])
        for group in _groups(blocks, room)
        for start, end in _chunks(group, room)
    )


def _block(group: list[Sentence], tokens: Callable[[str], int], room: int) -> _Block:
    pieces = tuple(piece for sentence in group for piece in _fitting(sentence.text, sentence.start, tokens, room))
    introduces = group[0].kind == "heading" or group[-1].text.rstrip().endswith(":")
    return _Block(group[0].kind, pieces, introduces)


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


def _groups(blocks: Sequence[_Block], room: int) -> Iterator[list[_Piece]]:
    """Joins blocks that belong to one passage as far as there is room; a group may still be too long."""
    current: list[_Block] = []
    for block in blocks:
        if current and not (_belong(current, block) and sum(b.tokens for b in current) + block.tokens <= room):
            lead = _lead(current, block, room)
            body = current[: len(current) - len(lead)]
            if body:
                yield [piece for b in body for piece in b.pieces]
            current = lead
        current.append(block)
    if current:
        yield [piece for b in current for piece in b.pieces]


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


def _chunks(pieces: Sequence[_Piece], room: int) -> Iterator[tuple[int, int]]:
    """Cuts a group that is too long between sentences into parts of about the same size."""
    total = sum(piece.tokens for piece in pieces)
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
