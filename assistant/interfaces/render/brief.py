"""An answer as a chat shows it: the text, and of each quote and calculation one line, which a command opens."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.constrain import Constrain
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from assistant.interfaces.render.clean import one_line
from assistant.interfaces.render.marked import MARKER_STYLE, answer_body, marked
from assistant.interfaces.render.page import Card, Page, page
from assistant.interfaces.render.terminal import ASIDE, WIDEST, bullets, footer
from assistant.values import Answer


def answer_brief(answer: Answer) -> RenderableType:
    """The answer for a terminal; its evidence is cut to the width there is."""
    parts = page(answer)
    blocks: list[RenderableType] = [answer_body(parts.covered, written=parts.written)]
    if parts.missing:
        blocks += [Text(), Text("The sources do not say", style="bold"), bullets(parts.missing)]
    if parts.sources or parts.cards:
        blocks += [Text(), _evidence(parts)]
    if parts.caveats:
        blocks += [Text(), Text(" · ".join(parts.caveats), style=ASIDE)]
    if parts.dropped:
        dropped = tuple(f"{text} ({reason})" for text, reason in parts.dropped)
        blocks += [Text(), Text("Taken out of the draft", style="bold"), bullets(dropped)]
    blocks += [Text(), footer(parts)]
    return Constrain(Padding(Group(*blocks), (1, 2)), WIDEST)


def asked(question: str) -> RenderableType:
    """A question as it stands behind the prompt where a person typed it."""
    grid = Table.grid()
    grid.add_row(Text("> ", style=f"bold {MARKER_STYLE}"), Text(one_line(question), style="bold"))
    return grid


def _evidence(parts: Page) -> RenderableType:
    grid = Table.grid(padding=(0, 1), expand=True)
    grid.add_column(no_wrap=True)
    grid.add_column(no_wrap=True, overflow="ellipsis", ratio=1)
    for source in parts.sources:
        grid.add_row(Text(), Text(f"{source.date} · {source.title}", style=f"italic {ASIDE}"))
        for quote in source.quotes:
            words = Text(quote.place, style=ASIDE) if quote.repeated else Text(f"“{quote.text}”")
            grid.add_row(Text(quote.marker, style=MARKER_STYLE), words)
    for card in parts.cards:
        grid.add_row(Text(card.marker, style=MARKER_STYLE), marked(_results(card)))
    return grid


def _results(card: Card) -> str:
    return f"{card.title}: " + ", ".join(" ".join(filter(None, (row.name, row.value, row.unit))) for row in card.results)
