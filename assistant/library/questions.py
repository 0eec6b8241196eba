"""What encodes questions: the twins of a home's encoders, opened when the first question needs them, and the vectors of the last texts."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.library import answering
from assistant.library.encoder import PACKAGED_DIGEST, Encoder, encoder_folder

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from assistant.library.encoder import Vectors

    Vector = npt.NDArray[np.float32]

# A question is compared with the same sentences several times, and so is the next one: 4,000 vectors take 6 MB.
_REMEMBERED = 4_000


class QuestionEncoder:
    """The encoders of a home whose passages were encoded by the one with this ``fingerprint``; several threads may encode at once."""

    def __init__(self, home: Path, fingerprint: str) -> None:
        self._passages = _Opened(home, fingerprint)
        self._answers = self._passages if fingerprint == PACKAGED_DIGEST else _Opened(home, PACKAGED_DIGEST)
        self._near = _Remembered(lambda texts: self._passages().encode(texts))
        self._answering = _Remembered(lambda texts: self._answers().encode(texts, answers=True))

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See ``Encoder.encode``. The vectors of the last texts are remembered."""
        return self._near(texts)

    def encode_answers(self, texts: Sequence[str]) -> Vectors:
        """As ``encode``, by the encoder of answers."""
        return self._answering(texts)

    def encode_ahead(self, near: Sequence[str], answers: Sequence[str]) -> None:
        """Begins, in a thread that ends with them, what ``encode`` of each text of ``near`` and then ``encode_answers`` of each of
        ``answers`` will be asked for, in this order.

        Does nothing with an encoder that is not open yet, and nothing on one processor, which the caller needs meanwhile.
        """
        ahead = ((self._passages, self._near, near), (self._answers, self._answering, answers))
        begun = [(encode, text) for twin, encode, texts in ahead if twin.is_open for text in texts]
        if not begun or _processors() == 1:
            return
        thread = ThreadPoolExecutor(max_workers=1)
        with suppress(RuntimeError):  # no thread is to be had, so that whoever asks encodes
            for encode, text in begun:
                encode.ahead(text, thread)
        thread.shutdown(wait=False)

    def encode_kept(self, texts: Sequence[str]) -> Vectors:
        """See ``Encoder.encode_kept``."""
        return self._passages().encode_kept(texts)

    def words(self) -> frozenset[str]:
        """See ``Encoder.words``."""
        return self._passages().words


class _Opened:
    """A twin that is opened when it is first asked for; the packaged encoder's is made then where it is not there yet."""

    def __init__(self, home: Path, fingerprint: str) -> None:
        self._home = home
        self._fingerprint = fingerprint
        self._encoder: Encoder | None = None
        self._opening = threading.Lock()

    @property
    def is_open(self) -> bool:
        return self._encoder is not None

    def __call__(self) -> Encoder:
        with self._opening:
            if self._encoder is None:
                if self._fingerprint == PACKAGED_DIGEST:
                    answering.prepare(self._home)
                self._encoder = Encoder(encoder_folder(self._home, self._fingerprint))
            return self._encoder


class _Remembered:
    """What encodes texts, the vectors of the last ones, and those that a thread is to encode or encodes."""

    def __init__(self, encode: Callable[[Sequence[str]], Vectors]) -> None:
        self._encode = encode
        self._recent: dict[str, Vector] = {}
        self._coming: dict[str, Future[Vector]] = {}
        self._remembering = threading.Lock()

    def __call__(self, texts: Sequence[str]) -> Vectors:
        import numpy as np

        with self._remembering:
            found = {text: self._recent[text] for text in texts if text in self._recent}
            coming = {text: self._coming[text] for text in texts if text in self._coming and not self._taken_back(text)}
        found.update((text, future.result()) for text, future in coming.items())
        if new := [text for text in dict.fromkeys(texts) if text not in found]:
            found.update(zip(new, self._encode(new), strict=True))
            self._remember({text: found[text] for text in new})
        if not texts:
            return self._encode(texts)
        return np.stack([found[text] for text in texts])

    def ahead(self, text: str, thread: ThreadPoolExecutor) -> None:
        """Has ``thread`` encode a text."""
        with self._remembering:
            if text not in self._recent and text not in self._coming:
                self._coming[text] = thread.submit(self._encoded, text)

    def _encoded(self, text: str) -> Vector:
        try:
            vector: Vector = self._encode([text])[0]
            self._remember({text: vector})
            return vector
        finally:
            with self._remembering:
                del self._coming[text]

    def _taken_back(self, text: str) -> bool:
        """Whether no thread has begun with a text that one was to encode; none will, for it is encoded sooner where it is asked for."""
        taken_back = self._coming[text].cancel()
        if taken_back:
            del self._coming[text]
        return taken_back

    def _remember(self, vectors: Mapping[str, Vector]) -> None:
        with self._remembering:
            self._recent.update(vectors)
            for text in list(self._recent)[: max(0, len(self._recent) - _REMEMBERED)]:
                del self._recent[text]


def _processors() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
