"""Where the lines of a chat come from: an editor with history on a terminal, plain lines elsewhere."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assistant.home import make_file
from assistant.interfaces.cli.chat.session import Chat
from assistant.interfaces.cli.screen import write
from assistant.interfaces.render.clean import one_line

if TYPE_CHECKING:
    from prompt_toolkit.history import History
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

_PROMPT = "> "
# Lines below the prompt that are kept free for completions.
_MENU = 6


class Reader(Protocol):
    """Gives what was typed, one entry at a time; raises EOFError at the end and KeyboardInterrupt for Ctrl-C."""

    def read(self) -> str:
        """The next entry, which may have several lines."""


def is_live() -> bool:
    """Whether a person sits at a terminal that can redraw its lines."""
    return (
        sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM", "") not in ("", "dumb", "unknown")
    )


def reader(chat: Chat, commands: Iterable[str]) -> Reader:
    """The reader that fits the terminal."""
    return EditedLines(chat, commands) if chat.live else PlainLines()


class PlainLines:
    """Lines of stdin; a person, if there is one, sees a prompt on stderr."""

    def read(self) -> str:
        """The next line without its end; bytes that are no text become U+FFFD."""
        if sys.stdin is None:
            raise EOFError
        if sys.stdin.isatty():
            sys.stderr.write(_PROMPT)
            sys.stderr.flush()
        line = sys.stdin.buffer.readline()
        if not line:
            raise EOFError
        text = line.decode("utf-8", errors="replace").rstrip("\r\n")
        if not sys.stdin.isatty() and text.strip():
            write(f"{_PROMPT}{one_line(text)}\n")
        return text


class EditedLines:
    """An editor: history in the home, completion, several lines by pasting or by Alt-Enter."""

    def __init__(self, chat: Chat, commands: Iterable[str]) -> None:
        from prompt_toolkit import PromptSession
        from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
        from prompt_toolkit.filters import Condition

        from assistant.interfaces.cli.chat.completion import ChatCompleter

        self._session: PromptSession[str] = PromptSession(
            history=_history(chat.assistant.settings.home),
            completer=ChatCompleter(chat, commands),
            complete_while_typing=Condition(lambda: self._session.default_buffer.text.startswith("/")),
            auto_suggest=AutoSuggestFromHistory(),
            key_bindings=_keys(),
            multiline=True,
            prompt_continuation="  ",
            reserve_space_for_menu=_MENU,
        )

    def read(self) -> str:
        """What was entered."""
        return self._session.prompt([("ansicyan bold", _PROMPT)])


def _history(home: Path) -> History:
    """Entries of earlier chats, which only their owner may read; of this chat alone where the home cannot be written."""
    from prompt_toolkit.history import FileHistory, InMemoryHistory

    file = home / "chat_history"
    with suppress(OSError):
        make_file(file)
        return FileHistory(str(file))
    return InMemoryHistory()


def _keys() -> KeyBindings:
    """Enter sends, Alt-Enter begins another line, Ctrl-C empties the line or, where it is empty, interrupts."""
    from prompt_toolkit.key_binding import KeyBindings

    keys = KeyBindings()

    @keys.add("enter")
    def _send(event: KeyPressEvent) -> None:
        event.current_buffer.validate_and_handle()

    @keys.add("escape", "enter")
    def _break(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text("\n")

    @keys.add("c-c")
    def _empty(event: KeyPressEvent) -> None:
        if event.current_buffer.text:
            event.current_buffer.reset()
        else:
            event.app.exit(exception=KeyboardInterrupt, style="class:aborting")

    return keys
