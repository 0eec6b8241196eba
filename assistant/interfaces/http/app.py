"""The application: its routes, what stands before them, and what is said when something cannot be answered."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from assistant.errors import AssistantError
from assistant.interfaces.http.door import Door
from assistant.interfaces.http.keys import Ring
from assistant.interfaces.http.office import Office
from assistant.interfaces.http.problems import Refused, refusal, response
from assistant.interfaces.http.rates import Rates
from assistant.interfaces.http.recording import Recording
from assistant.interfaces.http.routes import routed
from assistant.interfaces.render.clean import one_line

_LONGEST_DETAIL = 300


def create_app(office: Office, ring: Ring | None, rates: Rates) -> FastAPI:
    """The ASGI application. ``ring`` has the keys that are let in; None asks for none."""
    app = routed()
    app.state.office = office
    app.add_middleware(Door, ring=ring, rates=rates)
    app.add_middleware(Recording, metrics=office.metrics)
    for kind, handler in (
        (Refused, _refuse),
        (AssistantError, _refuse),
        (Exception, _refuse),
        (HTTPException, _refuse_request),
        (RequestValidationError, _refuse_body),
    ):
        app.add_exception_handler(kind, handler)
    return app


async def _refuse(_: Request, error: Exception) -> JSONResponse:
    return response(refusal(error))


async def _refuse_request(_: Request, error: Exception) -> JSONResponse:
    """What the framework itself refuses: no such route, another method, a body that is too large or cut off."""
    assert isinstance(error, HTTPException)
    return response(Refused(HTTPStatus(error.status_code), one_line(str(error.detail)), error.headers))


async def _refuse_body(_: Request, error: Exception) -> JSONResponse:
    """A body or parameter that is not what the route takes; what was given is not repeated, for it may be long or private."""
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    malformed = first["type"] == "json_invalid"
    status = HTTPStatus.BAD_REQUEST if malformed else HTTPStatus.UNPROCESSABLE_ENTITY
    where = "the body" if malformed else ".".join(map(str, first["loc"][1:])) or "the body"
    return response(Refused(status, one_line(f"{where}: {first['msg']}")[:_LONGEST_DETAIL]))
