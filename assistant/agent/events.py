"""What a stream yields before its Answer."""

from __future__ import annotations

from typing import Any

from assistant.values import Calculation, Value


class Status(Value):
    """What is being done, in a word or two: ``searching``, ``calculating``, ``retrying``, ``repairing``, ``verifying``."""

    text: str


class ToolCall(Value):
    """A tool is called."""

    name: str
    arguments: dict[str, Any]


class ToolResult(Value):
    """A tool has answered; ``content`` is what the model reads."""

    name: str
    content: str
    failed: bool = False


class DraftPiece(Value):
    """A piece of what the model is writing, not verified.

    Pieces of one ``draft``, a number that counts from 1, follow on each other. What they add up to is a draft only when a Draft
    follows; where another number, a ToolCall or a Status comes first, the model has broken off or begun anew.
    """

    text: str
    draft: int


class Draft(Value):
    """A whole draft, not verified yet; the final Answer may lack some of it."""

    text: str


class Retracted(Value):
    """A sentence of the draft that verification took out, and why."""

    text: str
    reason: str


class Calculated(Value):
    """A calculation of the verified answer."""

    calculation: Calculation


Event = Status | ToolCall | ToolResult | DraftPiece | Draft | Retracted | Calculated
