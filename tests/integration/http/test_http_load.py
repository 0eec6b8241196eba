"""Many questions at once, callers that go away, and a server that is stopped: nothing is mixed up, held or cut off."""

from __future__ import annotations

import asyncio
import http.client
import json
import signal
import subprocess
import sys
import threading
from pathlib import Path

import httpx
import pytest
from api_server import GatedChatModel, events, served, wait
from homes import copied

from assistant.api import Assistant
from assistant.interfaces.http import questions

_SERVER = Path(__file__).with_name("api_server.py")


def test_fifty_at_once_get_their_own_answers_or_are_told_to_come_back(release: Assistant) -> None:
    with served(release, workers=2) as api:
        key = api.client().headers["authorization"]

        async def all_at_once() -> list[httpx.Response]:
            async with httpx.AsyncClient(base_url=api.address, headers={"Authorization": key}, timeout=60) as client:
                return await asyncio.gather(*(client.post("/v1/ask", json={"question": f"What is {n} mCi in MBq?"}) for n in range(2, 52)))

        responses = asyncio.run(all_at_once())
    answered = [(n, response.json()) for n, response in enumerate(responses, 2) if response.status_code == 200]
    refused = [response for response in responses if response.status_code == 503]
    assert len(answered) + len(refused) == 50
    assert len(answered) >= 10
    assert all(f"{37 * n:,} MBq" in answer["text"] or f"{37 * n} MBq" in answer["text"] for n, answer in answered)
    assert all(response.headers["retry-after"] for response in refused)


@pytest.mark.parametrize("path", ["/v1/ask", "/v1/ask/stream"])
def test_who_goes_away_frees_the_worker_and_leaves_no_trace(gated: tuple[Assistant, GatedChatModel], path: str) -> None:
    assistant, model = gated
    with served(assistant, workers=1) as api:
        client = api.client()
        gone = http.client.HTTPConnection(client.base_url.host, client.base_url.port)
        headers = {"Authorization": client.headers["authorization"], "Content-Type": "application/json"}
        gone.request("POST", path, json.dumps({"question": "Who left?", "conversation": "c"}), headers)
        wait(lambda: model.asked)
        answers: list[httpx.Response] = []
        stayed = {"question": "Who stayed?", "conversation": "c"}
        waiting = threading.Thread(target=lambda: answers.append(client.post("/v1/ask", json=stayed)))
        waiting.start()
        wait(lambda: api.client().get("/health").json()["waiting"] == 1)
        gone.close()
        model.gate.touch()
        waiting.join()
        kept = client.get("/v1/conversations/c").json()["answers"]
        outcomes = client.get("/metrics").text
    assert "Who stayed" in answers[0].json()["text"]
    assert [entry["question"] for entry in kept] == ["Who stayed?"]
    assert 'questions_total{outcome="left"} 1.0' in outcomes


def test_who_left_before_their_turn_makes_room_at_once(gated: tuple[Assistant, GatedChatModel]) -> None:
    assistant, model = gated
    with served(assistant, workers=1) as api:
        first, second = api.client(), api.client()
        answering = threading.Thread(target=first.post, args=("/v1/ask",), kwargs={"json": {"question": "Who is first?"}})
        answering.start()
        wait(lambda: model.asked)
        with second.stream("POST", "/v1/ask/stream", json={"question": "Who is second?"}):
            wait(lambda: first.get("/health").json()["waiting"] == 1)
        wait(lambda: first.get("/health").json()["waiting"] == 0)
        left = first.get("/metrics").text
        model.gate.touch()
        answering.join()
    assert 'questions_total{outcome="left"} 1.0' in left
    assert len(model.asked) == 1


def test_a_question_has_its_deadline(gated: tuple[Assistant, GatedChatModel], monkeypatch) -> None:
    assistant, model = gated
    monkeypatch.setattr(questions, "_GRACE", 0.1 - assistant.settings.deadline)
    with served(assistant) as api:
        response = api.client().post("/v1/ask", json={"question": "Who is slow?"})
        streamed = api.client().post("/v1/ask/stream", json={"question": "Who is slow?"})
        model.gate.touch()
    assert (response.status_code, response.headers["retry-after"]) == (504, "5")
    assert streamed.text.splitlines()[-3:-1] == ["event: problem", f"data: {response.text}"]


def test_a_stopped_server_answers_what_it_began_and_nothing_else(home: Path, tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    command = [sys.executable, str(_SERVER), str(copied(home, tmp_path / "home")), str(gate)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        address, key = process.stdout.readline().split()
        with httpx.Client(base_url=address, headers={"Authorization": f"Bearer {key}"}, timeout=30) as client:
            with client.stream("POST", "/v1/ask/stream", json={"question": "Who is last?"}) as response:
                heard = events(response)
                first, _ = next(heard)
                wait((tmp_path / "asked").exists)
                process.send_signal(signal.SIGTERM)
                health = wait(lambda: (found := httpx.get(f"{address}/health")).status_code == 503 and found).json()
                late = client.post("/v1/ask", json={"question": "Who is late?"})
                gate.touch()
                *_, (name, answer) = heard
            assert process.wait(30) == 0
        log = process.stderr.read()
    assert (health["stopping"], health["working"]) == (True, 1)
    assert (late.status_code, late.headers["retry-after"]) == (503, "5")
    assert "stopping" in late.json()["detail"]
    assert first == "status"
    assert (name, "Who is last" in answer["text"]) == ("answer", True)
    assert "Traceback" not in log
    assert "Who" not in log
    assert key not in log
    assert '"event": "stopping"' in log
