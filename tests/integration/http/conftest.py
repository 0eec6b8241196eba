"""APIs over the packaged documents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from api_server import GatedChatModel, Served, gated_assistant, served
from homes import copied

from assistant.api import Assistant
from assistant.interfaces.http import keys


@pytest.fixture(scope="module", autouse=True)
def quick_keys() -> Iterator[None]:
    """A key is known as soon as it was added, and no more when it was removed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "OLDEST", 0.0)
        patch.setattr(keys, "NEWEST", 0.0)
        yield


@pytest.fixture(scope="session")
def api(release: Assistant) -> Iterator[Served]:
    """An API over the local library; each client has conversations of its own."""
    with served(release) as running:
        yield running


@pytest.fixture(scope="session", params=["local", "shared"])
def either(request: pytest.FixtureRequest) -> Iterator[tuple[Served, Assistant]]:
    """An API over each kind of library, and what it asks."""
    if request.param == "local":
        yield request.getfixturevalue("api"), request.getfixturevalue("release")
    else:
        assistant = request.getfixturevalue("shared_release")
        with served(assistant) as running:
            yield running, assistant


@pytest.fixture(scope="module")
def one_gated(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Assistant, GatedChatModel]]:
    folder = tmp_path_factory.mktemp("gated")
    with gated_assistant(copied(home, folder / "home"), folder / "gate") as made:
        yield made


@pytest.fixture
def gated(one_gated: tuple[Assistant, GatedChatModel], tmp_path: Path) -> Iterator[tuple[Assistant, GatedChatModel]]:
    """An Assistant whose model, which nobody asked yet, waits until its gate is there; it is, at the end."""
    one_gated[1].gate = tmp_path / "gate"
    one_gated[1].asked.clear()
    yield one_gated
    one_gated[1].gate.touch()
