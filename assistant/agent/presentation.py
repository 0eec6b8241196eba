"""Messages → what a model reads: evidence numbered through the turn, earlier turns without their tool traffic and markers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolMessage
from langchain_core.messages.tool import tool_call

from assistant.agent.essence import essence
from assistant.agent.evidence import Evidence, Source
from assistant.language.brackets import quotations_covered, uncovered
from assistant.studies.facts import Arm, Study
from assistant.values import Document, DocumentRef, Span, Working

# The name of the messages in which things were looked up before the language model was asked.
SCOUT = "scout"
# LangChain's key for where a message comes from; its summaries carry it as well.
_ORIGIN = "lc_source"
# Nine letters and figures: some servers take no other ids of tool calls.
_LOOKED_UP = "lookedup1"
# Words of a title that are shown again with each further passage of a document.
_TITLE_WORDS = 5
_MARKERS = re.compile(r"[ \t]*\[c?\d{1,3}\]")
_BLANK_LINES = re.compile(r"\n\s*\n")


@dataclass
class Shown:
    """What a model was shown in a turn: passages and studies that are not shown twice, and documents by their whole title."""

    parts: set[str] = field(default_factory=set)
    titled: set[str] = field(default_factory=set)

    def again(self, part: str) -> bool:
        """Whether ``part`` was shown before; from now on it was."""
        before = part in self.parts
        self.parts.add(part)
        return before


def evidence_of(message: ToolMessage) -> Evidence | None:
    """The evidence that a tool returned as its artifact, if it returned any."""
    return Evidence.model_validate(message.artifact) if message.artifact else None


def aside(text: str) -> HumanMessage:
    """A message to the model in the user's place that no user wrote."""
    return HumanMessage(text, additional_kwargs={_ORIGIN: "assistant"})


def is_question(message: AnyMessage) -> bool:
    """Whether a user wrote ``message``; summaries and requests to repair are no questions, nor evidence of what was asked."""
    return isinstance(message, HumanMessage) and _ORIGIN not in message.additional_kwargs


def current_turn(messages: Sequence[AnyMessage]) -> list[AnyMessage]:
    """The messages since the last question, the question included."""
    starts = [index for index, message in enumerate(messages) if is_question(message)]
    return list(messages[starts[-1] :]) if starts else list(messages)


def exchanges(messages: Iterable[AnyMessage]) -> list[AnyMessage]:
    """What was said, without tool traffic: questions, summaries of earlier ones, and final answers."""
    return [m for m in messages if isinstance(m, HumanMessage) or (isinstance(m, AIMessage) and not m.tool_calls)]


def gather(messages: Iterable[AnyMessage]) -> Evidence:
    """All evidence of a turn in the order of its messages, each passage, working, study and document once."""
    sources: dict[str, Source] = {}
    workings: dict[str, Working] = {}
    studies: dict[Study, Study] = {}
    documents: dict[str, Document] = {}
    for message in messages:
        part = evidence_of(message) if isinstance(message, ToolMessage) else None
        if part is None:
            continue
        for source in part.sources:
            sources.setdefault(source.passage.id, source)
        for working in part.workings:
            workings.setdefault(working.model_dump_json(), working)
        for study in part.studies:
            studies.setdefault(study, study)
        for document in part.documents:
            documents.setdefault(document.id, document)
    return Evidence(
        sources=tuple(sources.values()),
        workings=tuple(workings.values()),
        studies=tuple(studies.values()),
        documents=tuple(documents.values()),
    )


def present(messages: Sequence[AnyMessage]) -> list[AnyMessage]:
    """Numbers run on through the turn's tool messages, which show a passage once; what was looked up beforehand is one tool call with
    what matters of it.
    """
    turn = current_turn(messages)
    numbered = gather(turn)
    beforehand = {call["id"] for m in turn if isinstance(m, AIMessage) and m.name == SCOUT for call in m.tool_calls}
    found = [message for message in turn if isinstance(message, ToolMessage) and message.tool_call_id in beforehand]
    shown = Shown()
    kept: list[AnyMessage] = [_unmarked(message) for message in exchanges(messages[: len(messages) - len(turn)])]
    kept += [turn[0], *_looked_up(turn[0].text, found, numbered, shown)] if found else turn[:1]
    for message in turn[1:]:
        part = evidence_of(message) if isinstance(message, ToolMessage) and message not in found else None
        if part:
            kept.append(message.model_copy(update={"content": render(part, numbered, shown)}))
        elif message.name != SCOUT and message not in found:
            kept.append(message)
    return kept


