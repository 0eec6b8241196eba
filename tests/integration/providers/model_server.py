"""A server on this machine that speaks the protocols of OpenAI and Anthropic and says what a script tells it to say."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import islice

import anthropic_protocol
import openai_protocol
from replies import Cut, Fail, Hang, Raw, Reply, Request, Say

# The key with which the clients come; it may be found nowhere but in their requests.
CANARY = "sk-canary-4f1d9b7e2c"

PROTOCOLS = (openai_protocol, anthropic_protocol)

Script = Callable[[Request], Reply]


class ModelServer:
    """``script`` answers; ``requests`` are what was asked, ``faults`` what a real server would have refused as malformed."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.requests: list[Request] = []
        self.faults: list[str] = []
        self.released = threading.Event()
        self._script: Script = lambda _: Fail(500)

    def say(self, *script: Reply | Script) -> None:
        """Answers with these in their order, and with the last of them from then on."""
        self.requests.clear()
        pending = list(script)

        def step(request: Request) -> Reply:
            said = pending.pop(0) if len(pending) > 1 else pending[0]
            return said(request) if callable(said) else said

        self._script = step

    def reply(self, request: Request) -> Reply:
        self.requests.append(request)
        return self._script(request)


@contextmanager
def serving() -> Iterator[ModelServer]:
    class Handler(_Handler):
        pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    server = Handler.server_of_models = ModelServer(f"http://127.0.0.1:{http.server_port}")
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        http.shutdown()
        http.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_of_models: ModelServer

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        protocol = next((known for known in PROTOCOLS if self.path.split("?")[0].endswith(known.PATH)), None)
        if protocol is None:
            self._send(404, {"error": {"message": f"no such path: {self.path}"}})
            return
        try:
            request = protocol.read(body, dict(self.headers))
        except (AssertionError, KeyError) as error:
            self.server_of_models.faults.append(f"{error!r}")
            self._send(400, protocol.failure(Fail(400, f"malformed: {error!r}")))
            return
        try:
            self._answer(self.server_of_models.reply(request), request.streams, protocol)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the client has given up, as it should

    def _answer(self, reply: Reply, streams: bool, protocol) -> None:
        match reply:
            case Fail():
                self._send(reply.status, protocol.failure(reply), reply.headers)
            case Raw():
                self._send(200, reply.body, {"Content-Type": reply.content_type})
            case Hang():
                self._hang(reply, protocol)
            case Cut():
                self._stream(islice(protocol.events(reply.reply), reply.events), torn=reply.torn)
            case Say() if streams:
                self._stream(protocol.events(reply))
            case Say():
                self._send(200, protocol.whole(reply))

    def _send(self, status: int, body: object, headers=None) -> None:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **(headers or {}), "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def _stream(self, events: Iterable[bytes], torn: bool = False) -> None:
        self._begin_stream()
        for event in events:
            self._chunk(event)
        if torn:
            self.close_connection = True
        else:
            self._chunk(b"")

    def _hang(self, hang: Hang, protocol) -> None:
        self.close_connection = True
        if hang.dripping:
            self._begin_stream()
        while not self.server_of_models.released.wait(0.05):
            if hang.dripping:
                self._chunk(protocol.sign_of_life())

    def _begin_stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        pass
