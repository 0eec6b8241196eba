"""Survival by arm as bars of characters."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from assistant.interfaces.render.clean import one_line
from assistant.interfaces.render.terminal import ASIDE
from assistant.studies.chart import Panel

_BLOCK = "█"
_SHORTEST_BAR = 10
# Columns between and beside label, bar and value.
_GAPS = 8


def bars_page(panels: Sequence[Panel], width: int) -> RenderableType:
    """A bar for each arm, to one scale, for a terminal of ``width`` columns."""
    blocks: list[RenderableType] = []
    for panel in panels:
        bars = Text("\n".join(_bars(panel, width - 4, _longest(panels))), no_wrap=True, overflow="ellipsis")
        blocks += [Text(one_line(panel.name), style="bold"), bars, Padding(Text(_notes(panel), style=ASIDE), (0, 0, 0, 2)), Text()]
    return Padding(Group(*blocks[:-1]), (1, 2))


def bars_text(panels: Sequence[Panel], width: int) -> str:
    """The same as plain text."""
    blocks = ("\n".join([one_line(panel.name), *_bars(panel, width, _longest(panels)), f"  {_notes(panel)}", ""]) for panel in panels)
    return "\n".join(blocks)


def _bars(panel: Panel, width: int, longest: float) -> list[str]:
    """Lines of the bars; each under its label where beside it there is no room."""
    labels = [one_line(bar.label.replace("\n", ", ")) for bar in panel.bars]
    behind = [one_line(" · ".join(filter(None, (bar.said, bar.gained)))) for bar in panel.bars]
    left, right = max(map(cell_len, labels)), max(map(cell_len, behind))
    beside = width - left - right - _GAPS >= _SHORTEST_BAR
    room = max(_SHORTEST_BAR, width - right - _GAPS - (left if beside else 0))
    lines = []
    for label, bar, text in zip(labels, panel.bars, behind, strict=True):
        drawn = _BLOCK * max(1, round(bar.days / longest * room))
        lines += [f"  {set_cell_size(label, left)}  {drawn} {text}"] if beside else [f"  {label}", f"  {drawn} {text}"]
    return lines


def _notes(panel: Panel) -> str:
    return one_line("; ".join(panel.notes))


def _longest(panels: Sequence[Panel]) -> float:
    return max(bar.days for panel in panels for bar in panel.bars)
