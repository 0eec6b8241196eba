"""The public names: sorted, all bound, and lazy."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

import assistant
from assistant import errors


def test_all_is_sorted_and_complete() -> None:
    assert assistant.__all__ == sorted(assistant.__all__)
    assert set(assistant.__all__) == set(assistant._HOME_OF)


@pytest.mark.parametrize("name", assistant.__all__)
def test_every_name_is_what_its_module_calls_so(name: str) -> None:
    value = getattr(assistant, name)
    assert value is getattr(sys.modules[assistant._HOME_OF[name]], name)


def test_every_error_is_public() -> None:
    tree = {name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, errors.AssistantError)}
    assert tree <= set(assistant.__all__)


def test_every_error_stands_in_the_drawn_tree() -> None:
    tree = [name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, errors.AssistantError)]
    assert all(f" {name} " in f" {errors.__doc__} ".replace("\n", " ") for name in tree)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="Assistent"):
        _ = assistant.Assistent


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import json, sys; import assistant; print(json.dumps(sorted(sys.modules)))"
    loaded = json.loads(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout)
    heavy = {"torch", "chromadb", "langchain", "langchain_core", "onnxruntime", "pydantic", "rich", "typer", "numpy", "tantivy", "pint"}
    assert heavy.isdisjoint(loaded)
