"""What the API refuses, and how: a problem of one line with the right status, and nothing of it in the log."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import httpx
import pytest
from api_server import Served, served, wait

from assistant.api import Assistant
from assistant.errors import LibraryDamaged, ModelError, ServerUnreachable
from assistant.interfaces.http.keys import PREFIX
from assistant.interfaces.http.service import Limits, running
from assistant.interfaces.serving.log import LOGGER, Lines

JSON = {"Content-Type": "application/json"}
QUESTION = {"question": "Which studies are there?"}


def problem(response: httpx.Response) -> tuple[int, str]:
    """The status and the one line of a problem."""
    found = response.json()
    assert response.headers["content-type"] == "application/problem+json"
    assert found["status"] == response.status_code
    assert found.keys() == {"title", "status", "detail"}
    assert len(found["detail"].splitlines()) == 1
    assert "Traceback" not in response.text
    return found["status"], found["detail"]


@pytest.mark.parametrize(
    "given",
    ["", "Bearer", "Basic a2V5", f"Bearer {PREFIX}{'A' * 43}", "Bearer " + "x" * 5000, "Bearer k\u00e9y".encode()],
    ids=["none", "scheme", "basic", "forged", "long", "latin"],
)
def test_who_has_no_key_is_not_let_in(api: Served, given: str | bytes) -> None:
    for path in ("/v1/documents", "/metrics", "/v1/no-such-route"):
        response = httpx.get(api.address + path, headers={"Authorization": given} if given else {})
        assert problem(response)[0] == 401
        assert response.headers["www-authenticate"] == "Bearer"


def test_of_two_keys_none_counts(api: Served) -> None:
    key = api.client().headers["authorization"]
    response = httpx.get(f"{api.address}/v1/documents", headers=[("Authorization", key), ("Authorization", "Bearer none")])
    assert problem(response)[0] == 401


@pytest.mark.parametrize(
    ("path", "body", "headers", "answer"),
    [
        ("ask", b"{", JSON, (400, "the body")),
        ("ask", b'{"question": "\xff"}', JSON, (400, "body")),
        ("ask", b"[" * 100_000, JSON, (400, "body")),
        ("ask", b"", JSON, (422, "the body")),
        ("ask", b"[]", JSON, (422, "the body")),
        ("ask", b'{"question": 1}', JSON, (422, "question")),
        ("ask", b'{"question": " "}', JSON, (422, "question")),
        ("ask", json.dumps({"question": "a" * 4001}).encode(), JSON, (422, "4000")),
        ("ask", b'{"question": "a\\u0000b"}', JSON, (422, "NUL")),
        ("ask", b'{"question": "a\\ud800b"}', JSON, (422, "question")),
        ("ask", b'{"question": "a", "\\ud800\\n": 1}', JSON, (422, "")),
        ("ask", b'{"question": "a", "conversation": "../b"}', JSON, (422, "conversation")),
        ("ask", b'{"question": "a", "library": "b"}', JSON, (422, "library")),
        ("ask/stream", b'{"question": ""}', JSON, (422, "question")),
        ("search", b'{"query": "a", "k": 1000}', JSON, (422, "k")),
        ("search", b'{"query": "\\u0000"}', JSON, (422, "NUL")),
        ("verify", b'{"question": "a"}', JSON, (422, "text")),
        ("ask", b"question=a", {"Content-Type": "application/x-www-form-urlencoded"}, (415, "application/json")),
        ("ask", b'{"question": "a"}', {"Content-Type": "text/plain"}, (415, "application/json")),
        ("ask", b'{"question": "a"}', {}, (415, "application/json")),
        ("ask", b'{"question": "' + b"a" * 10_000_000 + b'"}', JSON, (413, "1,000,000")),
        ("nothing", b"{}", JSON, (404, "")),
        ("documents", b"{}", JSON, (405, "")),
    ],
)
def test_a_body_that_is_none(api: Served, path: str, body: bytes, headers: dict[str, str], answer: tuple[int, str]) -> None:
    found = problem(api.client().post(f"/v1/{path}", content=body, headers=headers))
    assert found[0] == answer[0]
    assert answer[1] in found[1]


def test_a_body_that_does_not_say_how_long_it_is_has_the_same_limit(api: Served) -> None:
    def pieces() -> Iterator[bytes]:
        yield from (b"a" * 100_000 for _ in range(30))

    assert problem(api.client().post("/v1/ask", content=pieces(), headers=JSON))[0] == 413


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/documents/none", 404),
        ("/v1/documents/%00/text", 404),
        ("/v1/documents/%ff%fe", 404),
        ("/v1/documents/{id}/quote?start=10&end=5", 422),
        ("/v1/documents/{id}/quote?start=0&end=99999999", 422),
        ("/v1/documents/{id}/quote?start=0&end=1e3", 422),
        ("/v1/documents?limit=100000", 422),
        ("/v1/studies?document=none", 404),
        ("/v1/conversations/none", 404),
        ("/v1/conversations/a%00b", 422),
        ("/v1/conversations/..%2fkey-1%2fa", 404),
    ],
)
def test_what_is_not_there(api: Served, release: Assistant, path: str, status: int) -> None:
    assert problem(api.client().get(path.format(id=release.documents()[0].id)))[0] == status


def test_who_asks_too_often_is_told_when_to_come_back(release: Assistant) -> None:
    with served(release, rate=3) as api:
        one, other = api.client(), api.client()
        assert [one.get("/v1/documents").status_code for _ in range(4)] == [200, 200, 200, 429]
        refused = one.get("/v1/documents")
        assert problem(refused)[0] == 429
        assert 1 <= int(refused.headers["retry-after"]) <= 20
        assert other.get("/v1/documents").status_code == 200
        assert one.get("/health").status_code == 200


@pytest.mark.parametrize(
    "failure",
    [
        (ServerUnreachable("PostgreSQL at db.internal:5432/biotech cannot be used"), 503),
        (LibraryDamaged("db.internal is broken"), 503),
        (ModelError("the model at db.internal failed"), 503),
        (ZeroDivisionError("secret words"), 500),
    ],
)
def test_what_fails_behind_is_a_line_with_a_reference_under_which_the_log_has_more(api: Served, monkeypatch, caplog, failure) -> None:
    error, status = failure

    def fail(*_: object) -> Iterator[object]:
        raise error
        yield

    monkeypatch.setattr(Assistant, "stream", fail)
    response = api.client().post("/v1/ask", json=QUESTION)
    streamed = api.client().post("/v1/ask/stream", json=QUESTION)
    assert problem(response)[0] == status
    assert ("retry-after" in response.headers) == (status == 503)
    assert "db.internal" not in response.text + streamed.text
    assert streamed.text.startswith("event: problem\n")
    reference = response.json()["detail"].rpartition("reference ")[2].rstrip(")")
    (logged,) = [record.said for record in caplog.records if record.message == "failed" and record.said["reference"] == reference]
    assert logged["error"] == type(error).__name__
    assert "secret words" not in logged["message"]


def test_a_store_that_is_away_makes_the_server_unwell(release: Assistant, monkeypatch) -> None:
    def away(*_: object) -> None:
        raise ServerUnreachable("PostgreSQL at db.internal:5432/biotech cannot be used")

    monkeypatch.setattr(release, "search", away)
    with served(release) as api:
        health = httpx.get(f"{api.address}/health")
        assert (health.status_code, health.json()["ok"], health.json()["generation"]) == (503, False, None)
        assert "db.internal" not in health.text
        assert httpx.get(f"{api.address}/health/live").status_code == 204


def test_the_log_has_neither_keys_nor_what_was_asked(api: Served, caplog) -> None:
    caplog.set_level(logging.INFO)
    client = api.client()
    client.post("/v1/ask", json={"question": "a-private-word?", "conversation": "a-private-key"})
    client.get("/v1/conversations/a-private-key")
    client.post("/v1/search", json={"query": "a-private-word"})
    wait(lambda: any(record.name == LOGGER.name and record.said["route"] == "search" for record in caplog.records))
    lines = "\n".join(Lines(text=False).format(record) for record in caplog.records if record.name == LOGGER.name)
    assert "a-private" not in lines
    assert PREFIX not in lines
    assert '"route": "ask", "status": 200' in lines


def test_without_keys_only_names_of_this_machine_are_answered(release: Assistant) -> None:
    with running(release, None, Limits(2, 1000), "127.0.0.1", 0) as address:
        assert httpx.get(f"{address}/v1/documents").status_code == 200
        for host in ("evil.example", "evil.example:8080", "[", ""):
            assert problem(httpx.get(f"{address}/v1/documents", headers={"Host": host}))[0] == 421
