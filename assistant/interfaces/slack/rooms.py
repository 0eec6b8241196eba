"""Which Assistant answers in a channel: the default one, or one over a library or with a model of the channel's own."""

from __future__ import annotations

import threading
from pathlib import Path

from assistant.api import Assistant
from assistant.errors import SettingsError
from assistant.interfaces.slack.config import Config


class Rooms:
    """Assistants by channel; those that are not the default are opened when first needed, one for each library and model."""

    def __init__(self, default: Assistant, config: Config) -> None:
        if default.settings.shared and (own := sorted(channel for channel, room in config.channel.items() if room.home)):
            raise SettingsError(f"channel {own[0]} has a home of its own, which a shared store knows nothing of; take it out of the file")
        self.default = default
        self._config = config
        self._lock = threading.Lock()
        self._opened: dict[tuple[Path, str], Assistant] = {}

    def of(self, channel: str) -> Assistant:
        """The Assistant for ``channel``."""
        room = self._config.channel.get(channel)
        own = self.default.settings
        if room is None:
            return self.default
        key = (room.home or own.home, room.model or own.model)
        if key == (own.home, own.model):
            return self.default
        with self._lock:
            if key not in self._opened:
                self._opened[key] = Assistant.open(*key)
            return self._opened[key]

    def all(self) -> tuple[Assistant, ...]:
        """Every Assistant that was opened."""
        return self.default, *self._opened.values()

    def prepare(self) -> None:
        """Opens all that channels name, and loads what their first questions need; raises AssistantError where one cannot be had."""
        for channel in ("", *self._config.channel):
            self.of(channel).prepare()

    def forget(self, conversation: str) -> None:
        """Deletes a conversation wherever it was held."""
        for assistant in self.all():
            assistant.delete_conversation(conversation)

    def close(self) -> None:
        """Closes those that were opened here."""
        with self._lock:
            for assistant in self._opened.values():
                assistant.close()
            self._opened.clear()
