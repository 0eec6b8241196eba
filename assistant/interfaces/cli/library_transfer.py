"""``assistant library push`` and ``pull``: documents from the home to the shared store, and back."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from assistant.errors import UsageError
from assistant.interfaces.cli.options import Home, Json
from assistant.interfaces.cli.screen import progress, say, write, write_json

if TYPE_CHECKING:
    from assistant.library.shared.store import SharedStore
    from assistant.library.shared.transfer import TransferReport
    from assistant.settings import Settings

# So many are named; a library of a thousand would push the rest off the screen.
_NAMED = 20


def push(json: Json = False, home: Home = None) -> None:
    """Copy the library of this machine's home to the shared store.

    Documents that only the shared store has stay; nothing is read or encoded again.

    Example: assistant library push
    """
    from assistant.library.shared.transfer import push as copy
    from assistant.settings import Settings

    settings = Settings.load(home)
    with closing(_shared(settings)) as store, progress("copying to the shared store") as report:
        outcome = copy(store, settings.home, report)
    _tell(outcome, json=json)


def pull(json: Json = False, home: Home = None) -> None:
    """Copy the shared store to the library of this machine's home.

    Documents that only the home has stay. To ask it, unset ASSISTANT_DATABASE_URL and ASSISTANT_CHROMA_URL.

    Example: assistant library pull
    """
    from assistant.library.shared.transfer import pull as copy
    from assistant.settings import Settings

    settings = Settings.load(home)
    with closing(_shared(settings)) as store, progress("copying from the shared store") as report:
        outcome = copy(store, settings.home, settings.embedding_model, report)
    _tell(outcome, json=json)


def _shared(settings: Settings) -> SharedStore:
    if settings.shared is None:
        raise UsageError("no shared store is named; set ASSISTANT_DATABASE_URL and ASSISTANT_CHROMA_URL")
    from assistant.library.shared.store import SharedStore
    from assistant.opening import library_store

    store = library_store(settings)
    assert isinstance(store, SharedStore)
    return store


def _tell(outcome: TransferReport, *, json: bool) -> None:
    from assistant.interfaces.render.wording import counted

    if json:
        write_json(outcome.model_dump_json(indent=2))
        return
    for document in outcome.copied[:_NAMED]:
        say("copied", document.title)
    if len(outcome.copied) > _NAMED:
        say("copied", f"… and {len(outcome.copied) - _NAMED:,} more")
    write(f"{counted(len(outcome.copied), 'document')} copied, {outcome.known:,} known; {outcome.generation}\n")
