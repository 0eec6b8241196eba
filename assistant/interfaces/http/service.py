"""The API as a service: put together, served, and stopped when what was begun is answered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from assistant.api import Assistant
from assistant.errors import UsageError
from assistant.interfaces.http.app import create_app
from assistant.interfaces.http.door import LOOPBACK
from assistant.interfaces.http.health import Health
from assistant.interfaces.http.keys import Keys, Ring
from assistant.interfaces.http.metrics import Metrics
from assistant.interfaces.http.office import Office
from assistant.interfaces.http.questions import Questions
from assistant.interfaces.http.rates import Rates
from assistant.interfaces.serving.log import tell
from assistant.interfaces.serving.web import serving


@dataclass(frozen=True, slots=True)
class Limits:
    """``workers`` questions are answered at a time; ``rate`` requests a minute are taken of each key."""

    workers: int
    rate: int


@contextmanager
def running(assistant: Assistant, keys: Keys | None, limits: Limits, host: str, port: int) -> Iterator[str]:
    """Serves until the block ends; gives the address. Then no question is taken any more, and those that were are answered.

    ``keys`` has the keys that are let in; None asks for none, on loopback only. Raises UsageError where that is not so, where there
    is no key yet, or where the address cannot be had.
    """
    _require_safe(keys, host)
    assistant.prepare()
    metrics = Metrics()
    questions = Questions(assistant, limits.workers, metrics)
    office = Office(assistant, questions, Health(assistant, questions), metrics)
    app = create_app(office, Ring(keys) if keys else None, Rates(limits.rate))
    with serving(app, host, port, "--port") as address:
        tell("started", address=address, model=assistant.settings.model)
        try:
            yield address
        finally:
            # The server listens on meanwhile, so that whoever asks is told why there is no answer.
            tell("stopping", waiting=sum(questions.depth()))
            questions.stop()


def _require_safe(keys: Keys | None, host: str) -> None:
    if keys is None and host not in LOOPBACK:
        raise UsageError(f"--no-auth is for this machine alone: {host} can be reached from others; leave it out, and add keys")
    if keys is not None and not keys.all():
        raise UsageError("there is no API key yet; make one with: assistant serve keys add NAME; or, on this machine alone: --no-auth")
