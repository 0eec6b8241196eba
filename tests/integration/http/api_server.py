"""The API at work on a free port of this machine, in this process or in one of its own, and clients that have keys."""

from __future__ import annotations

import itertools
import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult

from assistant.api import Assistant
from assistant.interfaces.http.keys import Keys
from assistant.interfaces.http.service import Limits, running
from assistant.settings import Settings

_PATIENCE = 30
_NAMES = (f"key-{number}" for number in itertools.count(1))


class GatedChatModel(BaseChatModel):
    """Asks back when the file ``gate`` is there, and notes before that that it was asked."""

    gate: Path
    asked: list[str]

    @property
    def _llm_type(self) -> str:
        return "gated"

    def bind_tools(self, tools: Any, **kwargs: Any) -> GatedChatModel:
        return self

    def _generate(self, messages: list[BaseMessage], stop: Any = None, run_manager: Any = None, **kwargs: Any) -> ChatResult:
        question = [message.text for message in messages if message.type == "human"][-1].strip(" ?")
        self.asked.append(question)
        self.gate.with_name("asked").touch()
        wait(self.gate.exists)
        said = AIMessage(f"Do you ask this: {question}?", response_metadata={"finish_reason": "stop"})
        return ChatResult(generations=[ChatGeneration(message=said)])


@dataclass
class Served:
    """The API at ``address``; ``client`` is a new caller with a key of its own."""

    address: str
    keys: Keys
    clients: list[httpx.Client] = field(default_factory=list)

    def client(self, key: str | None = None) -> httpx.Client:
        headers = {"Authorization": f"Bearer {key or self.keys.add(next(_NAMES))}"}
        self.clients.append(httpx.Client(base_url=self.address, headers=headers, timeout=_PATIENCE))
        return self.clients[-1]


@contextmanager
def served(assistant: Assistant, *, workers: int = 4, rate: int = 100_000) -> Iterator[Served]:
    keys = Keys(assistant.settings.home, assistant.store.server)
    keys.add(next(_NAMES))
    with running(assistant, keys, Limits(workers, rate), "127.0.0.1", 0) as address:
        found = Served(address, keys)
        try:
            yield found
        finally:
            for client in found.clients:
                client.close()


@contextmanager
def gated_assistant(home: Path, gate: Path) -> Iterator[tuple[Assistant, GatedChatModel]]:
    """An Assistant over the library of ``home`` with a model that waits for ``gate``."""
    model = GatedChatModel(gate=gate, asked=[])
    with Assistant.open(home) as assistant:
        assistant.settings = Settings.load(home, "scripted:gated")
        assistant._model = model
        yield assistant, model


def wait(condition: Callable[[], Any]) -> Any:
    """What the condition gives when it is true."""
    deadline = time.monotonic() + _PATIENCE
    while not (found := condition()):
        assert time.monotonic() < deadline, "this takes too long"
        time.sleep(0.01)
    return found


def events(response: httpx.Response) -> Iterator[tuple[str, dict[str, Any]]]:
    """Server-sent events with their data, as they come."""
    name = ""
    for line in response.iter_lines():
        kind, _, value = line.partition(": ")
        if kind == "event":
            name = value
        elif kind == "data":
            yield name, json.loads(value)


def main(home: str, gate: str) -> None:
    """The command's way of serving, with the model that waits; prints the address and a key."""
    from assistant.interfaces.serving.log import to_stderr
    from assistant.interfaces.serving.stopping import stop_on_signals

    to_stderr(text=False)
    stopping = threading.Event()
    with gated_assistant(Path(home), Path(gate)) as (assistant, _):
        keys = Keys(Path(home))
        key = keys.add("test")
        stop_on_signals(stopping)
        with running(assistant, keys, Limits(2, 1000), "127.0.0.1", 0) as address:
            sys.stdout.write(f"{address} {key}\n")
            sys.stdout.flush()
            stopping.wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
