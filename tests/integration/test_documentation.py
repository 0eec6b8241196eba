"""What README.md and docs/ say works: their examples run, and every command and public name stands in them.

An example is a fenced block. What follows its language says what it needs that a test has not: ``key`` (of a provider), ``slack``,
``install`` (a fresh environment), ``waits`` (for clients), ``served`` (an HTTP API at ``$API`` with the key ``$KEY``, which the tests
start) or ``servers`` (of a shared store, which the tests have where PostgreSQL is installed); all others are run. ``# → words`` at the
end of a line: these are printed.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import made_files
import pytest
import typer
from homes import copied
from typer.core import TyperGroup
from warm_command import serving

import assistant
from assistant.interfaces.cli.app import app

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
NOT_RUN = {"key", "slack", "install", "waits"}
SERVERS, SERVED = "servers", "served"
_FENCE = re.compile(r"^```(\w+)(?: +([\w ]+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_ADDRESS = re.compile(r"serving (http://\S+);")
_PRINTED = re.compile(r"# → (.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    page: str
    line: int
    language: str
    needs: str
    code: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


def blocks() -> list[Block]:
    found = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for fence in _FENCE.finditer(text):
            line = text.count("\n", 0, fence.start()) + 1
            found.append(Block(str(page.relative_to(ROOT)), line, fence[1], fence[2] or "", fence[3]))
    return found


def runnable(language: str, needs: str = "") -> list[Block]:
    return [block for block in blocks() if block.language == language and block.needs == needs]


@pytest.fixture(scope="module")
def environment(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A user's surroundings: the command on the path, a home with a library, and the files that the examples name."""
    folder = tmp_path_factory.mktemp("documentation")
    copied(home, folder / "assistant")
    for name in ("release.pdf", "filing.html", "report.docx", "trial-notes.md", "label.html"):
        made_files.write(folder, name)
    for name in ("papers/deeper", "notes"):
        (folder / name).mkdir(parents=True)
        (folder / name / "note.md").write_text(f"# A note in {name}\n\nNothing was measured.\n", encoding="utf-8")
    with serving(tmp_path_factory.mktemp("bin")) as programs:
        path = os.pathsep.join((str(programs), os.environ["PATH"]))
        yield os.environ | {"HOME": str(folder), "ASSISTANT_HOME": str(folder / "assistant"), "PATH": path, "COLUMNS": "100"}


def run(command: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    folder = environment["HOME"]
    return subprocess.run(
        command, env=environment, cwd=folder, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL, encoding="utf-8"
    )


@pytest.mark.parametrize("block", runnable("python"), ids=str)
def test_a_python_example_runs(block: Block, environment: dict[str, str]) -> None:
    done = run([sys.executable, "-c", block.code], environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout
    assert [words for words in _PRINTED.findall(block.code) if words not in done.stdout] == []


@pytest.mark.parametrize("block", runnable("sh", SERVERS), ids=str)
def test_a_command_line_does_what_is_said_on_a_shared_store(
    block: Block, environment: dict[str, str], shared_environment: Mapping[str, str]
) -> None:
    test_a_command_line_does_what_is_said(block, environment | shared_environment)


@pytest.fixture(scope="module")
def served(environment: dict[str, str]) -> Iterator[dict[str, str]]:
    """Those surroundings with an API at work."""
    key = run(["assistant", "serve", "keys", "add", "documentation"], environment).stdout.strip()
    command = [sys.executable, "-m", "assistant", "serve", "--port", "0"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True, encoding="utf-8") as process:
        (address,) = next(found.groups() for line in process.stderr if (found := _ADDRESS.search(line)))
        yield environment | {"API": address, "KEY": key}
        process.terminate()
        assert process.wait() == 0


@pytest.mark.parametrize("block", runnable("sh", SERVED), ids=str)
def test_a_command_line_does_what_is_said_of_an_api(block: Block, served: dict[str, str]) -> None:
    test_a_command_line_does_what_is_said(block, served)


@pytest.mark.parametrize("block", runnable("sh"), ids=str)
def test_a_command_line_does_what_is_said(block: Block, environment: dict[str, str]) -> None:
    for line in block.code.splitlines():
        if "| jq " in line and not shutil.which("jq"):
            continue
        done = run(["bash", "-o", "pipefail", "-c", line], environment)
        assert done.returncode == (3 if "# not in the sources" in line else 0), f"{line}\n{done.stderr}"
        assert "Traceback" not in done.stderr
        assert "verified" in done.stdout or not line.startswith("assistant ask") or ">" in line or "--" in line
        assert [words for words in _PRINTED.findall(line) if words.strip() not in done.stdout] == [], f"{line}\n{done.stdout}"


def test_what_is_not_run_says_why() -> None:
    assert [str(block) for block in blocks() if block.needs and block.needs not in {*NOT_RUN, SERVERS, SERVED}] == []
    assert {block.language for block in blocks()} <= {"sh", "python", "toml", "mermaid"}


def commands() -> list[tuple[str, typer.core.TyperCommand]]:
    """Every command with its full name, groups included."""

    def below(name: str, command):
        yield name, command
        if isinstance(command, TyperGroup):
            for inner in command.commands.values():
                yield from below(f"{name} {inner.name}", inner)

    return list(below("assistant", typer.main.get_command(app)))[1:]


@pytest.mark.parametrize(("name", "command"), commands(), ids=[name for name, _ in commands()])
def test_every_command_is_documented_and_its_help_has_an_example_that_parses(name: str, command) -> None:
    assert name in (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    assert not command.get_short_help_str(61).endswith("..."), "the list of commands cuts it off"
    (example,) = re.findall(r"Example: (assistant .+)", " ".join((command.help or "").split()))
    words = shlex.split(example.partition(">")[0])
    at, place = typer.main.get_command(app), 1
    while isinstance(at, TyperGroup):
        at = at.commands[words[place]]
        place += 1
    at.make_context(at.name, words[place:])
    assert example.startswith(name)


@pytest.mark.parametrize("name", assistant.__all__)
def test_every_public_name_is_documented(name: str) -> None:
    assert re.search(rf"`{name}[`(.s]", (ROOT / "docs" / "python.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "name", [name for name in vars(assistant.Assistant) if not name.startswith("_") and name not in ("close", "generation")]
)
def test_every_method_of_the_assistant_is_documented(name: str) -> None:
    assert re.search(rf"[`.]{name}[`(]", (ROOT / "docs" / "python.md").read_text(encoding="utf-8"))


def links() -> list[tuple[Path, str]]:
    return [(page, target) for page in PAGES for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))]


@pytest.mark.parametrize(("page", "target"), links(), ids=[f"{page.name} {target}" for page, target in links()])
def test_every_link_leads_somewhere(page: Path, target: str) -> None:
    assert (page.parent / target).exists()


def test_there_is_one_test_line_and_ci_runs_it() -> None:
    (pattern,) = re.findall(r"grep -E '([^']+)' README\.md", (ROOT / ".ci" / "run").read_text(encoding="utf-8"))
    assert len(re.findall(pattern, PAGES[0].read_text(encoding="utf-8"), re.MULTILINE)) == 1
