"""``assistant serve`` as it is typed: what it refuses to do, and how it says so."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from homes import copied


def run(home: Path, *arguments: str, code: str = "pass") -> subprocess.CompletedProcess[str]:
    program = f"import sys; {code}; sys.argv = ['assistant', 'serve', *sys.argv[1:]]; from assistant.interfaces.cli import main; main()"
    environment = os.environ | {"ASSISTANT_HOME": str(home)}
    return subprocess.run([sys.executable, "-c", program, *arguments], env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def own(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(home, tmp_path_factory.mktemp("command") / "home")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [([], "assistant serve keys add NAME"), (["--no-auth", "--host", "0.0.0.0"], "--no-auth is for this machine alone")],
)
def test_nobody_is_let_in_by_accident(own: Path, arguments: list[str], said: str) -> None:
    done = run(own, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.startswith("error: ")
    assert len(done.stderr.splitlines()) == 1


def test_a_taken_port(own: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = run(own, "--no-auth", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 2
    assert "--port" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_without_the_extra_it_says_how_to_install_it(tmp_path: Path) -> None:
    done = run(tmp_path / "home", code="sys.modules['fastapi'] = None")
    assert done.returncode == 1
    assert done.stderr.startswith("error: ")
    assert "biotech-assistant[serve]" in done.stderr
    assert not (tmp_path / "home").exists()
