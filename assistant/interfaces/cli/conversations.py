"""``assistant conversations …``: what was asked under a key, to read, search, export and delete."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.interfaces.cli.opened import opened
from assistant.interfaces.cli.options import Home, Json
from assistant.interfaces.cli.screen import complain, draw, stdout_is_terminal, write, write_json

if TYPE_CHECKING:
    from assistant.values import Answer

app = typer.Typer(
    help="List, show, search, export and delete conversations.\n\nExample: assistant conversations list", no_args_is_help=False
)

Key = Annotated[str, typer.Argument(metavar="ID", help="As the list shows it, or its beginning.")]


@app.command("list")
def list_conversations(json: Json = False, home: Home = None) -> None:
    """List the conversations, the last used first.

    Example: assistant conversations list
    """
    with opened(home) as assistant:
        kept = assistant.conversations()
    if json:
        from pydantic_core import to_json

        write_json(to_json(kept, indent=2).decode())
    elif not kept:
        complain("no conversations yet; begin one with: assistant chat")
    else:
        from assistant.interfaces.render import tables

        if stdout_is_terminal():
            draw(tables.conversations_page(kept))
        else:
            write(tables.conversations_text(kept))


@app.command("show")
def show(conversation: Key, json: Json = False, home: Home = None) -> None:
    """Print a conversation.

    Example: assistant conversations show 3f9a
    """
    answers = _answers(conversation, home)
    if json:
        from assistant.interfaces.render.transcript import transcript

        write(transcript(answers, ".json"))
        return
    for answer in answers:
        _print(answer)


@app.command("search")
def search(
    words: Annotated[list[str], typer.Argument(metavar="WORD", help="All of them must stand in the question or the answer.")],
    home: Home = None,
) -> None:
    """Print the kept answers with all of some words, newest first.

    Example: assistant conversations search survival control
    """
    with opened(home) as assistant:
        found = assistant.search_conversations(" ".join(words))
    if not found:
        complain("no kept answer has all of these words")
        raise typer.Exit(1)
    from assistant.interfaces.render import tables

    if stdout_is_terminal():
        draw(tables.found_page(found))
    else:
        write(tables.found_text(found))


@app.command("export")
def export(
    conversation: Key,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A name that ends in .md, .json or .html; it must not be there yet.")],
    home: Home = None,
) -> None:
    """Write a conversation to a file.

    Example: assistant conversations export 3f9a answers.html
    """
    from assistant.interfaces.cli.files import suffix_of, write_file
    from assistant.interfaces.render.transcript import transcript

    suffix = suffix_of(file)
    with opened(home) as assistant:
        answers = assistant.history(assistant.find_conversation(conversation).key)
        studies = assistant.studies()
    write_file(file, transcript(answers, suffix, studies), replace=False)


@app.command("delete")
def delete(conversation: Key, home: Home = None) -> None:
    """Delete a conversation.

    Example: assistant conversations delete 3f9a
    """
    with opened(home) as assistant:
        key = assistant.find_conversation(conversation).key
        assistant.delete_conversation(key)
    write(f"deleted: {_one_line(key)}\n")


def _answers(conversation: str, home: Path | None) -> tuple[Answer, ...]:
    with opened(home) as assistant:
        return assistant.history(assistant.find_conversation(conversation).key)


def _print(answer: Answer) -> None:
    if stdout_is_terminal():
        from assistant.interfaces.render.brief import asked
        from assistant.interfaces.render.terminal import answer_page

        draw(asked(answer.question))
        draw(answer_page(answer))
    else:
        from assistant.interfaces.render.plain import answer_text

        write(f"> {_one_line(answer.question)}\n\n{answer_text(answer)}\n")


def _one_line(text: str) -> str:
    from assistant.interfaces.render.clean import one_line

    return one_line(text)
