"""The chat on a real (pseudo) terminal, as a person uses it."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pexpect
import pytest
from homes import copied
from rich.cells import cell_len

from assistant.agent.history import History

ASSISTANT = Path(sys.executable).with_name("assistant")
SLOW = Path(__file__).with_name("slow_chat.py")
ESCAPE = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|[=>])")
PATIENCE = 60


@pytest.fixture
def own_home(home: Path, tmp_path: Path) -> Path:
    """A copy of the shared home, whose conversations and history are this test's own."""
    return copied(home, tmp_path / "home")


@contextmanager
def chatting(home: Path, *command: str, columns: int = 80, **variables: str) -> Iterator[pexpect.spawn]:
    dropped = ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "CI")
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    # Cursor position requests want an answer that only a terminal emulator gives.
    environment = kept | {"ASSISTANT_HOME": str(home), "TERM": "xterm-256color", "PROMPT_TOOLKIT_NO_CPR": "1"} | variables
    program, *arguments = command or (str(ASSISTANT), "chat")
    child = pexpect.spawn(program, arguments, env=environment, dimensions=(40, columns), encoding="utf-8", timeout=PATIENCE)
    try:
        yield child
    finally:
        child.close(force=True)


def until(child: pexpect.spawn, text: str) -> str:
    """What came until ``text`` had come, without escape sequences."""
    child.expect_exact(text)
    return ESCAPE.sub("", child.before + child.after)


def leave(child: pexpect.spawn) -> str:
    child.send("/quit\r")
    child.expect(pexpect.EOF)
    assert (child.wait(), child.signalstatus) == (0, None)
    return ESCAPE.sub("", child.before)


def test_a_sitting(own_home: Path, tmp_path: Path) -> None:
    exported = tmp_path / "kept.html"
    with chatting(own_home) as child:
        greeting = until(child, "Which studies are there?")
        assert "1 document · 2 studies · model offline" in greeting
        child.send("1\r")
        assert "71.0 days" in until(child, " · gen-0")
        child.send("/open 1\r")
        child.expect(r"122[^d]*days")
        assert "Capan-1" in child.before
        child.send("/calc c1\r")
        assert "= gain" in until(child, "In the first study")
        child.send("/hel\t")
        until(child, "/help")
        child.send("\r")
        until(child, "Ctrl-D does the same")
        child.send("\x1b[200~How long did mice given two doses\nof CLR 125 survive?\x1b[201~\r")
        assert "161 days" in until(child, " · gen-0")
        child.send("/undo\r")
        until(child, "Taken back: “How long did mice given two doses of CLR 125 survive?”")
        child.send(f"/export {exported}\r")
        until(child, "Written:")
        child.send("not sent")
        until(child, "not sent")
        child.sendintr()
        child.sendeof()
        child.expect(pexpect.EOF)
        end = ESCAPE.sub("", child.before)
    (kept,) = History(own_home).conversations()
    assert f"Kept as {kept.key}" in end
    assert kept.questions == 1
    assert exported.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert "two doses\n+of CLR 125" in (own_home / "chat_history").read_text(encoding="utf-8")
    assert (own_home / "chat_history").stat().st_mode & 0o077 == 0
    with chatting(own_home, str(ASSISTANT), "chat", "--continue") as child:
        assert "71.0 days" in until(child, " · gen-0")
        child.send("And in percent?\r")
        assert "109.9" in until(child, " · gen-0")
        leave(child)
    assert [c.questions for c in History(own_home).conversations()] == [2]


def test_an_interrupt_cancels_the_answer_and_not_the_chat(own_home: Path) -> None:
    with chatting(own_home, sys.executable, str(SLOW)) as child:
        until(child, "/help lists the commands")
        child.send("please sleep\r")
        until(child, "thinking")
        child.expect(r"thinking", timeout=PATIENCE)
        child.sendintr()
        until(child, "Cancelled.")
        child.send("Were the mice cured?\r")
        until(child, "All mice were cured. (")
        leave(child)
    assert [answer.question for c in History(own_home).conversations() for answer in History(own_home).answers(c.key)] == [
        "Were the mice cured?"
    ]


def test_nothing_that_a_model_says_steers_the_terminal(own_home: Path) -> None:
    with chatting(own_home, sys.executable, str(SLOW), columns=100) as child:
        until(child, "/help lists the commands")
        child.send("Were the mice cured?\r")
        child.expect_exact("All mice were cured. (")
        received = child.before
        child.send("/trace\r")
        child.expect_exact("draft: All mice were cured.")
        received += child.before
        leave(child)
    for sequence in ("\x1b]52", "ZXZpbA", "\x1b[2J\x1b", "\x9b", "\u202e"):
        assert sequence not in received


@pytest.mark.parametrize("columns", [60, 140])
def test_an_answer_fits_the_terminal(own_home: Path, columns: int) -> None:
    with chatting(own_home, columns=columns) as child:
        until(child, "/help lists the commands")
        child.send("1\r")
        child.expect_exact(" · gen-0")
        answer = child.before.rpartition("\x1b[?2004l")[2]  # what came when the editor had ended
        child.send("2\r")  # the suggestions above can still be asked
        assert "122 days" in until(child, " · gen-0")
        child.send("/model elsewhere:model\r")
        child.expect(r"ollama,\s+openai")
        complaint = child.before.rpartition("\x1b[?2004l")[2]
        leave(child)
    lines = ESCAPE.sub("", answer).replace("\r", "\n").split("\n")
    assert any("a gain of" in line for line in lines)
    assert any(line.endswith("…") for line in lines)
    assert max(cell_len(line) for line in lines) <= min(columns, 100)
    complained = [line for line in ESCAPE.sub("", complaint).replace("\r", "\n").split("\n") if line]
    assert "elsewhere" in complained[0]
    assert max(map(len, complained)) <= columns


def test_colours_follow_no_color(own_home: Path) -> None:
    with chatting(own_home, NO_COLOR="1") as child:
        child.expect_exact("Which studies are there?")
        child.send("1\r")
        child.expect_exact(" · gen-0")
        received = child.before
        leave(child)
    codes = {code for codes in re.findall(r"\x1b\[([0-9;]*)m", received) for code in codes.split(";")}
    assert not codes & {str(colour) for base in (30, 40, 90, 100) for colour in range(base, base + 9)}


def test_a_dumb_terminal_gets_plain_lines(own_home: Path) -> None:
    with chatting(own_home, columns=80, TERM="dumb") as child:
        child.expect_exact("> ")
        child.send("How long did mice given two doses of CLR 125 survive?\r")
        child.expect_exact(" · gen-0")
        assert "161 days" in child.before
        received = child.before
        child.sendeof()
        child.expect(pexpect.EOF)
        received += child.before
    assert "\x1b" not in received
    assert max(map(len, received.splitlines())) <= 80
