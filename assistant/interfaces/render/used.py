"""Which studies an answer speaks of: those whose survival stands in its quotes."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.studies.facts import Study
from assistant.values import Answer, Span


def studies_used(answer: Answer, studies: Sequence[Study]) -> tuple[Study, ...]:
    """The ``studies`` of which the answer quotes the survival of an arm."""
    return tuple(study for study in studies if any(arm.survival and _quoted(arm.survival.span, answer) for arm in study.arms))


def _quoted(span: Span, answer: Answer) -> bool:
    return any(c.document.id == span.document and c.start <= span.start and span.end <= c.end for c in answer.citations)
