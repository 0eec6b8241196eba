"""Where and to whom the bot answers, and from what: a TOML file; without one it answers everywhere from the default library."""

from __future__ import annotations

import tomllib
from pathlib import Path

from pydantic import Field, ValidationError

from assistant.errors import SettingsError
from assistant.values import Value

_SHAPE = 'channels = ["C…"], users = ["U…"], bots = ["name"], and tables [channel.C…] with home and model'


class Room(Value):
    """What one channel is answered from: a library of its own at ``home``, a ``model`` of its own; None means the default."""

    home: Path | None = None
    model: str | None = None


class Config(Value):
    """``channels`` and ``users`` are ids, and none means all; direct messages are no channels. ``bots`` are those other bots,
    by name or id, whose mentions are answered."""

    channels: tuple[str, ...] = ()
    users: tuple[str, ...] = ()
    bots: tuple[str, ...] = ()
    channel: dict[str, Room] = Field(default_factory=dict)

    def allows(self, channel: str, user: str, *, direct: bool) -> bool:
        """Whether ``user`` may ask in ``channel``."""
        return (direct or not self.channels or channel in self.channels) and (not self.users or user in self.users)


def read_config(file: Path) -> Config:
    """The settings in ``file``; raises SettingsError where it cannot be read or says something else."""
    try:
        return Config.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file} cannot be read: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{file} is no TOML: {error}") from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        raise SettingsError(f"{file}: {'.'.join(map(str, first['loc']))}: {first['msg']}; it may have {_SHAPE}") from error
