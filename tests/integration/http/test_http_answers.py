"""What the API answers: the same as Python, on either kind of library, with each caller's conversations its own."""

from __future__ import annotations

from api_server import Served, events

from assistant.agent.events import DraftPiece
from assistant.api import Assistant
from assistant.interfaces.http.asking import STREAMED
from assistant.studies.evidence import Studies
from assistant.values import Answer, Hit

ANSWERABLE = "How long did mice given two doses of CLR 131 survive?"
# What two answers to one question may differ in.
_PASSING = {"elapsed_ms", "created_at", "conversation"}
_TWO_DOSES = "How long did mice given two doses of CLR 125 survive?"


def same(one: Answer, other: Answer) -> bool:
    return one.model_dump(exclude=_PASSING) == other.model_dump(exclude=_PASSING)


def test_an_answer_is_the_answer_of_python(either: tuple[Served, Assistant]) -> None:
    api, assistant = either
    response = api.client().post("/v1/ask", json={"question": f" {ANSWERABLE}\n"})
    answer = Answer.model_validate(response.json())
    assert (response.status_code, answer.status) == (200, "answered")
    assert "135.6 days" in answer.text
    assert same(answer, assistant.ask(ANSWERABLE))
    assert list(response.json()) == list(answer.model_dump())


def test_a_stream_shows_how_and_ends_with_the_same_answer(either: tuple[Served, Assistant]) -> None:
    api, assistant = either
    with api.client().stream("POST", "/v1/ask/stream", json={"question": ANSWERABLE, "conversation": "s"}) as response:
        heard = [(name, STREAMED[name].model_validate(data)) for name, data in events(response)]
    names = [name for name, _ in heard]
    drafted = "".join(event.text for _, event in heard if isinstance(event, DraftPiece))
    (_, answer) = heard[-1]
    assert response.headers["content-type"].startswith("text/event-stream")
    assert names.index("tool_call") < names.index("tool_result") < names.index("draft_piece") < names.index("draft") < names.index("answer")
    assert names.count("answer") == 1
    assert "135.6 days" in drafted
    assert isinstance(answer, Answer)
    assert same(answer, assistant.ask(ANSWERABLE))
    assert answer.conversation == "s"


def test_a_citation_opens_in_its_source(either: tuple[Served, Assistant]) -> None:
    client = either[0].client()
    (citation, *_) = client.post("/v1/ask", json={"question": ANSWERABLE}).json()["citations"]
    document = f"/v1/documents/{citation['document']['id']}"
    text = client.get(f"{document}/text").json()["text"]
    opened = client.get(f"{document}/quote", params={"start": citation["start"], "end": citation["end"]}).json()
    assert text[citation["start"] : citation["end"]] == citation["quote"] == opened["quote"]
    assert opened["before"] + opened["quote"] + opened["after"] in text
    assert len(opened["before"] + opened["after"]) > 100
    assert client.get(document).json()["title"] == citation["document"]["title"]


def test_documents_passages_and_studies_are_those_of_python(either: tuple[Served, Assistant]) -> None:
    api, assistant = either
    client = api.client()
    listed = client.get("/v1/documents", params={"limit": 1}).json()
    found = client.post("/v1/search", json={"query": "initial tumor volume", "k": 2}).json()
    studies = Studies.model_validate(client.get("/v1/studies", params={"document": listed["documents"][0]["id"]}).json())
    assert (listed["documents"][0]["id"], listed["total"]) == (assistant.documents()[0].id, len(assistant.documents()))
    assert client.get("/v1/documents", params={"offset": listed["total"]}).json()["documents"] == []
    assert tuple(Hit.model_validate(hit) for hit in found["hits"]) == assistant.search("initial tumor volume", 2)
    assert {hit["passage"]["document"] for hit in found["hits"]} == {document["id"] for document in found["documents"]}
    assert studies.studies == assistant.studies()
    assert "161 days" in {row.cells["survival"].quote for row in studies.evidence}


def test_an_answer_is_verified_and_a_changed_one_is_not(either: tuple[Served, Assistant]) -> None:
    client = either[0].client()
    answer = client.post("/v1/ask", json={"question": _TWO_DOSES}).json()
    changed = answer | {"text": answer["text"].replace("161", "162")}
    assert client.post("/v1/verify", json=answer).json() == {"holds": True, "problems": [], "changes": []}
    found = client.post("/v1/verify", json=changed).json()
    assert found["holds"] is False
    assert any("162" in problem for problem in found["problems"])
    assert client.post("/v1/verify", json=answer | {"text": answer["text"] + " " * 10_000}).status_code == 422


def test_a_conversation_is_its_callers_alone(either: tuple[Served, Assistant]) -> None:
    one, other = either[0].client(), either[0].client()
    one.post("/v1/ask", json={"question": _TWO_DOSES, "conversation": "doses"})
    followed = one.post("/v1/ask", json={"question": "And one dose?", "conversation": "doses"}).json()
    strange = other.post("/v1/ask", json={"question": "And one dose?", "conversation": "doses"}).json()
    kept = one.get("/v1/conversations/doses").json()
    assert "135 days" in followed["text"].split("“")[0]  # before what is quoted
    assert "135 days" not in strange["text"].split("“")[0]
    assert followed["conversation"] == strange["conversation"] == kept["conversation"] == "doses"
    assert [answer["question"] for answer in kept["answers"]] == [_TWO_DOSES, "And one dose?"]
    assert kept["answers"][1] == followed
    assert other.delete("/v1/conversations/doses").status_code == 204
    assert other.get("/v1/conversations/doses").status_code == 404
    assert len(one.get("/v1/conversations/doses").json()["answers"]) == 2
    assert one.delete("/v1/conversations/doses").status_code == 204
    assert one.get("/v1/conversations/doses").status_code == 404


def test_a_key_that_is_removed_is_refused(either: tuple[Served, Assistant]) -> None:
    api, _ = either
    client = api.client(api.keys.add("removed"))
    assert client.get("/v1/documents").status_code == 200
    api.keys.remove("removed")
    assert client.get("/v1/documents").status_code == 401


def test_health_and_metrics(either: tuple[Served, Assistant]) -> None:
    api, assistant = either
    client, stranger = api.client(), api.client("none")
    client.post("/v1/ask", json={"question": ANSWERABLE})
    health = stranger.get("/health")
    page = client.get("/metrics").text
    assert (health.status_code, health.json()["ok"], health.json()["generation"]) == (200, True, assistant.generation)
    assert stranger.get("/health/live").status_code == 204
    assert stranger.get("/metrics").status_code == 401
    assert 'biotech_assistant_http_questions_total{outcome="answered"}' in page
    assert 'biotech_assistant_http_requests_total{route="ask",status="200"}' in page
    assert "biotech_assistant_http_working" in page
    assert "key-" not in page
