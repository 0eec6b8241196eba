"""The command line on a real (pseudo) terminal."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest
from rich.cells import cell_len

ASSISTANT = Path(sys.executable).with_name("assistant")
QUESTION = "How much longer did mice live with two doses of CLR 131 than with one?"
ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def on_terminal(*arguments: str, home: Path, columns: int = 80, **variables: str) -> str:
    """What a terminal of that width receives, stdout and stderr together."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    kept = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "CI")}
    environment = kept | {"ASSISTANT_HOME": str(home), "TERM": "xterm-256color"} | variables
    with subprocess.Popen([str(ASSISTANT), *arguments], stdin=slave, stdout=slave, stderr=slave, env=environment):
        os.close(slave)
        received = b""
        while chunk := _read(master):
            received += chunk
    os.close(master)
    return received.decode()


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # Linux says EIO when the other side has gone
        return b""


@pytest.mark.parametrize("columns", [60, 140])
def test_an_answer_fits_the_terminal(home: Path, columns: int) -> None:
    text = ESCAPE.sub("", on_terminal("ask", QUESTION, home=home, columns=columns))
    assert "╭─ [c1]" in text
    assert max(cell_len(line) for line in text.splitlines()) <= columns


def test_colours_follow_no_color(home: Path) -> None:
    assert "\x1b[36m[1]" in on_terminal("ask", QUESTION, home=home)
    assert "\x1b[36m" not in on_terminal("ask", QUESTION, home=home, NO_COLOR="1")


def test_first_use_shows_a_bar_and_takes_it_away(tmp_path: Path) -> None:
    text = on_terminal("library", "list", home=tmp_path / "home")
    assert "building the library, once" in text
    assert "━" in text
    assert text.index("━") < text.rindex("\x1b[2K") < text.index("27 April 2017")
