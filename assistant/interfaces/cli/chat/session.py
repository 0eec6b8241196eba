"""What a chat is in the middle of: its Assistant, its conversation, its answers, how the last one was made."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import AssistantError, UsageError
from assistant.resources import prompt_table

if TYPE_CHECKING:
    from assistant.agent.events import Event
    from assistant.api import Assistant
    from assistant.values import Answer

# Where a chat says which conversation it was, for --continue; other keys in a home may be of other people.
_LAST = "chat_last"


@dataclass
class Chat:
    """One sitting. ``live`` is whether a person sits at a terminal that can redraw its lines."""

    assistant: Assistant
    home: Path | None
    key: str
    live: bool
    answers: list[Answer] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    suggested: tuple[str, ...] = ()
    warm: threading.Event | None = None

    @property
    def last(self) -> Answer:
        """The last answer; raises UsageError where there is none."""
        if not self.answers:
            raise UsageError(phrase("replies", "no_answer"))
        return self.answers[-1]

    def begin(self) -> None:
        """A new conversation."""
        self.key, self.answers, self.events = new_key(), [], []

    def answered(self, answer: Answer, events: Sequence[Event]) -> None:
        """Takes in an answer, and leaves word of the conversation for the next ``chat --continue``."""
        self.answers.append(answer)
        self.events = list(events)
        # Where it cannot be left, on a full disk, --continue finds the chat before, and this one is listed as ever.
        with suppress(OSError):
            (self.assistant.settings.home / _LAST).write_text(self.key, encoding="utf-8")

    def taken_back(self) -> Answer | None:
        """Takes back the last question; None where there is none."""
        taken = self.assistant.take_back(self.key)
        self.answers, self.events = list(self.assistant.history(self.key)), []
        return taken

    def warm_up(self) -> None:
        """Loads what the first question needs while the person still reads and types."""
        self.warm = threading.Event()
        threading.Thread(target=self._prepare, args=(self.warm,), name="warm-up").start()

    def settle(self) -> None:
        """Waits until the warming up is over.

        Not for its thread: an interrupt while a thread is joined makes Python 3.11 take it for ended, and then leave while it runs.
        """
        if self.warm:
            self.warm.wait()

    def use_model(self, name: str) -> None:
        """Answers from now on with the model ``name``; raises AssistantError, and then all stays as it was."""
        from assistant.api import Assistant

        self.settle()
        other = Assistant.open(self.home, name)
        try:
            other.prepare()
        except AssistantError:
            other.close()
            raise
        self.assistant.close()
        self.assistant = other

    def close(self) -> None:
        """Closes the Assistant."""
        self.settle()
        self.assistant.close()

    def _prepare(self, warm: threading.Event) -> None:
        try:
            # The first question tells of it.
            with suppress(AssistantError):
                self.assistant.prepare()
        finally:
            warm.set()


def new_key() -> str:
    """A key that no other conversation of the home has, short enough to type."""
    return secrets.token_hex(4)


def last_key(home: Path) -> str:
    """The key of the conversation that the last chat was in; raises UsageError where there was none."""
    try:
        return (home / _LAST).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise UsageError("there is no chat to continue; begin one with: assistant chat") from error


def phrase(section: str, key: str, /, **values: object) -> str:
    """A phrase of prompts/chat.toml with its names filled in."""
    text: Any = prompt_table("chat.toml")[section][key]
    if isinstance(text, list):  # one thing and several
        text = text[values.get("count") != 1]
    filled: str = text.format(**values)
    return filled
