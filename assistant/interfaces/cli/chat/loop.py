"""The loop of a chat: an entry is a command, the number of a suggestion, or a question."""

from __future__ import annotations

import signal

from assistant.agent.question import checked_question
from assistant.errors import AssistantError
from assistant.interfaces.cli.chat.asking import ask, show
from assistant.interfaces.cli.chat.commands import COMMANDS, Leave, run_command
from assistant.interfaces.cli.chat.reading import reader
from assistant.interfaces.cli.chat.session import Chat, phrase
from assistant.interfaces.cli.screen import FAILURE, complain, draw, remark
from assistant.interfaces.render.clean import one_line
from assistant.interfaces.suggestions import suggestions


def converse(chat: Chat, *, continued: bool) -> int:
    """Talks until the person leaves or the input ends; returns the exit code, 1 if an entry of a pipe failed."""
    if chat.live:
        # A program started in the background of a script inherits that interrupts are ignored.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        _greet(chat, continued=continued)
        chat.warm_up()
    entries, failed = reader(chat, [command.name for command in COMMANDS]), False
    while True:
        try:
            entry = entries.read().strip()
            if entry:
                _act(chat, entry)
        except KeyboardInterrupt:
            remark(phrase("farewell", "leave"))
        except (EOFError, Leave):
            break
        except AssistantError as error:
            complain(str(error))
            failed = True
    if chat.live and chat.answers:
        remark(phrase("farewell", "kept", key=chat.key))
    return FAILURE if failed and not chat.live else 0


def _act(chat: Chat, entry: str) -> None:
    if entry.startswith("/"):
        run_command(chat, entry)
    elif chat.live and entry.isdecimal() and 0 < int(entry) <= len(chat.suggested):
        from assistant.interfaces.render.brief import asked

        question = chat.suggested[int(entry) - 1]
        draw(asked(question))
        ask(chat, question)
    else:
        ask(chat, checked_question(entry))


def _greet(chat: Chat, *, continued: bool) -> None:
    from assistant.interfaces.render.greeting import greeting

    documents, studies = chat.assistant.documents(), chat.assistant.studies()
    facts = phrase(
        "greeting",
        "library",
        documents=phrase("greeting", "document", count=len(documents)),
        studies=phrase("greeting", "study", count=len(studies)),
        model=one_line(chat.assistant.settings.model),
    )
    if not documents:
        facts = phrase("greeting", "empty")
    if continued and chat.answers:
        count = phrase("greeting", "question", count=len(chat.answers))
        draw(greeting(facts, phrase("greeting", "hint")))
        remark(phrase("greeting", "continued", key=chat.key, count=count, question=one_line(chat.answers[-1].question)))
        show(chat, chat.answers[-1])
        return
    chat.suggested = suggestions(studies, documents)
    draw(greeting(facts, phrase("greeting", "hint"), phrase("greeting", "suggested"), chat.suggested))
