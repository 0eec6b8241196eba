"""Which of Slack's refusals passes by itself, which concerns one message only, and which ends the bot."""

from __future__ import annotations

from http.client import HTTPException
from typing import Literal

from slack_sdk.errors import SlackApiError, SlackClientError

# What a call of Slack's may raise; the network's errors are OSErrors.
SLACK_ERRORS = (SlackClientError, OSError, HTTPException)

_REVOKED = frozenset(
    ("invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "app_uninstalled", "org_login_required")
)
_PASSING = frozenset(
    ("ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org")
)
_PASSING_STATUS = 500


def code(error: BaseException) -> str:
    """Slack's own word for the error; the name of its kind for one of the network."""
    if isinstance(error, SlackApiError):
        data = error.response.data if hasattr(error.response, "data") else {}
        return str(data.get("error", "unknown")) if isinstance(data, dict) else "no_json"
    return type(error).__name__


def kind(error: BaseException) -> Literal["revoked", "passing", "final"]:
    """``revoked``: no call will succeed with this token; ``passing``: the same call may succeed later; ``final``: it will not."""
    if not isinstance(error, SlackApiError):
        return "passing"
    if code(error) in _REVOKED:
        return "revoked"
    status = getattr(error.response, "status_code", 200)
    return "passing" if code(error) in _PASSING or status >= _PASSING_STATUS or status == 429 else "final"


def seconds(error: BaseException, attempts: int) -> float:
    """How long to wait before the call is made again: as long as Slack says, else longer each time, at most five minutes."""
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    told = next((str(value) for name, value in headers.items() if name.lower() == "retry-after"), "")
    return float(told) if told.isdigit() else float(min(2**attempts, 300))
