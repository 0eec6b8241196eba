"""An answer as Rich renderables, for terminals of 60 to 140 columns."""

from __future__ import annotations

from rich import box
from rich.console import Group, RenderableType
from rich.constrain import Constrain
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from assistant.interfaces.render.marked import MARKER_STYLE, answer_body, marked
from assistant.interfaces.render.page import Card, Page, Row, Source, page
from assistant.values import Answer

# Lines longer than this are tiring to read, however wide the terminal is.
WIDEST = 100
# Bright black, which many use here, is invisible on some dark backgrounds.
ASIDE = "dim"


def answer_page(answer: Answer) -> RenderableType:
    """The answer with markers, then its quotes, its calculations, its caveats and how it was checked."""
    parts = page(answer)
    blocks: list[RenderableType] = [answer_body(parts.covered, written=parts.written)]
    if parts.missing:
        blocks.append(_section("The sources do not say", bullets(parts.missing)))
    if parts.sources:
        blocks.append(_section("Quotes", *(_source(source) for source in parts.sources)))
    if parts.cards:
        blocks.append(_section("Calculations", *(card_panel(card) for card in parts.cards)))
    if parts.caveats:
        blocks.append(_section("Keep in mind", bullets(parts.caveats)))
    if parts.dropped:
        blocks.append(_section("Taken out of the draft", bullets(tuple(f"{text} ({reason})" for text, reason in parts.dropped))))
    blocks.append(footer(parts))
    return Constrain(Padding(Group(*_spaced(blocks)), (1, 2)), WIDEST)


def _spaced(blocks: list[RenderableType]) -> list[RenderableType]:
    spaced: list[RenderableType] = []
    for block in blocks:
        spaced += [block, Text()]
    return spaced[:-1]


def _section(heading: str, *bodies: RenderableType) -> RenderableType:
    return Group(Text(heading, style="bold"), *bodies)


def bullets(items: tuple[str, ...]) -> RenderableType:
    """One item a line, each behind a dot."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for item in items:
        grid.add_row(Text("·", style=ASIDE), marked(item))
    return grid


def _source(source: Source) -> RenderableType:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for quote in source.quotes:
        place = Text(quote.place, style=ASIDE)
        body = Group(Text(f"“{quote.text}”"), place) if not quote.repeated else Text.assemble("as above, ", place)
        grid.add_row(Text(quote.marker, style=MARKER_STYLE), body)
    return Group(Text(f"{source.title} · {source.date}", style=f"italic {ASIDE}"), grid)


def card_panel(card: Card) -> RenderableType:
    """A calculation in a frame as wide as it needs: formulas, inputs with their markers, results."""
    body: list[RenderableType] = [*(Text(formula, style="italic") for formula in card.formulas), Text(), _rows(card.inputs, card.results)]
    if card.notes:
        body += [Text(), bullets(card.notes)]
    title = Text.assemble((card.marker, MARKER_STYLE), " ", (card.title, ""))
    return Panel(Group(*body), title=title, title_align="left", box=box.ROUNDED, border_style=ASIDE, padding=(0, 2), expand=False)


def _rows(inputs: tuple[Row, ...], results: tuple[Row, ...]) -> RenderableType:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(overflow="fold")
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column()
    grid.add_column(overflow="fold")
    for row in inputs:
        grid.add_row(Text(row.name), row.value, Text(row.unit), marked(row.origin, "" if row.origin.startswith("[") else ASIDE))
    grid.add_row()
    for row in results:
        grid.add_row(Text(f"= {row.name}", style="bold"), Text(row.value, style="bold"), Text(row.unit, style="bold"))
    return grid


def footer(parts: Page) -> Text:
    """The verdict, and what the answer came from."""
    style = "green" if parts.verdict == "verified" else "yellow"
    return Text.assemble((parts.verdict, style), (f" · {parts.footer}", ASIDE))
