"""Who may come in, how often, and with what: looked at before anything of a request's body is read."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from assistant.errors import AssistantError
from assistant.interfaces.http.keys import Ring
from assistant.interfaces.http.problems import Refused, refusal, response
from assistant.interfaces.http.rates import Rates

Scope = dict[str, Any]
# The names by which programs on this machine reach it.
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
# Bytes of a body: an answer to be verified has some ten thousand, a question far less.
LARGEST_BODY = 1_000_000
# Who asks where no keys are asked for; no key has this name.
ANYBODY = "-"
_OPEN = frozenset({"/health", "/health/live", "/openapi.json"})
_SCHEME = "bearer"


class Door:
    """ASGI middleware. ``ring`` has the keys; None lets everybody in who calls this machine by a name of its own."""

    def __init__(self, app: Callable[..., Any], ring: Ring | None, rates: Rates) -> None:
        self._app = app
        self._ring = ring
        self._rates = rates

    async def __call__(self, scope: Scope, receive: Callable[..., Any], send: Callable[..., Any]) -> None:
        """Lets a request through with its caller's name in its state, or answers it with a problem."""
        if scope["type"] == "http" and scope["path"] not in _OPEN:
            try:
                await self._admit(scope)
            except (Refused, AssistantError) as error:
                await response(refusal(error))(scope, receive, send)
                return
        await self._app(scope, receive, send)

    async def _admit(self, scope: Scope) -> None:
        caller = scope.setdefault("state", {})["caller"] = await self._caller(scope)
        if wait := math.ceil(self._rates.take(caller)):
            raise Refused(HTTPStatus.TOO_MANY_REQUESTS, f"this is too often; ask again in {wait} s", {"Retry-After": str(wait)})
        if (length := _header(scope, b"content-length")).isdecimal() and int(length) > LARGEST_BODY:
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"the body is larger than {LARGEST_BODY:,} bytes")
        if scope["method"] == "POST" and _header(scope, b"content-type").partition(";")[0].strip().lower() != "application/json":
            raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "the body must be JSON, with: Content-Type: application/json")

    async def _caller(self, scope: Scope) -> str:
        if self._ring is None:
            # A web page that a browser here has open could otherwise ask, by a name of its own for this machine.
            if _host(scope) not in LOOPBACK:
                raise Refused(HTTPStatus.MISDIRECTED_REQUEST, "without keys only 127.0.0.1, ::1 and localhost are answered as hosts")
            return ANYBODY
        scheme, _, key = _header(scope, b"authorization").partition(" ")
        holder = await asyncio.to_thread(self._ring.holder, key.strip()) if scheme.lower() == _SCHEME else None
        if holder is None:
            raise Refused(HTTPStatus.UNAUTHORIZED, "a key is needed, with: Authorization: Bearer KEY", {"WWW-Authenticate": "Bearer"})
        return holder


def _host(scope: Scope) -> str | None:
    try:
        return urlsplit(f"//{_header(scope, b'host')}").hostname
    except ValueError:
        return None


def _header(scope: Scope, name: bytes) -> str:
    """The header's value; of several none, for servers differ in which of them they go by."""
    values = [value for key, value in scope["headers"] if key == name]
    return values[0].decode("latin-1") if len(values) == 1 else ""
