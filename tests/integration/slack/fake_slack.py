"""A Slack on this machine: its Web API, response URLs, Socket Mode and signed requests, with the limits and faults of the real one.

It keeps what was posted, refuses what Block Kit refuses, notes what is live, counts calls, and fails when told to. Calls that change a
message faster than Slack takes are noted too.
"""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import re
import secrets
import socket
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from block_kit import Refused, check_blocks, check_message, check_view, live
from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection, serve

BOT_USER, BOT_ID, TEAM = "U0BOT", "B0BOT", "T1"
BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-1-secret", "xapp-1-secret", "signing-secret"
# Slack takes about one change of a message a second.
EDITS = 0.9


@dataclass
class Message:
    channel: str
    ts: str
    user: str
    text: str
    blocks: list[dict[str, Any]] | None = None
    thread_ts: str | None = None
    metadata: dict[str, Any] | None = None
    files: list[dict[str, Any]] | None = None
    streaming: bool = False
    chunks: list[dict[str, Any]] = field(default_factory=list)
    edits: list[float] = field(default_factory=list)
    ephemeral_to: str | None = None

    @property
    def words(self) -> str:
        return " ".join(_texts(self.blocks or [])) or self.text

    def payload(self) -> dict[str, Any]:
        shown = {"ts": self.ts, "user": self.user, "text": self.text, "thread_ts": self.thread_ts}
        shown |= {"metadata": self.metadata, "files": self.files, "bot_id": BOT_ID if self.user == BOT_USER else None}
        return {key: value for key, value in shown.items() if value is not None}


@dataclass
class Fault:
    """``status`` is answered instead of the result, which is made all the same where it is ``after``."""

    status: int = 200
    error: str = "internal_error"
    retry_after: int | None = None
    after: bool = False
    times: int = 1


class ApiError(Exception):
    """Slack's ``{"ok": false}``."""


