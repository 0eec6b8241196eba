"""What a question cost: calls and tokens as the provider counted them, and money where prices are configured."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.messages import AIMessage
from langchain_core.outputs import ChatGeneration, LLMResult

from assistant.errors import SettingsError
from assistant.values import Cost, Usage

_PER = 1_000_000


@dataclass(frozen=True, slots=True)
class Price:
    """Prices of a million tokens in ``currency``; ``cached`` is for input that the provider read from its cache."""

    currency: str
    input: float
    output: float
    cached: float

    def of(self, usage: Usage, cached: int) -> Cost:
        """What ``usage`` cost, of whose input ``cached`` tokens came from the cache."""
        amount = (usage.input_tokens - cached) * self.input + cached * self.cached + usage.output_tokens * self.output
        return Cost(amount=amount / _PER, currency=self.currency)


def read_price(file: Path | None, model: str) -> Price | None:
    """The price of ``model`` in ``file``, a TOML file; None where there is no file or the file does not name the model.

    ::

        currency = "USD"
        ["provider:model"]      # per million tokens
        input = 1.0
        output = 4.0
        cached_input = 0.1      # as input where it is left out

    Raises SettingsError for a file that cannot be read or is not of this form.
    """
    if file is None:
        return None
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        entry: Mapping[str, Any] | None = table.get(model)
        if entry is None:
            return None
        each = float(entry["input"])
        return Price(str(table.get("currency", "USD")), each, float(entry["output"]), float(entry.get("cached_input", each)))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SettingsError(f"ASSISTANT_PRICES names {file}, which is no table of prices: {error}") from error


class Meter(BaseCallbackHandler):
    """Counts the replies of language models in one question, those that were thrown away included."""

    def __init__(self, price: Price | None) -> None:
        super().__init__()
        self._price = price
        self._calls = self._input = self._output = self._cached = 0

    def on_llm_end(self, response: LLMResult, **kwargs: Any) -> None:
        """Adds one call."""
        self._calls += 1
        for generation in (generation for generations in response.generations for generation in generations):
            message = generation.message if isinstance(generation, ChatGeneration) else None
            if isinstance(message, AIMessage) and (counted := message.usage_metadata):
                self._input += counted["input_tokens"]
                self._output += counted["output_tokens"]
                self._cached += counted.get("input_token_details", {}).get("cache_read", 0) or 0

    def usage(self) -> Usage:
        """What was counted so far."""
        usage = Usage(input_tokens=self._input, output_tokens=self._output, calls=self._calls)
        return usage.model_copy(update={"cost": self._price.of(usage, self._cached)}) if self._price and self._calls else usage
