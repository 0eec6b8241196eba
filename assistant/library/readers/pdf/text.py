"""Pages of lines → text: paragraphs on one line each, words whole, headings marked, tables as rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import quantiles

from assistant.library.readers.pdf.grids import tables_in
from assistant.library.readers.pdf.layout import Line, columns
from assistant.library.readers.tables import count_heads, pipe_table, with_signs_joined

# Shares of the usual distance between lines, of a line's height, and of the height of the document's body text.
_APART, _INDENT, _OTHER_SIZE, _LARGE, _CENTRED = 1.25, 0.8, 0.12, 1.15, 0.5
_LONGEST_HEADING = 200
_LONGEST_BOLD_HEADING = 90
# The lines of a paragraph are between so many heights apart, whatever the usual distance is.
_TIGHTEST, _LOOSEST = 0.95, 1.6
# A line that leaves this share of its column empty was ended, whatever it ends with.
_MUCH_ROOM = 0.4
# The title is among so many blocks of the first page.
_TITLE_WITHIN = 5
# The margins of a line are those of so many lines before and after it.
_NEAR = 4
# A line this near to the width of its column was wrapped, not ended.
_FULL = 0.85
_ENDS = re.compile(r"[.!?…:;][\"'”’)\]⁰¹²³⁴⁵⁶⁷⁸⁹]*$")
_ITEM = re.compile(r"(?:[•·●▪◦‣–—-]|\(?\d{1,2}[.)]|\([a-z]\))(?=\s|$)")
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2})+\s+[^\W\d_]")
_DIVIDED = re.compile(r"[^\W\d_]-$")
_LINKING = frozenset("and at by for in of on or the to".split())
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(slots=True)
class _Block:
    """A paragraph as its lines, a heading, or a table as its text; ``open`` where a paragraph may go on in the next column."""

    lines: list[str]
    rank: int = 0
    table: bool = False
    open: bool = False
    height: float = 0.0


def text_of(pages: Sequence[Sequence[Line]]) -> str:
    """All pages; each ends in a form feed. A paragraph that goes on over a page has the form feed as its only break there."""
    body = _body_height(pages)
    blocks = [[block for lines in columns(page) for block in _blocks(lines, body)] for page in pages]
    _mark_title(blocks)
    vocabulary = Counter(word.casefold() for page in blocks for block in page for word in _WORD.findall(" ".join(block.lines)))
    return "".join(_page(page, following, vocabulary) for page, following in pairwise([*_rejoined(blocks), []]))


def _mark_title(pages: Sequence[Sequence[_Block]]) -> None:
    """Gives the first rank to a heading at the top of the first page that is larger than any other."""
    top = [block for block in pages[0][:_TITLE_WITHIN] if block.rank] if pages else []
    others = sorted(block.height for page in pages for block in page if block.rank)
    title = max(top, key=lambda block: block.height, default=None)
    if title and title.height == others[-1] and (len(others) == 1 or title.height > (1 + _OTHER_SIZE) * others[-2]):
        title.rank = 1


def _page(blocks: list[_Block], following: list[_Block], vocabulary: Counter[str]) -> str:
    text = "\n\n".join(_written(block, vocabulary) for block in blocks)
    goes_on = bool(blocks and following and _goes_on(blocks[-1], following[0]))
    return f"{text}\f" if goes_on else f"{text}\n\n\f" if text else "\f"


def _written(block: _Block, vocabulary: Counter[str]) -> str:
    if block.table:
        return "\n".join(block.lines)
    text = block.lines[0]
    for line in block.lines[1:]:
        text = _joined(text, line, vocabulary)
    return "#" * block.rank + " " + text if block.rank else text


def _joined(text: str, line: str, vocabulary: Counter[str]) -> str:
    """Two lines as one. A division goes, unless both its halves are words of the document and the whole is none, as in dose-response."""
    if not _DIVIDED.search(text):
        return text + line if text.endswith(("-", "/")) and not text.endswith((" -", " /")) else f"{text} {line}"
    before, after = _WORD.findall(text)[-1] if _WORD.findall(text) else "", _WORD.match(line)
    if after is None or not line[0].islower():
        return text + line  # CLR-131 and Anti-PSMA keep theirs
    halves = before.rpartition("-")[2].casefold(), after[0].casefold()
    whole = "".join(halves)
    hyphenated = f"{halves[0]}-{halves[1]}"
    # Words such as first-in-human are joined by hyphens everywhere.
    linked = "-" in before and halves[0] in _LINKING
    if linked or vocabulary[hyphenated] or (not vocabulary[whole] and all(vocabulary[half] > 1 for half in halves)):
        return text + line
    return text[:-1] + line


def _rejoined(pages: list[list[_Block]]) -> Iterator[list[_Block]]:
    """The pages with paragraphs whole that go on in the next column."""
    for blocks in pages:
        joined: list[_Block] = []
        for block in blocks:
            if joined and _goes_on(joined[-1], block):
                joined[-1].lines += block.lines
                joined[-1].open = block.open
            else:
                joined.append(block)
        yield joined


def _goes_on(block: _Block, following: _Block) -> bool:
    """Whether a paragraph at the end of a column goes on with the first of the next."""
    if not block.open or following.table or following.rank or _ITEM.match(following.lines[0]):
        return False
    return not _ENDS.search(block.lines[-1])


def _blocks(lines: Sequence[Line], body: float) -> Iterator[_Block]:
    """The paragraphs, headings and tables of one column."""
    done = 0
    for start, end, rows in tables_in(lines):
        yield from _paragraphs(lines[done:start], body)
        heads = count_heads(rows)
        yield _Block(pipe_table([*rows[:heads], *map(with_signs_joined, rows[heads:])], heads).split("\n"), table=True)
        done = end
    yield from _paragraphs(lines[done:], body)


def _paragraphs(lines: Sequence[Line], body: float) -> Iterator[_Block]:
    if not lines:
        return
    distances = [before.middle - after.middle for before, after in pairwise(lines)]
    usual = quantiles(distances, n=4)[0] if len(distances) > 1 else 0.0
    paragraph = [lines[0]]
    for number, (before, line) in enumerate(pairwise(lines)):
        near = lines[max(0, number - _NEAR) : number + _NEAR + 2]
        margins = (min(other.left for other in near), max(other.right for other in near))
        if _begins(before, line, margins, max(min(usual, _LOOSEST * body), _TIGHTEST * line.height)):
            yield _block(paragraph, body)
            paragraph = []
        paragraph.append(line)
    near = lines[-_NEAR - 1 :]
    last = _block(paragraph, body)
    last.open = not last.rank and lines[-1].right - lines[-1].left > _FULL * (max(o.right for o in near) - min(o.left for o in near))
    yield last


def _begins(before: Line, line: Line, margins: tuple[float, float], usual: float) -> bool:
    """Whether a line begins a paragraph."""
    left, right = margins
    if abs(before.height - line.height) > _OTHER_SIZE * line.height or before.bold != line.bold:
        return before.middle - line.middle > 0.8 * line.height
    if before.middle - line.middle > _APART * usual or _ITEM.match(line.text) or _NUMBERED.match(line.text):
        return True
    if abs(before.left + before.right - line.left - line.right) < _CENTRED * line.height < 2 * (line.left - left):
        return False
    if line.left > left + _INDENT * line.height and before.left < line.left - _INDENT * line.height:
        return not _ITEM.match(before.text)
    # The first word would have had room in the line before.
    first = line.words[0]
    room = right - before.right - (first.right - first.left)
    ended = _ENDS.search(before.text) is not None or (first.bold and not before.words[-1].bold)
    return room > line.height and (ended or room > _MUCH_ROOM * (right - left)) and not line.text[0].islower()


def _block(lines: Sequence[Line], body: float) -> _Block:
    texts = [line.text for line in lines]
    length = sum(map(len, texts))
    ended = _ENDS.search(texts[-1]) is not None
    large = lines[0].height > _LARGE * body
    if not ended and any(map(str.isalpha, "".join(texts))):
        if large and length <= _LONGEST_HEADING:
            return _Block(texts, rank=2, height=lines[0].height)
        if not _ITEM.match(texts[0]) and all(line.bold for line in lines) and length <= _LONGEST_BOLD_HEADING:
            return _Block(texts, rank=3)
    return _Block(texts)


def _body_height(pages: Sequence[Sequence[Line]]) -> float:
    """The height of most of the document's characters."""
    heights = Counter[float]()
    for page in pages:
        for line in page:
            heights[round(line.height, 1)] += len(line.text)
    return heights.most_common(1)[0][0] if heights else 0.0
