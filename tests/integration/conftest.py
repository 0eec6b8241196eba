"""One library of the packaged release, built once for all integration tests, which must not change it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a library, built by the command line as a first use builds it."""
    folder = tmp_path_factory.mktemp("assistant") / "home"
    command = [sys.executable, "-m", "assistant", "library", "list"]
    subprocess.run(command, env=os.environ | {"ASSISTANT_HOME": str(folder)}, check=True, capture_output=True)
    return folder
