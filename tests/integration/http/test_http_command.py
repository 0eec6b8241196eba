"""What ``assistant serve`` refuses to begin, and how it says so."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.api import Assistant
from assistant.errors import UsageError
from assistant.interfaces.http.keys import Keys
from assistant.interfaces.http.service import Limits, running

_LIMITS = Limits(2, 100)


def test_nobody_is_let_in_by_accident(release: Assistant, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="assistant serve keys add NAME"), running(release, Keys(tmp_path), _LIMITS, "127.0.0.1", 0):
        pass
    for host in ("0.0.0.0", "::", "192.0.2.1"):
        with pytest.raises(UsageError, match="--no-auth is for this machine alone"), running(release, None, _LIMITS, host, 0):
            pass


def test_a_taken_port(release: Assistant) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        taken_port = running(release, None, _LIMITS, "127.0.0.1", taken.getsockname()[1])
        with pytest.raises(UsageError, match="choose another with --port"), taken_port:
            pass


def test_without_the_extra_it_says_how_to_install_it(tmp_path: Path) -> None:
    code = "import sys; sys.modules['fastapi'] = None; sys.argv = ['assistant', 'serve']; from assistant.interfaces.cli import main; main()"
    environment = os.environ | {"ASSISTANT_HOME": str(tmp_path / "home")}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("error: ")
    assert "biotech-assistant[serve]" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "home").exists()
