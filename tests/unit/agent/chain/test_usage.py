"""Calls, tokens and money of a question."""

import pytest
from langchain_core.messages import AIMessage
from langchain_core.outputs import ChatGeneration, LLMResult

from assistant.agent.chain.usage import Meter, Price, read_price
from assistant.errors import SettingsError
from assistant.values import Usage

TABLE = 'currency = "CHF"\n["openai:a"]\ninput = 2\noutput = 8.0\ncached_input = 0.5\n["openai:b"]\ninput = 1\noutput = 2\n'


def reply(**usage):
    counted = {"input_tokens": 100, "output_tokens": 10, "total_tokens": 110, **usage} if usage is not None else None
    return LLMResult(generations=[[ChatGeneration(message=AIMessage("said", usage_metadata=counted))]])


def test_calls_and_tokens_are_added_up():
    meter = Meter(None)
    meter.on_llm_end(reply())
    meter.on_llm_end(LLMResult(generations=[[ChatGeneration(message=AIMessage("uncounted"))]]))
    assert meter.usage() == Usage(input_tokens=100, output_tokens=10, calls=2)


def test_cached_input_has_its_own_price():
    meter = Meter(Price("EUR", input=10.0, output=20.0, cached=1.0))
    assert meter.usage().cost is None
    meter.on_llm_end(reply(input_token_details={"cache_read": 60}))
    cost = meter.usage().cost
    assert (cost.amount, cost.currency) == (pytest.approx((40 * 10 + 60 * 1 + 10 * 20) / 1e6), "EUR")


def test_prices_are_read_by_model(tmp_path):
    file = tmp_path / "prices.toml"
    file.write_text(TABLE)
    assert read_price(file, "openai:a") == Price("CHF", 2.0, 8.0, 0.5)
    assert read_price(file, "openai:b") == Price("CHF", 1.0, 2.0, 1.0)
    assert read_price(file, "openai:c") is None
    assert read_price(None, "openai:a") is None


@pytest.mark.parametrize(
    "text", ["nonsense", '["openai:a"]\ninput = "dear"\noutput = 1', '["openai:a"]\ninput = 1', '"openai:a" = 5', None]
)
def test_a_table_that_is_none_is_named(tmp_path, text):
    file = tmp_path / "prices.toml"
    if text is not None:
        file.write_text(text)
    with pytest.raises(SettingsError) as caught:
        read_price(file, "openai:a")
    assert str(file) in str(caught.value)
