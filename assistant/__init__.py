"""Answers questions about biotech documents: every figure is a quote that opens in its source or a shown calculation.

The names are bound on first use, so importing the package loads no model, no store and no framework; so is what draws values in
a notebook, which this module, above all rooms, lends to them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from assistant.display import Displayed, Form, bind

if TYPE_CHECKING:
    from assistant.agent.events import Calculated, Draft, DraftPiece, Event, Retracted, Status, ToolCall, ToolResult
    from assistant.agent.feedback import Feedback
    from assistant.agent.history import Conversation
    from assistant.api import Assistant
    from assistant.errors import (
        AssistantError,
        CalculationError,
        EncoderError,
        LibraryDamaged,
        LibraryError,
        LibraryFull,
        LibraryLocked,
        LibraryOutdated,
        LibraryTooNew,
        ModelError,
        ReadingError,
        ServerUnreachable,
        SettingsError,
        StudyError,
        UnknownDocument,
        UsageError,
    )
    from assistant.studies.facts import Arm, Study
    from assistant.values import Answer, Calculation, Citation, Document, Hit, Passage, Span

_HOMES = {
    "assistant.agent.events": ("Calculated", "Draft", "DraftPiece", "Event", "Retracted", "Status", "ToolCall", "ToolResult"),
    "assistant.agent.feedback": ("Feedback",),
    "assistant.agent.history": ("Conversation",),
    "assistant.api": ("Assistant",),
    "assistant.errors": (
        "AssistantError",
        "CalculationError",
        "EncoderError",
        "LibraryDamaged",
        "LibraryError",
        "LibraryFull",
        "LibraryLocked",
        "LibraryOutdated",
        "LibraryTooNew",
        "ModelError",
        "ReadingError",
        "ServerUnreachable",
        "SettingsError",
        "StudyError",
        "UnknownDocument",
        "UsageError",
    ),
    "assistant.studies.facts": ("Arm", "Study"),
    "assistant.values": ("Answer", "Calculation", "Citation", "Document", "Hit", "Passage", "Span"),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Answer",
    "Arm",
    "Assistant",
    "AssistantError",
    "Calculated",
    "Calculation",
    "CalculationError",
    "Citation",
    "Conversation",
    "Document",
    "Draft",
    "DraftPiece",
    "EncoderError",
    "Event",
    "Feedback",
    "Hit",
    "LibraryDamaged",
    "LibraryError",
    "LibraryFull",
    "LibraryLocked",
    "LibraryOutdated",
    "LibraryTooNew",
    "ModelError",
    "Passage",
    "ReadingError",
    "Retracted",
    "ServerUnreachable",
    "SettingsError",
    "Span",
    "Status",
    "Study",
    "StudyError",
    "ToolCall",
    "ToolResult",
    "UnknownDocument",
    "UsageError",
]


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module 'assistant' has no attribute {name!r}")
    value: object = getattr(import_module(_HOME_OF[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted((*globals(), *__all__))


def _draw(value: Displayed, form: Form) -> str:
    drawn: str = import_module("assistant.interfaces.render.notebook").drawn(value, form)
    return drawn


bind(_draw)
