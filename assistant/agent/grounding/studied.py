"""The studies that a turn's evidence tells of: those that tools returned, those known of its documents, else what its passages state."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from assistant.agent.evidence import Evidence
from assistant.studies.extract import extract_studies
from assistant.studies.facts import Arm, Study
from assistant.values import Span


def studies_of(evidence: Evidence, known: Sequence[Study] = ()) -> tuple[Study, ...]:
    """The studies of ``evidence``.

    A tool may have returned one study of a document; the others that are ``known`` of it tell what figures are not that one's. The
    passages of a document that nothing is known of are read.
    """
    found = list(evidence.studies)
    cited = {source.passage.document for source in evidence.sources} | {study.document for study in found}
    found += [study for study in known if study.document in cited and study not in found]
    told = {study.document for study in (*found, *known)}
    for source in evidence.sources:
        passage = source.passage
        if passage.document not in told:
            found += (_moved(study, passage.start) for study in _read(passage.document, passage.text))
    return tuple(found)


@lru_cache(maxsize=512)
def _read(document: str, text: str) -> tuple[Study, ...]:
    return extract_studies(document, text)


def _moved(study: Study, offset: int) -> Study:
    """``study`` with its spans counted from the document's start instead of the passage's."""
    spans = {name: _shifted(span, offset) for name, span in study.spans.items()}
    return study.model_copy(update={"arms": tuple(_moved_arm(arm, offset) for arm in study.arms), "spans": spans})


def _moved_arm(arm: Arm, offset: int) -> Arm:
    survival = arm.survival and arm.survival.model_copy(update={"span": _shifted(arm.survival.span, offset)})
    notes = tuple(note.model_copy(update={"span": _shifted(note.span, offset)}) for note in arm.notes)
    return arm.model_copy(
        update={"survival": survival, "notes": notes, "spans": {name: _shifted(span, offset) for name, span in arm.spans.items()}}
    )


def _shifted(span: Span, offset: int) -> Span:
    return Span(document=span.document, start=span.start + offset, end=span.end + offset)
