"""Studies and documents as tables, for terminals and as plain aligned columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from rich.console import Group, RenderableType
from rich.constrain import Constrain
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from assistant.agent.history import Conversation
from assistant.interfaces.render.cells import ARM_COLUMNS, LEGEND, NOT_SAID, about, arm_cells
from assistant.interfaces.render.clean import one_line, shown
from assistant.interfaces.render.marked import MARKER_STYLE, marked
from assistant.interfaces.render.terminal import ASIDE, WIDEST
from assistant.interfaces.render.wording import counted, day_month_year, minute, short_path
from assistant.studies.evidence import Cell, Row
from assistant.studies.facts import Study
from assistant.values import Answer, Document

_ID = 12  # characters of an id that are enough to name a document
# The cells of the evidence that the columns before the last are quoted from.
_QUOTED = ("arm", "activity", "days", "n", "survival")
_DOCUMENT_COLUMNS = ("id", "title", "date", "characters", "source")


def studies_page(studies: Sequence[Study], documents: Sequence[Document], rows: Sequence[Row]) -> RenderableType:
    """A heading and a table of arms for each study, under the title of its document; under each cell, its quote.

    ``rows`` are the evidence of the studies' arms, in their order.
    """
    titles = {document.id: one_line(document.title) for document in documents}
    evidence = iter(rows)
    blocks: list[RenderableType] = []
    document = None
    for study in map(shown, studies):
        if study.document != document:
            blocks += [Text()] if document else []
            document = study.document
            blocks.append(Text(titles.get(document, document), style=f"italic {ASIDE}"))
        table = _table(ARM_COLUMNS[:-1])
        for arm in study.arms:
            row = next(evidence)
            table.add_row(*(_quoted(value, row.cells[name]) for value, name in zip(arm_cells(arm), _QUOTED, strict=False)))
        blocks += [Text(), Text.assemble((study.name, "bold"), (about(study), "")), table]
    blocks += [Text(), Text(f"{LEGEND} · “…” the text, and its characters", style=ASIDE)]
    return Padding(Group(*blocks), (1, 2))


def _quoted(value: str, cell: Cell) -> Text:
    if cell.quote is None or cell.span is None:
        return Text(value)
    return Text.assemble(value, (f"\n“{one_line(cell.quote)}” {cell.span.start}–{cell.span.end}", ASIDE))


def studies_text(studies: Sequence[Study]) -> str:
    """One aligned line for each arm, headed by the names of the columns."""
    rows = [(study.name, *arm_cells(arm)) for study in map(shown, studies) for arm in study.arms]
    return aligned([("study", *ARM_COLUMNS), *rows])


def documents_page(documents: Sequence[Document], cited: Mapping[str, str] = MappingProxyType({})) -> RenderableType:
    """Two lines for each document: its title, and what there is to say of it; ``cited`` has the markers of those with this id."""
    blocks: list[RenderableType] = []
    for document in map(shown, documents):
        markers = cited.get(document.id, "")
        details = [document.id[:_ID], day_month_year(document.date), counted(document.characters, "character"), source(document)]
        if document.superseded_by:
            details.append(f"superseded by {document.superseded_by[:_ID]}")
        title = Text.assemble((one_line(document.title), "bold"), (f" {markers}" if markers else "", MARKER_STYLE))
        blocks += [title, Text(" · ".join(map(one_line, details)), style=ASIDE), Text()]
    return Padding(Group(*blocks[:-1]), (1, 2))


def listed(rows: Sequence[tuple[str, str]]) -> RenderableType:
    """Names, and what is to be said of each beside them."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold", style=ASIDE)
    for name, words in rows:
        grid.add_row(Text(one_line(name)), Text(one_line(words)))
    return Padding(grid, (1, 2))


def documents_text(documents: Sequence[Document]) -> str:
    """One aligned line for each document, headed by the names of the columns."""
    return aligned([_DOCUMENT_COLUMNS, *map(document_cells, documents)])


def conversations_page(conversations: Sequence[Conversation]) -> RenderableType:
    """A line for each conversation: its key, when it was last used, how many questions, its first question."""
    table = _table(("id", "last used", "questions", "began with"))
    for conversation in map(shown, conversations):
        key, last, count, title = conversation_cells(conversation)
        table.add_row(Text(key, style=MARKER_STYLE), Text(last, style=ASIDE), count, Text(title))
    return Padding(table, (1, 2))


def conversations_text(conversations: Sequence[Conversation]) -> str:
    """One aligned line for each conversation, headed by the names of the columns."""
    return aligned([("id", "last used", "questions", "began with"), *(conversation_cells(c) for c in map(shown, conversations))])


def conversation_cells(conversation: Conversation) -> tuple[str, str, str, str]:
    """One cell for each of the columns."""
    return one_line(conversation.key), minute(conversation.last), str(conversation.questions), one_line(conversation.title)


def found_page(answers: Sequence[Answer]) -> RenderableType:
    """Three lines for each answer: where and when, the question, the beginning of the answer."""
    blocks: list[RenderableType] = []
    for answer in map(shown, answers):
        where = Text.assemble((one_line(answer.conversation or ""), MARKER_STYLE), (f" · {minute(answer.created_at)}", ASIDE))
        blocks += [where, Text(one_line(answer.question), style="bold"), marked(one_line(answer.text)), Text()]
    return Constrain(Padding(Group(*blocks[:-1]), (1, 2)), WIDEST)


def found_text(answers: Sequence[Answer]) -> str:
    """One line for each answer: conversation, time, question and answer, with tabs between them."""
    rows = ((a.conversation or "", minute(a.created_at), a.question, a.text) for a in map(shown, answers))
    return "".join("\t".join(map(one_line, row)) + "\n" for row in rows)


def document_cells(document: Document) -> tuple[str, ...]:
    """One cell for each of the columns; the id is cut to what is enough to name it."""
    return (document.id[:_ID], one_line(document.title), document.date or NOT_SAID, str(document.characters), one_line(source(document)))


def source(document: Document) -> str:
    """Where a document comes from: the URL that the user gave, else its path, shortened."""
    return document.url or short_path(document.path)


def _table(columns: Sequence[str]) -> Table:
    table = Table(box=None, header_style=ASIDE, padding=(0, 2, 0, 0), pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """``rows`` in columns as wide as their widest cell, two spaces apart; each line ends in a line feed."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)
    return "\n".join(lines) + "\n"
