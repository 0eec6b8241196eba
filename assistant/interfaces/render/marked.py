"""An answer's text on a terminal: markers coloured, and Markdown drawn where a language model wrote it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from assistant.language.brackets import uncovered

MARKER = re.compile(r"(\[c?\d+\])")
MARKER_STYLE = "cyan"


def answer_body(text: str, *, written: bool) -> RenderableType:
    """``text``, in which brackets may be covered, for a terminal; ``written`` is whether it may be Markdown."""
    if not written:
        return marked(text)
    from rich.markdown import Markdown  # an offline answer does without its parser

    return MarkersColoured(Markdown(text, hyperlinks=False))


def marked(text: str, style: str = "") -> Text:
    """``text`` with its markers coloured."""
    drawn = Text(text, style=style)
    drawn.highlight_regex(MARKER, MARKER_STYLE)
    drawn.plain = uncovered(drawn.plain)
    return drawn


@dataclass(frozen=True, slots=True)
class MarkersColoured:
    """What ``inner`` draws, with the markers in it coloured."""

    inner: RenderableType

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Splits the segments of ``inner`` at their markers."""
        colour = Style.parse(MARKER_STYLE)
        for segment in console.render(self.inner, options):
            for part in MARKER.split(segment.text):
                style = (segment.style or Style.null()) + colour if MARKER.fullmatch(part) else segment.style
                yield Segment(uncovered(part), style, segment.control)