class FakeSlack:
    """``api`` is the address of its Web API. All methods may be called from any thread."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.messages: dict[tuple[str, str], Message] = {}
        self.ephemeral: list[Message] = []
        self.deleted: list[Message] = []
        self.views: list[dict[str, Any]] = []
        self.calls: Counter[str] = Counter()
        self.arguments: list[tuple[str, dict[str, Any]]] = []
        self.faults: dict[str, list[Fault]] = {}
        self.refused: list[str] = []
        self.live: list[str] = []
        self.hasty: list[str] = []
        self.uploads: dict[str, bytes] = {}
        self.titles: dict[str, str] = {}
        self.prompts: list[dict[str, str]] = []
        self.revoked = False
        self.streams = True
        self.pace = 0.0  # seconds that a call takes on its way here, and again on its way back
        self.acknowledged: dict[str, float] = {}
        self.acknowledgements: dict[str, Any] = {}
        self.sent: dict[str, float] = {}
        self.sockets: list[ServerConnection] = []
        self.deliver: Callable[[dict[str, Any], str], None] = self._over_socket
        self._name = secrets.token_hex(4)  # ids are those of no other Slack
        self._numbers = itertools.count(1)
        self._turn = itertools.count()
        self.api = self.socket = ""

    # What people do

    def ts(self) -> str:
        with self.lock:
            return f"{time.time() + next(self._numbers) * 1e-6:.6f}"

    def say(
        self,
        channel: str,
        user: str,
        text: str,
        thread: str | None = None,
        *,
        team: str = TEAM,
        times: int = 1,
        both: bool = True,
        **more: Any,
    ) -> str:
        """A person writes; a mention comes as two events. Gives the message's ts."""
        ts = self.ts()
        with self.lock:
            self.messages[channel, ts] = Message(channel, ts, user, text, thread_ts=thread)
        kind = "im" if channel.startswith("D") else "group" if channel.startswith("G") else "channel"
        event = {"type": "message", "channel": channel, "user": user, "text": text, "ts": ts, "channel_type": kind, **more}
        if thread:
            event["thread_ts"] = thread
        events = [event]
        if f"<@{BOT_USER}>" in text and kind != "im":
            mention = {key: value for key, value in event.items() if key != "channel_type"} | {"type": "app_mention"}
            events = [mention, event] if both else [mention]
        for one in events:
            self.event(one, team=team, times=times)
        return ts

    def edit(self, channel: str, ts: str, text: str, times: int = 1) -> None:
        message = self.messages[channel, ts]
        before, message.text = message.payload(), text
        event = {"type": "message", "subtype": "message_changed", "channel": channel, "ts": self.ts()}
        self.event(event | {"message": message.payload(), "previous_message": before}, times=times)

    def delete(self, channel: str, ts: str, times: int = 1) -> None:
        message = self.messages.pop((channel, ts))
        event = {"type": "message", "subtype": "message_deleted", "channel": channel, "ts": self.ts(), "deleted_ts": ts}
        self.event(event | {"previous_message": message.payload()}, times=times)

    def event(self, event: dict[str, Any], *, team: str = TEAM, times: int = 1) -> str:
        """Sends an event, as often as wanted under one id, which is given."""
        identifier = f"Ev{self._name}{next(self._numbers):06d}"
        body = {"type": "event_callback", "team_id": team, "event_id": identifier, "api_app_id": "A1", "event": event}
        for _ in range(times):
            self.deliver(body, "events_api")
        return identifier

    def command(self, channel: str, user: str, text: str, *, team: str = TEAM, times: int = 1) -> str:
        """``/ask``; gives the id of its response URL."""
        url = f"r{next(self._numbers)}"
        body = {"command": "/ask", "text": text, "channel_id": channel, "channel_name": "general", "user_id": user, "team_id": team}
        body |= {
            "trigger_id": f"{self._name}.{next(self._numbers)}",
            "response_url": f"{self.api}response/{url}/{channel}/{user}",
            "token": "x",
        }
        for _ in range(times):
            self.deliver(body, "slash_commands")
        return url

    def shortcut(self, channel: str, user: str, message: Message) -> None:
        body = {
            "type": "message_action",
            "callback_id": "check_figures",
            "trigger_id": f"{self._name}.{next(self._numbers)}",
            "team": {"id": TEAM},
        }
        body |= {"user": {"id": user}, "channel": {"id": channel}, "message": message.payload(), "message_ts": message.ts}
        self.deliver(body | {"response_url": f"{self.api}response/s/{channel}/{user}"}, "interactive")

    def press(self, message: Message, action: str, user: str, value: str | None = None, times: int = 1) -> None:
        """Presses the button ``action`` under a message."""
        buttons = {e["action_id"]: e for block in message.blocks or [] for e in block.get("elements", ()) if "action_id" in e}
        value = value or buttons[action].get("value") or buttons[action]["positive_button"]["value"]
        hidden = message.ephemeral_to is not None
        container = {"type": "message", "message_ts": message.ts, "channel_id": message.channel, "is_ephemeral": hidden}
        body = {"type": "block_actions", "team": {"id": TEAM}, "user": {"id": user, "team_id": TEAM}, "channel": {"id": message.channel}}
        body |= {
            "trigger_id": f"{self._name}.{next(self._numbers)}",
            "container": container,
            "actions": [{"type": "button", "action_id": action, "value": value}],
        }
        body |= {"response_url": f"{self.api}response/p/{message.channel}/{user}"}
        if not hidden:
            body["message"] = message.payload()
        for _ in range(times):
            self.deliver(body, "interactive")

    def opens_pane(self, channel: str, user: str) -> str:
        ts = self.ts()
        thread = {"user_id": user, "channel_id": channel, "thread_ts": ts, "context": {}}
        self.event({"type": "assistant_thread_started", "assistant_thread": thread})
        return ts

    # What is seen

    def replies(self, channel: str, thread: str | None = None) -> list[Message]:
        """What the bot has posted in a thread, or in the channel itself, in order."""
        with self.lock:
            own = [m for m in self.messages.values() if m.channel == channel and m.user == BOT_USER and m.thread_ts == thread]
        return sorted(own, key=lambda message: float(message.ts))

    def whispers(self, channel: str) -> list[Message]:
        """What single people were shown in a channel."""
        with self.lock:
            return [message for message in self.ephemeral if message.channel == channel]

    def wait(self, condition: Callable[[], Any], seconds: float = 20.0) -> Any:
        """What ``condition`` gives, once it holds."""
        until = time.monotonic() + seconds
        while not (found := condition()):
            if time.monotonic() > until:
                raise AssertionError(f"it did not come about; refused: {self.refused}; calls: {dict(self.calls)}")
            time.sleep(0.01)
        return found

    def answered(self, channel: str, thread: str | None, count: int = 1, seconds: float = 20.0) -> list[Message]:
        """The bot's messages in a thread, once there are ``count`` that nobody streams to."""
        return self.wait(
            lambda: (found := [m for m in self.replies(channel, thread) if not m.streaming]) and len(found) >= count and found, seconds
        )

    def fail(self, method: str, **fault: Any) -> None:
        """The next calls of ``method`` meet a fault."""
        with self.lock:
            self.faults.setdefault(method, []).append(Fault(**fault))

    # Delivering

    def _over_socket(self, body: dict[str, Any], kind: str) -> None:
        sockets = self.wait(lambda: list(self.sockets), 30.0)
        envelope = f"e{next(self._numbers)}"
        with self.lock:
            self.sent[envelope] = time.monotonic()
        text = json.dumps({"type": kind, "envelope_id": envelope, "payload": body, "accepts_response_payload": kind != "events_api"})
        connection = sockets[next(self._turn) % len(sockets)]
        try:
            connection.send(text)
        except ConnectionClosed:
            self._over_socket(body, kind)

    def over_http(self, address: str, **options: Any) -> Callable[[dict[str, Any], str], None]:
        """A ``deliver`` that sends signed requests to ``address``."""

        def deliver(body: dict[str, Any], kind: str) -> None:
            envelope = f"h{next(self._numbers)}"
            with self.lock:
                self.sent[envelope] = time.monotonic()
            status, _ = request(address, *encoded(body, kind), **options)
            if status == 200:
                with self.lock:
                    self.acknowledged[envelope] = time.monotonic()

        return deliver

    def drop_sockets(self) -> None:
        """Cuts every Socket Mode connection without a farewell."""
        with self.lock:
            cut, self.sockets = self.sockets, []
        for connection in cut:
            with suppress(OSError):
                connection.socket.shutdown(socket.SHUT_RDWR)

    def _socket_session(self, connection: ServerConnection) -> None:
        connection.send(json.dumps({"type": "hello", "num_connections": 1}))
        with self.lock:
            self.sockets.append(connection)
        try:
            for text in connection:
                reply = json.loads(text)
                with self.lock:
                    self.acknowledged.setdefault(reply["envelope_id"], time.monotonic())
                    self.acknowledgements[reply["envelope_id"]] = reply.get("payload")
        except (ConnectionClosed, OSError):
            pass
        finally:
            with self.lock:
                if connection in self.sockets:
                    self.sockets.remove(connection)

    # The Web API

    def call(self, method: str, args: dict[str, Any], token: str) -> dict[str, Any]:
        with self.lock:
            self.calls[method] += 1
            self.arguments.append((method, args))
            if self.revoked:
                raise ApiError("token_revoked")
            if token not in (BOT_TOKEN, APP_TOKEN):
                raise ApiError("invalid_auth")
            handler = getattr(self, _handler(method), None)
            if handler is None:
                raise ApiError(f"unknown_method {method}")
            try:
                return {"ok": True, **(handler(args) or {})}
            except Refused as refusal:
                self.refused.append(f"{method}: {refusal}")
                raise ApiError("invalid_blocks") from refusal

    def respond(self, path: str, body: dict[str, Any]) -> None:
        """A message sent to a response URL."""
        _, channel, user = path.split("/")
        with self.lock:
            self.calls["response_url"] += 1
            if body.get("delete_original"):
                self.ephemeral = [m for m in self.ephemeral if m.channel != channel or m.ephemeral_to != user]
                return
            self._check(body)
            if body.get("replace_original"):
                self.ephemeral = [m for m in self.ephemeral if m.channel != channel or m.ephemeral_to != user]
            self.ephemeral.append(Message(channel, self.ts(), BOT_USER, body["text"], body.get("blocks"), ephemeral_to=user))

    def _check(self, args: dict[str, Any]) -> None:
        check_message(args.get("text") or "", args.get("blocks"))
        self.live += live(args.get("text") or "", args.get("blocks"))

    def _auth_test(self, _: dict[str, Any]) -> dict[str, Any]:
        return {"user_id": BOT_USER, "bot_id": BOT_ID, "team_id": TEAM, "user": "assistant", "team": "team", "url": "https://t.slack.com/"}

    def _apps_connections_open(self, _: dict[str, Any]) -> dict[str, Any]:
        return {"url": self.socket}

    def _chat_post_message(self, args: dict[str, Any]) -> dict[str, Any]:
        self._check(args)
        message = Message(
            args["channel"], self.ts(), BOT_USER, args["text"], args.get("blocks"), args.get("thread_ts"), args.get("metadata")
        )
        self.messages[message.channel, message.ts] = message
        return {"channel": message.channel, "ts": message.ts, "message": message.payload()}

    def _chat_update(self, args: dict[str, Any]) -> dict[str, Any]:
        self._check(args)
        message = self._own(args)
        if message.streaming:
            raise ApiError("streaming_state_conflict")
        if message.edits and time.monotonic() - message.edits[-1] < EDITS:
            self.hasty.append(message.ts)
        message.edits.append(time.monotonic())
        message.text, message.blocks = args["text"], args.get("blocks")
        message.metadata = args.get("metadata") or message.metadata
        return {"channel": message.channel, "ts": message.ts}

    def _chat_delete(self, args: dict[str, Any]) -> None:
        message = self._own(args)
        self.deleted.append(self.messages.pop((message.channel, message.ts)))

    def _chat_post_ephemeral(self, args: dict[str, Any]) -> dict[str, Any]:
        self._check(args)
        ts = self.ts()
        self.ephemeral.append(
            Message(args["channel"], ts, BOT_USER, args["text"], args.get("blocks"), args.get("thread_ts"), ephemeral_to=args["user"])
        )
        return {"message_ts": ts}

    def _chat_start_stream(self, args: dict[str, Any]) -> dict[str, Any]:
        if not self.streams:
            raise ApiError("channel_type_not_supported")
        if not (args.get("recipient_user_id") and args.get("recipient_team_id") and args.get("thread_ts")):
            raise ApiError("missing_recipient_user_id")
        message = Message(args["channel"], self.ts(), BOT_USER, "", thread_ts=args["thread_ts"], streaming=True)
        message.chunks += _chunks(args)
        self.messages[message.channel, message.ts] = message
        return {"channel": message.channel, "ts": message.ts}

    def _chat_append_stream(self, args: dict[str, Any]) -> None:
        message = self._streaming(args)
        message.chunks += _chunks(args)

    def _chat_stop_stream(self, args: dict[str, Any]) -> None:
        message = self._streaming(args)
        message.chunks += _chunks(args)
        check_blocks(args["blocks"], 50)
        self.live += live("", args["blocks"])
        message.blocks, message.metadata, message.streaming = args["blocks"], args.get("metadata"), False

    def _conversations_replies(self, args: dict[str, Any]) -> dict[str, Any]:
        found = [m for m in self.messages.values() if m.channel == args["channel"] and args["ts"] in (m.ts, m.thread_ts)]
        return {"messages": [m.payload() for m in found if float(m.ts) >= float(args.get("oldest", 0))]}

    def _conversations_history(self, args: dict[str, Any]) -> dict[str, Any]:
        found = [m for m in self.messages.values() if m.channel == args["channel"] and m.thread_ts is None]
        return {"messages": [m.payload() for m in found if float(m.ts) >= float(args.get("oldest", 0))]}

    def _assistant_threads_set_status(self, args: dict[str, Any]) -> None:
        self.live += live(args["status"])

    def _assistant_threads_set_title(self, args: dict[str, Any]) -> None:
        self.titles[args["thread_ts"]] = args["title"]

    def _assistant_threads_set_suggested_prompts(self, args: dict[str, Any]) -> None:
        self.prompts = args["prompts"]

    def _views_open(self, args: dict[str, Any]) -> dict[str, Any]:
        view = json.loads(args["view"]) if isinstance(args["view"], str) else args["view"]
        check_view(view)
        self.live += live("", view["blocks"])
        self.views.append(view)
        return {"view": {"id": "V1"}}

    def _files_get_upload_url_external(self, args: dict[str, Any]) -> dict[str, Any]:
        name = f"F{next(self._numbers)}"
        return {"upload_url": f"{self.api}upload/{name}/{args['filename']}", "file_id": name}

    def _files_complete_upload_external(self, args: dict[str, Any]) -> dict[str, Any]:
        files = json.loads(args["files"]) if isinstance(args["files"], str) else args["files"]
        named = [
            {"id": f["id"], "name": next(n for n in self.uploads if n.startswith(f["id"])).partition("/")[2], "title": f["title"]}
            for f in files
        ]
        ts = self.ts()
        self.messages[args["channel_id"], ts] = Message(args["channel_id"], ts, BOT_USER, "", thread_ts=args.get("thread_ts"), files=named)
        return {"files": named}

    def _own(self, args: dict[str, Any]) -> Message:
        message = self.messages.get((args["channel"], args["ts"]))
        if message is None or message.user != BOT_USER:
            raise ApiError("message_not_found")
        return message

    def _streaming(self, args: dict[str, Any]) -> Message:
        message = self._own(args)
        if not message.streaming:
            raise ApiError("message_not_in_streaming_state")
        return message


