"""What is configured; the only reader of the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from assistant.errors import SettingsError

OFFLINE = "offline"
PACKAGED_ENCODER = "all-MiniLM-L6-v2"


@dataclass(frozen=True, slots=True)
class Settings:
    """``home`` holds the library and conversations; ``model`` is ``offline`` or ``provider:model``.

    ``embedding_model`` is the packaged encoder's name or a folder in sentence-transformers' format. ``chroma_url`` and
    ``database_url`` name a shared store, for which this version has no code: setting one is refused, never ignored.
    """

    home: Path
    model: str = OFFLINE
    embedding_model: str = PACKAGED_ENCODER

    @classmethod
    def load(
        cls,
        home: Path | str | None = None,
        model: str | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> Settings:
        """Arguments win over the environment, the environment over the defaults.

        Raises SettingsError for a model that is neither ``offline`` nor ``provider:model``, and for a store that this
        version cannot use.
        """
        env = os.environ if environment is None else environment
        for name in ("ASSISTANT_CHROMA_URL", "ASSISTANT_DATABASE_URL"):
            if env.get(name):
                raise SettingsError(f"{name} is set, but this version keeps its library in ASSISTANT_HOME only; unset {name}")
        return cls(
            home=_home(home, env),
            model=_model(model or env.get("ASSISTANT_MODEL") or OFFLINE),
            embedding_model=env.get("ASSISTANT_EMBEDDING_MODEL") or PACKAGED_ENCODER,
        )


def _home(given: Path | str | None, env: Mapping[str, str]) -> Path:
    if given is not None:
        return Path(given).expanduser()
    if named := env.get("ASSISTANT_HOME"):
        return Path(named).expanduser()
    return Path(platformdirs.user_data_dir("biotech-assistant", appauthor=False))


def _model(name: str) -> str:
    provider, colon, rest = name.partition(":")
    if name == OFFLINE or (colon and provider and rest):
        return name
    raise SettingsError(f"model {name!r} is neither 'offline' nor 'provider:model', for example 'openai:gpt-5-mini'")


def has_key(name: str, environment: Mapping[str, str] | None = None) -> bool:
    """Whether the environment holds a secret under ``name``; its value is never looked at."""
    return bool((os.environ if environment is None else environment).get(name))
