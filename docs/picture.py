"""Draws docs/answer.svg, the picture in README.md: a real answer, as a terminal of 92 columns shows it.

Run ``.venv/bin/python docs/picture.py`` after a change to what answers look like.
"""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from assistant import Assistant
from assistant.interfaces.render.terminal import answer_page

QUESTION = "How much longer did mice live with two doses of CLR 131 than with one?"


def draw(target: Path) -> None:
    """Asks and writes the picture to ``target``."""
    with Assistant.open() as assistant:
        answer = assistant.ask(QUESTION)
    console = Console(record=True, width=92, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Padding(Text(f'$ assistant ask "{QUESTION}"', style="bold"), (1, 2, 0, 2)))
    console.print(answer_page(answer))
    console.save_svg(str(target), title="assistant", unique_id="answer")


if __name__ == "__main__":
    draw(Path(__file__).with_name("answer.svg"))
