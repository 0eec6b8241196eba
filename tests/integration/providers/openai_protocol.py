"""OpenAI's chat completions: requests read, replies written, streamed or whole."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from replies import Call, Fail, Request, Say, Turn

PATH = "/chat/completions"
_USAGE = {"prompt_tokens": 1000, "completion_tokens": 50, "total_tokens": 1050}


def read(body: Mapping[str, Any], headers: Mapping[str, str]) -> Request:
    turns, system = [], ""
    unanswered: set[str] = set()
    for message in body["messages"]:
        role, text = message["role"], _text(message.get("content"))
        if role in ("system", "developer"):
            system += text
        elif role == "tool":
            unanswered.remove(message["tool_call_id"])  # the real server refuses a result without its call
            turns.append(Turn("tool", "", results=(text,)))
        else:
            assert not unanswered, "a call without its result"
            calls = message.get("tool_calls") or []
            unanswered |= {call["id"] for call in calls}
            assert all(isinstance(json.loads(call["function"]["arguments"]), dict) for call in calls)
            turns.append(Turn(role, text, tuple(call["function"]["name"] for call in calls)))
    assert not unanswered, "a call without its result"
    tools = tuple(tool["function"]["name"] for tool in body.get("tools", ()))
    return Request("openai", system, turns, tools, bool(body.get("stream")), headers, body)


def whole(reply: Say) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": None, _field(reply): reply.text or None}
    if reply.calls:
        message["tool_calls"] = [_call(place, call) for place, call in enumerate(reply.calls)]
    choice = {"index": 0, "message": message, "finish_reason": _reason(reply)}
    return {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "scripted", "choices": [choice], "usage": _USAGE}


def events(reply: Say) -> Iterator[bytes]:
    yield _event({"role": "assistant", "content": ""})
    for piece in _pieces(reply.text):
        yield _event({_field(reply): piece})
    for place, call in enumerate(reply.calls):
        begun = _call(place, call)
        arguments = begun["function"].pop("arguments")
        yield _event({"tool_calls": [{**begun, "index": place, "function": {**begun["function"], "arguments": ""}}]})
        for piece in _pieces(arguments):
            yield _event({"tool_calls": [{"index": place, "function": {"arguments": piece}}]})
    yield _event({}, _reason(reply))
    yield _data({**_CHUNK, "choices": [], "usage": _USAGE})
    yield b"data: [DONE]\n\n"


def sign_of_life() -> bytes:
    return b": waiting\n\n"


def failure(fail: Fail) -> dict[str, Any]:
    return {"error": {"message": fail.message, "type": "scripted", "param": None, "code": None}}


_CHUNK = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "scripted"}


def _event(delta: Mapping[str, Any], reason: str | None = None) -> bytes:
    return _data({**_CHUNK, "choices": [{"index": 0, "delta": delta, "finish_reason": reason}]})


def _data(value: Mapping[str, Any]) -> bytes:
    return f"data: {json.dumps(value)}\n\n".encode()


def _call(place: int, call: Call) -> dict[str, Any]:
    arguments = call.arguments if isinstance(call.arguments, str) else json.dumps(call.arguments)
    return {"id": f"call_{place}", "type": "function", "function": {"name": call.name, "arguments": arguments}}


def _field(reply: Say) -> str:
    return "refusal" if reply.refused else "content"


def _reason(reply: Say) -> str:
    return "tool_calls" if reply.calls else "stop"


def _pieces(text: str) -> list[str]:
    return [text[start : start + 12] for start in range(0, len(text), 12)]


def _text(content: Any) -> str:
    if content is None or isinstance(content, str):
        return content or ""
    return "".join(part["text"] for part in content)
