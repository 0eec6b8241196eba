"""``assistant mcp``: the Assistant as tools of other programs."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated

import typer

from assistant.errors import AssistantError, UsageError
from assistant.interfaces.cli.opened import opened
from assistant.interfaces.cli.options import Home, Model
from assistant.interfaces.cli.screen import complain

_HOST, _PORT = "127.0.0.1", 8000


def mcp(
    *,
    http: Annotated[bool, typer.Option("--http", help="Serve streamable HTTP instead of stdin and stdout.")] = False,
    host: Annotated[str | None, typer.Option("--host", metavar="ADDRESS", help=f"With --http: listen here; default: {_HOST}.")] = None,
    port: Annotated[
        int | None, typer.Option("--port", metavar="NUMBER", min=0, max=65535, help=f"With --http: default {_PORT}; 0 takes a free one.")
    ] = None,
    allow_host: Annotated[
        list[str] | None, typer.Option("--allow-host", metavar="NAME", help="With --http: a name that clients reach this machine by.")
    ] = None,
    model: Model = None,
    home: Home = None,
) -> None:
    """Serve the tools to MCP clients.

    They are ask, search_passages, list_studies, survival_benefit and decay, all read-only.

    There is no log-in: who reaches the address may ask.

    Example: assistant mcp --http --port 8000
    """
    if not http and (host, port, allow_host) != (None, None, None):
        raise UsageError("--host, --port and --allow-host are for --http")
    _need_sdk()
    from assistant.interfaces.mcp.server import server_over
    from assistant.interfaces.mcp.serving import serve_http, serve_stdio
    from assistant.interfaces.serving.loaded import set_aside

    with opened(home, model) as assistant:
        assistant.prepare()
        set_aside()
        server = server_over(assistant)
        if http:
            at = _PORT if port is None else port
            serve_http(server, host or _HOST, at, allow_host or (), lambda address: complain(f"serving {address}; Ctrl-C ends"))
        else:
            serve_stdio(server)


def _need_sdk() -> None:
    try:
        import_module("mcp.server.mcpserver")
    except ImportError as error:
        raise AssistantError("assistant mcp needs the MCP SDK; install it with: pip install 'biotech-assistant[mcp]'") from error
