"""A library as a first use builds it, in a process of its own, with the network gone; and homes that share one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import library_acts
from servers import Servers

from assistant.library.shared.store import SharedStore

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


def shared_store(home: Path) -> SharedStore:
    """The store of such a home."""
    found = library_acts.store(home)
    assert isinstance(found, SharedStore)
    return found
