"""``assistant library show``: a document's text, with the characters that a citation names highlighted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.errors import UsageError
from assistant.interfaces.cli.opened import opened
from assistant.interfaces.cli.options import DocumentName, Home
from assistant.interfaces.cli.screen import page, remark, stdout_is_terminal, write

if TYPE_CHECKING:
    from assistant.interfaces.stretch import Stretch

# How a citation gives its place, after page and section: "characters 1045–1123", or the figures alone.
_STRETCH = re.compile(r"(\d+)\s*[-\u2013\u2014]\s*(\d+)\s*\Z")


def show(
    document: DocumentName,
    at: Annotated[
        str | None,
        typer.Option(
            "--at", metavar="CITATION", help="Highlight these characters, START-END as an answer's quotes give them, or this quote."
        ),
    ] = None,
    characters: Annotated[str | None, typer.Option("--characters", metavar="START-END", help="Print only these characters.")] = None,
    home: Home = None,
) -> None:
    """Print a document's text, or what a quote points at.

    On a terminal a pager opens it, at the citation; in a pipe '--at' prints the passage, with the citation between ⟦ and ⟧.

    Example: assistant library show report.pdf --at 1045-1123
    """
    with opened(home) as assistant:
        found = assistant.library.document(document)
        text = assistant.library.text(found.id)
        if characters is not None:
            start, end = _stretch(characters, text)
            _print(text[start:end])
            return
        place = None if at is None else _place(at, text)
        if place and not stdout_is_terminal():
            from assistant.interfaces.stretch import stretch

            write(_passage(stretch(assistant.library, found, *place)))
            return
    if found.superseded_by:
        remark(f"this version was superseded by {found.superseded_by}")
    if stdout_is_terminal():
        _open(text, *(place or (0, 0)))
    else:
        _print(text)


def _print(text: str) -> None:
    from assistant.interfaces.render.clean import clean

    write(clean(text).rstrip("\n") + "\n")


def _open(text: str, start: int, end: int) -> None:
    from assistant.interfaces.render.clean import clean

    before, cited, after = (clean(part) for part in (text[:start], text[start:end], text[end:]))
    # Each line by itself: pagers end a style with its line.
    bright = "\n".join(f"\x1b[7m{line}\x1b[0m" if line else line for line in cited.split("\n")) if cited else ""
    page(before + bright + after, before.count("\n") + 1)


def _passage(found: Stretch) -> str:
    from assistant.interfaces.render.clean import clean, one_line
    from assistant.interfaces.render.wording import position

    where = position(found.start, found.end, found.page, found.section, found.columns)
    shown = f"{clean(found.before)}⟦{clean(found.quote)}⟧{clean(found.after)}"
    return f"{one_line(found.document.title)}, {one_line(where)}\n\n{shown.strip()}\n"


def _place(citation: str, text: str) -> tuple[int, int]:
    """The characters that a citation names by their numbers, else those that are its words."""
    if _STRETCH.search(citation):
        return _stretch(citation, text)
    words = citation.strip().strip('\u201c\u201d"').split()
    matches = list(re.finditer(r"\s+".join(map(re.escape, words)), text)) if words else []
    if not matches:
        raise UsageError(f"{citation!r} does not stand in this document; give START-END or a quote to the letter")
    if len(matches) > 1:
        remark(f"this stands at {len(matches)} places; the first is shown")
    return matches[0].span()


def _stretch(given: str, text: str) -> tuple[int, int]:
    found = _STRETCH.search(given)
    if not found or not int(found[1]) < int(found[2]) <= len(text):
        raise UsageError(f"{given!r} is no stretch of this text; give START-END with 0 <= START < END <= {len(text)}")
    return int(found[1]), int(found[2])
