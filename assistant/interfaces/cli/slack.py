"""``assistant slack``: the team's bot."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from assistant.errors import AssistantError, UsageError
from assistant.interfaces.cli.opened import opened
from assistant.interfaces.cli.options import Home, Model
from assistant.interfaces.cli.screen import complain, write_json

_HOST = "127.0.0.1"

app = typer.Typer(invoke_without_command=True, no_args_is_help=False)


@app.callback(invoke_without_command=True)
def slack(
    context: typer.Context,
    *,
    http: Annotated[
        int | None, typer.Option("--http", metavar="PORT", min=0, max=65535, help="Take Slack's requests over HTTP; default: Socket Mode.")
    ] = None,
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="Listen here.")] = _HOST,
    health: Annotated[
        int | None, typer.Option("--health", metavar="PORT", min=0, max=65535, help="Serve /health and /metrics here; --http has them too.")
    ] = None,
    config: Annotated[
        Path | None,
        typer.Option("--config", metavar="FILE", help="TOML: channels, users and bots that are answered, libraries by channel."),
    ] = None,
    workers: Annotated[int, typer.Option("--workers", metavar="NUMBER", min=1, max=256, help="Answers made at a time.")] = 8,
    log_text: Annotated[bool, typer.Option("--log-text", help="Let questions stand in the log.")] = False,
    model: Model = None,
    home: Home = None,
) -> None:
    """Answer in a team's Slack.

    Mentions, direct messages, the assistant's pane, /ask, and a shortcut that checks figures.

    Needs SLACK_BOT_TOKEN, and SLACK_APP_TOKEN or, with --http, SLACK_SIGNING_SECRET. The first Ctrl-C or SIGTERM stops it when
    what was begun is answered.

    Example: assistant slack manifest
    """
    if context.invoked_subcommand is not None:
        return
    _need_sdk()
    from assistant.interfaces.serving.loaded import set_aside
    from assistant.interfaces.serving.log import to_stderr
    from assistant.interfaces.serving.stopping import stop_on_signals
    from assistant.interfaces.slack.config import Config, read_config
    from assistant.interfaces.slack.service import SLACK, Ports, Tokens, running, serve
    from assistant.settings import secret, variable

    other = "SLACK_APP_TOKEN" if http is None else "SLACK_SIGNING_SECRET"
    tokens = Tokens(bot=secret("SLACK_BOT_TOKEN"), **{"app" if http is None else "signing": secret(other)})
    settings = read_config(config) if config else Config()
    to_stderr(text=log_text)
    api = variable("SLACK_API_URL") or SLACK
    ports = Ports(host=host, http=http, health=health)
    with opened(home, model) as assistant, running(assistant, tokens, settings, workers=workers, api=api) as (bot, bolt):
        stop_on_signals(bot.stopping)
        set_aside()
        serve(bot, bolt, tokens, ports, lambda where: complain(f"answering Slack: {where}; Ctrl-C ends"))


@app.command()
def manifest(
    url: Annotated[
        str | None, typer.Option("--url", metavar="URL", help="For --http: where Slack reaches this machine, https://….")
    ] = None,
) -> None:
    """Print the manifest that creates the Slack app.

    Paste it at https://api.slack.com/apps under "From a manifest".

    Example: assistant slack manifest --url https://bot.example.org
    """
    _need_sdk()
    import json

    from assistant.interfaces.slack.manifest import manifest as made

    if url is not None and not url.startswith("https://"):
        raise UsageError(f"{url} does not begin with https://, which Slack demands")
    write_json(json.dumps(made(url), indent=2))


def _need_sdk() -> None:
    for module in ("slack_bolt", "prometheus_client", "uvicorn"):
        try:
            import_module(module)
        except ImportError as error:
            raise AssistantError("assistant slack needs Slack's SDK; install it with: pip install 'biotech-assistant[slack]'") from error
