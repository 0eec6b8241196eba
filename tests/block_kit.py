"""Slack's side of Block Kit, as its reference gives it: what it refuses, and what of a payload is live, that is a ping or a link.

The refusals are those of Slack's API; unknown types and fields are refused too, which is stricter than Slack.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

MOST_BLOCKS = 50
MOST_VIEW_BLOCKS = 100
LONGEST_TEXT = 40_000  # of a message's text; beyond it Slack cuts
LONGEST_SUM = 13_000  # of all texts in blocks of a message; beyond it Slack says msg_blocks_too_long
_LIVE = re.compile(r"<[!@#][^>]*>|<[^<>|]+\|[^<>]*>|<(?:https?|mailto):[^>]*>")


class Refused(ValueError):
    """Slack would answer ``invalid_blocks``."""


def check_message(text: str, blocks: list[dict[str, Any]] | None) -> None:
    """Raises Refused for what chat.postMessage refuses."""
    if not text.strip() and not blocks:
        raise Refused("no_text")
    if len(text) > LONGEST_TEXT:
        raise Refused("text is longer than Slack keeps")
    if blocks is not None:
        check_blocks(blocks, MOST_BLOCKS)
        if sum(map(len, texts(blocks))) > LONGEST_SUM:
            raise Refused("msg_blocks_too_long")


def check_view(view: dict[str, Any]) -> None:
    """Raises Refused for what views.open refuses."""
    if view.get("type") != "modal":
        raise Refused("a view is a modal")
    for key in ("title", "close"):
        _plain(view[key], 24)
    check_blocks(view["blocks"], MOST_VIEW_BLOCKS)


def check_blocks(blocks: list[dict[str, Any]], most: int) -> None:
    """Raises Refused."""
    if not 0 < len(blocks) <= most:
        raise Refused(f"{len(blocks)} blocks")
    identifiers = [block["block_id"] for block in blocks if "block_id" in block]
    if len(identifiers) != len(set(identifiers)):
        raise Refused("block_id twice")
    for block in blocks:
        if block.get("type") not in _BLOCKS:
            raise Refused(f"unknown block {block.get('type')!r}")
        _BLOCKS[block["type"]](block)


def texts(value: object) -> Iterator[str]:
    """Every text that is shown of a payload."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key == "text" and isinstance(item, str):
                yield item
            else:
                yield from texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)


def live(text: str, blocks: list[dict[str, Any]] | None = None) -> list[str]:
    """What Slack would make a ping or a link of: in markup by its brackets, in rich text by its elements."""
    found = _LIVE.findall(text)
    for node in _nodes(blocks or []):
        if node.get("type") == "mrkdwn":
            found += _LIVE.findall(node["text"])
        if node.get("type") in ("user", "usergroup", "channel", "broadcast", "link", "team"):
            found.append(str(node))
        if "url" in node:
            found.append(node["url"])
    return found


def _nodes(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for item in value.values():
            yield from _nodes(item)
    elif isinstance(value, list):
        for item in value:
            yield from _nodes(item)


def _fields(value: dict[str, Any], *allowed: str) -> None:
    if unknown := set(value) - {"type", "block_id", *allowed}:
        raise Refused(f"unknown fields {unknown}")


def _plain(value: dict[str, Any], most: int) -> None:
    _fields(value, "text", "emoji")
    if value["type"] != "plain_text" or not 0 < len(value["text"]) <= most:
        raise Refused(f"plain text of {len(value['text'])} characters, at most {most}")


def _rich_text(block: dict[str, Any]) -> None:
    _fields(block, "elements")
    if not block["elements"]:
        raise Refused("rich text without elements")
    for element in block["elements"]:
        if element["type"] == "rich_text_list":
            _fields(element, "elements", "style", "indent")
            if element["style"] not in ("bullet", "ordered") or not element["elements"]:
                raise Refused("a list without items or style")
            for item in element["elements"]:
                _rich_elements(item)
        elif element["type"] in ("rich_text_section", "rich_text_quote", "rich_text_preformatted"):
            _rich_elements(element)
        else:
            raise Refused(f"unknown element {element['type']!r}")


def _rich_elements(section: dict[str, Any]) -> None:
    _fields(section, "elements")
    if not section["elements"]:
        raise Refused("a section without elements")
    length = 0
    for element in section["elements"]:
        _fields(element, "text", "style")
        if element["type"] != "text" or not element["text"]:
            raise Refused(f"an empty or unknown element {element}")
        if set(element.get("style", {"bold": True})) - {"bold", "italic", "code", "strike"}:
            raise Refused("unknown style")
        length += len(element["text"])
    if length > 3_000:
        raise Refused(f"a section of {length} characters")


def _context(block: dict[str, Any]) -> None:
    _fields(block, "elements")
    if not 0 < len(block["elements"]) <= 10:
        raise Refused("context elements")
    for element in block["elements"]:
        _plain(element, 3_000)


def _actions(block: dict[str, Any]) -> None:
    _fields(block, "elements")
    if not 0 < len(block["elements"]) <= 25:
        raise Refused("action elements")
    names = [element["action_id"] for element in block["elements"]]
    if len(names) != len(set(names)):
        raise Refused("action_id twice")
    for element in block["elements"]:
        _fields(element, "text", "action_id", "value", "style")
        _plain(element["text"], 75)
        if not 0 < len(element["value"]) <= 2_000 or not 0 < len(element["action_id"]) <= 255:
            raise Refused("a button's value or action_id")


def _context_actions(block: dict[str, Any]) -> None:
    _fields(block, "elements")
    if not 0 < len(block["elements"]) <= 5:
        raise Refused("context action elements")
    for element in block["elements"]:
        if element["type"] != "feedback_buttons":
            raise Refused("unknown context action")
        _fields(element, "action_id", "positive_button", "negative_button")
        for side in ("positive_button", "negative_button"):
            _plain(element[side]["text"], 75)
            if not 0 < len(element[side]["value"]) <= 2_000:
                raise Refused("a feedback button's value")


_BLOCKS = {"rich_text": _rich_text, "context": _context, "actions": _actions, "context_actions": _context_actions}
