"""Structured logs: one JSON object a line, without message text and without secrets."""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

from assistant.interfaces.render.clean import one_line
from assistant.settings import redacted

LOGGER = logging.getLogger("assistant.serving")
_FIELDS = "said"
# Libraries whose warnings are worth a line. Their lower levels print payloads, which hold what people wrote.
_OTHERS = ("slack_bolt", "slack_sdk", "uvicorn")
_LONGEST = 300


def tell(event: str, /, level: int = logging.INFO, **fields: object) -> None:
    """Logs that ``event`` happened; what people wrote is never among ``fields``, but for ``text``, which is left off by default."""
    LOGGER.log(level, event, extra={_FIELDS: fields})


def tell_failure(error: BaseException, message: str, /, **fields: object) -> None:
    """Logs that something failed: the kind of the error, ``message``, and the line that raised it."""
    place = next(iter(traceback.extract_tb(error.__traceback__)[-1:]), None)
    where = f"{Path(place.filename).name}:{place.lineno}" if place else None
    tell("failed", logging.ERROR, error=type(error).__name__, message=message, where=where, **fields)


def to_stderr(*, text: bool) -> None:
    """Sends the logs to stderr; ``text`` is whether what people wrote may stand in them."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines(text=text))
    for name, level in ((LOGGER.name, logging.INFO), *((name, logging.WARNING) for name in _OTHERS)):
        logger = logging.getLogger(name)
        logger.handlers[:] = [handler]
        logger.setLevel(level)
        logger.propagate = False


class Lines(logging.Formatter):
    """A record as a line of JSON."""

    def __init__(self, *, text: bool) -> None:
        super().__init__()
        self._text = text

    def format(self, record: logging.LogRecord) -> str:
        """``at``, ``level``, ``event`` and the fields; of another library's record its first line."""
        fields = getattr(record, _FIELDS, None)
        line: dict[str, object] = {"at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")}
        line |= {"level": record.levelname.lower()}
        if fields is None:
            line |= {"event": "library", "logger": record.name, "message": record.getMessage().split("\n")[0][:_LONGEST]}
        else:
            line |= {"event": record.getMessage()} | {k: v for k, v in fields.items() if v is not None and (self._text or k != "text")}
        return redacted(json.dumps({key: _plain(value) for key, value in line.items()}, ensure_ascii=False))


def _plain(value: object) -> object:
    return value if isinstance(value, bool | int | float) else one_line(str(value))
