"""A key stands in no log, error, event, answer, conversation or file, even where the provider repeats it."""

from __future__ import annotations

import logging
import subprocess
import sys
import traceback

import pytest
from model_server import CANARY
from replies import Call, Fail, Say
from scripts import QUESTION, good

from assistant import ModelError

LEAK = f"Incorrect API key provided: {CANARY}. It came in the header Authorization: Bearer {CANARY}."
SCRIPTS = {
    "answers": (good,),
    "calls tools": (Say(calls=(Call("list_studies", {}),)), good),
    "is refused": (Fail(401, LEAK),),
    "is told why": (Fail(400, LEAK),),
    "fails": (Fail(500, LEAK),),
}


@pytest.fixture
def debug(caplog, monkeypatch):
    """Everything that any library logs."""
    monkeypatch.setenv("OPENAI_LOG", "debug")
    monkeypatch.setenv("ANTHROPIC_LOG", "debug")
    caplog.set_level(logging.DEBUG)
    for name in list(logging.Logger.manager.loggerDict):
        monkeypatch.setattr(logging.getLogger(name), "level", logging.DEBUG)
        monkeypatch.setattr(logging.getLogger(name), "propagate", True)
    return caplog


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
def test_a_key_is_nowhere(provided, debug, capfd, script):
    key = f"secrets {provided.provider}"
    provided.server.say(*script)
    said = []
    try:
        said += [event.model_dump_json() for event in provided.assistant.stream(QUESTION, key)]
    except ModelError as error:
        said += [str(error), *error.__notes__] if hasattr(error, "__notes__") else [str(error)]
        assert len(str(error).splitlines()) == 1
    assert CANARY in str(provided.server.requests[0].headers.values())
    assert debug.records
    for text in (*said, debug.text, *capfd.readouterr()):
        assert CANARY not in text
    # In a process apart, for closing these files here would let go of SQLite's locks on them.
    found = "[f.name for f in pathlib.Path(sys.argv[1]).glob('*.sqlite*') if sys.argv[2].encode() in f.read_bytes()]"
    code = f"import pathlib, sys; print({found})"
    read = subprocess.run([sys.executable, "-c", code, str(provided.assistant.settings.home), CANARY], capture_output=True, check=True)
    assert read.stdout.strip() == b"[]"


@pytest.mark.parametrize("status", [400, 401, 500])
def test_nor_in_the_traceback_that_a_developer_sees(provided, status, monkeypatch):
    provided.server.say(Fail(status, LEAK))
    with pytest.raises(ModelError) as caught:
        provided.assistant.ask(QUESTION)
    assert CANARY not in "".join(traceback.format_exception(caught.value))
