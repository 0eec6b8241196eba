"""Real provider clients against a scripted server."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from model_server import CANARY, ModelServer, serving

from assistant.api import Assistant
from assistant.library.library import Library
from assistant.opening import library_store
from assistant.settings import Settings

PROVIDERS = ("openai", "anthropic")
KEYS = {"openai": "OPENAI_API_KEY", "anthropic": "ANTHROPIC_API_KEY"}


@dataclass(frozen=True)
class Provided:
    """An Assistant whose model is at ``server``; the deadline is short enough for a test to wait for."""

    assistant: Assistant
    server: ModelServer
    provider: str


@pytest.fixture(scope="session")
def server() -> Iterator[ModelServer]:
    with serving() as started:
        yield started


@pytest.fixture(params=PROVIDERS)
def provider(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def keys(no_settings, server) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OPENAI_API_KEY", CANARY)
        patch.setenv("ANTHROPIC_API_KEY", CANARY)
        patch.setenv("OPENAI_BASE_URL", f"{server.address}/v1")
        patch.setenv("ANTHROPIC_BASE_URL", server.address)
        yield


@pytest.fixture(scope="module")
def opened(home: Path, keys):
    """Opens Assistants with a model at the scripted server, one for all tests of a module that want the same."""
    assistants: dict[tuple, Assistant] = {}

    def open_one(model: str, deadline: float = 20.0, prices: Path | None = None, fresh: bool = False) -> Assistant:
        wanted = (model, deadline, prices, len(assistants) if fresh else None)
        if wanted not in assistants:
            settings = Settings(home=home, model=model, deadline=deadline, prices=prices)
            store = library_store(settings)
            assistants[wanted] = Assistant(settings, Library.of(store), store)
        return assistants[wanted]

    yield open_one
    for assistant in assistants.values():
        assistant.close()


@pytest.fixture
def provided(opened, server, provider) -> Iterator[Provided]:
    server.faults.clear()
    yield Provided(opened(f"{provider}:scripted"), server, provider)
    assert server.faults == []
