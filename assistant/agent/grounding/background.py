"""What verification may know beside the turn's evidence: the studies of the library, and how near two texts are in meaning."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.studies.facts import Study

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Encode = Callable[[Sequence[str]], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Background:
    """``studies`` are what extraction read in whole documents; ``encode`` gives each text a vector of length 1, if there is one."""

    studies: tuple[Study, ...] = ()
    encode: Encode | None = None

    def likeness(self, text: str, others: Sequence[str]) -> float | None:
        """The cosine of ``text`` and the nearest of ``others``, 0.0 where there are none; None without an encoder."""
        if self.encode is None:
            return None
        if not others:
            return 0.0
        vectors = self.encode([text, *others])
        return float((vectors[1:] @ vectors[0]).max())