def _handler(method: str) -> str:
    """``chat.postMessage`` is done by ``_chat_post_message``."""
    return "_" + re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", method.replace(".", "_")).lower()


def _chunks(args: dict[str, Any]) -> list[dict[str, Any]]:
    chunks = args.get("chunks") or []
    for chunk in chunks:
        if chunk["type"] != "task_update" or chunk["status"] not in ("pending", "in_progress", "complete", "error") or not chunk["title"]:
            raise Refused(f"chunk {chunk}")
    return list(chunks)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("text"), str):
            yield value["text"]
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    slack: FakeSlack

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = self.path.removeprefix("/api/")
        first, _, rest = path.partition("/")
        if first == "response":
            self.slack.respond(rest, json.loads(body))
            self._send(200, b"ok")
        elif first == "upload":
            self.slack.uploads[rest] = body
            self._send(200, b"OK")
        else:
            self._api(path, body)

    def _api(self, method: str, body: bytes) -> None:
        time.sleep(self.slack.pace)
        fault = self._fault(method)
        if fault and not fault.after:
            self._fail(fault)
            return
        try:
            token = self.headers.get("Authorization", "").removeprefix("Bearer ")
            result = self.slack.call(method, self._arguments(body), token)
        except ApiError as error:
            result = {"ok": False, "error": str(error)}
        time.sleep(self.slack.pace)
        if fault:
            self._fail(fault)
        else:
            self._send(200, json.dumps(result).encode(), "application/json")

    def _arguments(self, body: bytes) -> dict[str, Any]:
        if self.headers.get("Content-Type", "").startswith("application/json"):
            return json.loads(body)
        args: dict[str, Any] = {key: values[0] for key, values in urllib.parse.parse_qs(body.decode()).items()}
        return {key: json.loads(value) if key in ("blocks", "metadata", "chunks") else value for key, value in args.items()}

    def _fault(self, method: str) -> Fault | None:
        with self.slack.lock:
            waiting = self.slack.faults.get(method, [])
            if not waiting:
                return None
            fault = waiting[0]
            fault.times -= 1
            if fault.times <= 0:
                waiting.pop(0)
            if not fault.after:
                self.slack.calls[f"{method} failed"] += 1
            return fault

    def _fail(self, fault: Fault) -> None:
        headers = {"Retry-After": str(fault.retry_after)} if fault.retry_after is not None else {}
        self._send(fault.status, json.dumps({"ok": False, "error": fault.error}).encode(), "application/json", headers)

    def _send(self, status: int, body: bytes, kind: str = "text/plain", headers: dict[str, str] | None = None) -> None:
        try:
            self.send_response(status)
            for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **(headers or {})}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256


