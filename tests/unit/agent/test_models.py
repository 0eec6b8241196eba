"""The model that was asked for or one clear line, never another model."""

import subprocess
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from assistant.agent.models import PROVIDERS, load_model
from assistant.agent.offline.model import OfflineChatModel
from assistant.errors import ModelError, SettingsError
from assistant.settings import Settings


def encode(texts):
    return np.ones((len(texts), 1), dtype=np.float32)


def load(name):
    return load_model(name, SimpleNamespace(encode=encode, encode_kept=encode, encode_answers=encode, words=frozenset))


def refusal(name):
    with pytest.raises(ModelError) as caught:
        load(name)
    (line,) = str(caught.value).splitlines()
    return line


def test_offline():
    assert isinstance(load("offline"), OfflineChatModel)


@pytest.mark.parametrize("name", ["nobody:model-1", "OpenAI:gpt", "offline2:x", ":x"])
def test_an_unknown_provider_is_named_with_the_known_ones(name):
    line = refusal(name)
    assert repr(name.partition(":")[0]) in line
    assert all(provider in line for provider in ("offline", *PROVIDERS))


def test_a_missing_package_is_named_with_what_installs_it():
    missing = [name for name, provider in PROVIDERS.items() if not _installed(provider.package)]
    if not missing:
        pytest.skip("all providers' packages are installed")
    for name in missing:
        line = refusal(f"{name}:some-model")
        assert PROVIDERS[name].package in line
        assert f"biotech-assistant[{PROVIDERS[name].extra}]" in line


@pytest.mark.parametrize("name", [name for name, provider in PROVIDERS.items() if provider.key])
def test_a_missing_key_is_named(name):
    if not _installed(PROVIDERS[name].package):
        pytest.skip(f"{PROVIDERS[name].package} is not installed")
    line = refusal(f"{name}:some-model")
    assert PROVIDERS[name].key in line
    assert "some-model" in line


def test_a_server_of_ones_own_needs_no_key(monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:8000/v1")
    model = load("openai:local")
    assert (model.model_name, str(model.root_client.base_url), model.max_retries) == ("local", "http://127.0.0.1:8000/v1/", 0)


def test_azure_says_what_else_it_needs(monkeypatch):
    monkeypatch.setenv("AZURE_OPENAI_API_KEY", "invented")
    line = refusal("azure:gpt")
    assert "AZURE_OPENAI_ENDPOINT" in line
    assert "OPENAI_API_VERSION" in line


@pytest.mark.parametrize("name", ["gpt", "openai:", ":", "openai", " "])
def test_a_name_without_provider_or_model_never_gets_as_far_as_loading(name):
    with pytest.raises(SettingsError, match="provider:model"):
        Settings.load("home", name, {})


def test_every_extra_is_declared():
    declared = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    for provider in PROVIDERS.values():
        assert any(requirement.startswith(provider.package.replace("_", "-")) for requirement in declared[provider.extra])


def test_the_offline_model_needs_no_provider_torch_or_store():
    code = (
        "import sys; from assistant.agent.models import load_model; load_model('offline', object());"
        "heavy = {'torch', 'chromadb', 'sentence_transformers', 'openai', 'anthropic', 'langchain_openai'} & set(sys.modules);"
        "sys.exit(', '.join(heavy) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def _installed(package):
    return find_spec(package) is not None
