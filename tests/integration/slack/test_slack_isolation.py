"""What is said in one place is never seen in another; the benchmark does a thousand turns."""

from __future__ import annotations

import random
from pathlib import Path

from fake_slack import BOT_USER
from slack_bots import bot_in, strict_slack
from slow_model import SlowChatModel, slow_assistant


def test_turns_of_teams_channels_threads_and_direct_messages_do_not_mix(slack_home: Path, place: str) -> None:
    drawn = random.Random(1)
    with strict_slack() as slack, slow_assistant(slack_home, SlowChatModel()) as assistant, bot_in(slack, assistant) as bot:
        keys = [(team, f"{kind}{place}", thread) for team in ("T1", "T2") for kind in "CGD" for thread in (1, 2)]
        started: dict[tuple[str, str, int], str] = {}
        said: dict[str, list[str]] = {}
        for number in range(16):
            team, channel, _ = key = drawn.choice(keys)
            words, under = f"item {number}", started.get(key)
            direct = channel.startswith("D")
            ts = slack.say(channel, "U1", words if direct or under else f"<@{BOT_USER}> {words}", under, team=team)
            started.setdefault(key, slack.ts() if direct else ts)
            said.setdefault(f"slack/{team}/{channel}/{under or ('direct' if direct else ts)}", []).append(words)
        slack.wait(lambda: sum("Do you ask this" in message.words for message in list(slack.messages.values())) == 16, 60)
        slack.wait(lambda: bot.office.inbox.depth() == (0, 0))
        assert {key: [answer.question for answer in assistant.history(key)] for key in said} == said
