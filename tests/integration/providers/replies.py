"""What a scripted server says, whatever the protocol, and what it was asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Call:
    """A tool call; ``arguments`` as text are sent as they are, however malformed."""

    name: str
    arguments: Mapping[str, Any] | str = field(default_factory=dict)


@dataclass(frozen=True)
class Say:
    """Text, tool calls or both; with ``refused``, the provider's word that the model declines, ``text`` is what it says of that."""

    text: str = ""
    calls: tuple[Call, ...] = ()
    refused: bool = False


@dataclass(frozen=True)
class Fail:
    """An HTTP error; the message is put into the error object of the protocol."""

    status: int
    message: str = "it went wrong"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Cut:
    """``reply`` as a stream that ends after ``events`` events: properly, or with the connection torn."""

    reply: Say
    events: int
    torn: bool = False


@dataclass(frozen=True)
class Hang:
    """No answer at all; with ``dripping``, the beginning of a stream and then signs of life without end."""

    dripping: bool = False


@dataclass(frozen=True)
class Raw:
    """A body that is no reply of the protocol."""

    body: bytes
    content_type: str = "application/json"


Reply = Say | Fail | Cut | Hang | Raw


@dataclass(frozen=True)
class Turn:
    """One message of a request; ``results`` are what tools returned, by the id of their call."""

    role: str
    text: str
    calls: tuple[str, ...] = ()
    results: tuple[str, ...] = ()


@dataclass(frozen=True)
class Request:
    """What the server was asked."""

    protocol: str
    system: str
    turns: Sequence[Turn]
    tools: tuple[str, ...]
    streams: bool
    headers: Mapping[str, str]
    body: Mapping[str, Any]

    @property
    def questions(self) -> list[str]:
        return [turn.text for turn in self.turns if turn.role == "user" and turn.text]

    @property
    def results(self) -> list[str]:
        return [result for turn in self.turns for result in turn.results]
