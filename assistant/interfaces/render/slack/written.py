"""The text of an answer as rich text: plain paragraphs, or the Markdown of a language model, in which no link is made."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from assistant.interfaces.render.slack.kit import Part, Row, Run, bullets, paragraph

if TYPE_CHECKING:
    from markdown_it.token import Token

_BLANK_LINES = re.compile(r"\n\s*\n")
_BULLET = re.compile(r"\s*[-*•]\s+")
_STYLES = {"strong": "bold", "em": "italic"}


def plain_parts(text: str) -> Iterator[Part]:
    """Paragraphs, and lists where every line is an item."""
    for block in filter(str.strip, _BLANK_LINES.split(text)):
        lines = block.strip().split("\n")
        lead = [line for line in lines[:1] if not _BULLET.match(line)]
        items = lines[len(lead) :]
        if items and all(_BULLET.match(line) for line in items):
            if lead:
                yield paragraph(*lead)
            yield bullets([(_BULLET.sub("", line, count=1),) for line in items])
        else:
            yield paragraph(block.strip())


def written_parts(text: str) -> Iterator[Part]:
    """Markdown; tags, links and pictures in it stay as they are written, headings are bold, tables keep their columns."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["link", "image", "autolink", "reference"])
    tokens = parser.parse(text)
    position = 0
    while position < len(tokens):
        token = tokens[position]
        end = _closing(tokens, position)
        yield from _block(text, token, tokens[position:end])
        position = end


def _closing(tokens: Sequence[Token], start: int) -> int:
    """The place behind the token that closes what the token at ``start`` opens."""
    depth = 0
    for place in range(start, len(tokens)):
        depth += tokens[place].nesting
        if depth == 0:
            return place + 1
    return len(tokens)


def _block(text: str, opening: Token, tokens: Sequence[Token]) -> Iterator[Part]:
    rows = tuple(_runs(token, bold=opening.type == "heading_open") for token in tokens if token.type == "inline")
    match opening.type:
        case "bullet_list_open" | "ordered_list_open":
            yield Part("bullet" if opening.type == "bullet_list_open" else "ordered", tuple(filter(None, rows)))
        case "blockquote_open":
            yield from (Part("quote", (row,)) for row in rows if row)
        case "table_open":
            lines = text.split("\n")[slice(*(opening.map or (0, 0)))]
            yield Part("preformatted", ((Run("\n".join(lines)),),))
        case "fence" | "code_block":
            yield Part("preformatted", ((Run(opening.content),),))
        case _:
            yield from (Part("section", (row,)) for row in rows if row)


def _runs(inline: Token, *, bold: bool) -> Row:
    """The words of a line in their styles."""
    on = {"bold": int(bold), "italic": 0}
    runs: list[Run] = []
    for token in inline.children or ():
        if (name := _STYLES.get(token.tag)) and token.nesting:
            on[name] += token.nesting
        elif token.type in ("softbreak", "hardbreak"):
            runs.append(Run("\n"))
        elif token.content:
            runs.append(Run(token.content, bold=on["bold"] > 0, italic=on["italic"] > 0, code=token.type == "code_inline"))
    return tuple(runs)
