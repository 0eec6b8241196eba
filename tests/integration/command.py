"""The console script as a process of its own, for the tests of the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ASSISTANT = Path(sys.executable).with_name("assistant")
CORPUS = Path(__file__).resolve().parents[2] / "corpus"
ANSWERABLE = "How long did mice given two doses of CLR 131 survive?"


def run(*arguments: str, home: Path, stdin: bytes | None = None, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"ASSISTANT_HOME": str(home), "COLUMNS": "100"} | variables
    command = [str(ASSISTANT), *arguments]
    source = {"stdin": subprocess.DEVNULL} if stdin is None else {"input": stdin}
    done = subprocess.run(command, env=environment, capture_output=True, check=False, **source)
    return subprocess.CompletedProcess(command, done.returncode, done.stdout.decode(), done.stderr.decode())


def one_clear_line(done: subprocess.CompletedProcess[str]) -> str:
    (line,) = done.stderr.splitlines()
    assert line.startswith("error: ")
    assert "Traceback" not in done.stderr
    assert "fault of the assistant" not in line
    assert done.stdout == ""
    return line
