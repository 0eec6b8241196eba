"""``assistant serve``: the Assistant for other programs, over HTTP."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated

import typer

from assistant.errors import AssistantError
from assistant.interfaces.cli import serve_keys
from assistant.interfaces.cli.opened import opened
from assistant.interfaces.cli.options import Home, Model
from assistant.interfaces.cli.screen import complain, write_json

_HOST, _PORT = "127.0.0.1", 8080

app = typer.Typer(invoke_without_command=True, no_args_is_help=False)
app.add_typer(serve_keys.app, name="keys")


@app.callback(invoke_without_command=True)
def serve(
    context: typer.Context,
    *,
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="Listen here.")] = _HOST,
    port: Annotated[int, typer.Option("--port", metavar="NUMBER", min=0, max=65535, help="Listen here; 0 takes a free one.")] = _PORT,
    no_auth: Annotated[bool, typer.Option("--no-auth", help="Ask for no key; only where nobody but this machine can ask.")] = False,
    workers: Annotated[int, typer.Option("--workers", metavar="NUMBER", min=1, max=256, help="Answers made at a time.")] = 8,
    rate: Annotated[int, typer.Option("--rate", metavar="NUMBER", min=1, help="Requests a minute for each key.")] = 120,
    model: Model = None,
    home: Home = None,
) -> None:
    """Serve the Assistant to other programs over HTTP.

    Read-only, with the same answers as everywhere, as JSON or as a stream of events. Callers need a key, which 'keys add' makes.

    The first Ctrl-C or SIGTERM stops it when what was begun is answered.

    Example: assistant serve keys add reports
    """
    if context.invoked_subcommand is not None:
        return
    _need_extra()
    import threading

    from assistant.interfaces.http.keys import Keys
    from assistant.interfaces.http.service import Limits, running
    from assistant.interfaces.serving.loaded import set_aside
    from assistant.interfaces.serving.log import to_stderr
    from assistant.interfaces.serving.stopping import stop_on_signals

    to_stderr(text=False)
    stopping = threading.Event()
    with opened(home, model) as assistant:
        keys = None if no_auth else Keys(assistant.settings.home, assistant.store.server)
        stop_on_signals(stopping)
        with running(assistant, keys, Limits(workers, rate), host, port) as address:
            set_aside()
            complain(f"serving {address}; Ctrl-C ends")
            stopping.wait()


@app.command()
def openapi() -> None:
    """Print the OpenAPI description of the interface.

    Example: assistant serve openapi
    """
    _need_extra()
    import json

    from assistant.interfaces.http.routes import routed

    write_json(json.dumps(routed().openapi(), indent=2))


def _need_extra() -> None:
    for module in ("fastapi", "prometheus_client", "uvicorn"):
        try:
            import_module(module)
        except ImportError as error:
            raise AssistantError("assistant serve needs FastAPI; install it with: pip install 'biotech-assistant[serve]'") from error
