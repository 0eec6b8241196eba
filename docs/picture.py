"""Draws docs/answer.svg and docs/chat.svg, the pictures in README.md: real answers, as a terminal of 92 columns shows them.

Run ``.venv/bin/python docs/picture.py`` after a change to what answers look like.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.text import Text

from assistant import Assistant
from assistant.interfaces.cli.chat.evidence import surroundings
from assistant.interfaces.cli.chat.session import phrase
from assistant.interfaces.render.brief import answer_brief, asked
from assistant.interfaces.render.greeting import greeting
from assistant.interfaces.render.opened import opened_quote
from assistant.interfaces.render.terminal import answer_page
from assistant.interfaces.suggestions import suggestions

QUESTION = "How much longer did mice live with two doses of CLR 131 than with one?"
COLUMNS = 92


def draw(folder: Path) -> None:
    """Asks and writes both pictures into ``folder``."""
    with Assistant.open() as assistant:
        answer = assistant.ask(QUESTION)
        save(folder / "answer.svg", Padding(Text(f'$ assistant ask "{QUESTION}"', style="bold"), (1, 2, 0, 2)), answer_page(answer))
        save(folder / "chat.svg", *chat(assistant))


def chat(assistant: Assistant) -> Iterator[RenderableType]:
    """What stands on the screen when the first suggestion was asked and its quote was opened."""
    documents, studies = assistant.documents(), assistant.studies()
    suggested = suggestions(studies, documents)
    facts = phrase(
        "greeting",
        "library",
        documents=phrase("greeting", "document", count=len(documents)),
        studies=phrase("greeting", "study", count=len(studies)),
        model=assistant.settings.model,
    )
    answer = assistant.ask(suggested[0])
    yield Padding(Text("$ assistant chat", style="bold"), (1, 2, 0, 2))
    yield greeting(facts, phrase("greeting", "hint"), phrase("greeting", "suggested"), suggested)
    yield asked(answer.question)
    yield answer_brief(answer)
    yield asked("/open 1")
    yield opened_quote(answer.citations[0], surroundings(assistant.library, answer.citations[0]), styled=True)


def save(target: Path, *drawn: RenderableType) -> None:
    """Writes what a terminal shows to ``target``."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    for part in drawn:
        console.print(part)
    console.save_svg(str(target), title="assistant", unique_id=target.stem)


if __name__ == "__main__":
    draw(Path(__file__).parent)
