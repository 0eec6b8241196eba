"""The sentences of the found passages as what may answer a question, each with what its document is about."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from assistant.agent.evidence import Source
from assistant.agent.offline.sentences.scope import about
from assistant.agent.offline.sentences.units import Unit, units


def candidates(question: str, query: str, sources: Sequence[Source]) -> tuple[Unit, ...]:
    """The units of ``sources``, around which stands what ``about`` says of their documents."""
    return _candidates(question, query, tuple(sources))


@lru_cache(maxsize=16)  # several rooms ask it of one question
def _candidates(question: str, query: str, sources: tuple[Source, ...]) -> tuple[Unit, ...]:
    return units(sources, about(question, query, sources))
