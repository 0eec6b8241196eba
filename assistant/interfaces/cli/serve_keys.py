"""``assistant serve keys``: the API keys, made, listed and taken back."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.interfaces.cli.options import Home, Json
from assistant.interfaces.cli.screen import complain, say, write, write_json

Name = Annotated[str, typer.Argument(metavar="NAME", help="The program that has the key.")]

app = typer.Typer(help="Make, list and remove API keys.\n\nExample: assistant serve keys list", no_args_is_help=False)


@app.command()
def add(name: Name, home: Home = None) -> None:
    """Make a key and print it, this once: only its hash is kept.

    Example: assistant serve keys add reports
    """
    from assistant.interfaces.http.keys import keys_of
    from assistant.settings import Settings

    with keys_of(Settings.load(home)) as keys:
        key = keys.add(name)
    complain(f"the key of {name}; it is not shown again:")
    write(f"{key}\n")


@app.command("list")
def list_keys(json: Json = False, home: Home = None) -> None:
    """List whose keys there are, and since when.

    Example: assistant serve keys list
    """
    from assistant.interfaces.http.keys import keys_of
    from assistant.settings import Settings

    with keys_of(Settings.load(home)) as keys:
        found = keys.all()
    if json:
        from pydantic_core import to_json

        write_json(to_json(found, indent=2).decode())
    else:
        write("".join(f"{key.name}\t{key.made_at}\n" for key in found))


@app.command()
def remove(name: Name, home: Home = None) -> None:
    """Take a key back.

    Servers that run refuse it within five seconds.

    Example: assistant serve keys remove reports
    """
    from assistant.interfaces.http.keys import keys_of
    from assistant.settings import Settings

    with keys_of(Settings.load(home)) as keys:
        keys.remove(name)
    say("removed", name)
