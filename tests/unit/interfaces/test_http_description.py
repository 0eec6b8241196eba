"""The OpenAPI description holds what the API does: every route, error and event, with schemas that fit the values."""

from __future__ import annotations

import json

from assistant.interfaces.http.asking import STREAMED
from assistant.interfaces.http.routes import routed
from assistant.values import Answer

DESCRIPTION = routed().openapi()
OPERATIONS = {f"{method} {path}": operation for path, methods in DESCRIPTION["paths"].items() for method, operation in methods.items()}


def references(value: object) -> set[str]:
    if isinstance(value, dict):
        return {value["$ref"]} if "$ref" in value else set().union(*map(references, value.values()))
    return set().union(*map(references, value)) if isinstance(value, list) else set()


def test_every_operation_is_summarised_and_needs_a_key_but_health() -> None:
    assert all(operation["summary"] and operation["description"] for operation in OPERATIONS.values())
    assert {name for name, operation in OPERATIONS.items() if "security" not in operation} == {"get /health", "get /health/live"}
    assert len({operation["operationId"] for operation in OPERATIONS.values()}) == len(OPERATIONS)


def test_every_operation_of_this_version_has_the_form_of_errors() -> None:
    for name, operation in OPERATIONS.items():
        if "/v1/" in name:
            assert {"400", "401", "404", "413", "415", "422", "429", "503", "504"} <= operation["responses"].keys()
            for status, response in operation["responses"].items():
                assert int(status) < 400 or list(response["content"]) == ["application/problem+json"]


def test_every_reference_leads_somewhere() -> None:
    names = {reference.removeprefix("#/components/schemas/") for reference in references(DESCRIPTION)}
    assert names <= DESCRIPTION["components"]["schemas"].keys()
    assert json.loads(json.dumps(DESCRIPTION)) == DESCRIPTION


def test_the_answer_and_the_events_are_those_of_the_values() -> None:
    answer = OPERATIONS["post /v1/ask"]["responses"]["200"]["content"]["application/json"]["schema"]
    (stream,) = OPERATIONS["post /v1/ask/stream"]["responses"]["200"]["content"].values()
    assert answer == {"$ref": "#/components/schemas/Answer"}
    assert DESCRIPTION["components"]["schemas"]["Answer"]["properties"].keys() == Answer.model_fields.keys()
    assert stream["x-events"] == {name: {"$ref": f"#/components/schemas/{kind.__name__}"} for name, kind in STREAMED.items()}
