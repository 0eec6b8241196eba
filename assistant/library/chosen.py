"""Which of the two places for a library the settings name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.library.local import LocalStore

if TYPE_CHECKING:
    from assistant.library.store import Extractor, Store
    from assistant.settings import Settings


def store_of(settings: Settings, extract: Extractor, facts_version: str) -> Store:
    """The servers of a shared store where these are set, else the home; there is no way from the one to the other in between.

    Raises LibraryError where servers are set and their clients are not installed. Nothing is connected yet.
    """
    if settings.shared is None:
        return LocalStore(settings.home, settings.embedding_model, extract, facts_version)
    from assistant.database.server import Server
    from assistant.library.shared.store import SharedStore

    return SharedStore(settings, settings.shared, Server(settings.shared.database_url), extract, facts_version)
