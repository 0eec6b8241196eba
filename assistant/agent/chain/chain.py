"""What answers questions, whichever model it is: it begins a turn for each, and knows what its drafts are verified with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from langchain_core.messages import AnyMessage

from assistant.agent.events import Event
from assistant.agent.grounding import Background
from assistant.agent.offline.encoders import Encode
from assistant.errors import ModelError
from assistant.settings import OFFLINE

if TYPE_CHECKING:
    from assistant.values import Usage

# A question that needs more rounds of the loop than this is going in circles.
ROUNDS = 12


class Turn(Protocol):
    """One question under way; ``messages`` are those of the conversation and what has come to them so far."""

    messages: list[AnyMessage]

    def events(self) -> Iterator[Event]:
        """What happens, until the model has no more to say. Raises ModelError."""

    def usage(self) -> Usage:
        """What language models were asked so far."""


@dataclass(frozen=True, slots=True)
class Chain:
    """A model with its tools.

    ``name`` is that of the model, ``begin`` begins a turn with the messages of a conversation, ``encode`` is what finds the nearest
    sentence where nothing of a language model's draft is left, ``background`` what such a draft is verified with beside its evidence.
    """

    name: str
    begin: Callable[[list[AnyMessage]], Turn]
    encode: Encode | None = None
    background: Background | None = None

    @property
    def is_language_model(self) -> bool:
        """Whether another model than ``offline`` answers."""
        return self.name != OFFLINE


def late(name: str, seconds: float) -> ModelError:
    """What is said where the time is over."""
    return ModelError(f"the model {name!r} did not answer within {seconds:g} s; ask again, or set ASSISTANT_DEADLINE")


def endless(name: str) -> ModelError:
    """What is said where the rounds are over."""
    return ModelError(f"the model {name!r} looked things up {ROUNDS} times without answering; ask again or use another model")
