"""What a stream yields before its Answer."""

from __future__ import annotations

from typing import Any

from assistant.values import Calculation, Value


class Status(Value):
    """What is being done, in a word or two: ``searching``, ``calculating``, ``verifying``."""

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


class Draft(Value):
    """Text of a draft, not verified yet; the final Answer may lack some of it."""

    text: str


class Calculated(Value):
    """A calculation of the verified answer."""

    calculation: Calculation


Event = Status | ToolCall | ToolResult | Draft | Calculated
