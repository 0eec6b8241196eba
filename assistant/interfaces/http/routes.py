"""The routes and their description, which needs no server: ``routed().openapi()``."""

from __future__ import annotations

from http import HTTPStatus
from importlib.metadata import version
from typing import Any, Literal

from fastapi import APIRouter, Depends, FastAPI
from fastapi.security import HTTPBearer
from pydantic.json_schema import models_json_schema

from assistant.interfaces.http import asking, conversations, documents, search, studies, verifying, watching
from assistant.interfaces.http.door import LARGEST_BODY
from assistant.interfaces.http.problems import MEDIA_TYPE, Problem
from assistant.resources import prompt
from assistant.values import Value

_PREFIX = "/v1"
_SCHEMAS = "#/components/schemas/"
_PROBLEMS = {
    HTTPStatus.BAD_REQUEST: "The body is no JSON.",
    HTTPStatus.UNAUTHORIZED: "No key, or one that is not known.",
    HTTPStatus.NOT_FOUND: "There is no such thing.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "The body is too large.",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "The body is not said to be JSON.",
    HTTPStatus.UNPROCESSABLE_ENTITY: "The request says something that is not understood.",
    HTTPStatus.TOO_MANY_REQUESTS: "This key asks too often; `Retry-After` has the seconds to wait.",
    HTTPStatus.SERVICE_UNAVAILABLE: "Too many questions, a store or model that is away, or a server that stops; `Retry-After` likewise.",
    HTTPStatus.GATEWAY_TIMEOUT: "There was no answer in time.",
}


class Described(FastAPI):
    """Describes also what FastAPI does not see: problems, and the events of a stream."""

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI description."""
        found = super().openapi()
        if Problem.__name__ not in found["components"]["schemas"]:
            kinds: list[tuple[type[Value], Literal["serialization"]]] = [(kind, "serialization") for kind in asking.STREAMED.values()]
            _, schemas = models_json_schema(kinds, ref_template=_SCHEMAS + "{model}")
            found["components"]["schemas"] |= schemas["$defs"]
            stream = found["paths"][f"{_PREFIX}/ask/stream"]["post"]["responses"]["200"]
            stream["description"] = "The last event is `answer` or `problem`."
            # OpenAPI 3.1 has no words for them but an extension; those of 3.2, which FastAPI writes, are an error in it.
            named = {name: {"$ref": _SCHEMAS + kind.__name__} for name, kind in asking.STREAMED.items()}
            stream["content"]["text/event-stream"] = {"schema": {"type": "string"}, "x-events": named}
        return found


def routed() -> Described:
    """The routes, with nothing behind them yet."""
    app = Described(
        title="Biotech assistant",
        version=version("biotech-assistant"),
        description=prompt("http.md"),
        docs_url=None,  # its pages load scripts from elsewhere
        redoc_url=None,
        generate_unique_id_function=lambda route: route.name,
    )
    problems: dict[int | str, dict[str, Any]] = {
        status.value: {"description": words, "content": {MEDIA_TYPE: {"schema": {"$ref": _SCHEMAS + Problem.__name__}}}}
        for status, words in _PROBLEMS.items()
    }
    versioned = APIRouter(
        prefix=_PREFIX,
        responses=problems,
        dependencies=[Depends(HTTPBearer(auto_error=False))],
        max_body_size=LARGEST_BODY,  # also of a body that does not say how long it is
    )
    for room in (asking, search, documents, studies, verifying, conversations):
        versioned.include_router(room.router)
    app.include_router(versioned)
    app.include_router(watching.router)
    return app
