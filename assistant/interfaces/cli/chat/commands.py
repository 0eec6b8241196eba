"""The commands of a chat: one function each, and a table of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import StudyError, UsageError
from assistant.interfaces.cli.chat.evidence import surroundings
from assistant.interfaces.cli.chat.session import Chat, phrase
from assistant.interfaces.cli.files import suffix_of, write_file
from assistant.interfaces.cli.screen import draw, write
from assistant.interfaces.render.clean import clean, one_line


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
    from rapidfuzz import process  # noqa: PLC0415 - only for a typing error

    nearest = process.extractOne(name, list(_BY_NAME), score_cutoff=60)
    if nearest:
        return phrase("replies", "nearest_command", name=name, nearest=nearest[0])
    return phrase("replies", "unknown_command", name=name)


def _open(chat: Chat, argument: str) -> None:
    from assistant.interfaces.render.opened import opened_quote  # noqa: PLC0415 - Rich is not needed for help

    cited = {str(citation.id): citation for citation in chat.last.citations}
    marker = argument.strip("[] ") or next(iter(cited), "")
    if marker.startswith("c") and not argument.strip("[] ").isdecimal():
        _calc(chat, argument)
        return
    if marker not in cited:
        raise UsageError(phrase("replies", "no_quote", marker=f"[{marker}]" if marker else "", markers=_markers(cited)))
    draw(opened_quote(cited[marker], surroundings(chat.assistant.library, cited[marker]), styled=chat.live))


def _calc(chat: Chat, argument: str) -> None:
    from assistant.interfaces.render.opened import opened_calculation  # noqa: PLC0415 - Rich is not needed for help

    made = {calculation.id: calculation for calculation in chat.last.calculations}
    marker = argument.strip("[] ").casefold() or next(iter(made), "")
    marker = f"c{marker}" if marker.isdecimal() else marker
    if marker not in made:
        raise UsageError(phrase("replies", "no_calculation", marker=f"[{marker}]" if marker else "", markers=_markers(made)))
    draw(opened_calculation(chat.last, marker))


def _markers(known: Iterable[str]) -> str:
    return ", ".join(f"[{marker}]" for marker in known) or phrase("replies", "none")


def _sources(chat: Chat, _: str) -> None:
    from assistant.interfaces.render.tables import documents_page  # noqa: PLC0415 - Rich is not needed for help

    cited: dict[str, list[str]] = {}
    for citation in chat.answers[-1].citations if chat.answers else ():
        cited.setdefault(citation.document.id, []).append(f"[{citation.id}]")
    draw(documents_page(chat.assistant.documents(), {document: " ".join(markers) for document, markers in cited.items()}))


def _studies(chat: Chat, argument: str) -> None:
    from assistant.interfaces.render.tables import studies_page  # noqa: PLC0415 - Rich is not needed for help
    from assistant.studies.evidence import evidence  # noqa: PLC0415
    from assistant.studies.naming import matching_studies  # noqa: PLC0415

    studies = chat.assistant.studies()
    if not studies:
        raise UsageError(phrase("replies", "no_studies"))
    if argument:
        try:
            studies = matching_studies(studies, argument)
        except StudyError:
            studies = ()
    if not studies:
        names = ", ".join(dict.fromkeys(study.name for study in chat.assistant.studies()))
        raise UsageError(phrase("replies", "no_such_study", name=argument, names=names))
    draw(studies_page(studies, chat.assistant.documents(), evidence(studies, chat.assistant.library.text)))


def _trace(chat: Chat, _: str) -> None:
    from assistant.interfaces.render.opened import paragraphs  # noqa: PLC0415 - Rich is not needed for help
    from assistant.interfaces.render.trace import trace_text  # noqa: PLC0415

    lines = [clean(text) for event in chat.events if (text := trace_text(event))]
    if not lines:
        raise UsageError(phrase("replies", "no_trace"))
    draw(paragraphs(lines))


def _export(chat: Chat, argument: str) -> None:
    from assistant.interfaces.render.transcript import transcript  # noqa: PLC0415 - only for this

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
    from assistant.interfaces.render.tables import listed  # noqa: PLC0415 - Rich is not needed for help

    draw(listed([(f"/{command.name} {command.arguments}".rstrip(), phrase("commands", command.name)) for command in COMMANDS]))


def _quit(_: Chat, __: str) -> None:
    raise Leave


def _say(name: str, **values: object) -> None:
    write(one_line(phrase("replies", name, **values)) + "\n")


COMMANDS = (
    Command("open", "[1]", _open),
    Command("calc", "[c1]", _calc),
    Command("sources", "", _sources),
    Command("studies", "[compound or model]", _studies),
    Command("trace", "", _trace),
    Command("export", "FILE", _export),
    Command("model", "[name]", _model),
    Command("new", "", _new),
    Command("undo", "", _undo),
    Command("feedback", "good|bad [words]", _feedback),
    Command("help", "", _help),
    Command("quit", "", _quit),
)
_BY_NAME = {command.name: command for command in COMMANDS}
