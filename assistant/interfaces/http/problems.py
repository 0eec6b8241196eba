"""What is answered when something cannot be: a problem as RFC 9457 has it, in one line, with the fitting status."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from fastapi.responses import JSONResponse

from assistant.errors import AssistantError, LibraryError, ModelError, SettingsError, UnknownDocument, UsageError
from assistant.interfaces.serving.log import tell_failure
from assistant.settings import redacted
from assistant.values import Value

MEDIA_TYPE = "application/problem+json"
# After so many seconds it is worth asking again, where nothing better is known.
AGAIN = {"Retry-After": "5"}


class Problem(Value):
    """Why a request has no answer (RFC 9457): ``status`` is the HTTP status, ``title`` its name, ``detail`` one line for people."""

    title: str
    status: int
    detail: str


@dataclass(frozen=True, slots=True)
class _Kind:
    """Errors that are answered alike; ``detail`` is None where their own words are, ``of_caller`` whether the caller can mend them."""

    error: type[BaseException]
    status: HTTPStatus
    detail: str | None
    of_caller: bool = False


# The first that fits; their own words about documents and studies name commands that no caller has.
_KINDS = (
    _Kind(SettingsError, HTTPStatus.INTERNAL_SERVER_ERROR, "the server is set up wrongly"),
    _Kind(UsageError, HTTPStatus.UNPROCESSABLE_ENTITY, None, of_caller=True),
    _Kind(UnknownDocument, HTTPStatus.NOT_FOUND, "no document, or more than one, goes by that name; GET /v1/documents lists them", True),
    _Kind(LibraryError, HTTPStatus.SERVICE_UNAVAILABLE, "the library cannot be read at the moment; ask again later"),
    _Kind(ModelError, HTTPStatus.SERVICE_UNAVAILABLE, "the language model has failed; ask again later"),
    _Kind(BaseException, HTTPStatus.INTERNAL_SERVER_ERROR, "a fault of the assistant itself"),
)


class Refused(Exception):
    """A request that is answered with a problem, and ``headers``."""

    def __init__(self, status: HTTPStatus, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.problem = Problem(title=status.phrase, status=status, detail=detail)
        self.headers = dict(headers or {})


def response(refused: Refused) -> JSONResponse:
    """The problem as an HTTP response."""
    return JSONResponse(refused.problem.model_dump(), refused.problem.status, refused.headers, MEDIA_TYPE)


def refusal(error: BaseException) -> Refused:
    """What a caller is told of ``error``. What only whoever runs the server can mend goes to the log, and the caller gets its reference."""
    if isinstance(error, Refused):
        return error
    kind = next(kind for kind in _KINDS if isinstance(error, kind.error))
    if kind.of_caller:
        return Refused(kind.status, kind.detail or str(error))
    reference = secrets.token_hex(4)
    # What an error of another's making says may hold what was asked.
    tell_failure(error, redacted(str(error)) if isinstance(error, AssistantError) else "", reference=reference)
    return Refused(kind.status, f"{kind.detail} (reference {reference})", AGAIN if kind.status == HTTPStatus.SERVICE_UNAVAILABLE else None)
