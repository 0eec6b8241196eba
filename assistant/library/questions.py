"""What encodes questions: the twins of a home's encoders, opened when the first question needs them, and the vectors of the last texts."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.library import answering
from assistant.library.encoder import PACKAGED_DIGEST, Encoder, encoder_folder

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from assistant.library.encoder import Vectors

# A question is compared with the same sentences several times, and so is the next one: 4,000 vectors take 6 MB.
_REMEMBERED = 4_000


class QuestionEncoder:
    """The encoders of a home whose passages were encoded by the one with this ``fingerprint``; several threads may encode at once."""

    def __init__(self, home: Path, fingerprint: str) -> None:
        self._passages = _Opened(home, fingerprint)
        answers = self._passages if fingerprint == PACKAGED_DIGEST else _Opened(home, PACKAGED_DIGEST)
        self._near = _Remembered(lambda texts: self._passages().encode(texts))
        self._answering = _Remembered(lambda texts: answers().encode(texts, answers=True))

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See ``Encoder.encode``. The vectors of the last texts are remembered."""
        return self._near(texts)

    def encode_answers(self, texts: Sequence[str]) -> Vectors:
        """As ``encode``, by the encoder of answers."""
        return self._answering(texts)

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

    def __call__(self) -> Encoder:
        with self._opening:
            if self._encoder is None:
                if self._fingerprint == PACKAGED_DIGEST:
                    answering.prepare(self._home)
                self._encoder = Encoder(encoder_folder(self._home, self._fingerprint))
            return self._encoder


class _Remembered:
    """What encodes texts, and the vectors of the last ones."""

    def __init__(self, encode: Callable[[Sequence[str]], Vectors]) -> None:
        self._encode = encode
        self._recent: dict[str, npt.NDArray[np.float32]] = {}
        self._remembering = threading.Lock()

    def __call__(self, texts: Sequence[str]) -> Vectors:
        import numpy as np

        with self._remembering:
            found = {text: self._recent[text] for text in texts if text in self._recent}
        if new := [text for text in dict.fromkeys(texts) if text not in found]:
            found.update(zip(new, self._encode(new), strict=True))
            with self._remembering:
                self._recent.update((text, found[text]) for text in new)
                for text in list(self._recent)[: max(0, len(self._recent) - _REMEMBERED)]:
                    del self._recent[text]
        if not texts:
            return self._encode(texts)
        return np.stack([found[text] for text in texts])
