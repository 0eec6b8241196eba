"""``assistant ask``: one question, one answer."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.errors import UsageError
from assistant.interfaces.cli.chart import show_chart_of
from assistant.interfaces.cli.opened import opened
from assistant.interfaces.cli.options import Home, Json, Model
from assistant.interfaces.cli.screen import NOT_IN_SOURCES, draw, remark, stdout_is_terminal, write, write_json

if TYPE_CHECKING:
    from assistant.agent.events import Event
    from assistant.api import Assistant
    from assistant.studies.facts import Study
    from assistant.values import Answer

# Far above the longest question that is answered, and little enough to read from an endless stdin.
_STDIN_LIMIT = 1_000_000


def ask(
    question: Annotated[list[str], typer.Argument(metavar="QUESTION", help="In quotes or not; '-' reads it from stdin.")],
    *,
    json: Json = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown, to paste into notes.")] = False,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Also write one HTML page whose markers show their quotes; replaces FILE.")
    ] = None,
    trace: Annotated[bool, typer.Option("--trace", help="Show on stderr which tools were called, and what they returned.")] = False,
    conversation: Annotated[
        str | None, typer.Option("--conversation", metavar="KEY", help="Continue the conversation kept under this key.")
    ] = None,
    model: Model = None,
    home: Home = None,
) -> None:
    """Answer a question, with quotes and calculations.

    Example: assistant ask "How long did mice given two doses survive?"
    """
    from assistant.agent.question import checked_question

    text = checked_question(_from_stdin() if question == ["-"] else " ".join(question))
    with opened(home, model) as assistant:
        answer, events = _asked(assistant, text, conversation, trace=trace)
        if html is not None:
            _write_page(html, answer, assistant.studies())
        if json:
            write_json(answer.model_dump_json(indent=2))
        elif markdown:
            from assistant.interfaces.render.markdown import answer_markdown

            write(answer_markdown(answer))
        else:
            show(answer)
            show_chart_of(answer, events, assistant)
    raise typer.Exit(NOT_IN_SOURCES if answer.status == "not_in_sources" else 0)


def show(answer: Answer) -> None:
    """Prints an answer for whoever reads stdout."""
    if stdout_is_terminal():
        from assistant.interfaces.render.terminal import answer_page

        draw(answer_page(answer))
    else:
        from assistant.interfaces.render.plain import answer_text

        write(answer_text(answer))


def _write_page(file: Path, answer: Answer, studies: Sequence[Study]) -> None:
    from assistant.interfaces.cli.files import write_file
    from assistant.interfaces.render.html import answers_html

    write_file(file, answers_html([answer], studies), replace=True)


def _from_stdin() -> str:
    if sys.stdin is None:
        raise UsageError("stdin is closed; give the question as an argument")
    return sys.stdin.buffer.read(_STDIN_LIMIT).decode("utf-8", errors="surrogateescape")


def _asked(assistant: Assistant, question: str, conversation: str | None, *, trace: bool) -> tuple[Answer, list[Event]]:
    """The answer, and what happened on the way, which a trace shows."""
    from assistant.values import Answer

    events: list[Event] = []
    for event in assistant.stream(question, conversation):
        if isinstance(event, Answer):
            return event, events
        events.append(event)
        if trace:
            _trace(event)
    raise AssertionError("a stream ends with its Answer")


def _trace(event: Event) -> None:
    from assistant.interfaces.render.trace import trace_text

    if text := trace_text(event):
        remark(text)
