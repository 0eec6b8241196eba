"""Requests over HTTP: only those that Slack has signed just now, and each once; health and metrics beside them."""

from __future__ import annotations

import http.client
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator

import pytest
from fake_slack import BOT_USER, FakeSlack, encoded, request
from slack_bots import bot_in, strict_slack

from assistant.api import Assistant

ASK = f"<@{BOT_USER}> how long did mice given two doses of CLR 131 survive?"


@pytest.fixture(scope="module")
def served(slack_assistant: Assistant) -> Iterator[tuple[FakeSlack, object]]:
    with strict_slack() as slack, bot_in(slack, slack_assistant, http=True) as bot:
        yield slack, bot


def event(slack: FakeSlack, place: str, identifier: str) -> bytes:
    message = {"type": "message", "channel": f"D{place}", "user": "U1", "text": ASK, "ts": slack.ts(), "channel_type": "im"}
    return encoded({"type": "event_callback", "team_id": "T1", "event_id": identifier, "event": message}, "events_api")[0]


def read(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_questions_commands_and_buttons_come_over_http_too(served, place: str) -> None:
    slack, _ = served
    (answer,) = slack.answered(place, ts := slack.say(place, "U1", ASK, times=2))
    slack.press(answer, "show_proof", "U1")
    slack.wait(lambda: slack.views)
    slack.command(place, "U1", "how long did mice given two doses of CLR 131 survive?", times=2)
    (seen,) = slack.wait(lambda: slack.whispers(place))
    assert "135.6" in answer.words
    assert "135.6" in seen.words
    assert len(slack.replies(place, ts)) == 1
    assert slack.sent.keys() == slack.acknowledged.keys()


@pytest.mark.parametrize(
    "forged",
    [
        {"secret": "another"},
        {"signature": ""},
        {"signature": "v0=" + "0" * 64},
        {"at": time.time() - 400},
        {"at": time.time() + 4000},
        {"signed": b'{"type": "event_callback"}'},
    ],
    ids=["secret", "missing", "wrong", "old", "from the future", "another body"],
)
def test_a_request_that_slack_has_not_signed_just_now_is_refused(served, place: str, forged: dict) -> None:
    slack, bot = served
    before = bot.office.metrics.page().decode()
    status, _ = request(slack.address, event(slack, place, f"Ev-forged-{place}"), "application/json", **forged)
    assert status == 401
    assert slack.replies(f"D{place}") == []
    assert bot.office.metrics.page().decode().count("queued") == before.count("queued")
    assert bot.office.inbox.note(f"Ev-forged-{place}")


def test_a_replayed_request_does_nothing(served, place: str) -> None:
    slack, bot = served
    body, at = event(slack, place, f"Ev-replayed-{place}"), time.time()
    assert [request(slack.address, body, "application/json", at=at)[0] for _ in range(3)] == [200] * 3
    slack.answered(f"D{place}", None)
    slack.wait(lambda: bot.office.inbox.depth() == (0, 0))
    assert len(slack.replies(f"D{place}")) == 1


def test_slack_may_ask_whether_the_address_is_ours(served) -> None:
    slack, _ = served
    body = json.dumps({"type": "url_verification", "challenge": "abc", "token": "x"}).encode()
    assert request(slack.address, body, "application/json") == (200, b'{"challenge": "abc"}')


def test_health_and_metrics(served, place: str) -> None:
    slack, _ = served
    slack.answered(place, slack.say(place, "U1", ASK))
    site = slack.address.removesuffix("/slack/events")
    status, text = read(f"{site}/health")
    assert (status, json.loads(text)["ok"]) == (200, True)
    status, text = read(f"{site}/metrics")
    assert 'biotech_assistant_slack_events_total{outcome="queued"}' in text
    assert 'biotech_assistant_slack_tasks_total{kind="question",outcome="answered"}' in text
    assert "biotech_assistant_slack_waiting 0.0" in text
    assert read(f"{site}/elsewhere")[0] == 404


def test_a_body_larger_than_slack_sends_is_not_read(served) -> None:
    slack, _ = served
    address = urllib.parse.urlsplit(slack.address)
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=10)
    connection.putrequest("POST", address.path)
    connection.putheader("Content-Length", "1000001")
    connection.endheaders()
    assert connection.getresponse().status == 413
    connection.close()
