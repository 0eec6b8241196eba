"""The characters of a PDF page → words with their places; lengths are in points, y grows upwards."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from ctypes import byref, c_int, create_string_buffer
from dataclasses import dataclass

from pypdfium2 import PdfTextPage
from pypdfium2 import raw as pdfium

from assistant.library.readers.superscripts import raised

# pdfium gives the hyphen at the end of a line, which it takes for a mark of division, one of these codes.
_DIVISIONS = (0x02, 0xFFFE)
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
# Shares of a character's height: a wider gap parts words; one that a space was made up for may be narrower; a raised character is
# this much smaller than the rest of its word and stands this much higher.
_GAP, _GAP_AT_SPACE, _BACKWARD = 0.3, 0.1, 0.2
_RAISED_SIZE, _RAISED_BY = 0.85, 0.12
_BOLD_NAMES = (b"bold", b"black", b"heavy", b"semib", b"demi")
_FORCE_BOLD = 1 << 18
_NAME_LENGTH = 128


@dataclass(frozen=True, slots=True)
class Word:
    """A word's text and box."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    bold: bool

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class _Char:
    index: int
    text: str
    left: float
    right: float
    bottom: float
    top: float
    after_space: bool

    @property
    def height(self) -> float:
        return self.top - self.bottom


def words_of(page: PdfTextPage) -> list[Word]:
    """The words of a page in the order of the file, as if the page lay so that most of its text is level; other text is left out."""
    turned = Counter(_quarter_turn(page, index) for index in range(0, page.count_chars(), 7))
    turn = turned.most_common(1)[0][0] if turned else 0
    return [word for chars in _runs(_chars(page, turn)) if (word := _word(page, chars))]


def _quarter_turn(page: PdfTextPage, index: int) -> int:
    """By how many quarters the character was turned to the left."""
    angle = pdfium.FPDFText_GetCharAngle(page.raw, index)
    return round(-angle / (math.pi / 2)) % 4 if angle >= 0 else 0


def _chars(page: PdfTextPage, turn: int) -> Iterator[_Char]:
    """The visible characters of that direction; ``after_space`` where pdfium made up a space before."""
    box, space = pdfium.FS_RECTF(), False
    for index in range(page.count_chars()):
        code = pdfium.FPDFText_GetUnicode(page.raw, index)
        text = "-" if code in _DIVISIONS else chr(code).translate(_LIGATURES)
        if pdfium.FPDFText_IsGenerated(page.raw, index) == 1:
            # A hyphen that pdfium made up for a line end is none of the text's.
            space = space or text.isspace()
            continue
        if text.isspace() or code == 0:
            yield _Char(index, "", 0, 0, 0, 0, after_space=True)
            space = False
            continue
        if _quarter_turn(page, index) != turn or not pdfium.FPDFText_GetLooseCharBox(page.raw, index, byref(box)):
            continue
        left, bottom, right, top = _turned(box, turn)
        yield _Char(index, text, left, right, bottom, top, after_space=space)
        space = False


def _turned(box: pdfium.FS_RECTF, turn: int) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of a box after the page was turned back by quarter turns."""
    left, bottom, right, top = box.left, box.bottom, box.right, box.top
    for _ in range(turn):
        left, bottom, right, top = bottom, -right, top, -left
    return left, bottom, right, top


def _runs(chars: Iterator[_Char]) -> Iterator[list[_Char]]:
    run: list[_Char] = []
    for char in chars:
        if run and (not char.text or not _follows(run[-1], char)):
            yield run
            run = []
        if char.text:
            run.append(char)
    if run:
        yield run


def _follows(before: _Char, char: _Char) -> bool:
    """Whether a character belongs to the word of the one before it."""
    height = max(before.height, char.height)
    gap = char.left - before.right
    overlap = min(before.top, char.top) - max(before.bottom, char.bottom)
    # The letters of a ligature all have the box of the whole.
    close = char.left > before.left - _BACKWARD * height and gap < (_GAP_AT_SPACE if char.after_space else _GAP) * height
    return close and overlap > 0.3 * min(before.height, char.height)


def _word(page: PdfTextPage, chars: list[_Char]) -> Word | None:
    tall = max(char.height for char in chars)
    full = [char for char in chars if char.height > _RAISED_SIZE * tall]
    base = min(char.bottom for char in full)
    lifted = [char.height <= _RAISED_SIZE * tall and char.bottom > base + _RAISED_BY * tall for char in chars]
    # A character outside the first plane may come as its two halves.
    text = _with_raised(chars, lifted).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if not text:
        return None
    box = (chars[0].left, max(char.right for char in chars), base, max(char.top for char in full))
    return Word(text, *box, bold=_is_bold(page, full[0].index))


def _with_raised(chars: list[_Char], lifted: list[bool]) -> str:
    text, high = "", ""
    for char, up in zip(chars, lifted, strict=True):
        if up:
            high += char.text
            continue
        text, high = text + raised(high) + char.text, ""
    return text + raised(high)


def _is_bold(page: PdfTextPage, index: int) -> bool:
    name, flags = create_string_buffer(_NAME_LENGTH), c_int()
    pdfium.FPDFText_GetFontInfo(page.raw, index, name, _NAME_LENGTH, byref(flags))
    return bool(flags.value & _FORCE_BOLD) or any(mark in name.value.lower() for mark in _BOLD_NAMES)
