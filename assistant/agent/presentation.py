"""Messages → what a model reads: evidence numbered through the turn, earlier turns without their tool traffic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolMessage

from assistant.agent.evidence import Evidence, Source
from assistant.studies.facts import Arm, Study
from assistant.values import Document, DocumentRef, Span, Working


def evidence_of(message: ToolMessage) -> Evidence | None:
    """The evidence that a tool returned as its artifact, if it returned any."""
    return Evidence.model_validate(message.artifact) if message.artifact else None


def current_turn(messages: Sequence[AnyMessage]) -> list[AnyMessage]:
    """The messages since the last question, the question included."""
    starts = [index for index, message in enumerate(messages) if isinstance(message, HumanMessage)]
    return list(messages[starts[-1] :]) if starts else list(messages)


def gather(messages: Iterable[AnyMessage]) -> Evidence:
    """All evidence of a turn in the order of its messages, each passage, working, study and document once."""
    sources: dict[str, Source] = {}
    workings: dict[str, Working] = {}
    studies: dict[str, Study] = {}
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
            studies.setdefault(study.model_dump_json(), study)
        for document in part.documents:
            documents.setdefault(document.id, document)
    return Evidence(
        sources=tuple(sources.values()),
        workings=tuple(workings.values()),
        studies=tuple(studies.values()),
        documents=tuple(documents.values()),
    )


def present(messages: Sequence[AnyMessage]) -> list[AnyMessage]:
    """Numbers run on through the turn's tool messages; of earlier turns only questions and final answers are kept."""
    turn = current_turn(messages)
    earlier = messages[: len(messages) - len(turn)]
    kept: list[AnyMessage] = [m for m in earlier if isinstance(m, HumanMessage) or (isinstance(m, AIMessage) and not m.tool_calls)]
    numbered = gather(turn)
    for message in turn:
        part = evidence_of(message) if isinstance(message, ToolMessage) else None
        kept.append(message.model_copy(update={"content": render(part, numbered)}) if part else message)
    return kept


def render(part: Evidence, numbered: Evidence) -> str:
    """``part`` in words, with the numbers that its passages and workings have in ``numbered``."""
    blocks = [_document_line(document) for document in part.documents]
    blocks += [_study_block(study, numbered) for study in part.studies]
    for working in part.workings:
        blocks.append(_working_block(working, numbered.workings.index(working) + 1))
    numbers = {source.passage.id: number for number, source in enumerate(numbered.sources, 1)}
    for source in part.sources:
        heading = f"[{numbers[source.passage.id]}] {headline(source.document)}"
        blocks.append(f"{heading}\n{source.passage.text}")
    return "\n\n".join(blocks) or "Nothing found."


def headline(document: Document | DocumentRef) -> str:
    """``title, date`` of a document."""
    return f"{document.title}, {document.date or 'undated'}"


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
        parts.append(f"{'approximately ' if a.approximate else ''}{a.value:g} {a.unit}{'/' + a.per if a.per else ''} per administration")
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
    inputs = "; ".join(f"{o.name} = {o.value:g} {o.unit}{f' ({o.source})' if o.source else ''}" for o in working.operands)
    results = "; ".join(f"{r.name} = {r.value:.6g} {r.unit}" for r in working.results)
    notes = "".join(f"\nnote: {note}" for note in working.notes)
    return f"[c{number}] {working.tool}: {working.formula}\ninputs: {inputs}\nresults: {results}{notes}"
