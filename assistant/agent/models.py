"""``offline`` or ``provider:model`` → a LangChain chat model. Never another model than the one asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec

from langchain_core.language_models import BaseChatModel

from assistant.agent.offline.lookup import Encode
from assistant.agent.offline.model import OfflineChatModel
from assistant.errors import ModelError
from assistant.settings import OFFLINE, has_key


@dataclass(frozen=True, slots=True)
class Provider:
    """How a provider is reached: the package, the extra that installs it, and the variable that holds its key, if any."""

    package: str
    extra: str
    key: str | None


PROVIDERS = {
    "anthropic": Provider("langchain_anthropic", "anthropic", "ANTHROPIC_API_KEY"),
    "openai": Provider("langchain_openai", "openai", "OPENAI_API_KEY"),
    "azure_openai": Provider("langchain_openai", "openai", "AZURE_OPENAI_API_KEY"),
    "ollama": Provider("langchain_ollama", "ollama", None),
    "google_genai": Provider("langchain_google_genai", "google", "GOOGLE_API_KEY"),
    "bedrock_converse": Provider("langchain_aws", "bedrock", None),
}


def load_model(name: str, encode: Encode, encode_kept: Encode, common_words: Callable[[], frozenset[str]]) -> BaseChatModel:
    """The chat model called ``name``; the offline model decides with an encoder and its vocabulary, as ``OfflineChatModel`` says.

    Raises ModelError for an unknown provider, a package that is not installed and a key that is not set.
    """
    if name == OFFLINE:
        return OfflineChatModel(encode=encode, encode_kept=encode_kept, common_words=common_words)
    provider_name, _, model = name.partition(":")
    provider = PROVIDERS.get(provider_name)
    if provider is None:
        raise ModelError(f"unknown model provider {provider_name!r}; known are offline, {', '.join(sorted(PROVIDERS))}")
    if find_spec(provider.package) is None:
        raise ModelError(
            f"model {name!r} needs the package {provider.package}; install it with: pip install 'biotech-assistant[{provider.extra}]'"
        )
    if provider.key and not has_key(provider.key):
        raise ModelError(f"model {name!r} needs a key; set {provider.key}, or use the model 'offline'")
    from langchain.chat_models import init_chat_model  # noqa: PLC0415 - not needed offline

    return init_chat_model(model, model_provider=provider_name)
