"""``assistant chat``: opens the Assistant and the conversation, and talks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from assistant.errors import UsageError
from assistant.interfaces.cli.options import Home, Model

if TYPE_CHECKING:
    from assistant.api import Assistant


def chat(
    *,
    continued: Annotated[bool, typer.Option("--continue", "-c", help="Go on with the last chat.")] = False,
    conversation: Annotated[
        str | None, typer.Option("--conversation", metavar="ID", help="Go on with this conversation, or begin it.")
    ] = None,
    model: Model = None,
    home: Home = None,
) -> None:
    """Ask one question after another.

    Markers in the answers open with /open and /calc; /help lists the commands. Conversations are kept.

    Example: assistant chat --continue
    """
    if continued and conversation is not None:
        raise UsageError("give --continue or --conversation, not both")
    from assistant.api import Assistant
    from assistant.interfaces.cli.chat.loop import converse
    from assistant.interfaces.cli.chat.reading import is_live
    from assistant.interfaces.cli.chat.session import Chat, last_key, new_key
    from assistant.interfaces.cli.screen import progress

    with progress("building the library, once") as report:
        assistant = Assistant.open(home, model, report)
    session = Chat(assistant, home, new_key(), is_live())
    try:
        if continued:
            session.key = last_key(assistant.settings.home)
        elif conversation is not None:
            session.key = _known(assistant, conversation)
        session.answers = list(assistant.history(session.key))
        code = converse(session, continued=continued or conversation is not None)
    finally:
        session.close()
    raise typer.Exit(code)


def _known(assistant: Assistant, name: str) -> str:
    """The key that ``name`` is or begins; where there is none, ``name`` itself, for a new conversation."""
    keys = [conversation.key for conversation in assistant.conversations()]
    if name in keys or not any(key.startswith(name) for key in keys):
        return name
    return assistant.find_conversation(name).key
