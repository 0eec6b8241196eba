"""A marker opened: the source around a quote, a calculation with the quotes its inputs come from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from rich.console import Group, RenderableType
from rich.constrain import Constrain
from rich.padding import Padding
from rich.text import Text

from assistant.interfaces.render.clean import clean, one_line, shown
from assistant.interfaces.render.marked import MARKER_STYLE, marked
from assistant.interfaces.render.page import card, quoted
from assistant.interfaces.render.terminal import ASIDE, WIDEST, card_panel
from assistant.interfaces.render.wording import day_month_year
from assistant.values import Answer, Citation

_BLANK_LINES = re.compile(r"\n\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands before and after a quote in its document; ``current`` is whether the library still has it there."""

    before: str
    after: str
    current: bool


def opened_quote(citation: Citation, around: Surroundings, *, styled: bool) -> RenderableType:
    """The quote among what surrounds it; without styles it stands between guillemets."""
    document = shown(citation.document)
    heading = Text.assemble((f"[{citation.id}]", MARKER_STYLE), " ", (one_line(document.title), "bold"))
    place = Text(f"{day_month_year(document.date)} · {quoted(shown(citation)).place} · {_file(one_line(document.path))}", style=ASIDE)
    left, right = ("", "") if styled else ("»", "«")
    body = Text.assemble(
        (_spaced(around.before).lstrip(), ASIDE), (left + _spaced(citation.quote) + right, "bold"), (_spaced(around.after).rstrip(), ASIDE)
    )
    blocks = [heading, place, Text(), body]
    if not around.current:
        blocks += [Text(), Text("The library has no longer this text at these characters; shown is what the answer kept.", style="yellow")]
    return _framed(*blocks)


def opened_calculation(answer: Answer, marker: str) -> RenderableType:
    """The calculation ``marker``, such as ``c1``, and under it the quotes that its inputs name."""
    answer = shown(answer)
    calculation = next(item for item in answer.calculations if item.id == marker)
    named = {item.citation for item in calculation.inputs}
    quotes = [quoted(citation) for citation in answer.citations if citation.id in named]
    lines = [marked(f"{quote.marker} “{quote.text}”") for quote in quotes]
    return _framed(card_panel(card(calculation)), *([Text(), *lines] if lines else []))


def paragraphs(texts: Sequence[str]) -> RenderableType:
    """Texts one below the other, their words kept whole; they must be clean already."""
    return _framed(*map(Text, texts))


def _file(path: str) -> str:
    """The name of a file without its folders; an address as it is."""
    return path if "://" in path else PurePath(path).name


def _spaced(text: str) -> str:
    return _BLANK_LINES.sub("\n\n", clean(text))


def _framed(*blocks: RenderableType) -> RenderableType:
    return Constrain(Padding(Group(*blocks), (1, 2)), WIDEST)