def _unmarked(message: AnyMessage) -> AnyMessage:
    """An earlier answer without its markers, which would name other evidence now."""
    return (
        message.model_copy(update={"content": uncovered(_MARKERS.sub("", quotations_covered(message.text)))})
        if isinstance(message, AIMessage)
        else message
    )


def _looked_up(question: str, found: Sequence[ToolMessage], numbered: Evidence, shown: Shown) -> list[AnyMessage]:
    parts = [(message, part) for message in found if (part := evidence_of(message))]
    refusals = [message.text for message in found if message.status == "error"]
    text = "\n\n".join([render(essence(parts), numbered, shown), *refusals])
    call = tool_call(name="search_passages", args={"query": question}, id=_LOOKED_UP)
    return [AIMessage("", tool_calls=[call]), ToolMessage(text, tool_call_id=_LOOKED_UP, name="search_passages")]


def render(part: Evidence, numbered: Evidence, shown: Shown | None = None) -> str:
    """``part`` in words, with the numbers that its passages and workings have in ``numbered``.

    Passages and studies that were ``shown`` before are named only, and a long title is shortened where it was shown.
    """
    shown = shown or Shown()
    numbers = {source.passage.id: number for number, source in enumerate(numbered.sources, 1)}
    again = [f"study {study.name}" for study in part.studies if study.model_dump_json() in shown.parts]
    again += [f"[{numbers[source.passage.id]}]" for source in part.sources if source.passage.id in shown.parts]
    blocks = [_document_line(document) for document in part.documents]
    blocks += [_study_block(study, numbered) for study in part.studies if not shown.again(study.model_dump_json())]
    blocks += [_working_block(working, numbered.workings.index(working) + 1) for working in part.workings]
    for source in part.sources:
        if not shown.again(source.passage.id):
            heading = headline(source.document, brief=source.document.id in shown.titled)
            shown.titled.add(source.document.id)
            text = _BLANK_LINES.sub("\n", source.passage.in_context)
            blocks.append(f"[{numbers[source.passage.id]}] {heading}\n{text}")
    blocks += [f"As shown above: {', '.join(again)}"] if again else []
    return "\n\n".join(blocks) or "Nothing found."


def headline(document: Document | DocumentRef, *, brief: bool = False) -> str:
    """``title, date`` of a document; a ``brief`` one has the first words of a long title."""
    words = document.title.split()
    title = f"{' '.join(words[:_TITLE_WORDS])} …" if brief and len(words) > _TITLE_WORDS + 1 else document.title
    return f"{title}, {document.date or 'undated'}"


def _document_line(document: Document) -> str:
    return f"document {document.id}: {headline(document)} ({document.path})"


def marker_of(span: Span, evidence: Evidence) -> int | None:
    """The number of the source that holds ``span``."""
    for number, source in enumerate(evidence.sources, 1):
        passage = source.passage
        if passage.document == span.document and passage.start <= span.start < passage.end:
            return number
    return None


def _study_block(study: Study, numbered: Evidence) -> str:
    nuclide = f", {study.nuclide.name}{'' if study.nuclide.stated else ' (inferred from the name, not stated)'}" if study.nuclide else ""
    about = [part for part in (study.disease, study.species) if part]
    lines = [f"study {study.name}{nuclide}{': ' + ', '.join(about) if about else ''}"]
    return "\n".join(lines + [f"- {_arm_line(arm, numbered)}" for arm in study.arms])


def _arm_line(arm: Arm, numbered: Evidence) -> str:
    parts = [arm.label + (" (control arm)" if arm.control else "")]
    if arm.n is not None:
        parts.append(f"n = {arm.n}")
    if arm.activity:
        a = arm.activity
        parts.append(f"{'approximately ' if a.approximate else ''}{a.value:g} {a.measure} per administration")
    if arm.days:
        parts.append("on days " + ", ".join(map(str, arm.days)))
    marker = None
    if arm.survival:
        s = arm.survival
        parts.append(f"{s.statistic or 'survival (mean or median not stated)'}{' survival' if s.statistic else ''} {s.value:g} {s.unit}s")
        marker = marker_of(s.span, numbered)
    parts += [f"note: {note.text}" for note in arm.notes]
    return "; ".join(parts) + (f" [{marker}]" if marker else "")


def _working_block(working: Working, number: int) -> str:
    inputs = "; ".join(f"{o.name} = {o.amount}{f' ({o.source})' if o.source else ''}" for o in working.operands)
    results = "; ".join(f"{r.name} = {r.value:.6g} {r.unit}" for r in working.results)
    notes = "".join(f"\nnote: {note}" for note in working.notes)
    return f"[c{number}] {working.tool}: {working.formula}\ninputs: {inputs}\nresults: {results}{notes}"
