"""The bot's web server: Slack's requests where it sends them over HTTP, and health and metrics for whoever watches it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST
from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.adapter.asgi import SlackRequestHandler
from slack_bolt.adapter.asgi.http_request import AsgiHttpRequest

Scope = dict[str, Any]
# Whether all is well, and what more there is to say.
Health = Callable[[], tuple[bool, dict[str, object]]]
# Far above what Slack sends; a request's signature is checked only once all of it was read.
_LARGEST_BODY = 1_000_000


class Requests(SlackRequestHandler):
    """Bolt's ASGI application, run in threads, since its listeners write to a disk."""

    async def dispatch(self, request: AsgiHttpRequest) -> BoltResponse:
        """Has the app answer a request of Slack's."""
        body = await request.get_raw_body()
        made = BoltRequest(body=body, query=request.query_string, headers=request.get_headers())
        return await asyncio.to_thread(self.app.dispatch, made)


class Site:
    """An ASGI application: ``/health``, ``/metrics`` and, where there is an ``app``, Slack's requests at ``path``."""

    def __init__(self, health: Health, metrics: Callable[[], bytes], app: App | None, path: str) -> None:
        self._health = health
        self._metrics = metrics
        self._path = path
        self._slack = Requests(app, path) if app else None

    async def __call__(self, scope: Scope, receive: Callable[..., Any], send: Callable[..., Any]) -> None:
        """Answers one request."""
        if scope["type"] != "http":
            return
        if scope["path"] == "/health":
            well, state = await asyncio.to_thread(self._health)
            await _respond(send, 200 if well else 503, json.dumps(state).encode(), "application/json")
        elif scope["path"] == "/metrics":
            await _respond(send, 200, await asyncio.to_thread(self._metrics), CONTENT_TYPE_LATEST)
        elif self._slack is None or scope["path"] != self._path:
            await _respond(send, 404, b"not found")
        elif not _short(scope):
            await _respond(send, 413, b"the body is too large, or its length is not given")
        else:
            await self._slack(scope, receive, send)


def _short(scope: Scope) -> bool:
    length = next((value for name, value in scope["headers"] if name == b"content-length"), b"")
    return bool(length.isdigit() and int(length) <= _LARGEST_BODY)


async def _respond(send: Callable[..., Any], status: int, body: bytes, kind: str = "text/plain") -> None:
    headers = [(b"content-type", kind.encode("ascii")), (b"content-length", str(len(body)).encode("ascii"))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
