"""The bot as a service: put together, connected to Slack, watched, and stopped without leaving anything half done."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from assistant.api import Assistant
from assistant.errors import AssistantError, LibraryError
from assistant.interfaces.serving.log import tell
from assistant.interfaces.serving.web import serving
from assistant.interfaces.slack.app import create_app
from assistant.interfaces.slack.bot import Bot
from assistant.interfaces.slack.clients import Clients
from assistant.interfaces.slack.config import Config
from assistant.interfaces.slack.database import Database, QueueFile
from assistant.interfaces.slack.delivery import Delivery
from assistant.interfaces.slack.heard import Me
from assistant.interfaces.slack.inbox import Inbox
from assistant.interfaces.slack.manifest import EVENTS_PATH
from assistant.interfaces.slack.metrics import Metrics
from assistant.interfaces.slack.office import Office
from assistant.interfaces.slack.owner import LocalOwner, Owner
from assistant.interfaces.slack.posts import Posts
from assistant.interfaces.slack.refusals import SLACK_ERRORS, code
from assistant.interfaces.slack.rooms import Rooms
from assistant.interfaces.slack.surroundings import Surroundings
from assistant.interfaces.slack.web import Site
from assistant.interfaces.slack.whispers import Whispers

SLACK = "https://slack.com/api/"
# Answers made at a time: a language model is waited for most of the time.
WORKERS = 8
_TIMEOUT = 30
# Seconds between two pings; the SDK gives up a connection when five of them have failed, and makes a new one.
_PING = 2
# Seconds; Python's own is 0.005.
_TURN = 0.0005


@dataclass(frozen=True, slots=True)
class Tokens:
    """``bot`` begins with ``xoxb-``, ``app`` with ``xapp-`` and is for Socket Mode, ``signing`` is for HTTP."""

    bot: str
    app: str = ""
    signing: str = ""


@dataclass(frozen=True, slots=True)
class Ports:
    """Where to listen: ``http`` for Slack's requests, which come through Socket Mode where it is None, ``health`` for ``/health`` and
    ``/metrics``, which ``http`` has too. 0 takes a free port."""

    host: str = "127.0.0.1"
    http: int | None = None
    health: int | None = None


@contextmanager
def running(
    assistant: Assistant, tokens: Tokens, config: Config | None = None, *, workers: int = WORKERS, api: str = SLACK
) -> Iterator[tuple[Bot, App]]:  # fmt: skip
    """A bot at work and its Bolt app, until the block ends; then what was begun is finished.

    ``api`` is the address of Slack's Web API. Raises AssistantError where Slack does not take the token or a room cannot be opened.
    """
    config = config or Config()
    client = WebClient(token=tokens.bot, base_url=api, timeout=_TIMEOUT)
    me = _me(client)
    with ExitStack() as stack:
        rooms = Rooms(assistant, config)
        stack.callback(rooms.close)
        rooms.prepare()
        database, owner = _queue(assistant)
        stack.callback(database.close)
        stack.callback(owner.close)
        inbox, posts = Inbox(database, owner), Posts(database)
        clients = Clients.like(client)
        office = Office(
            rooms=rooms,
            inbox=inbox,
            posts=posts,
            delivery=Delivery(clients, posts, me.user),
            whispers=Whispers(clients, posts),
            surroundings=Surroundings(clients),
            config=config,
            metrics=Metrics(inbox.depth),
        )
        bot = Bot(office, workers)
        app = create_app(bot, client, me, tokens.signing)
        bot.start()
        stack.callback(bot.stop)
        yield bot, app


def serve(bot: Bot, app: App, tokens: Tokens, ports: Ports, ready: Callable[[str], None]) -> None:
    """Serves until the bot is told to stop. ``ready`` hears how Slack is reached.

    Raises AssistantError where Slack refuses the token, at the start or later.
    """
    # Python hands on its one lock this often; with workers busy, an acknowledgement waits for several of them at each of its steps.
    sys.setswitchinterval(_TURN)
    with ExitStack() as stack:
        socket = None
        if ports.http is None:
            # One at a time, so that what is said in a thread is queued in the order in which it was said; it takes milliseconds.
            logger = logging.getLogger("slack_sdk.socket_mode")
            socket = SocketModeHandler(app, tokens.app, logger=logger, ping_interval=_PING, concurrency=1)
        if socket:
            stack.callback(socket.close)
            _connect(socket)
            ready("Socket Mode")

        def state() -> tuple[bool, dict[str, object]]:
            try:
                waiting, working = bot.office.inbox.depth()
            except LibraryError as error:
                return False, {"ok": False, "queue": str(error)}
            connected = socket is None or socket.client.is_connected()
            well = connected and bot.revoked is None and not bot.stopping.is_set()
            return well, {"ok": well, "connected": connected, "revoked": bot.revoked, "waiting": waiting, "working": working}

        for port, served, option in ((ports.http, app, "--http"), (ports.health, None, "--health")):
            if port is not None:
                site = Site(state, bot.office.metrics.page, served, EVENTS_PATH)
                address = stack.enter_context(serving(site, ports.host, port, option))
                ready(address + EVENTS_PATH if served else f"{address}/health")
        tell("started", mode="socket" if socket else "http", model=bot.office.rooms.default.settings.model)
        bot.stopping.wait()
        tell("stopping", revoked=bot.revoked)
    if bot.revoked:
        waiting, _ = bot.office.inbox.depth()
        raise AssistantError(
            f"Slack no longer takes the bot's token ({bot.revoked}); install the app again and set SLACK_BOT_TOKEN; waiting: {waiting}"
        )


def _queue(assistant: Assistant) -> tuple[Database, Owner]:
    """Where the queue lies, and this process among those that share it: in the home, or where the shared store has everything."""
    if (server := assistant.store.server) is None:
        home = assistant.settings.home
        return QueueFile(home / "slack.sqlite"), LocalOwner(home / "slack")
    from assistant.interfaces.slack.shared import SharedDatabase, SharedOwner

    return SharedDatabase(server), SharedOwner(server)


def _me(client: WebClient) -> Me:
    try:
        who = client.auth_test()
    except SLACK_ERRORS as error:
        word = code(error) if isinstance(error, SlackApiError) else str(error)
        raise AssistantError(f"Slack does not take the token in SLACK_BOT_TOKEN: {word}") from error
    return Me(user=who["user_id"], bot=who["bot_id"])


def _connect(handler: SocketModeHandler) -> None:
    try:
        handler.client.connect()
    except SLACK_ERRORS as error:
        word = code(error) if isinstance(error, SlackApiError) else str(error)
        raise AssistantError(f"Slack gives no connection for the token in SLACK_APP_TOKEN: {word}") from error
