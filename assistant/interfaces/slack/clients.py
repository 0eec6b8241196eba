"""Clients of Slack's Web API that try again as far as that is right."""

from __future__ import annotations

from dataclasses import dataclass

from slack_sdk import WebClient
from slack_sdk.http_retry import RetryHandler
from slack_sdk.http_retry.builtin_handlers import ConnectionErrorRetryHandler, RateLimitErrorRetryHandler, ServerErrorRetryHandler

# A rate limit is waited for as long as Slack says, in the thread of the worker, so that an answer keeps its place in its lane.
_RATE_LIMITED = 5
_FAILED = 2


@dataclass(frozen=True, slots=True)
class Clients:
    """``repeating`` is for calls that are as good done twice as once; ``posting`` for those that are not, so that it tries again only
    what Slack has refused."""

    repeating: WebClient
    posting: WebClient

    @classmethod
    def like(cls, client: WebClient) -> Clients:
        """Clients with the token and address of ``client``."""
        limited = limit_handler()
        repeated = [limited, ServerErrorRetryHandler(max_retry_count=_FAILED), ConnectionErrorRetryHandler(max_retry_count=_FAILED)]
        return cls(repeating=_client(client, repeated), posting=_client(client, [limited]))


def limit_handler() -> RetryHandler:
    """Waits for rate limits."""
    return RateLimitErrorRetryHandler(max_retry_count=_RATE_LIMITED)


def _client(like: WebClient, handlers: list[RetryHandler]) -> WebClient:
    return WebClient(token=like.token, base_url=like.base_url, timeout=like.timeout, retry_handlers=handlers)
