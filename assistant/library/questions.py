"""What encodes questions, and the vectors of the last texts."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from assistant.library.encoder import Encoder, Vectors

# A question is compared with the same sentences several times, and so is the next one: 4,000 vectors take 6 MB.
_REMEMBERED = 4_000


class QuestionEncoder:
    """Encodes with the encoder that ``opened`` gives, with ``answers`` as the encoder of answers; several threads may do so at once."""

    def __init__(self, opened: Callable[[], Encoder], *, answers: bool = False) -> None:
        self._opened = opened
        self._answers = answers
        self._recent: dict[str, npt.NDArray[np.float32]] = {}
        self._remembering = threading.Lock()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See ``Encoder.encode``. The vectors of the last texts are remembered."""
        import numpy as np

        with self._remembering:
            found = {text: self._recent[text] for text in texts if text in self._recent}
        if new := [text for text in dict.fromkeys(texts) if text not in found]:
            found.update(zip(new, self._opened().encode(new, answers=self._answers), strict=True))
            with self._remembering:
                self._recent.update((text, found[text]) for text in new)
                for text in list(self._recent)[: max(0, len(self._recent) - _REMEMBERED)]:
                    del self._recent[text]
        if not texts:
            return self._opened().encode(texts)
        return np.stack([found[text] for text in texts])

    def encode_kept(self, texts: Sequence[str]) -> Vectors:
        """See ``Encoder.encode_kept``."""
        return self._opened().encode_kept(texts)

    def words(self) -> frozenset[str]:
        """See ``Encoder.words``."""
        return self._opened().words
