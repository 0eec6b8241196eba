"""What providers' clients raise, as one line that says what to do."""

import email.utils
import time
from http import HTTPStatus

import httpx
import pytest
from langchain_core import exceptions as langchain

from assistant.agent.chain.failures import BrokenOffError, cause, is_passing, model_error, retry_after
from assistant.errors import ModelError

TOLD = {
    langchain.ModelAuthenticationError: "OPENAI_API_KEY",
    langchain.ModelPermissionDeniedError: "OPENAI_API_KEY",
    langchain.ModelNotFoundError: "ASSISTANT_MODEL",
    langchain.ModelInvalidRequestError: "tool calling",
    langchain.ModelRateLimitError: "later",
    langchain.ModelAPIError: "later",
    langchain.ModelRefusalError: "differently",
    langchain.ModelTimeoutError: "in time",
    langchain.ModelConnectionError: "OPENAI_BASE_URL",
    langchain.ContextOverflowError: "new conversation",
    KeyError: "another model",
}


class Response:
    def __init__(self, **headers):
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


def failing(headers=None, status=None, kind=Exception, message="no"):
    error = kind(message)
    if headers:
        error.response = Response(**headers)
    if status:
        error.status_code = status
    return error


def line(error):
    (said,) = str(model_error(error, "openai:m")).splitlines()
    return said


@pytest.mark.parametrize("kind", TOLD)
def test_each_kind_says_what_to_do(kind):
    assert TOLD[kind] in line(kind("it\nwent wrong"))
    assert "openai:m" in line(kind("it\nwent wrong"))


def test_a_class_that_a_later_langchain_brings_says_what_to_do():
    class ModelOverheatedError(langchain.ModelError):
        pass

    assert "ModelOverheatedError: too hot; ask again, or use another model" in line(ModelOverheatedError("too hot"))


@pytest.mark.parametrize(("status", "told"), [(400, "tool calling"), (401, "OPENAI_API_KEY"), (404, "ASSISTANT_MODEL"), (429, "later")])
def test_a_client_without_classes_is_read_by_its_status(status, told):
    assert told in line(failing(status=status))


def test_a_fault_of_the_network_below_is_no_fault_of_the_model():
    try:
        try:
            raise ConnectionRefusedError("refused")
        except OSError as below:
            raise RuntimeError("client failed") from below
    except RuntimeError as error:
        assert "no connection to api.openai.com" in line(error)


def test_an_error_of_ours_stays_as_it_is():
    ours = ModelError("as it is")
    assert model_error(ours, "openai:m") is ours


def test_secrets_are_taken_out(monkeypatch):
    monkeypatch.setenv("ANY_SERVICE_TOKEN", "tok-123456")
    error = failing(message="bad token tok-123456 at https://me:word@host/")
    assert "tok-123456" not in line(error)
    assert "word" not in line(error)
    assert cause(error) is None
    assert cause(other := failing(message="plain")) is other


def test_long_answers_of_servers_are_shortened():
    assert len(line(failing(message="<html>" * 5000))) < 400


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [({"retry_after": "7"}, 7), ({"retry_after": "0.5"}, 0.5), ({"retry_after_ms": "250"}, 0.25), ({"retry_after": "soon"}, None),
     ({"retry_after": "-3"}, 0), ({}, None), (None, None)],
)  # fmt: skip
def test_the_wait_that_is_asked_for(headers, seconds):
    assert retry_after(failing(headers)) == seconds


def test_the_wait_may_be_a_date():
    date = email.utils.formatdate(time.time() + 100, usegmt=True)
    assert 90 < retry_after(failing({"retry_after": date})) <= 100


@pytest.mark.parametrize(
    ("error", "passing"),
    [(langchain.ModelRateLimitError(), True), (langchain.ModelAuthenticationError(), False), (failing(status=503), True),
     (failing(status=422), False), (failing(status=408), True), (ConnectionResetError(), True), (TimeoutError(), True),
     (httpx.RemoteProtocolError("no reply"), True), (BrokenOffError(), True), (ValueError("half a reply"), True),
     (KeyError("choices"), False),
     (TypeError("x"), False), (NotImplementedError("bind_tools"), False)],
)  # fmt: skip
def test_what_may_pass(error, passing):
    assert is_passing(error) is passing


def test_what_came_of_a_broken_connection_may_pass():
    error = failing(message="Connection error.")
    error.__cause__ = httpx.ConnectError("refused")
    assert is_passing(error)


@pytest.mark.parametrize(("status", "passing"), [(503, True), (HTTPStatus.TOO_MANY_REQUESTS, True), (400, False)])
def test_a_status_may_go_by_another_name(status, passing):
    error = failing()
    error.code = status
    assert is_passing(error) is passing
