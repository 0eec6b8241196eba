"""Survival by arm as bars of characters."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from assistant.interfaces.render.clean import one_line
from assistant.studies.chart import Panel

_BLOCK = "█"
_SHORTEST_BAR = 10


def bars_page(panels: Sequence[Panel], width: int) -> RenderableType:
    """A bar for each arm, to one scale, for a terminal of ``width`` columns."""
    blocks: list[RenderableType] = []
    for panel in panels:
        blocks += [Text(one_line(panel.name), style="bold"), Text(bars_text((panel,), width, _longest(panels)).partition("\n")[2])]
    return Padding(Group(*blocks), (1, 2))


def bars_text(panels: Sequence[Panel], width: int, longest: float | None = None) -> str:
    """The same as plain text."""
    longest = longest or _longest(panels)
    blocks = []
    for panel in panels:
        labels = [one_line(bar.label.replace("\n", ", ")) for bar in panel.bars]
        behind = [" · ".join(filter(None, (bar.said, bar.gained))) for bar in panel.bars]
        widest = max(map(cell_len, labels))
        room = max(_SHORTEST_BAR, width - widest - max(map(cell_len, behind)) - 8)
        lines = [
            f"  {set_cell_size(label, widest)}  {_BLOCK * max(1, round(bar.days / longest * room))} {one_line(text)}"
            for label, bar, text in zip(labels, panel.bars, behind, strict=True)
        ]
        blocks.append("\n".join([one_line(panel.name), *lines, f"  {one_line('; '.join(panel.notes))}", ""]))
    return "\n".join(blocks)


def _longest(panels: Sequence[Panel]) -> float:
    return max(bar.days for panel in panels for bar in panel.bars)
