"""What is asked of the bot, and of whom it takes no notice; and the settings that decide on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import SettingsError
from assistant.interfaces.slack.config import Config, read_config
from assistant.interfaces.slack.heard import Listener, Me, plain

ME = Me(user="U0", bot="B0")
SPOKEN = "slack/T1/C1/1.0"


def hear(message: dict, *, channel: str = "C1", kind: str | None = "channel", config: Config | None = None):
    listener = Listener(ME, config or Config(), lambda key: key == SPOKEN)
    return listener.heard({"user": "U1", "ts": "2.0", **message}, "T1", channel, kind)


@pytest.mark.parametrize(
    ("message", "channel", "kind", "thread"),
    [
        ({"text": "<@U0> hi"}, "C1", "channel", "2.0"),
        ({"text": "<@U0|bot> hi"}, "C1", None, "2.0"),
        ({"text": "<@U0> hi", "thread_ts": "1.5"}, "G1", "group", "1.5"),
        ({"text": "hi", "thread_ts": "1.0"}, "C1", "channel", "1.0"),
        ({"text": "hi"}, "D1", "im", None),
        ({"text": "hi", "thread_ts": "1.7"}, "D1", None, "1.7"),
        ({"text": "<@U0> hi", "subtype": "file_share"}, "C1", "channel", "2.0"),
    ],
)
def test_what_is_heard_and_where_it_is_answered(message: dict, channel: str, kind: str | None, thread: str | None) -> None:
    task = hear(message, channel=channel, kind=kind)
    assert (task.kind, task.text, task.thread) == ("question", "hi", thread)
    assert task.lane == f"slack/T1/{channel}/{thread or 'direct'}"


@pytest.mark.parametrize(
    "message",
    [
        {"text": "hi"},
        {"text": "hi", "thread_ts": "1.5"},
        {"text": "<@U7> hi", "thread_ts": "1.0"},
        {"text": "<@U0> hi", "subtype": "channel_join"},
        {"text": "<@U0> hi", "bot_id": "B7"},
        {"text": "<@U0> hi", "subtype": "bot_message", "user": None},
        {"text": "<@U0> hi", "user": "U0"},
        {"text": "<@U0> hi", "bot_id": "B0"},
        {"text": "<@U0> hi", "user": None},
    ],
)
def test_what_is_not_for_the_bot(message: dict) -> None:
    assert hear(message) is None


@pytest.mark.parametrize("names", [{"username": "Ally"}, {"bot_profile": {"name": "Ally"}}, {"bot_id": "Ally"}, {"app_id": "Ally"}])
def test_a_bot_that_is_allowed_is_heard_when_it_mentions_this_one(names: dict) -> None:
    config = Config(bots=("Ally",))
    assert hear({"text": "<@U0> hi", "bot_id": "B7", **names}, config=config).kind == "question"
    assert hear({"text": "hi", "thread_ts": "1.0", "bot_id": "B7", **names}, config=config) is None


def test_who_may_not_ask_is_told_so() -> None:
    config = Config(channels=("C1",), users=("U1",))
    assert hear({"text": "<@U0> hi"}, config=config).kind == "question"
    assert hear({"text": "<@U0> hi"}, channel="C2", config=config).kind == "refuse"
    assert hear({"text": "hi"}, channel="D1", kind="im", config=config).kind == "question"
    assert hear({"text": "<@U0> hi", "user": "U2"}, config=config).kind == "refuse"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("<@U0> 5 &lt; 6 &amp; <@U7|ada>", "5 < 6 & @ada"),
        ("<@U0>", ""),
        ("see <https://a.example/x|the paper> and <https://b.example>", "see the paper and https://b.example"),
        ("<#C1|general> <!here> <!subteam^S1|@team> <!date^1^{date}|today>", "#general @here @team today"),
        ("1\n2", "1\n2"),
    ],
)
def test_a_message_is_read_as_people_see_it(text: str, seen: str) -> None:
    assert plain(text, "U0") == seen


def test_settings_are_read(tmp_path: Path) -> None:
    file = tmp_path / "slack.toml"
    file.write_text('channels = ["C1"]\nbots = ["Ally"]\n[channel.C2]\nhome = "/srv/oncology"\n', encoding="utf-8")
    config = read_config(file)
    assert (config.channels, config.bots, config.users) == (("C1",), ("Ally",), ())
    assert (config.channel["C2"].home, config.channel["C2"].model) == (Path("/srv/oncology"), None)


@pytest.mark.parametrize("text", ["channels = 3", "chanels = []", "[channel.C1]\nhom = 1", "channels = [", None])
def test_bad_settings_are_told_in_a_line(tmp_path: Path, text: str | None) -> None:
    file = tmp_path / "slack.toml"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"slack\.toml") as raised:
        read_config(file)
    assert "\n" not in str(raised.value)


def test_a_mention_that_is_left_out_leaves_no_gap_and_lines_stay() -> None:
    assert plain("hey <@U0>  how\nlong\t\tdid <@U0> they live", "U0") == "hey how\nlong did they live"
