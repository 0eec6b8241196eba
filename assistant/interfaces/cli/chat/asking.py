"""Asks a question and shows what is going on meanwhile: what is being done, and the draft as it grows."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from assistant.interfaces.cli.chart import show_chart_of
from assistant.interfaces.cli.chat.session import Chat, phrase
from assistant.interfaces.cli.screen import draw, remark, write

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult

    from assistant.agent.events import Event
    from assistant.values import Answer

# Lines of a growing draft that are shown: its end, as a window that keeps still.
_WINDOW = 8


def ask(chat: Chat, question: str) -> None:
    """Asks, shows and keeps the answer. An interrupt cancels the question and nothing else."""
    try:
        with _quiet_keys(chat.live):
            answer, events = _watched(chat, question) if chat.live else _collected(chat, question)
    except KeyboardInterrupt:
        remark(phrase("status", "cancelled"))
        return
    chat.answered(answer, events)
    show(chat, answer)
    show_chart_of(answer, events, chat.assistant)


def show(chat: Chat, answer: Answer) -> None:
    """An answer, short where it can be opened and whole where nobody can ask for more."""
    if chat.live:
        from assistant.interfaces.render.brief import answer_brief

        draw(answer_brief(answer))
    else:
        from assistant.interfaces.cli.ask import show as show_whole

        show_whole(answer)
        write("\n")


def _collected(chat: Chat, question: str) -> tuple[Answer, list[Event]]:
    from assistant.values import Answer

    chat.settle()
    events: list[Event] = []
    for event in chat.assistant.stream(question, chat.key):
        if isinstance(event, Answer):
            return event, events
        events.append(event)
    raise AssertionError("a stream ends with its Answer")


def _watched(chat: Chat, question: str) -> tuple[Answer, list[Event]]:
    from rich.console import Console
    from rich.live import Live

    from assistant.values import Answer

    console = Console(markup=False, highlight=False, emoji=False)
    progress = _Progress(phrase("status", "thinking"))
    events: list[Event] = []
    with Live(progress, console=console, transient=True, refresh_per_second=12):
        chat.settle()
        for event in chat.assistant.stream(question, chat.key):
            if isinstance(event, Answer):
                return event, events
            events.append(event)
            progress.take(event)
    raise AssertionError("a stream ends with its Answer")


class _Progress:
    """A spinner with what is being done, above it the end of the draft, dim because nothing in it has been checked."""

    def __init__(self, doing: str) -> None:
        from rich.spinner import Spinner

        self._spinner = Spinner("dots" if _prints("⠋") else "line", style="cyan")
        self._doing = doing
        self._draft = ""
        self._number = 0

    def take(self, event: Event) -> None:
        """Shows what ``event`` tells."""
        from assistant.agent.events import Draft, DraftPiece, Status, ToolCall

        match event:
            case Status():
                self._doing = event.text
            case ToolCall():
                self._draft = ""
            case DraftPiece():
                self._draft = self._draft + event.text if event.draft == self._number else event.text
                self._number = event.draft
            case Draft():
                self._draft = event.text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        from rich.text import Text

        from assistant.interfaces.render.clean import clean, one_line
        from assistant.interfaces.render.terminal import WIDEST

        doing = one_line(self._doing)
        if self._draft.strip():
            lines = Text(clean(self._draft).strip(), style="dim").wrap(console, max(min(options.max_width, WIDEST) - 4, 10))
            for line in lines[-_WINDOW:]:
                line.pad_left(2)
                yield line
            doing = f"{doing} · {phrase('status', 'draft')}"
        self._spinner.update(text=Text(doing, style="dim"))
        yield self._spinner


def _prints(character: str) -> bool:
    try:
        character.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True


@contextmanager
def _quiet_keys(live: bool) -> Iterator[None]:
    """Keys typed while an answer is made are not echoed into it; they wait for the next prompt."""
    if not live or sys.platform == "win32":
        yield
        return
    import termios  # not everywhere

    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    quiet = [*before[:3], before[3] & ~termios.ECHO, *before[4:]]
    termios.tcsetattr(descriptor, termios.TCSADRAIN, quiet)
    try:
        yield
    finally:
        with suppress(termios.error):  # the terminal may have gone
            termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
