"""Each question gets one answer, or one apology: whatever Slack, the network, the model or the machine do."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_slack import BOT_USER, FakeSlack
from homes import copied
from slack_bots import TOKENS, bot_in, strict_slack
from slow_model import SlowChatModel, slow_assistant

from assistant.api import Assistant
from assistant.errors import AssistantError, LibraryError, ServerUnreachable
from assistant.interfaces.slack.answering import PATIENCE
from assistant.interfaces.slack.inbox import Inbox

ASK = f"<@{BOT_USER}> how long did mice given two doses of CLR 131 survive?"


@pytest.fixture
def slack(team) -> FakeSlack:
    return team[0]


@pytest.fixture
def bot(team):
    return team[1]


def settled(slack: FakeSlack, bot) -> None:
    slack.wait(lambda: bot.office.inbox.depth() == (0, 0))


def calls(slack: FakeSlack, method: str, place: str) -> int:
    return sum(name == method and args.get("channel") == place for name, args in slack.arguments)


def test_events_that_slack_repeats_are_answered_once(slack: FakeSlack, bot, place: str) -> None:
    ts = slack.say(place, "U1", ASK, times=4)
    direct = f"D{place}"
    slack.say(direct, "U1", ASK, times=4)
    slack.command(place, "U1", ASK, times=4)
    slack.answered(place, ts)
    slack.answered(direct, None)
    slack.wait(lambda: slack.whispers(place))
    settled(slack, bot)
    assert len(slack.replies(place, ts)) == len(slack.replies(direct)) == len(slack.whispers(place)) == 1


@pytest.mark.parametrize(
    "fault", [{"status": 429, "error": "ratelimited", "retry_after": 0}, {"status": 503}, {"error": "internal_error"}], ids=str
)
def test_what_slack_does_not_take_is_said_again(slack: FakeSlack, bot, place: str, fault: dict) -> None:
    slack.fail("chat.postMessage", **fault)
    (answer,) = slack.answered(place, slack.say(place, "U1", ASK))
    settled(slack, bot)
    assert "135.6" in answer.words
    assert calls(slack, "chat.postMessage", place) == 1


def test_a_rate_limit_is_waited_for_as_long_as_slack_says(slack: FakeSlack, bot, place: str) -> None:
    slack.fail("chat.postMessage", status=429, error="ratelimited", retry_after=1)
    began = time.monotonic()
    slack.answered(place, slack.say(place, "U1", ASK))
    assert time.monotonic() - began >= 1


def test_a_message_that_slack_posted_without_saying_so_is_found_and_not_posted_again(slack: FakeSlack, bot, place: str) -> None:
    direct = f"D{place}"
    for where in (place, direct):
        slack.fail("chat.postMessage", status=500, after=True)
        ts = slack.say(where, "U1", ASK)
        slack.answered(where, ts if where == place else None)
        settled(slack, bot)
        assert len(slack.replies(where, ts if where == place else None)) == 1
        assert calls(slack, "chat.postMessage", where) == 1


def test_what_cannot_be_said_is_given_up_and_holds_nobody_up(slack: FakeSlack, bot, place: str) -> None:
    slack.fail("chat.postMessage", error="is_archived", times=2)
    ts = slack.say(place, "U1", ASK)
    settled(slack, bot)
    later = slack.say(place, "U1", ASK, thread=ts)
    slack.answered(place, ts)
    assert later


def test_an_answer_that_cannot_be_shown_is_apologised_for(slack: FakeSlack, bot, place: str) -> None:
    (answer,) = slack.answered(place, ts := slack.say(place, "U1", ASK))
    slack.fail("files.completeUploadExternal", error="missing_scope")
    slack.press(answer, "draw_chart", "U1")
    _, apology = slack.answered(place, ts, 2)
    assert "Sorry" in apology.words
    assert "reference" in apology.words


def test_answers_come_through_a_cut_socket(slack: FakeSlack, bot, place: str) -> None:
    ts = slack.say(place, "U1", ASK)
    slack.drop_sockets()
    slack.answered(place, ts)
    slack.answered(place, slack.say(place, "U1", ASK), seconds=30)


class Idle(Inbox):
    """Nothing is begun."""

    def claim(self) -> None:
        return None


@pytest.fixture
def own_home(slack_home: Path, tmp_path: Path) -> Path:
    return copied(slack_home, tmp_path / "home")


@pytest.fixture
def own(own_home: Path) -> Iterator[Assistant]:
    with Assistant.open(own_home) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (LibraryError("the catalogue is damaged"), "library"),
        (AssistantError("no"), "went wrong"),
        (ZeroDivisionError("a=<!channel>"), "went wrong"),
    ],
)
def test_a_failure_is_told_in_a_sentence_with_the_reference_of_the_log(team, place, monkeypatch, caplog, error, said) -> None:  # noqa: PLR0917
    slack, bot = team

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(bot.office.rooms.default, "ask", fail)
    (apology,) = slack.answered(place, slack.say(place, "U1", ASK))
    settled(slack, bot)
    reference = apology.words.rpartition("reference ")[2].rstrip(")")
    assert said in apology.words
    assert [record.said["reference"] for record in caplog.records if record.message == "failed"] == [reference]
    assert "channel" not in apology.words


def test_questions_that_nobody_answered_are_answered_at_the_next_start_and_old_ones_apologised_for(own: Assistant, place: str) -> None:
    with strict_slack() as slack:
        with bot_in(slack, own) as bot:
            bot.office.inbox.__class__ = Idle
            fresh = slack.say(place, "U1", ASK)
            slack.wait(lambda: bot.office.inbox.depth() == (1, 0))
            old = slack.say(place, "U1", ASK)
            slack.wait(lambda: bot.office.inbox.depth() == (2, 0))
            with bot.office.inbox._database.transaction() as connection:
                connection.execute("UPDATE tasks SET arrived = arrived - ? WHERE message = ?", (PATIENCE + 1, f"{place}/{old}"))
        with bot_in(slack, own) as bot:
            (answer,) = slack.answered(place, fresh)
            (apology,) = slack.answered(place, old)
    assert "135.6" in answer.words
    assert "Sorry" in apology.words


def test_two_processes_share_a_queue_and_answer_once(own: Assistant, place: str) -> None:
    with strict_slack() as slack, bot_in(slack, own), bot_in(slack, own) as bot:
        slack.wait(lambda: len(slack.sockets) == 2)
        asked = [slack.say(place, "U1", ASK, times=2) for _ in range(4)]
        for ts in asked:
            slack.answered(place, ts)
        settled(slack, bot)
        assert [len(slack.replies(place, ts)) for ts in asked] == [1] * 4


def test_a_revoked_token_ends_the_bot_and_the_question_waits_for_a_new_one(own: Assistant, place: str) -> None:
    from assistant.interfaces.slack.service import Ports, running, serve

    with strict_slack() as slack:
        with running(own, TOKENS, api=slack.api) as (bot, app):
            slack.wait(lambda: bot.office.inbox.depth() == (0, 0))

            def told(_: str) -> None:
                slack.say(place, "U1", ASK)
                slack.revoked = True

            with pytest.raises(AssistantError, match="token_revoked"):
                serve(bot, app, TOKENS, Ports(), told)
        slack.revoked = False
        (ts,) = [message.ts for message in slack.messages.values()]
        with bot_in(slack, own):
            slack.answered(place, ts)


def test_a_language_model_is_watched_in_a_stream_and_the_answer_follows(own_home: Path, place: str) -> None:
    with strict_slack() as slack, slow_assistant(own_home, SlowChatModel(seconds=0.2)) as assistant, bot_in(slack, assistant) as bot:
        (answer,) = slack.answered(place, slack.say(place, "U1", f"<@{BOT_USER}> what about PC3"))
        assert "Do you ask this: what about PC3?" in answer.words
        assert [chunk["status"] for chunk in answer.chunks if chunk["id"] == "1"] == ["in_progress", "complete"]
        slack.streams = False
        (answer,) = slack.answered(place, slack.say(place, "U1", f"<@{BOT_USER}> what about mice"))
        slack.wait(lambda: "Do you ask this: what about mice?" in answer.words)
        settled(slack, bot)
        assert (calls(slack, "chat.postMessage", place), len(answer.edits)) == (1, 1)
        slack.streams = True
        slack.say(f"D{place}", "U1", "what about dogs")
        (answer,) = slack.answered(f"D{place}", None)
        slack.wait(lambda: "Do you ask this: what about dogs?" in answer.words)


def test_the_log_has_no_text_and_no_secret(slack: FakeSlack, bot, place: str, caplog, monkeypatch) -> None:
    import logging

    from assistant.interfaces.serving.log import Lines

    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1-secret")
    caplog.set_level(logging.INFO)
    slack.answered(place, slack.say(place, "U1", f"{ASK} a-private-word xoxb-1-secret"))
    settled(slack, bot)
    slack.wait(lambda: any(record.message == "done" for record in caplog.records))
    lines = [Lines(text=False).format(record) for record in caplog.records]
    done = [json.loads(line) for line in lines if '"done"' in line][-1]
    assert (done["kind"], done["outcome"], done["channel"], done["user"]) == ("question", "answered", place, "U1")
    assert not any("private-word" in line or "xoxb-1" in line for line in lines)
    assert any("private-word" in Lines(text=True).format(record) for record in caplog.records)
    assert not any("xoxb-1" in Lines(text=True).format(record) for record in caplog.records)


def test_a_queue_that_cannot_be_written_for_a_while_loses_nothing(slack: FakeSlack, bot, place: str, monkeypatch) -> None:
    inbox, failures = type(bot.office.inbox), iter(range(2))
    claim, finish = inbox.claim, inbox.finish

    def failing(deed):
        def run(*args: object, **options: object):
            if next(failures, None) is not None:
                raise LibraryError("disk is full")
            return deed(*args, **options)

        return run

    monkeypatch.setattr("assistant.interfaces.slack.bot._RECOVERY", 0.05)
    monkeypatch.setattr(inbox, "finish", failing(finish))
    monkeypatch.setattr(inbox, "claim", failing(claim))
    ts = slack.say(place, "U1", ASK)
    slack.say(place, "U1", "And with one dose?", thread=ts)
    slack.answered(place, ts, 2)
    settled(slack, bot)
    assert len(slack.replies(place, ts)) == 2


def test_an_answer_that_was_given_before_the_database_went_away_is_not_given_anew(slack: FakeSlack, bot, place: str, monkeypatch) -> None:
    posts, away = type(bot.office.posts), iter(range(1))
    keep = posts.keep

    def failing(*args: object) -> None:
        if next(away, None) is not None:
            raise ServerUnreachable("the server is away")
        keep(*args)

    monkeypatch.setattr("assistant.interfaces.slack.bot._RECOVERY", 0.05)
    monkeypatch.setattr(posts, "keep", failing)
    ts = slack.say(place, "U1", ASK)
    (answer,) = slack.answered(place, ts)
    settled(slack, bot)
    assert "135.6" in answer.words
    assert next(away, None) is None
    assert len(bot.office.rooms.default.history(f"slack/T1/{place}/{ts}")) == 1
