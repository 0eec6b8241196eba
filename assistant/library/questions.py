"""What encodes questions: the encoder's twin, opened when the first question needs it, and the vectors of the last texts."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.library.encoder import Encoder

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from assistant.library.encoder import Vectors

# A question is compared with the same sentences several times, and so is the next one: 4,000 vectors take 6 MB.
_REMEMBERED = 4_000


class QuestionEncoder:
    """The encoder kept in ``folder``; several threads may encode at the same time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._encoder: Encoder | None = None
        self._recent: dict[str, npt.NDArray[np.float32]] = {}
        self._loading = threading.Lock()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See ``Encoder.encode``. The vectors of the last texts are remembered."""
        import numpy as np

        with self._loading:
            found = {text: self._recent[text] for text in texts if text in self._recent}
        if new := [text for text in dict.fromkeys(texts) if text not in found]:
            found.update(zip(new, self._loaded().encode(new), strict=True))
            with self._loading:
                self._recent.update((text, found[text]) for text in new)
                for text in list(self._recent)[: max(0, len(self._recent) - _REMEMBERED)]:
                    del self._recent[text]
        if not texts:
            return self._loaded().encode(texts)
        return np.stack([found[text] for text in texts])

    def encode_kept(self, texts: Sequence[str]) -> Vectors:
        """See ``Encoder.encode_kept``."""
        return self._loaded().encode_kept(texts)

    def words(self) -> frozenset[str]:
        """See ``Encoder.words``."""
        return self._loaded().words

    def _loaded(self) -> Encoder:
        with self._loading:
            self._encoder = self._encoder or self._opened()
            return self._encoder

    def _opened(self) -> Encoder:
        return Encoder(self._folder)
