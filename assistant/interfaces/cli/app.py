"""The commands, put together."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.interfaces.cli import ask, chart, conversations, doctor, evaluate, library, mcp, serve, slack, studies, verify
from assistant.interfaces.cli.chat import command as chat
from assistant.interfaces.cli.screen import USAGE

app = typer.Typer(
    rich_markup_mode=None,  # the boxes of Rich take 0.1 s and say no more
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
) -> None:
    """Answers questions about biotech documents. Every figure is a quote that opens in its source or a calculation that shows its inputs.

    Exit codes: 0 answered or asked back, 3 not in the sources, 2 usage, 1 failure.
    """
    if version:
        from importlib.metadata import version as installed  # takes 30 ms

        typer.echo(installed("biotech-assistant"))
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help(), err=True)
        raise typer.Exit(USAGE)


app.command("ask")(ask.ask)
app.command("chat")(chat.chat)
app.add_typer(conversations.app, name="conversations")
app.command("studies")(studies.studies)
app.command("chart")(chart.chart)
app.add_typer(library.app, name="library")
app.command("verify")(verify.verify)
app.command("mcp")(mcp.mcp)
app.add_typer(slack.app, name="slack")
app.add_typer(serve.app, name="serve")
app.command("eval")(evaluate.evaluate)
app.command("doctor")(doctor.doctor)
