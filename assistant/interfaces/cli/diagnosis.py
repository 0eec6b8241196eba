"""What ``assistant doctor`` finds out: versions, weights, home, library, models. Builds nothing and changes nothing."""

from __future__ import annotations

import platform
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import TYPE_CHECKING

from assistant.errors import AssistantError
from assistant.settings import OFFLINE, Settings, has_key

if TYPE_CHECKING:
    from assistant.library.store import Store

# The packages whose version decides how the assistant behaves.
_PACKAGES = (
    "biotech-assistant",
    "chromadb",
    "langchain",
    "langgraph",
    "onnxruntime",
    "pint",
    "radioactivedecay",
    "sentence-transformers",
    "tantivy",
    "torch",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """``ok`` is False for what keeps the assistant from working, None for what is only told."""

    about: str
    name: str
    value: str
    ok: bool | None = None


def findings(settings: Settings) -> Iterator[Finding]:
    """Everything there is to say about this installation, in the order in which it is shown."""
    yield from _versions()
    yield from _encoder(settings)
    yield from _home(settings)
    yield from _servers(settings)
    yield from _library(settings)
    yield from _models(settings)


def _versions() -> Iterator[Finding]:
    yield Finding("versions", "python", f"{platform.python_version()} on {platform.platform(terse=True)}")
    for package in _PACKAGES:
        try:
            yield Finding("versions", package, version(package), ok=True)
        except PackageNotFoundError:
            yield Finding("versions", package, "not installed; install biotech-assistant again", ok=False)


def _encoder(settings: Settings) -> Iterator[Finding]:
    from assistant.library.encoder import weights

    yield Finding("encoder", "model", settings.embedding_model)
    try:
        yield Finding("encoder", "SHA-256", weights(settings.embedding_model).fingerprint, ok=True)
    except AssistantError as error:
        yield Finding("encoder", "SHA-256", str(error), ok=False)


def _home(settings: Settings) -> Iterator[Finding]:
    yield Finding("home", "folder", str(settings.home))
    existing = next(folder for folder in (settings.home, *settings.home.absolute().parents) if folder.exists())
    try:
        with tempfile.TemporaryFile(dir=existing):
            yield Finding("home", "writable", "yes" if existing == settings.home else f"yes, to be made in {existing}", ok=True)
    except OSError as error:
        yield Finding("home", "writable", f"no: {error.strerror}; set ASSISTANT_HOME to a folder of yours", ok=False)


def _servers(settings: Settings) -> Iterator[Finding]:
    """Each server of a shared store by itself: which it is, and whether it answers."""
    if settings.shared is None:
        return
    from assistant.library.shared.diagnosis import chroma_version, postgres_version

    for name, ask in (("PostgreSQL", postgres_version), ("Chroma", chroma_version)):
        try:
            yield Finding("shared store", name, ask(settings.shared), ok=True)
        except AssistantError as error:
            yield Finding("shared store", name, str(error), ok=False)


def _library(settings: Settings) -> Iterator[Finding]:
    from assistant.opening import library_store

    try:
        with closing(library_store(settings)) as store:
            yield from _held(store)
    except AssistantError as error:
        yield Finding("library", "generation", str(error), ok=False)


def _held(store: Store) -> Iterator[Finding]:
    from assistant.interfaces.render.wording import counted
    from assistant.library.library import Library

    if not store.exists():
        yield Finding("library", "generation", "none yet; the first question builds it")
        return
    report = store.check()
    with Library.of(store) as library:
        studies = len(library.facts())
    held = f"{counted(report.documents, 'document')}, {counted(report.passages, 'passage')}, "
    yield Finding("library", "generation", report.generation, ok=True)
    yield Finding("library", "holds", f"{held}{studies} {'study' if studies == 1 else 'studies'}")
    yield Finding("library", "health", "; ".join(report.problems) or "sound", ok=not report.problems)


def _models(settings: Settings) -> Iterator[Finding]:
    from assistant.agent.models import PROVIDERS

    configured = settings.model.partition(":")[0]
    known = configured == OFFLINE or configured in PROVIDERS
    yield Finding("models", "configured", settings.model if known else f"{settings.model}: unknown provider", ok=known)
    for name, provider in sorted(PROVIDERS.items()):
        installed = find_spec(provider.package) is not None
        keyed = provider.key is None or has_key(provider.key)
        told = [f"{provider.package} {'installed' if installed else 'not installed'}"]
        if provider.key:
            told.append(f"{provider.key} {'set' if keyed else 'not set'}")
        yield Finding("models", name, ", ".join(told), ok=(installed and keyed) if name == configured else None)
