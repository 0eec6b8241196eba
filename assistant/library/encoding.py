"""Vectors for the passages of a revision that have none, by steps whose memory is bounded, and beside the reading of many documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

from assistant.library.bulk import MANY, PASSAGE_BYTES, Encodes, PassageEncoder
from assistant.library.store import Progress

if TYPE_CHECKING:
    from assistant.library.encoder import Vectors

# Texts that are encoded before their vectors are stored.
_AT_ONCE = 1024
# Texts that are worth a step beside the reading, once there is an encoder for many.
_STEP = 100


class Unencoded(Protocol):
    """What has passages without vectors; see ``Catalogue`` and ``Revision``."""

    def missing_count(self) -> int: ...
    def missing_texts(self, most: int) -> dict[str, str]: ...
    def set_vectors(self, vectors: Mapping[str, Vectors]) -> None: ...


def encode_missing(catalogue: Unencoded, encoder: PassageEncoder, tell: Progress) -> None:
    """Gives every passage that lacks one its vector."""
    total, done = catalogue.missing_count(), 0
    if not total:
        return
    tell("encoding", 0, total)
    quickest = encoder.quickest(total)
    while texts := catalogue.missing_texts(_AT_ONCE):
        made = quickest.encode(list(texts.values()), partial(_tell_encoded, tell, done, total))
        catalogue.set_vectors(dict(zip(texts, made, strict=True)))
        done += len(texts)


def _tell_encoded(tell: Progress, before: int, total: int, some: int) -> None:
    tell("encoding", before + some, total)


class EncodingBeside:
    """Encodes passages in a thread while more of them come; a context manager, whose end stores what is on its way.

    It begins once the encoder for many is worth its loading: soon, where some ``text_bytes`` are to come that make many passages, or
    once that many came. What comes after the last full step, or all where they are few, is left to ``encode_missing``. Vectors that
    come along with their passages are only stored.
    """

    def __init__(self, catalogue: Unencoded, encoder: PassageEncoder, text_bytes: int = 0) -> None:
        self._catalogue = catalogue
        self._encoder = encoder
        self._quickest: Encodes | None = None
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._under_way: tuple[list[str], Future[Vectors]] | None = None
        self._enough = _STEP if text_bytes >= MANY * PASSAGE_BYTES else MANY
        self._waiting = 0
        self._brought: dict[str, Vectors] = {}
        self._stopped = False

    def came(self, passages: int, brought: Mapping[str, Vectors]) -> None:
        """So many passages more are in the catalogue, and by the keys of their texts what was ``brought`` of their vectors.

        Returns when at most one step of them is under way.
        """
        self._waiting += passages
        self._brought.update(brought)
        if self._waiting >= self._enough:
            self._store()
            self._store_brought()
            self._begin()

    def _store_brought(self) -> None:
        """Stores the vectors that came along and that the catalogue has not."""
        while self._brought:
            texts = self._catalogue.missing_texts(_AT_ONCE)
            found = {key: self._brought.pop(key) for key in texts if key in self._brought}
            self._catalogue.set_vectors(found)
            if len(texts) < _AT_ONCE or not found:
                self._brought.clear()

    def _begin(self) -> None:
        texts = self._catalogue.missing_texts(_AT_ONCE)
        self._waiting = 0
        if len(texts) >= self._enough:  # of those that came some may be known from before
            self._under_way = list(texts), self._thread.submit(self._encoded, list(texts.values()))

    def _encoded(self, texts: Sequence[str]) -> Vectors:
        self._quickest = self._quickest or self._encoder.quickest(MANY)
        return self._quickest.encode(texts, self._go_on)

    def _go_on(self, done: int) -> None:
        del done
        if self._stopped:
            raise InterruptedError

    def _store(self) -> None:
        under_way, self._under_way = self._under_way, None
        if under_way:
            keys, vectors = under_way
            self._catalogue.set_vectors(dict(zip(keys, vectors.result(), strict=True)))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            if kind is None:
                self._store()
                self._store_brought()
        finally:
            self._stopped = True  # nobody waits for what is still under way
            self._thread.shutdown()
