"""What matters of the evidence that was looked up before a language model was asked: little enough to send with every question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from langchain_core.messages import ToolMessage

from assistant.agent.evidence import Evidence, Source
from assistant.studies.facts import Study
from assistant.values import Span

# The best passages of the first search, which is for the question itself, and of each further one.
_FIRST, _FURTHER = 4, 1
# All studies are shown where there are few; of many, those that the passages and calculations are about.
_FEW_STUDIES, _STUDIES_AT_MOST = 3, 6


def essence(found: Sequence[tuple[ToolMessage, Evidence]]) -> Evidence:
    """The calculations, the studies concerned, the documents, and the passages that these rest on or that a search put first."""
    shown = dict(_first_found(found))
    workings = {working.model_dump_json(): working for _, part in found for working in part.workings}
    documents = {document.id: document for _, part in found for document in part.documents}
    studies = _concerned(found, shown.values())
    everything = [source for _, part in found for source in part.sources]
    needed = [operand.span for working in workings.values() for operand in working.operands if operand.span]
    needed += [arm.survival.span for study in studies for arm in study.arms if arm.survival]
    for source in everything:
        if any(_holds(source, span) for span in needed):
            shown.setdefault(source.passage.id, source)
    return Evidence(sources=tuple(shown.values()), workings=tuple(workings.values()), studies=studies, documents=tuple(documents.values()))


def _first_found(found: Iterable[tuple[ToolMessage, Evidence]]) -> Iterable[tuple[str, Source]]:
    searches = [part.sources for message, part in found if message.name == "search_passages"]
    for place, sources in enumerate(searches):
        for source in sources[: _FURTHER if place else _FIRST]:
            yield source.passage.id, source


def _concerned(found: Iterable[tuple[ToolMessage, Evidence]], shown: Iterable[Source]) -> tuple[Study, ...]:
    sources = list(shown)
    listed: dict[str, Study] = {}
    computed: dict[str, Study] = {}
    for message, part in found:
        for study in part.studies:
            (listed if message.name == "list_studies" else computed).setdefault(study.model_dump_json(), study)
    if len(listed) <= _FEW_STUDIES:
        return tuple((listed | computed).values())
    about = {key: study for key, study in listed.items() if any(_holds(source, span) for source in sources for span in _reported(study))}
    return tuple((computed | about).values())[:_STUDIES_AT_MOST]


def _reported(study: Study) -> list[Span]:
    return [arm.survival.span for arm in study.arms if arm.survival] or list(study.spans.values())


def _holds(source: Source, span: Span) -> bool:
    passage = source.passage
    return passage.document == span.document and passage.start <= span.start < passage.end
