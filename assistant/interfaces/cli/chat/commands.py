"""The commands of a chat: a table of them, and those that look after the conversation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import UsageError
from assistant.interfaces.cli.chat.looking import draw_chart, open_calculation, open_quote, show_sources, show_studies, show_trace
from assistant.interfaces.cli.chat.session import Chat, phrase
from assistant.interfaces.cli.files import suffix_of, write_file
from assistant.interfaces.cli.screen import draw, write
from assistant.interfaces.render.clean import one_line


class Leave(Exception):
    """The person wants to leave."""


@dataclass(frozen=True, slots=True)
class Command:
    """``arguments`` is how the help shows what the command takes; ``run`` gets them as they were typed."""

    name: str
    arguments: str
    run: Callable[[Chat, str], None]


def run_command(chat: Chat, line: str) -> None:
    """Runs ``line``, a slash and a command or its beginning; raises UsageError for what is none, or may be several."""
    name, _, argument = line[1:].partition(" ")
    wanted = name.casefold()
    begun = [command for command in COMMANDS if wanted and command.name.startswith(wanted)]
    if wanted not in _BY_NAME and len(begun) != 1:
        raise UsageError(_unknown(wanted))
    (_BY_NAME.get(wanted) or begun[0]).run(chat, argument.strip())


def _unknown(name: str) -> str:
    from rapidfuzz import process  # only for a typing error

    nearest = process.extractOne(name, list(_BY_NAME), score_cutoff=60)
    if nearest:
        return phrase("replies", "nearest_command", name=name, nearest=nearest[0])
    return phrase("replies", "unknown_command", name=name)


def _export(chat: Chat, argument: str) -> None:
    from assistant.interfaces.render.transcript import transcript

    _ = chat.last
    if not argument:
        raise UsageError(phrase("replies", "how_export"))
    file = Path(argument)
    write_file(file, transcript(chat.answers, suffix_of(file), chat.assistant.studies()), replace=False)
    _say("exported", file=file)


def _model(chat: Chat, argument: str) -> None:
    if argument:
        chat.use_model(argument)
    _say("model", model=chat.assistant.settings.model)


def _new(chat: Chat, _: str) -> None:
    chat.begin()
    _say("new")


def _undo(chat: Chat, _: str) -> None:
    taken = chat.taken_back()
    if taken is None:
        raise UsageError(phrase("replies", "nothing_to_undo"))
    _say("undone", question=taken.question)


def _feedback(chat: Chat, argument: str) -> None:
    judgement, _, words = argument.partition(" ")
    match judgement.casefold():
        case "good":
            chat.assistant.give_feedback(chat.last, "good", words.strip(), given_by="chat")
        case "bad":
            chat.assistant.give_feedback(chat.last, "bad", words.strip(), given_by="chat")
        case _:
            raise UsageError(phrase("replies", "how_feedback"))
    _say("feedback")


def _help(chat: Chat, _: str) -> None:
    from assistant.interfaces.render.tables import listed

    draw(listed([(f"/{command.name} {command.arguments}".rstrip(), phrase("commands", command.name)) for command in COMMANDS]))


def _quit(_: Chat, __: str) -> None:
    raise Leave


def _say(name: str, **values: object) -> None:
    write(one_line(phrase("replies", name, **values)) + "\n")


COMMANDS = (
    Command("open", "[1]", open_quote),
    Command("calc", "[c1]", open_calculation),
    Command("sources", "", show_sources),
    Command("studies", "[name]", show_studies),
    Command("chart", "[name or file]", draw_chart),
    Command("trace", "", show_trace),
    Command("export", "FILE", _export),
    Command("model", "[name]", _model),
    Command("new", "", _new),
    Command("undo", "", _undo),
    Command("feedback", "good|bad [words]", _feedback),
    Command("help", "", _help),
    Command("quit", "", _quit),
)
_BY_NAME = {command.name: command for command in COMMANDS}
