"""HTML elements → text: paragraphs, headings, lists and tables in the order in which they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from assistant.library.readers.laid_out import with_tables
from assistant.library.readers.superscripts import raised
from assistant.library.readers.symbols import in_symbol, is_symbol
from assistant.library.readers.tables import count_heads, pipe_table, with_signs_joined

_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form header hr html li main ol p "
    "section summary table tbody td tfoot th thead tr ul caption".split()
)
_HEADINGS = {f"h{rank}": rank for rank in range(1, 7)}
# A cell longer than this is a part of the page, and its table only lays the page out.
_LONGEST_CELL = 400
_WIDEST_SPAN = 100
_BULLET = re.compile(r"[•·●▪◦‣–-]|\(?(?:\d{1,2}|[a-z]{1,3})[.)]")
# The first font of a style, alone or behind a size: Symbol, but not Segoe UI Symbol, whose letters are letters.
_FONT = re.compile(r"font(?:-family\s*:|\s*:[^;,]*\d(?:pt|px|em|rem|%)\S*)\s*[\"']?(symbol)[\"']?\s*(?:[,;]|$)", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_SPACES = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r" ?\n ?")


def text_of(root: LexborNode) -> str:
    """The text below ``root``; blocks are set apart by an empty line."""
    writer = _Writer()
    writer.children(root)
    return writer.text()


class _Writer:
    """Collects blocks; what is written runs on in one block until it is ended."""

    def __init__(self) -> None:
        self._blocks: list[str] = []
        self._open: list[str] = []
        self._lead = ""

    def text(self) -> str:
        self.end()
        return "\n\n".join(self._blocks) + "\n" if self._blocks else ""

    def children(self, node: LexborNode) -> None:
        for child in _children(node):
            self._node(child)

    def end(self, lead: str = "") -> None:
        """Ends the block; ``lead`` goes before the next one's text."""
        text = _BREAKS.sub("\n", _SPACES.sub(" ", "".join(self._open))).strip()
        self._open.clear()
        if text:
            text = re.sub(r"\n{2,}", "\n\n", text)
            self._blocks.append(self._lead + text)
            self._lead = ""
        self._lead = lead or self._lead

    def _node(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag == "-text":
            self._open.append(_SPACE.sub(" ", node.text_content or ""))
        elif tag == "br":
            self._open.append("\n")
        elif tag in ("sup", "sub") or is_symbol(_font(node)):
            self._open.append(_as_shown(tag, inline(node)))
        elif tag in _HEADINGS:
            self.end()
            if heading := " ".join(inline(node).split()):
                self._blocks.append("#" * _HEADINGS[tag] + " " + heading)
        elif tag == "pre":
            self.end()
            if text := "\n".join(line.rstrip() for line in node.text().splitlines()).strip("\n"):
                self._blocks.append(with_tables(text))
        elif tag in ("table", "dl"):
            self.end()
            (self._table if tag == "table" else self._definitions)(node)
        elif tag in _BLOCKS:
            self.end("- " if tag == "li" else "")
            self.children(node)
            self.end()
            self._lead = ""
        else:
            self.children(node)

    def _definitions(self, node: LexborNode) -> None:
        """Each term with its definition in one block, where that is no longer than one."""
        term = ""
        for child in _children(node):
            if child.tag == "dt":
                self._paragraph(term)
                term = inline(child)
            elif child.tag == "dd" and term and not any(inner.tag in _BLOCKS and inner.mem_id != child.mem_id for inner in child.css("*")):
                self._paragraph(f"{term.rstrip(':')}: {inline(child)}")
                term = ""
            else:
                self._paragraph(term)
                term = ""
                (self._definitions if child.tag == "div" else self._node)(child)
                self.end()
        self._paragraph(term)

    def _paragraph(self, text: str) -> None:
        if text:
            self._blocks.append(text)

    def _table(self, table: LexborNode) -> None:
        rows = [row for row in _rows(table) if any(text for text, _, _ in row)]
        grid = _grid(rows, repeat=False)
        for caption in _own(table, "caption"):
            self.children(caption)
            self.end()
        if _is_layout(table, grid):
            self._laid_out(table)
            return
        heads = _marked_heads(table) or count_heads(grid)
        heads = heads if heads < len(grid) else 1
        self._blocks += _tables(rows[heads:], _grid(rows, repeat=True)[:heads], grid[heads:])

    def _laid_out(self, table: LexborNode) -> None:
        """A table that only places blocks on the page; a bullet in a cell of its own leads the next cell."""
        for row in _own(table, "tr"):
            for cell in _cells(row):
                text = " ".join(inline(cell).split())
                if _BULLET.fullmatch(text):
                    self.end(f"{text} ")
                    continue
                self.children(cell)
                self.end()
            self._lead = ""


def inline(node: LexborNode) -> str:
    """The text of an element in one block."""
    parts = _Writer()
    parts.children(node)
    return " ".join(parts.text().split())


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.child
    while child is not None:
        yield child
        child = child.next


def _as_shown(tag: str, text: str) -> str:
    """Raised, lowered, or in the letters of the font Symbol."""
    return raised(text) if tag == "sup" else text if tag == "sub" else in_symbol(text)


def _font(node: LexborNode) -> str:
    """The font that an element asks for."""
    attributes = node.attributes if node.tag in ("font", "span") else {}
    style = _FONT.search(attributes.get("style") or "")
    return style[1] if style else attributes.get("face") or ""


def _own(table: LexborNode, tag: str) -> Iterator[LexborNode]:
    """The table's captions or rows, but not those of tables in its cells."""
    for child in _children(table):
        if child.tag == tag:
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from _own(child, tag)


def _cells(row: LexborNode) -> Iterator[LexborNode]:
    return (child for child in _children(row) if child.tag in ("td", "th"))


_Row = list[tuple[str, int, int]]


def _rows(table: LexborNode) -> list[_Row]:
    """Text, columns and rows of each cell."""
    return [[(inline(cell), _span(cell, "colspan"), _span(cell, "rowspan")) for cell in _cells(row)] for row in _own(table, "tr")]


def _span(cell: LexborNode, name: str) -> int:
    value = (cell.attributes.get(name) or "").strip()
    return min(max(int(value), 1), _WIDEST_SPAN) if value.isdecimal() else 1


def _grid(rows: list[_Row], *, repeat: bool) -> list[list[str]]:
    """The cells at their places. A high one has its text in each of its rows; a wide one with ``repeat`` in each of its columns,
    as column names need it, else in the first."""
    grid: list[dict[int, str]] = [{} for _ in rows]
    for number, row in enumerate(rows):
        column = 0
        for text, wide, high in row:
            while column in grid[number]:
                column += 1
            for below in grid[number : number + high]:
                below.update({place: text if repeat or place == column else "" for place in range(column, column + wide)})
            column += wide
    width = max((max(row, default=-1) + 1 for row in grid), default=0)
    return [[row.get(column, "") for column in range(width)] for row in grid]


def _is_layout(table: LexborNode, grid: list[list[str]]) -> bool:
    # The selector finds the table itself, too.
    if any(inner.mem_id != table.mem_id for inner in table.css("table")) or (table.attributes.get("role") or "") in (
        "presentation",
        "none",
    ):
        return True
    if sum(sum(map(bool, row)) >= 2 for row in grid) < 2:
        return True
    if any(len(text) > _LONGEST_CELL for row in grid for text in row):
        return True
    return all(_BULLET.fullmatch(next(filter(None, row), "")) for row in grid)


def _marked_heads(table: LexborNode) -> int:
    """How many rows at the top are marked as heads."""
    heads = 0
    for row in _own(table, "tr"):
        cells = list(_cells(row))
        in_head = row.parent is not None and row.parent.tag == "thead"
        if not (in_head or (cells and all(cell.tag == "th" for cell in cells))):
            break
        heads += bool(inline(row))
    return heads


def _tables(rows: list[_Row], names: list[list[str]], grid: list[list[str]]) -> Iterator[str]:
    """The rows under their column names; a row that one cell fills heads the rows below it, which get the names again."""
    part: list[list[str]] = []
    for row, cells in zip(rows, grid, strict=True):
        if len(row) == 1 and row[0][1] > 1 and row[0][1] >= len(cells) - 1:
            yield from _part(names, part)
            part = []
            yield row[0][0]
        else:
            part.append(with_signs_joined(cells))
    yield from _part(names, part)


def _part(names: list[list[str]], part: list[list[str]]) -> Iterator[str]:
    if part and (table := pipe_table([*names, *part], len(names))):
        yield table
