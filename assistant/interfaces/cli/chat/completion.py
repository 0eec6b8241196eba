"""What Tab completes: commands and what they take, compounds, models and titles in a question, questions in an empty line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from prompt_toolkit.completion import CompleteEvent, Completer, Completion, PathCompleter
from prompt_toolkit.document import Document

from assistant.interfaces.cli.chat.session import Chat, phrase
from assistant.interfaces.render.clean import one_line
from assistant.settings import OFFLINE

# Fewer letters fit too much.
_SHORTEST = 2
_SHOWN = 48


class ChatCompleter(Completer):
    """Completes from the documents and studies that were there when the chat began or last changed its model."""

    def __init__(self, chat: Chat, commands: Iterable[str]) -> None:
        self._chat = chat
        self._commands = tuple(commands)
        self._paths = PathCompleter(expanduser=True)
        studies = chat.assistant.studies()
        self._compounds = _distinct(study.compound for study in studies)
        self._names = _distinct(
            [*self._compounds, *(s.model for s in studies), *(s.disease for s in studies), *(d.title for d in chat.assistant.documents())]
        )

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
        """Completions for the text before the cursor."""
        text = document.text_before_cursor
        if not text.startswith("/"):
            yield from self._of_question(text, asked=complete_event.completion_requested)
            return
        command, space, argument = text[1:].partition(" ")
        if not space:
            for name in self._commands:
                if name.startswith(command):
                    yield Completion(f"/{name}", start_position=-len(text), display_meta=phrase("commands", name))
        elif command == "export":
            yield from self._paths.get_completions(Document(argument), complete_event)
        else:
            for value, meta in self._arguments(command):
                if value.casefold().startswith(argument.casefold()):
                    yield Completion(value, start_position=-len(argument), display_meta=one_line(meta)[:_SHOWN])

    def _of_question(self, text: str, *, asked: bool) -> Iterator[Completion]:
        if not text.strip():
            if asked:
                yield from (Completion(question, start_position=-len(text)) for question in self._chat.suggested)
            return
        folded = text.casefold()
        for name in self._names:
            typed = _typed_part(folded, name.casefold())
            if typed and typed < len(name):
                shown = name if len(name) <= _SHOWN else name[: _SHOWN - 1] + "…"
                yield Completion(name, start_position=-typed, display=shown)

    def _arguments(self, command: str) -> Iterator[tuple[str, str]]:
        last = self._chat.answers[-1] if self._chat.answers else None
        match command:
            case "open" if last:
                yield from ((str(citation.id), citation.quote) for citation in last.citations)
            case "calc" if last:
                yield from ((calculation.id, calculation.tool.replace("_", " ")) for calculation in last.calculations)
            case "studies" | "chart":
                yield from ((name, "") for name in self._compounds)
            case "feedback":
                yield from (("good", ""), ("bad", ""))
            case "model":
                from assistant.agent.models import PROVIDERS

                yield OFFLINE, ""
                yield from ((f"{name}:", provider.package) for name, provider in PROVIDERS.items())


def _distinct(names: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one_line(name) for name in names if name))


def _typed_part(text: str, name: str) -> int:
    """How many letters of ``name`` stand at the end of ``text``, beginning at a word; 0 for too few."""
    for length in range(min(len(text), len(name)), _SHORTEST - 1, -1):
        if text.endswith(name[:length]) and (length == len(text) or not text[-length - 1].isalnum()):
            return length
    return 0
