"""Real provider clients against a scripted server."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from model_server import ModelServer, serving

from assistant.api import Assistant
from assistant.library.library import Library
from assistant.settings import Settings

PROVIDERS = ("openai", "anthropic")
KEYS = {"openai": "OPENAI_API_KEY", "anthropic": "ANTHROPIC_API_KEY"}
CANARY = "sk-canary-4f1d9b7e2c"


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


@pytest.fixture
def keys(monkeypatch, server) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", CANARY)
    monkeypatch.setenv("ANTHROPIC_API_KEY", CANARY)
    monkeypatch.setenv("OPENAI_BASE_URL", f"{server.address}/v1")
    monkeypatch.setenv("ANTHROPIC_BASE_URL", server.address)


@pytest.fixture
def opened(home: Path, keys):
    """Opens Assistants with a model at the scripted server."""
    assistants = []

    def open_one(model: str, deadline: float = 20.0, prices: Path | None = None) -> Assistant:
        settings = Settings(home=home, model=model, deadline=deadline, prices=prices)
        assistants.append(Assistant(settings, Library.open(home, embedding_model=settings.embedding_model)))
        return assistants[-1]

    yield open_one
    for assistant in assistants:
        assistant.close()


@pytest.fixture
def provided(opened, server, provider) -> Iterator[Provided]:
    server.faults.clear()
    yield Provided(opened(f"{provider}:scripted"), server, provider)
    assert server.faults == []
