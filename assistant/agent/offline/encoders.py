"""What turns texts into vectors for the offline model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]
    Encode = Callable[[Sequence[str]], Vectors]
else:
    Vectors = Any
    Encode = Callable[[Sequence[str]], Any]


class Encoders(Protocol):
    """A library's encoders; each gives float32 unit vectors [n, dimensions] of n texts. ``Library`` is one."""

    def encode(self, texts: Sequence[str], /) -> Vectors:
        """Vectors in which texts about the same things are near to each other."""

    def encode_kept(self, texts: Sequence[str], /) -> Vectors:
        """As ``encode``, for texts that are the same each time."""

    def encode_answers(self, texts: Sequence[str], /) -> Vectors:
        """Vectors in which a question is near to the sentences that answer it."""

    def words(self) -> frozenset[str]:
        """Common words in lower case, which are no typing errors."""
