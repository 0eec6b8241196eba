"""A library built once, by a process of its own, as a first use builds it; tests that change one get a copy."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import library_acts
import pytest
from first_use import FIRST_USE, RELEASE, FirstUse, run_python, shared_home
from servers import Servers

from assistant.library import generations
from assistant.settings import PACKAGED_ENCODER


@pytest.fixture(scope="session")
def first_use(tmp_path_factory: pytest.TempPathFactory) -> FirstUse:
    folder = tmp_path_factory.mktemp("library")
    (folder / "release.txt").write_text(RELEASE, encoding="utf-8")
    child = run_python(FIRST_USE, folder / "home", folder / "release.txt")
    assert child.code == 0, child.err
    return FirstUse(folder / "home", child, json.loads(child.out))


@pytest.fixture
def home(first_use: FirstUse, tmp_path: Path) -> Path:
    """A copy of that library to change; the encoder's files, which nothing changes, are links."""
    copy = tmp_path / "home"
    shutil.copytree(first_use.home, copy, ignore=shutil.ignore_patterns("encoders"))
    encoders = generations.root(first_use.home) / "encoders"
    shutil.copytree(encoders, generations.root(copy) / "encoders", copy_function=os.link)
    return copy


@pytest.fixture
def shared(first_use: FirstUse, servers: Servers, tmp_path: Path) -> Iterator[Path]:
    """A home whose library, with the same document, is a shared one."""
    with shared_home(first_use, servers, tmp_path / "shared") as made:
        library_acts.add(made, first_use.home.parent / "release.txt")
        yield made


@pytest.fixture(params=["local", "shared"])
def either(request: pytest.FixtureRequest) -> Path:
    """A library of either kind, to change."""
    made: Path = request.getfixturevalue("home" if request.param == "local" else "shared")
    return made


@pytest.fixture
def note(tmp_path: Path) -> Callable[..., Path]:
    """Writes a document about a compound, or any other text."""

    def write(name: str, text: str = "") -> Path:
        file = tmp_path / f"{name}.txt"
        text = text or f"Report on {name}\n\nMice that were given {name} lived for 50 days, and those without it for 40 days.\n"
        file.write_text(text, encoding="utf-8")
        return file

    return write


@pytest.fixture
def encoder() -> str:
    return PACKAGED_ENCODER
