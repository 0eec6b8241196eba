"""Anthropic's messages: requests read, replies written, streamed or whole."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from replies import Call, Fail, Request, Say, Turn

PATH = "/messages"
_USAGE = {"input_tokens": 400, "output_tokens": 50, "cache_read_input_tokens": 600, "cache_creation_input_tokens": 0}


def read(body: Mapping[str, Any], headers: Mapping[str, str]) -> Request:
    turns: list[Turn] = []
    pending: set[str] = set()
    for message in body["messages"]:
        blocks = [{"type": "text", "text": message["content"]}] if isinstance(message["content"], str) else message["content"]
        answered = {block["tool_use_id"] for block in blocks if block["type"] == "tool_result"}
        assert answered == pending, "calls and results do not match"  # the real server refuses this
        used = [block for block in blocks if block["type"] == "tool_use"]
        assert all(isinstance(block["input"], dict) for block in used)
        pending = {block["id"] for block in used}
        results = tuple(_text(block["content"]) for block in blocks if block["type"] == "tool_result")
        said = "".join(block["text"] for block in blocks if block["type"] == "text")
        turns.append(Turn(message["role"], said, tuple(block["name"] for block in used), results))
    assert not pending, "a call without its result"
    tools = tuple(tool["name"] for tool in body.get("tools", ()))
    return Request("anthropic", _text(body.get("system", "")), turns, tools, bool(body.get("stream")), headers, body)


def whole(reply: Say) -> dict[str, Any]:
    content: list[dict[str, Any]] = [{"type": "text", "text": reply.text}] if reply.text else []
    for place, call in enumerate(reply.calls):
        content.append({"type": "tool_use", "id": f"toolu_{place}", "name": call.name, "input": call.arguments})
    return {**_START, "content": content, "stop_reason": _reason(reply), "usage": _USAGE}


def events(reply: Say) -> Iterator[bytes]:
    yield _event("message_start", message={**_START, "content": [], "stop_reason": None, "usage": {**_USAGE, "output_tokens": 1}})
    index = 0
    if reply.text:
        yield _event("content_block_start", index=0, content_block={"type": "text", "text": ""})
        for piece in _pieces(reply.text):
            yield _event("content_block_delta", index=0, delta={"type": "text_delta", "text": piece})
        yield _event("content_block_stop", index=0)
        index = 1
    for place, call in enumerate(reply.calls, index):
        block = {"type": "tool_use", "id": f"toolu_{place}", "name": call.name, "input": {}}
        yield _event("content_block_start", index=place, content_block=block)
        for piece in _pieces(_arguments(call)):
            yield _event("content_block_delta", index=place, delta={"type": "input_json_delta", "partial_json": piece})
        yield _event("content_block_stop", index=place)
    yield _event("message_delta", delta={"stop_reason": _reason(reply), "stop_sequence": None}, usage=_USAGE)
    yield _event("message_stop")


def sign_of_life() -> bytes:
    return _event("ping")


def failure(fail: Fail) -> dict[str, Any]:
    return {"type": "error", "error": {"type": "api_error", "message": fail.message}}


_START = {"id": "msg_1", "type": "message", "role": "assistant", "model": "scripted", "stop_sequence": None}


def _event(kind: str, **fields: Any) -> bytes:
    return f"event: {kind}\ndata: {json.dumps({'type': kind, **fields})}\n\n".encode()


def _arguments(call: Call) -> str:
    return call.arguments if isinstance(call.arguments, str) else json.dumps(call.arguments)


def _reason(reply: Say) -> str:
    return "refusal" if reply.refused else "tool_use" if reply.calls else "end_turn"


def _pieces(text: str) -> list[str]:
    return [text[start : start + 12] for start in range(0, len(text), 12)]


def _text(content: Any) -> str:
    return content if isinstance(content, str) else "".join(part["text"] for part in content)
