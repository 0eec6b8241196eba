"""Serves MCP: to the program that started this one, or over streamable HTTP."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from assistant.interfaces.serving.web import address, listening

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

_PATH = "/mcp"
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def serve_stdio(server: MCPServer[Any]) -> None:
    """Serves on stdin and stdout until stdin ends."""
    server.run("stdio")


def serve_http(server: MCPServer[Any], host: str, port: int, names: Sequence[str], ready: Callable[[str], None]) -> None:
    """Serves at ``http://host:port/mcp`` until interrupted; port 0 takes a free one, and ``ready`` hears the address.

    Requests must name, as their host and their origin, this machine's loopback, ``host`` or one of ``names``: a web page that
    a browser here has open cannot reach the tools by a name of its own. Raises UsageError where the address cannot be had.
    """
    import uvicorn
    from mcp.server.transport_security import TransportSecuritySettings

    known = [f"[{name}]" if ":" in name else name for name in dict.fromkeys((*_LOOPBACK, host, *names))]
    security = TransportSecuritySettings(
        allowed_hosts=[form for name in known for form in (name, f"{name}:*")],
        allowed_origins=[f"{scheme}://{form}" for name in known for scheme in ("http", "https") for form in (name, f"{name}:*")],
    )
    with listening(host, port, "--port") as listener:
        app = server.streamable_http_app(streamable_http_path=_PATH, host=host, transport_security=security)
        ready(address(host, listener) + _PATH)
        uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listener])
