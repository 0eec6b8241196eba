"""Processes of the benchmark: started, waited for, and read."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from assistant.library import generations

ROOT = Path(__file__).resolve().parents[3]


def start(act: str, home: Path, *arguments: object) -> subprocess.Popen[str]:
    """A process that does ``act`` of ``safety.acts``."""
    return _started("tests.benchmarks.safety.acts", act, home, *arguments)


def command(home: Path, *arguments: object) -> subprocess.Popen[str]:
    """A process that runs a command line, by ``safety.command``."""
    return _started("tests.benchmarks.safety.command", *arguments, "--home", home)


def _started(module: str, *arguments: object) -> subprocess.Popen[str]:
    words = [sys.executable, "-m", module, *map(str, arguments)]
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)})


def ended(process: subprocess.Popen[str]) -> dict[str, Any]:
    """What a reader or writer saw; a process that broke saw one wrong."""
    out, err = process.communicate()
    if process.returncode:
        last = (err.strip().splitlines() or ["no message"])[-1]
        return {"wrongs": 1, "wrong": [f"ended with {process.returncode}: {last}"], "asked": 0}
    return json.loads(out)


def copied(home: Path, to: Path) -> Path:
    """A copy of a home; the encoder, which nothing changes, is shared."""
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(home, to, ignore=shutil.ignore_patterns("encoders"), symlinks=True)
    encoders = generations.root(home) / "encoders"
    (generations.root(to) / "encoders").symlink_to(encoders.resolve())
    return to


def left_behind(home: Path) -> list[str]:
    """What a writer that was stopped left and a later one must remove."""
    return sorted(path.name for path in generations.root(home).iterdir() if path.name.endswith((".building", ".new")))
