"""What a chat says first."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.constrain import Constrain
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from assistant.interfaces.render.marked import MARKER_STYLE
from assistant.interfaces.render.terminal import ASIDE, WIDEST


def greeting(facts: str, hint: str, lead: str = "", suggested: Sequence[str] = ()) -> RenderableType:
    """What there is, how to find help, and numbered questions to begin with."""
    blocks: list[RenderableType] = [Text(facts), Text(hint, style=ASIDE)]
    if suggested:
        grid = Table.grid(padding=(0, 1))
        grid.add_column(no_wrap=True)
        grid.add_column(overflow="fold")
        for number, question in enumerate(suggested, 1):
            grid.add_row(Text(str(number), style=MARKER_STYLE), Text(question))
        blocks += [Text(), Text(lead, style=ASIDE), grid]
    return Constrain(Padding(Group(*blocks), (1, 2)), WIDEST)
