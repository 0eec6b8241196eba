"""What README.md says works: its example runs, its questions get the answers it promises, its commands exist."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.interfaces.cli.app import app

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
TRIALS = re.findall(r"^(assistant ask .+?)\s*(?:# (.*))?$", README, re.MULTILINE)


def run(command: list[str], home: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"ASSISTANT_HOME": str(home)} | variables
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)


def test_the_python_example_runs(home: Path) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    done = run([sys.executable, "-c", example], home)
    assert done.returncode == 0, done.stderr
    assert "[1]" in done.stdout
    assert done.stderr == ""


def test_there_are_five_questions_to_try() -> None:
    assert len(TRIALS) == 5


@pytest.mark.parametrize(("command", "remark"), TRIALS)
def test_a_question_to_try(command: str, remark: str, home: Path) -> None:
    done = run([sys.executable, "-m", *shlex.split(command)], home)
    assert done.returncode == (3 if "not in the sources" in remark else 0), done.stderr
    assert "\nverified" in done.stdout


def test_every_command_is_documented() -> None:
    commands = [command.name for command in app.registered_commands] + [group.name for group in app.registered_groups]
    missing = [name for name in commands if f"assistant {name}" not in README]
    assert missing == []


def test_there_is_one_test_line_and_ci_runs_it() -> None:
    (pattern,) = re.findall(r"grep -E '([^']+)' README\.md", (ROOT / ".ci" / "run").read_text(encoding="utf-8"))
    assert len(re.findall(pattern, README, re.MULTILINE)) == 1


@pytest.mark.parametrize("target", re.findall(r"\]\((?!https?:)([^)#]+)\)", README))
def test_every_link_leads_somewhere(target: str) -> None:
    assert (ROOT / target).exists()