@contextmanager
def fake_slack() -> Iterator[FakeSlack]:
    """A Slack that is there until the block ends."""
    slack = FakeSlack()
    handler = type("Handler", (_Handler,), {"slack": slack})
    web = _Server(("127.0.0.1", 0), handler)
    sockets = serve(slack._socket_session, "127.0.0.1", 0)
    slack.api = f"http://127.0.0.1:{web.server_address[1]}/api/"
    slack.socket = f"ws://127.0.0.1:{sockets.socket.getsockname()[1]}/"
    for run in (web.serve_forever, sockets.serve_forever):
        threading.Thread(target=run, daemon=True).start()
    try:
        yield slack
    finally:
        slack.drop_sockets()
        sockets.shutdown()
        web.shutdown()
        web.server_close()


def encoded(body: dict[str, Any], kind: str) -> tuple[bytes, str]:
    """A payload as Slack sends it over HTTP, and its content type."""
    if kind == "events_api":
        return json.dumps(body).encode(), "application/json"
    form = body if kind == "slash_commands" else {"payload": json.dumps(body)}
    return urllib.parse.urlencode(form).encode(), "application/x-www-form-urlencoded"


def request(
    address: str, body: bytes, kind: str, *, secret: str = SECRET, at: float | None = None, **forged: Any
) -> tuple[int, bytes]:  # fmt: skip
    """Sends a signed request; gives status and body of the answer. ``forged``: a ``signature``, or ``signed``, what it is made of."""
    stamp = str(int(time.time() if at is None else at))
    base = b"v0:" + stamp.encode() + b":" + forged.get("signed", body)
    made = "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    headers = {"Content-Type": kind, "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": forged.get("signature", made)}
    sent = urllib.request.Request(address, data=body, headers={k: v for k, v in headers.items() if v}, method="POST")
    try:
        with urllib.request.urlopen(sent, timeout=10) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()
