"""``assistant chart``: survival by arm, as bars on the terminal or as a picture; also below an answer that a chart was asked of."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.errors import StudyError
from assistant.interfaces.cli.opened import opened
from assistant.interfaces.cli.options import Home
from assistant.interfaces.cli.screen import complain, draw, say, stdout_is_terminal, width, write

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assistant.agent.events import Event
    from assistant.api import Assistant
    from assistant.studies.facts import Study
    from assistant.values import Answer, Document


def chart(
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="The PNG or SVG file to draw to.")] = None,
    *,
    study: Annotated[
        str | None, typer.Option("--study", metavar="NAME", help="Only studies of this compound, tumor model or disease.")
    ] = None,
    document: Annotated[str | None, typer.Option("--document", metavar="DOCUMENT", help="Only those of this document.")] = None,
    home: Home = None,
) -> None:
    """Draw survival by arm, with the days gained and their ratio.

    To FILE, or as bars on the terminal.

    Example: assistant chart survival.png --study "CLR 131"
    """
    from assistant.studies.naming import matching_studies

    with opened(home) as assistant:
        documents = assistant.documents() if document is None else (assistant.library.document(document),)
        among = {item.id for item in documents}
        found: Sequence[Study] = [item for item in assistant.studies() if item.document in among]
    if study is not None and not (found := matching_studies(known := found, study)):
        names = ", ".join(dict.fromkeys(item.name for item in known)) or "none"
        raise StudyError(f"no study is called {study!r}; there are: {names}")
    show_chart(found, documents, file)


def show_chart(found: Sequence[Study], documents: Sequence[Document], file: Path | None) -> None:
    """Draws the studies to a file, or as bars for whoever reads stdout."""
    from assistant.studies.chart import draw as draw_to
    from assistant.studies.chart import panels

    shown = panels(found, {document.id: document.title for document in documents})
    if file is not None:
        draw_to(shown, file)
        say("drawn", str(file))
        return
    from assistant.interfaces.render import bars

    if not shown:
        complain("no study in these documents has an arm with survival")
    elif stdout_is_terminal():
        draw(bars.bars_page(shown, width()))
    else:
        write(bars.bars_text(shown, width()))


def show_chart_of(answer: Answer, events: Iterable[Event], assistant: Assistant) -> None:
    """Bars of the studies of which the model of ``answer`` had a chart made; none where nothing was answered."""
    from assistant.agent.events import ToolCall
    from assistant.studies.naming import matching_studies

    wanted = [event.arguments for event in events if isinstance(event, ToolCall) and event.name == "chart"]
    if not wanted or answer.status != "answered":
        return
    studies, documents = assistant.studies(), assistant.documents()
    charted = [
        study
        for study in studies
        if any(
            asked.get("document") in (None, study.document)
            and (not asked.get("study") or study in matching_studies(studies, asked["study"]))
            for asked in wanted
        )
    ]
    show_chart(charted, documents, None)
