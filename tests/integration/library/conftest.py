"""A library built once, by a process of its own, as a first use builds it; tests that change one get a copy."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import library_acts
import pytest
from servers import Servers

from assistant.library import generations
from assistant.settings import PACKAGED_ENCODER

HERE = Path(__file__).parent
RELEASE = """June 5, 2020

Two Doses of HRB 131 Prolong Survival

BASEL, June 5, 2020 (WIRE NAME) -- Harbour Biosciences, Inc. announced preclinical data on HRB 131 and HRB 125 today.

In the first study, mice receiving two doses of HRB 131 50uCi experienced mean survival of 90.5 days in a Panc-7 xenograft model.

The second study assessed HRB 125 in a LN4 prostate cancer xenograft model. Mice receiving two doses survived for 77 days.

The company has not given either compound to patients, and said that the results in mice may not predict results in humans.
"""


@dataclass(frozen=True)
class Child:
    """What a Python process said; ``killed`` when it ended by SIGKILL."""

    out: str
    err: str
    code: int

    @property
    def killed(self) -> bool:
        return self.code == -9


def run_python(code: str, *arguments: object, environment: Mapping[str, str] | None = None) -> Child:
    """Runs code in a process of its own, with ``library_acts`` at hand."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    paths = os.pathsep.join([(environment or {}).get("PYTHONPATH", ""), str(HERE)]).strip(os.pathsep)
    env = {**os.environ, **(environment or {}), "PYTHONPATH": paths}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=env, timeout=300)
    return Child(done.stdout, done.stderr, done.returncode)


@dataclass(frozen=True)
class FirstUse:
    """The home that a first use made, and what its process said."""

    home: Path
    child: Child
    report: dict[str, Any]


FIRST_USE = """
import json, os, socket, sys
def refuse(*_): raise AssertionError("the network was used")
socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse
before = dict(os.environ)
from library_acts import add
stages = []
added = add(sys.argv[1], sys.argv[2], progress=lambda stage, done, total: stages.append([stage, done, total]))
variables = [name for name in os.environ if os.environ[name] != before.get(name)]
sys.stdout.write(json.dumps({"added": [d.id for d in added.added], "stages": stages, "variables": variables}))
"""


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


@contextmanager
def shared_home(first_use: FirstUse, servers: Servers, home: Path) -> Iterator[Path]:
    """A home whose library is a shared one, with nothing in it yet."""
    (home / "library").mkdir(parents=True)
    (home / "library" / "encoders").symlink_to(first_use.home / "library" / "encoders")
    library_acts.SHARED[home] = servers.environment()
    try:
        yield home
    finally:
        library_acts.forget(home)


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
