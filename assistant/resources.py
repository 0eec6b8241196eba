"""Where corpus/ and prompts/ lie: inside the package in a wheel, beside it in a checkout."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """The folder ``corpus`` or ``prompts``; raises FileNotFoundError where an installation lacks it."""
    for candidate in (_PACKAGE / name, _PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"the installation lacks its {name}/ folder; install the package again")


@cache
def prompt(name: str) -> str:
    """The text of ``prompts/<name>``."""
    return (folder("prompts") / name).read_text(encoding="utf-8")


@cache
def prompt_table(name: str) -> dict[str, Any]:
    """The parsed ``prompts/<name>``, a TOML file. Callers must not change what they get."""
    return tomllib.loads(prompt(name))
