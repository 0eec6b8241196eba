"""The manifest that creates the Slack app in one paste: what it may do, hear and show."""

from __future__ import annotations

from typing import Any

from assistant.interfaces.render.slack.answer import words
from assistant.interfaces.slack.app import COMMAND, SHORTCUT

EVENTS_PATH = "/slack/events"

_SCOPES = (
    "app_mentions:read",
    "assistant:write",  # the pane: suggested prompts, titles, status
    "channels:history",  # follow-ups in threads, and looking whether an answer was posted
    "chat:write",
    "commands",
    "files:write",  # charts
    "groups:history",
    "im:history",
    "mpim:history",
)
_EVENTS = (
    "app_mention",
    "assistant_thread_context_changed",
    "assistant_thread_started",
    "message.channels",
    "message.groups",
    "message.im",
    "message.mpim",
)


def manifest(url: str | None = None) -> dict[str, Any]:
    """The manifest for Socket Mode or, with the ``url`` that Slack reaches this machine at, for HTTP."""
    request = {} if url is None else {"request_url": url.rstrip("/") + EVENTS_PATH}
    command = {
        "command": COMMAND,
        "description": words("manifest", "command"),
        "usage_hint": words("manifest", "hint"),
        "should_escape": False,
        **({"url": request["request_url"]} if request else {}),
    }
    return {
        "display_information": {"name": words("manifest", "name"), "description": words("manifest", "description")},
        "features": {
            "app_home": {"home_tab_enabled": False, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
            "assistant_view": {"assistant_description": words("manifest", "pane")},
            "bot_user": {"display_name": words("manifest", "name"), "always_online": True},
            "shortcuts": [
                {
                    "name": words("manifest", "shortcut"),
                    "type": "message",
                    "callback_id": SHORTCUT,
                    "description": words("manifest", "shortcut_description"),
                }
            ],
            "slash_commands": [command],
        },
        "oauth_config": {"scopes": {"bot": list(_SCOPES)}},
        "settings": {
            "event_subscriptions": {**request, "bot_events": list(_EVENTS)},
            "interactivity": {"is_enabled": True, **request},
            "org_deploy_enabled": False,
            "socket_mode_enabled": url is None,
            "token_rotation_enabled": False,
        },
    }
