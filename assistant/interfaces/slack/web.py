"""The bot's web server: Slack's requests where it sends them over HTTP, and health and metrics for whoever watches it."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST
from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.adapter.asgi import SlackRequestHandler
from slack_bolt.adapter.asgi.http_request import AsgiHttpRequest

from assistant.errors import UsageError

Scope = dict[str, Any]
# Whether all is well, and what more there is to say.
Health = Callable[[], tuple[bool, dict[str, object]]]
# Far above what Slack sends; a request's signature is checked only once all of it was read.
_LARGEST_BODY = 1_000_000
_PATIENCE = 5.0


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


@contextmanager
def serving(site: Site, host: str, port: int) -> Iterator[str]:
    """Serves until the block ends, then finishes the requests it began; gives the address. Raises UsageError where it cannot be had."""
    with _listening(host, port) as listener:
        server = uvicorn.Server(uvicorn.Config(site, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=10))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name="slack-web")
        thread.start()
        try:
            yield f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def _short(scope: Scope) -> bool:
    length = next((value for name, value in scope["headers"] if name == b"content-length"), b"")
    return bool(length.isdigit() and int(length) <= _LARGEST_BODY)


async def _respond(send: Callable[..., Any], status: int, body: bytes, kind: str = "text/plain") -> None:
    headers = [(b"content-type", kind.encode("ascii")), (b"content-length", str(len(body)).encode("ascii"))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _listening(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise UsageError(f"{host} port {port} cannot be listened on: {error.strerror or error}; choose another") from error
