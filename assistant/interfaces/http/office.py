"""What every request needs to be answered, and who it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from assistant.api import Assistant
from assistant.interfaces.http.health import Health
from assistant.interfaces.http.metrics import Metrics
from assistant.interfaces.http.questions import Questions


@dataclass(frozen=True, slots=True)
class Office:
    """Shared by all requests."""

    assistant: Assistant
    questions: Questions
    health: Health
    metrics: Metrics


def _office(request: Request) -> Office:
    office: Office = request.app.state.office
    return office


def _caller(request: Request) -> str:
    caller: str = request.state.caller
    return caller


TheOffice = Annotated[Office, Depends(_office)]
# The name of the caller's key, as the door has found it.
Caller = Annotated[str, Depends(_caller)]
