"""What the environment may set, and what of it is never repeated."""

import pytest

from assistant.errors import SettingsError
from assistant.settings import DEADLINE, Settings, redacted, variable


def load(**env):
    return Settings.load("home", None, {name.upper(): value for name, value in env.items()})


def test_the_deadline_is_a_number_of_seconds():
    assert (load().deadline, load(assistant_deadline="").deadline, load(assistant_deadline="2.5").deadline) == (DEADLINE, DEADLINE, 2.5)


@pytest.mark.parametrize("value", ["0", "-1", "soon", "nan", "inf", "60s"])
def test_other_deadlines_are_refused(value):
    with pytest.raises(SettingsError, match="ASSISTANT_DEADLINE"):
        load(assistant_deadline=value)


def test_prices_are_a_file():
    assert load().prices is None
    assert load(assistant_prices="prices.toml").prices.name == "prices.toml"


def test_secrets_are_redacted_and_other_words_are_not():
    env = {"A_API_KEY": "abc-123-def", "B_TOKEN": "abc-123", "C_SECRET": "x", "D_NAME": "Miller"}
    assert redacted("abc-123-def abc-123 Miller x https://u:p@host/v1", env) == "*** *** Miller x https://***@host/v1"


def test_a_variable_that_is_empty_is_unset():
    assert (variable("A", {"A": ""}), variable("A", {"A": "b"}), variable("A", {})) == (None, "b", None)


POSTGRES, CHROMA = "postgresql://user:hidden@db/biotech", "http://localhost:8000"


def test_a_shared_store_is_two_servers_or_none():
    assert load().shared is None
    shared = load(
        assistant_database_url=POSTGRES, assistant_chroma_url=CHROMA, assistant_chroma_tenant="t", assistant_chroma_api_key="k"
    ).shared
    assert (shared.database_url, shared.chroma_url, shared.tenant, shared.database, shared.key) == (
        POSTGRES,
        CHROMA,
        "t",
        "default_database",
        "k",
    )
    assert "hidden" not in repr(shared)


@pytest.mark.parametrize(
    ("env", "message"),
    [
        ({"assistant_database_url": POSTGRES}, "DATABASE_URL is set without ASSISTANT_CHROMA_URL"),
        ({"assistant_chroma_url": CHROMA}, "CHROMA_URL is set without ASSISTANT_DATABASE_URL"),
        ({"assistant_database_url": "mysql://db/x", "assistant_chroma_url": CHROMA}, "DATABASE_URL begins with neither"),
        ({"assistant_database_url": POSTGRES, "assistant_chroma_url": "localhost:8000"}, "CHROMA_URL begins with neither"),
        ({"assistant_database_url": POSTGRES, "assistant_chroma_url": "http://user:pass/word@host"}, "CHROMA_URL is no address"),
        ({"assistant_database_url": POSTGRES, "assistant_chroma_url": "http://[host"}, "CHROMA_URL is no address"),
        ({"assistant_database_url": "mysql://[pass@db/x", "assistant_chroma_url": CHROMA}, "DATABASE_URL begins with neither"),
    ],
)
def test_half_a_shared_store_is_refused(env, message):
    with pytest.raises(SettingsError, match=message) as refusal:
        load(**env)
    assert "hidden" not in str(refusal.value)
