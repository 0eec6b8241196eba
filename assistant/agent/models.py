"""``offline`` or ``provider:model`` → a LangChain chat model. Never another model than the one asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Any

from langchain_core.language_models import BaseChatModel
from pydantic import ValidationError

from assistant.agent.offline.encoders import Encoders
from assistant.agent.offline.model import OfflineChatModel
from assistant.errors import ModelError
from assistant.settings import OFFLINE, has_key, redacted, variable

# What a server of one's own is given where no key is set; the clients insist on one.
_NO_KEY = "none"


@dataclass(frozen=True, slots=True)
class Provider:
    """How a provider is reached.

    ``package`` is imported, ``extra`` installs it; ``client`` is its name in LangChain where that is another. ``key`` and
    ``address_variable`` are the environment variables of its key and of its server's address, ``default`` is the address where
    none is set, and ``required`` are further variables. ``options`` are given to the client: it must not repeat calls by itself,
    which ``assistant.agent.chain.attempts`` does within the deadline.
    """

    package: str = ""
    extra: str = ""
    key: str | None = None
    client: str | None = None
    address_variable: str | None = None
    default: str = "its provider"
    required: tuple[str, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)

    def address(self) -> str:
        """Where the server is, without user name and password."""
        set_to = variable(self.address_variable) if self.address_variable else None
        return redacted(set_to or self.default)


_ONCE = {"max_retries": 0}
_OPENAI = Provider(
    "langchain_openai",
    "openai",
    "OPENAI_API_KEY",
    "openai",
    "OPENAI_BASE_URL",
    "api.openai.com",
    options=_ONCE | {"stream_usage": True},
)
_AZURE = Provider(
    "langchain_openai",
    "azure",
    "AZURE_OPENAI_API_KEY",
    "azure_openai",
    "AZURE_OPENAI_ENDPOINT",
    required=("AZURE_OPENAI_ENDPOINT", "OPENAI_API_VERSION"),
    options=_ONCE | {"stream_usage": True},
)
# Google counts the first call as a retry, and takes 0 for a number of its own.
_GOOGLE = Provider("langchain_google_genai", "google", "GOOGLE_API_KEY", "google_genai", options={"max_retries": 1})
_BEDROCK = Provider("langchain_aws", "bedrock", client="bedrock_converse", options={"max_retries": 1})

PROVIDERS = {
    "anthropic": Provider(
        "langchain_anthropic", "anthropic", "ANTHROPIC_API_KEY", None, "ANTHROPIC_BASE_URL", "api.anthropic.com", options=_ONCE
    ),
    "openai": _OPENAI,
    "azure": _AZURE,
    "azure_openai": _AZURE,
    "ollama": Provider("langchain_ollama", "ollama", None, None, "OLLAMA_HOST", "http://localhost:11434"),
    "google": _GOOGLE,
    "google_genai": _GOOGLE,
    "bedrock": _BEDROCK,
    "bedrock_converse": _BEDROCK,
}


def provider_of(name: str) -> Provider:
    """The provider of ``provider:model``; one without particulars where it is not known."""
    return PROVIDERS.get(name.partition(":")[0], Provider())


def load_model(name: str, encoders: Encoders) -> BaseChatModel:
    """The chat model called ``name``; the offline model decides with a library's ``encoders``.

    Raises ModelError for an unknown provider, a package that is not installed, and a key or an address that is not set.
    """
    if name == OFFLINE:
        return OfflineChatModel(encoders=encoders)
    provider_name, _, model = name.partition(":")
    provider = PROVIDERS.get(provider_name)
    if provider is None:
        raise ModelError(f"unknown model provider {provider_name!r}; known are offline, {', '.join(sorted(PROVIDERS))}")
    if find_spec(provider.package) is None:
        raise ModelError(
            f"model {name!r} needs the package {provider.package}; install it with: pip install 'biotech-assistant[{provider.extra}]'"
        )
    options = _options(name, provider)
    from langchain.chat_models import init_chat_model

    try:
        loaded: BaseChatModel = init_chat_model(model, model_provider=provider.client or provider_name, **options)
    except Exception as error:
        # Each client checks its settings in a way of its own, with exceptions that have no base in common; pydantic's repeat what they
        # were given, a key among it.
        said = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
        raise ModelError(redacted(f"model {name!r} cannot be set up: {' '.join(said.split())[:300]}")) from error
    return loaded


def _options(name: str, provider: Provider) -> dict[str, Any]:
    """What the client is given; raises ModelError where the environment lacks what it needs."""
    own_server = provider is _OPENAI and variable("OPENAI_BASE_URL")
    # A server of one's own seldom asks for a key, and speaks the older of OpenAI's two protocols.
    options = {**provider.options, **({"use_responses_api": False} if own_server else {})}
    if provider.key and not has_key(provider.key):
        if not own_server:
            raise ModelError(f"model {name!r} needs a key; set {provider.key}, or use the model 'offline'")
        options["api_key"] = _NO_KEY
    lacking = [needed for needed in provider.required if not variable(needed)]
    if lacking:
        raise ModelError(f"model {name!r} needs {' and '.join(lacking)} to be set in the environment")
    return options
