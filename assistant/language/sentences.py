"""Text → blocks and sentences with stable offsets; a sentence that a page break or hard wrap cut is one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.language.kept import kept_for_passages

Kind = Literal["heading", "paragraph", "item", "row"]

# Words whose full stop does not end a sentence. Units and Latin abbreviations as scientific English writes them.
_ABBREVIATIONS = frozenset(
    "approx al cf co corp dr e.g eq et etc fig figs i.e i.p i.v inc jr ltd max min mr mrs ms no nos prof ref s.c sr st vs "
    "u.s u.k wis calif mass conn fla ill tex ph.d m.d vol pp ed dept est jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
_TERMINAL = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)")
_OPENER = re.compile(r"(?:The|This|These|Those|In|It|We|Our|A|An|Its|They|On|At|For|With|However|Both|All|Each|He|She|As|After|Mice)\s")
ITEM = re.compile(r"\s*(?:[-*•–·]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+\S")
"""How an item of a list begins."""
_ROW = re.compile(r"\|.*\|")
# Where a line is laid out by tabs or wide spaces and yet is no table's that the readers know, as in a list of what was in a parcel,
# the next one begins anew.
_LAID_OUT = re.compile(r"\t|\S {3,}\S.*? {3,}\S")
_MARKDOWN_HEADING = re.compile(r"\s*#{1,6}\s")
_ENDS_SENTENCE = re.compile(r"[.!?…:;][\"'”’)\]]*\s*$")
# A line that ends so has its sentence go on in the next, a page break between them or not.
_OPEN_ENDED = re.compile(r"(?:\w,|\)\s*,|\b(?:of|the|and|or|with|for|to|in|at|by|than|from|a|an|was|were|versus))$")
# What a letter behind it is the name of, and no initial of somebody's: "in group C. The others".
_LETTERED = re.compile(
    r"\b(?:groups?|arms?|cohorts?|levels?|parts?|panels?|stud(?:y|ies)|hepatitis|vitamin)\s(?:[A-Z](?:,|\s(?:and|or))?\s)*$",
    re.IGNORECASE,
)
# "Status: recruiting", "**Sponsor:** Doe Inc.": a line that says what it tells begins anew.
_LABELLED = re.compile(r"(?:\*\*[^*]{2,40}\*\*|(?:[A-Z][a-z]+)(?: [a-z]+){0,2}:(?=\s\S))")
# A line at least this long that stops in mid-sentence was wrapped by its writer, not ended.
_WRAPPED_LINE = 50


@dataclass(frozen=True, slots=True)
class Sentence:
    """Characters ``start`` to ``end`` of the text; ``block`` counts the paragraphs, headings, items and rows before it."""

    start: int
    end: int
    text: str
    block: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    after_blank: bool


@kept_for_passages
def sentences(text: str) -> tuple[Sentence, ...]:
    """All sentences of ``text`` in order. ``sentence.text == text[sentence.start:sentence.end]``, line breaks included.

    A heading, list item or table row is a sentence of its own unless punctuation divides it.
    """
    found = []
    for number, (start, end, kind) in enumerate(_blocks(text)):
        pieces = [(start, end)] if kind in ("heading", "row") else list(_split(text, start, end))
        found += [Sentence(first, last, text[first:last], number, kind) for first, last in pieces]
    return tuple(found)


def _lines(text: str) -> Iterator[_Line]:
    position, blank = 0, True
    for raw in re.split(r"(?<=[\n\f])", text):
        stripped = raw.strip()
        if stripped:
            start = position + raw.index(stripped)
            yield _Line(start, start + len(stripped), stripped, blank)
            blank = False
        else:
            blank = True
        position += len(raw)


def _blocks(text: str) -> Iterator[tuple[int, int, Kind]]:
    """Joins lines into blocks, across a blank line too where the sentence plainly goes on."""
    current: tuple[int, int, Kind] | None = None
    previous: _Line | None = None
    for line in _lines(text):
        if current and previous and _continues(previous, line, current[2]):
            current = (current[0], line.end, "paragraph" if current[2] == "heading" else current[2])
        else:
            if current:
                yield current
            current = (line.start, line.end, _kind(line.text))
        previous = line
    if current:
        yield current


def _kind(line: str) -> Kind:
    if _ROW.fullmatch(line):
        return "row"
    if ITEM.match(line) or _LAID_OUT.search(line):
        return "item"
    if _MARKDOWN_HEADING.match(line) or not _ENDS_SENTENCE.search(line):
        return "heading"
    return "paragraph"


def _continues(previous: _Line, line: _Line, kind: Kind) -> bool:
    if kind == "row" or _kind(line.text) in ("row", "item") or _MARKDOWN_HEADING.match(line.text):
        return False
    if _MARKDOWN_HEADING.match(previous.text) or _LAID_OUT.search(previous.text):
        return False
    if _OPEN_ENDED.search(previous.text):
        return True
    if _LABELLED.match(line.text):
        return False
    if line.after_blank:
        return not _ENDS_SENTENCE.search(previous.text) and line.text[0].islower() and len(previous.text) >= _WRAPPED_LINE
    return line.text[0].islower() or len(previous.text) >= _WRAPPED_LINE


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    first = start
    for stop in _TERMINAL.finditer(text, start, end):
        if _ends_sentence(text, stop, first, end):
            yield first, stop.end()
            rest = re.compile(r"\s*").match(text, stop.end(), end)
            first = rest.end() if rest else stop.end()
    if first < end:
        yield first, end


def _ends_sentence(text: str, stop: re.Match[str], start: int, end: int) -> bool:
    following = text[stop.end() : end].lstrip()
    if not following:
        return True
    if stop.group()[0] == ".":
        word = re.search(r"[\w.]*$", text[max(0, stop.start() - 12) : stop.start()])
        before = word.group() if word else ""
        initial = len(before) == 1 and before.isupper() and text[stop.start() - 2 : stop.start() - 1] not in ("/", "°")
        initial = initial and not _LETTERED.search(text, max(start, stop.start() - 40), stop.start() - 1)
        if initial or before.lower() in _ABBREVIATIONS:
            # "Inc." and "U.S." may end a sentence: they do where a word follows that opens clauses and no names.
            return not initial and _OPENER.match(following) is not None
    return not following[0].islower() or (stop.group()[0] in "!?" and following[0].isupper())
