"""The parts of a DOCX document → text. Inserted text that is still under revision counts, deleted text does not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from assistant.library.readers.superscripts import raised
from assistant.library.readers.symbols import in_symbol, is_symbol
from assistant.library.readers.tables import count_heads, pipe_table, with_signs_joined

_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
_DEEPEST_HEADING = 6
_WIDEST_SPAN = 100
# Elements around paragraphs and runs that change nothing about them: content controls, insertions, links, tags.
_WRAPPERS = frozenset(qn(f"w:{name}") for name in ("sdt", "sdtContent", "ins", "moveTo", "hyperlink", "smartTag", "customXml", "fldSimple"))
_SIGNS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_P, _R, _T, _TBL, _TR, _TC = (qn(f"w:{name}") for name in ("p", "r", "t", "tbl", "tr", "tc"))
_SYM, _BOX = qn("w:sym"), qn("w:txbxContent")
_COPY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_HEX = re.compile(r"[0-9A-Fa-f]{4}")
_FOOTNOTES = ("/footnotes", "/endnotes")


def text_of(document: WordDocument) -> list[str]:
    """The blocks of the body."""
    return list(_Body(document).blocks(document.element.body))


def notes_of(document: WordDocument) -> list[str]:
    """The foot- and endnotes, each as a block."""
    body = _Body(document)
    found: list[str] = []
    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(_FOOTNOTES):
            notes = parse_xml(relation.target_part.blob)
            # Notes with a type are the lines that set notes apart.
            found += [" ".join(body.blocks(note)) for note in notes if note.get(qn("w:type")) is None]
    return [note for note in found if note]


class _Body:
    def __init__(self, document: WordDocument) -> None:
        self._styles = {style.style_id: style.name or "" for style in document.styles}

    def blocks(self, parent: Element) -> Iterator[str]:
        """The paragraphs and tables below ``parent``, each as one block."""
        for child in parent:
            if child.tag == _P:
                if block := self._paragraph(child):
                    yield block
                for box in _text_boxes(child):
                    yield from self.blocks(box)
            elif child.tag == _TBL:
                yield from self._table(child)
            elif child.tag in _WRAPPERS:
                yield from self.blocks(child)

    def _paragraph(self, paragraph: Element) -> str:
        text = "".join(_inline(paragraph)).strip()
        if not text:
            return ""
        style = self._styles.get(_value(paragraph, "w:pPr/w:pStyle"), "")
        if match := _HEADING.fullmatch(style):
            # One deeper, for the title is the first rank.
            return "#" * min(int(match[1]) + 1, _DEEPEST_HEADING) + " " + " ".join(text.split())
        if style.lower() == "title":
            return "# " + " ".join(text.split())
        listed = style.lower().startswith("list ") or paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None
        return f"- {text}" if listed else text

    def _table(self, table: Element) -> Iterator[str]:
        rows = [self._row(row) for row in _descend(table, _TR)]
        grid = _grid([row for row in rows if any(text for text, _, _ in row)])
        if not grid:
            return
        if max(map(len, grid)) == 1:  # a box around a text
            yield from (text for ((text, _),) in grid)
            return
        heads = count_heads([_without_repeats(row) for row in grid])
        body = [with_signs_joined(_without_repeats(row)) for row in grid[heads:]]
        names = [[text for text, _ in row] for row in grid[:heads]]
        if block := pipe_table([*names, *body], heads):
            yield block

    def _row(self, row: Element) -> list[tuple[str, int, bool]]:
        """Text, columns, and whether the cell only goes on from the row above."""
        cells = []
        for cell in _descend(row, _TC):
            merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            goes_on = merge is not None and merge.get(qn("w:val")) != "restart"
            span = _value(cell, "w:tcPr/w:gridSpan")
            width = min(max(int(span), 1), _WIDEST_SPAN) if span.isdecimal() else 1
            cells.append((" ".join(self.blocks(cell)), width, goes_on))
        return cells


_Placed = list[tuple[str, bool]]


def _grid(rows: list[list[tuple[str, int, bool]]]) -> list[_Placed]:
    """The texts at their columns, and whether a text is repeated there from the cell's first column; high cells fill their rows."""
    grid: list[_Placed] = []
    for row in rows:
        placed: _Placed = []
        for text, width, goes_on in row:
            above = grid[-1][len(placed)][0] if goes_on and grid and len(placed) < len(grid[-1]) else ""
            placed += [(above or text, number > 0) for number in range(width)]
        grid.append(placed)
    width = max(map(len, grid), default=0)
    return [row + [("", False)] * (width - len(row)) for row in grid]


def _without_repeats(row: _Placed) -> list[str]:
    return ["" if repeated else text for text, repeated in row]


def _inline(parent: Element) -> Iterator[str]:
    for child in parent:
        if child.tag == _R:
            yield _run(child)
        elif child.tag in _WRAPPERS:
            yield from _inline(child)


def _run(run: Element) -> str:
    if run.find(f"{qn('w:rPr')}/{qn('w:vanish')}") is not None:
        return ""
    text = "".join(map(_piece, run))
    fonts = run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
    if fonts is not None and is_symbol(fonts.get(qn("w:ascii")) or fonts.get(qn("w:hAnsi")) or ""):
        text = in_symbol(text)
    return raised(text) if _value(run, "w:rPr/w:vertAlign") == "superscript" else text


def _text_boxes(parent: Element) -> Iterator[Element]:
    """What stands in boxes that a paragraph anchors; the copies of them for older versions of Word are left out."""
    for child in parent:
        if child.tag == _BOX:
            yield child
        elif child.tag != _COPY:
            yield from _text_boxes(child)


def _piece(child: Element) -> str:
    """What a part of a run shows."""
    if child.tag == _T:
        return "".join(child.itertext())
    if child.tag == _SYM and is_symbol(child.get(qn("w:font")) or "") and _HEX.fullmatch(code := child.get(qn("w:char")) or ""):
        return in_symbol(chr(int(code, 16)))
    return _SIGNS.get(child.tag, "")


def _descend(parent: Element, tag: str) -> Iterator[Element]:
    """Rows of a table, or cells of a row, content controls around them or not."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _descend(child, tag)


def _value(element: Element, path: str) -> str:
    """The value of the element at a path such as ``w:pPr/w:pStyle``, or the empty string."""
    found = element.find("/".join(qn(name) for name in path.split("/")))
    return "" if found is None else found.get(qn("w:val")) or ""
