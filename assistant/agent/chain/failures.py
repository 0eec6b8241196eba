"""What a provider's client raises → a ModelError in one line that says what to do; no secret is in it."""

from __future__ import annotations

import email.utils
import time
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from langchain_core import exceptions as langchain

from assistant.agent.models import provider_of
from assistant.errors import ModelError
from assistant.settings import redacted


class BrokenOffError(Exception):
    """A stream ended before the reply did."""


# Statuses below 500 that say nothing against the request itself.
_PASSING = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.CONFLICT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})
_BY_STATUS: dict[int | None, type[Exception]] = {
    HTTPStatus.BAD_REQUEST: langchain.ModelInvalidRequestError,
    HTTPStatus.UNAUTHORIZED: langchain.ModelAuthenticationError,
    HTTPStatus.FORBIDDEN: langchain.ModelPermissionDeniedError,
    HTTPStatus.NOT_FOUND: langchain.ModelNotFoundError,
    HTTPStatus.TOO_MANY_REQUESTS: langchain.ModelRateLimitError,
}
# What no wait mends, whoever raises it. What else has no status is of the network, for which every client has classes of its own.
_OF_A_PROGRAM = (TypeError, LookupError, AttributeError, NameError, ImportError, NotImplementedError, AssertionError)
# A provider's own words are worth this much; some answer with a whole page.
_LONGEST_DETAIL = 200

_UNREACHED = "was not reached: no connection to {server}; start the server or check the network{address}"
# The first kind that fits tells what happened and what to do.
_SAID: tuple[tuple[type[Exception], str], ...] = (
    (langchain.ModelAuthenticationError, "was not reached: the provider refused the key; check {key}"),
    (langchain.ModelPermissionDeniedError, "was not reached: the key may not use it; check {key} and the rights that go with it"),
    (langchain.ModelNotFoundError, "is not known to its provider; check the name after the colon in ASSISTANT_MODEL or --model"),
    (langchain.ContextOverflowError, "cannot read this much; ask in a new conversation, or use a model with a larger context"),
    (langchain.ModelRateLimitError, "was not reached: too many requests, or the quota is used up{wait}; ask again later"),
    (
        langchain.ModelInvalidRequestError,
        "refused the request: {detail}; it must support tool calling (vLLM: --enable-auto-tool-choice, llama.cpp: --jinja)",
    ),
    (langchain.ModelRefusalError, "declines to answer this; word the question differently, or use another model"),
    (langchain.ModelTimeoutError, "did not answer in time; ask again later"),
    (langchain.ModelConnectionError, _UNREACHED),
    (langchain.ModelAPIError, "failed at its provider: {detail}; ask again later"),
    (BrokenOffError, "broke off in the middle of its reply; ask again"),
    (ConnectionError, _UNREACHED),
)


def model_error(error: Exception, model: str) -> ModelError:
    """``error``, raised by the client of ``model`` (``provider:model``), as an error of ours."""
    if isinstance(error, ModelError):
        return error
    return ModelError(redacted(f"the model {model!r} {_what(error, model)}"))


def cause(error: Exception) -> Exception | None:
    """``error`` as the cause that a traceback shows; None where its words repeat a secret."""
    said = str(error)
    return error if redacted(said) == said else None


def is_passing(error: Exception) -> bool:
    """Whether the same call may succeed later: rate limits, faults of the server, broken connections; never a fault of a program."""
    if isinstance(error, langchain.ModelError):
        return error.is_retryable
    status = _status(error)
    if status is None:
        return not isinstance(error, _OF_A_PROGRAM)
    return status in _PASSING or status >= HTTPStatus.INTERNAL_SERVER_ERROR


def retry_after(error: Exception) -> float | None:
    """The seconds that the provider asks to wait, by Retry-After (seconds or a date) or retry-after-ms; None where it does not."""
    headers: Any = getattr(getattr(error, "response", None), "headers", None) or {}
    for name, scale in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        seconds = _seconds(headers.get(name))
        if seconds is not None:
            return max(0.0, seconds * scale)
    return None


def _seconds(value: str | None) -> float | None:
    if not value:
        return None
    try:
        return float(value)
    except ValueError:
        date = email.utils.parsedate_tz(value)
        return email.utils.mktime_tz(date) - time.time() if date else None


def _status(error: Exception) -> int | None:
    """The HTTP status that a client's error carries, under one of the names that clients have for it."""
    carriers = (error, getattr(error, "response", None))
    found = (getattr(carrier, name, None) for carrier in carriers for name in ("status_code", "code"))
    return next((status for status in found if isinstance(status, int)), None)


def _chained(error: BaseException) -> Iterator[BaseException]:
    """``error`` and, one below the other, what it came of."""
    below: BaseException | None = error
    while below is not None:
        yield below
        below = below.__cause__ or below.__context__


def _what(error: Exception, model: str) -> str:
    provider = provider_of(model)
    kind = _kind(error)
    said = next((words for known, words in _SAID if issubclass(kind, known)), "failed: {detail}; ask again, or use another model")
    return said.format(
        detail=_detail(error),
        key=provider.key or "the credentials",
        server=provider.address(),
        address=f", or set {provider.address_variable}" if provider.address_variable else "",
        wait=_wait(error),
    )


def _kind(error: Exception) -> type[BaseException]:
    """LangChain's class of error; where a client has none, the one that the HTTP status stands for, or the fault of the network."""
    if isinstance(error, langchain.ModelError):
        return type(error)
    if by_status := _BY_STATUS.get(_status(error)):
        return by_status
    return ConnectionError if any(isinstance(below, OSError) for below in _chained(error)) else type(error)


def _wait(error: Exception) -> str:
    seconds = retry_after(error)
    return f" (it asks to wait {seconds:.0f} s)" if seconds else ""


def _detail(error: Exception) -> str:
    """The provider's message in one line, or the kind of error where it has none."""
    body: Any = getattr(error, "body", None)
    if isinstance(body, dict):
        inner = body.get("error")
        body = inner if isinstance(inner, dict) else body
        said = body.get("message")
    else:
        said = None
    words = " ".join(str(said or error).split()).rstrip(".")
    kind = "" if said else f"{type(error).__name__}: " if words else type(error).__name__
    return kind + (words if len(words) <= _LONGEST_DETAIL else words[: _LONGEST_DETAIL - 1] + "…")
