"""The commands of a chat that show something: sources, quotes, calculations, studies, charts, and how an answer was made."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import StudyError, UsageError
from assistant.interfaces.cli.chat.evidence import surroundings
from assistant.interfaces.cli.chat.session import Chat, phrase
from assistant.interfaces.cli.screen import draw, width, write
from assistant.interfaces.render.clean import clean, one_line
from assistant.interfaces.render.terminal import WIDEST
from assistant.paths import expanded

if TYPE_CHECKING:
    from assistant.studies.facts import Study


def open_quote(chat: Chat, argument: str) -> None:
    """A quote among what surrounds it in its source; the first where none is named."""
    from assistant.interfaces.render.opened import opened_quote

    cited = {str(citation.id): citation for citation in chat.last.citations}
    marker = argument.strip("[] ") or next(iter(cited), "")
    if marker.startswith("c") and not argument.strip("[] ").isdecimal():
        open_calculation(chat, argument)
        return
    if marker not in cited:
        raise UsageError(phrase("replies", "no_quote", marker=f"[{marker}]" if marker else "", markers=_markers(cited)))
    draw(opened_quote(cited[marker], surroundings(chat.assistant.library, cited[marker]), styled=chat.live))


def open_calculation(chat: Chat, argument: str) -> None:
    """A calculation and the quotes that its inputs come from; the first where none is named."""
    from assistant.interfaces.render.opened import opened_calculation

    made = {calculation.id: calculation for calculation in chat.last.calculations}
    marker = argument.strip("[] ").casefold() or next(iter(made), "")
    marker = f"c{marker}" if marker.isdecimal() else marker
    if marker not in made:
        raise UsageError(phrase("replies", "no_calculation", marker=f"[{marker}]" if marker else "", markers=_markers(made)))
    draw(opened_calculation(chat.last, marker))


def _markers(known: Iterable[str]) -> str:
    return ", ".join(f"[{marker}]" for marker in known) or phrase("replies", "none")


def show_sources(chat: Chat, _: str) -> None:
    """The documents, with the markers of the last answer."""
    from assistant.interfaces.render.tables import documents_page

    cited: dict[str, list[str]] = {}
    for citation in chat.answers[-1].citations if chat.answers else ():
        cited.setdefault(citation.document.id, []).append(f"[{citation.id}]")
    draw(documents_page(chat.assistant.documents(), {document: " ".join(markers) for document, markers in cited.items()}))


def show_studies(chat: Chat, argument: str) -> None:
    """What the documents report, with the quote of every cell; only of the compound or model that is named."""
    from assistant.interfaces.render.tables import studies_page
    from assistant.studies.evidence import evidence

    studies = _named_studies(chat, argument)
    draw(studies_page(studies, chat.assistant.documents(), evidence(studies, chat.assistant.library.text)))


def draw_chart(chat: Chat, argument: str) -> None:
    """Survival by arm: of the studies that are named, else of those of the last answer, else of all; into a file where one is named."""
    from assistant.interfaces.render import bars
    from assistant.interfaces.render.used import studies_used
    from assistant.studies import chart

    file = Path(argument) if argument.casefold().endswith(chart.FORMATS) else None
    studies = _named_studies(chat, "" if file else argument)
    if (file or not argument) and chat.answers:
        studies = studies_used(chat.last, studies) or studies
    shown = chart.panels(studies, {document.id: document.title for document in chat.assistant.documents()})
    if file:
        chart.draw(shown, expanded(file))
        write(one_line(phrase("replies", "exported", file=file)) + "\n")
    elif shown:
        draw(bars.bars_page(shown, min(width(), WIDEST)))
    else:
        raise UsageError(phrase("replies", "no_survival"))


def _named_studies(chat: Chat, name: str) -> tuple[Study, ...]:
    from assistant.studies.naming import matching_studies

    studies = chat.assistant.studies()
    if not studies:
        raise UsageError(phrase("replies", "no_studies"))
    with suppress(StudyError):
        if found := matching_studies(studies, name) if name else studies:
            return tuple(found)
    raise UsageError(phrase("replies", "no_such_study", name=name, names=", ".join(dict.fromkeys(study.name for study in studies))))


def show_trace(chat: Chat, _: str) -> None:
    """How the last answer was made."""
    from assistant.interfaces.render.opened import paragraphs
    from assistant.interfaces.render.trace import trace_text

    lines = [clean(text) for event in chat.events if (text := trace_text(event))]
    if not lines:
        raise UsageError(phrase("replies", "no_trace"))
    draw(paragraphs(lines))
