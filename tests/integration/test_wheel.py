"""The wheel carries the corpus and the prompts, and finds them where it is installed."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=ROOT, check=True, capture_output=True
    )
    (built,) = folder.glob("*.whl")
    return built


def data_files(name: str) -> dict[str, bytes]:
    files = (path for path in (ROOT / name).rglob("*") if path.is_file())
    return {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize("name", ["corpus", "prompts"])
def test_the_wheel_holds_every_data_file_unchanged(wheel: Path, name: str) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {
            entry.removeprefix("assistant/"): archive.read(entry) for entry in archive.namelist() if entry.startswith(f"assistant/{name}/")
        }
    assert held == data_files(name)
    assert held


def test_the_wheel_holds_the_package_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        entry_points = archive.read(next(name for name in names if name.endswith("entry_points.txt"))).decode()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"assistant", "biotech_assistant"}
    assert "assistant/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert "assistant = assistant.interfaces.cli:main" in entry_points


@pytest.mark.parametrize("installed", ["wheel", "editable"])
def test_data_is_found(wheel: Path, tmp_path: Path, installed: str) -> None:
    environment = dict(os.environ)
    expected = ROOT
    if installed == "wheel":
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(tmp_path / "site"), str(wheel)]
        subprocess.run(pip, check=True, capture_output=True)
        expected = tmp_path / "site" / "assistant"
        environment["PYTHONPATH"] = str(tmp_path / "site")
    code = "from assistant.resources import folder; print(folder('corpus')); print(folder('prompts'))"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, check=True, capture_output=True, text=True)
    assert done.stdout.splitlines() == [str(expected / "corpus"), str(expected / "prompts")]
