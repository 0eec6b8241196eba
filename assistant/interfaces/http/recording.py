"""Notes each request, in the log and in the metrics: who, which route, which status; never what was asked."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from assistant.interfaces.http.metrics import Metrics
from assistant.interfaces.serving.log import tell

Scope = dict[str, Any]
# Asked for by machines every few seconds.
_UNLOGGED = ("health", "live", "metrics")


class Recording:
    """ASGI middleware around everything else."""

    def __init__(self, app: Callable[..., Any], metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Callable[..., Any], send: Callable[..., Any]) -> None:
        """Passes the request on, and notes it when it has ended."""
        if scope["type"] != "http":
            return
        began, statuses = time.monotonic(), [0]

        async def noted(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                statuses[0] = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noted)
        finally:
            # The route's name, not the path, which may hold the key of a conversation.
            route = getattr(scope.get("route"), "name", "")
            self._metrics.requests.labels(route, statuses[0]).inc()
            if route not in _UNLOGGED:
                seconds = round(time.monotonic() - began, 3)
                caller = scope.get("state", {}).get("caller")
                tell("request", method=scope["method"], route=route or None, status=statuses[0], seconds=seconds, key=caller)
