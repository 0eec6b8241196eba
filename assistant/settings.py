"""What is configured; the only reader of the environment."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import platformdirs

from assistant.errors import SettingsError
from assistant.paths import expanded

OFFLINE = "offline"
PACKAGED_ENCODER = "all-MiniLM-L6-v2"
# Seconds in which an answer must be there: some three calls of a slow model, and less than a person waits twice.
DEADLINE = 120.0

_CHROMA, _DATABASE = "ASSISTANT_CHROMA_URL", "ASSISTANT_DATABASE_URL"
# Environment variables whose names end like this hold secrets.
_SECRET = re.compile(r"(?:_KEY|_TOKEN|_SECRET|_PASSWORD|_KEY_ID|_CREDENTIALS)$")
# Shorter values would be found inside ordinary words.
_SHORTEST_SECRET = 6
_USERINFO = re.compile(r"(?<=://)[^/@\s]+@")


@dataclass(frozen=True, slots=True)
class SharedServers:
    """The servers that several machines keep one library on: Chroma for vectors, PostgreSQL for everything else.

    ``tenant``, ``database`` and ``key`` are Chroma's, for its cloud; a server of one's own has its defaults and no key.
    """

    database_url: str = field(repr=False)
    chroma_url: str = field(repr=False)
    tenant: str
    database: str
    key: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """``home`` holds the library and conversations; ``model`` is ``offline`` or ``provider:model``.

    ``embedding_model`` is the packaged encoder's name or a folder in sentence-transformers' format. ``shared`` says where the library
    and all that is kept lie instead of in ``home``, which has only the encoder then. ``deadline`` is in seconds; ``prices`` is a file
    with the prices of language models, in the form that ``assistant.agent.chain.usage`` reads.
    """

    home: Path
    model: str = OFFLINE
    embedding_model: str = PACKAGED_ENCODER
    deadline: float = DEADLINE
    prices: Path | None = None
    shared: SharedServers | None = None

    @classmethod
    def load(
        cls,
        home: Path | str | None = None,
        model: str | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> Settings:
        """Arguments win over the environment, the environment over the defaults.

        Raises SettingsError for a model that is neither ``offline`` nor ``provider:model``, for a deadline that is no number
        of seconds, and for a shared store of which only one half is named.
        """
        env = os.environ if environment is None else environment
        return cls(
            home=_home(home, env),
            model=_model(model or env.get("ASSISTANT_MODEL") or OFFLINE),
            embedding_model=env.get("ASSISTANT_EMBEDDING_MODEL") or PACKAGED_ENCODER,
            deadline=_deadline(env.get("ASSISTANT_DEADLINE")),
            prices=expanded(file) if (file := env.get("ASSISTANT_PRICES")) else None,
            shared=_shared(env),
        )


def _home(given: Path | str | None, env: Mapping[str, str]) -> Path:
    if given is not None:
        return expanded(given)
    if named := env.get("ASSISTANT_HOME"):
        return expanded(named)
    return Path(platformdirs.user_data_dir("biotech-assistant", appauthor=False))


def _shared(env: Mapping[str, str]) -> SharedServers | None:
    """Both halves or neither: a library is never kept partly here and partly there."""
    addresses = {name: env.get(name) or "" for name in (_CHROMA, _DATABASE)}
    if not any(addresses.values()):
        return None
    for name, schemes in ((_CHROMA, ("http", "https")), (_DATABASE, ("postgresql", "postgres"))):
        if not addresses[name]:
            other = _DATABASE if name == _CHROMA else _CHROMA
            raise SettingsError(f"{other} is set without {name}; a shared store needs both: set {name} too, or unset {other}")
        if addresses[name].partition("://")[0].lower() not in schemes:
            raise SettingsError(f"{name} begins with neither {' nor '.join(f'{scheme}://' for scheme in schemes)}")
    _require_server(addresses[_CHROMA])
    return SharedServers(
        database_url=addresses[_DATABASE],
        chroma_url=addresses[_CHROMA],
        tenant=env.get("ASSISTANT_CHROMA_TENANT") or "default_tenant",
        database=env.get("ASSISTANT_CHROMA_DATABASE") or "default_database",
        key=env.get("ASSISTANT_CHROMA_API_KEY") or None,
    )


def _require_server(chroma_url: str) -> None:
    """Raises SettingsError for what is no address of a server, in words without any part of it: it may hold a password."""
    try:
        parts = urlsplit(chroma_url)
        sound = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        sound = False
    if not sound:
        raise SettingsError(f"{_CHROMA} is no address of a server; it is http://host:8000, for example")


def _model(name: str) -> str:
    provider, colon, rest = name.partition(":")
    if name == OFFLINE or (colon and provider and rest):
        return name
    raise SettingsError(f"model {name!r} is neither 'offline' nor 'provider:model', for example 'openai:gpt-5-mini'")


def has_key(name: str, environment: Mapping[str, str] | None = None) -> bool:
    """Whether the environment holds a secret under ``name``; its value is never looked at."""
    return bool((os.environ if environment is None else environment).get(name))


def _deadline(value: str | None) -> float:
    if not value:
        return DEADLINE
    try:
        seconds = float(value)
    except ValueError:
        seconds = 0.0
    if not (math.isfinite(seconds) and seconds > 0):
        raise SettingsError(f"ASSISTANT_DEADLINE is {value!r}; set it to a number of seconds, for example 60")
    return seconds


def variable(name: str, environment: Mapping[str, str] | None = None) -> str | None:
    """The value of an environment variable that holds no secret, such as a provider's address; None where it is unset or empty."""
    return (os.environ if environment is None else environment).get(name) or None


def secret(name: str, environment: Mapping[str, str] | None = None) -> str:
    """The secret that an environment variable holds. Raises SettingsError where it is unset or empty."""
    value = (os.environ if environment is None else environment).get(name)
    if not value:
        raise SettingsError(f"{name} is not set; set it to the secret that this needs")
    return value


def redacted(text: str, environment: Mapping[str, str] | None = None) -> str:
    """``text`` with ``***`` in place of every secret of the environment, and of user names and passwords in addresses."""
    env = os.environ if environment is None else environment
    secrets = {value for name, value in env.items() if _SECRET.search(name) and len(value) >= _SHORTEST_SECRET}
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, "***")
    return _USERINFO.sub("***@", text)
