"""Passages → vectors by the thousand: on a GPU where there is one, else on all processors, in 8 bits where these are made for it."""

from __future__ import annotations

import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assistant.library import twin
from assistant.library.encoder import PACKAGED_DIGEST, Encoder, weights

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Vectors = npt.NDArray[np.float32]

Told = Callable[[int], None] | None

# Fewer texts are encoded sooner than a further graph, or torch, is loaded.
MANY = 500
# Bytes of text for each passage, more or less.
PASSAGE_BYTES = 700
# Instructions that multiply 8-bit integers several times as fast as floats: x86 since 2019, ARM since 2018. Without them 8 bits
# are no faster, and the sums of products may not fit their registers.
_BYTES = frozenset({"avx512_vnni", "avx_vnni", "amx_int8", "asimddp"})
_PROCESSOR = Path("/proc/cpuinfo")
# Driver's files of NVIDIA's cards, without which there is no need to import torch to ask for one.
_CARDS = Path("/proc/driver/nvidia/gpus")
_CARD_BATCH = 256


class Encodes(Protocol):
    """What turns texts into vectors."""

    def encode(self, texts: Sequence[str], progress: Told = None) -> Vectors:
        """One unit vector for each text, in the order given; ``progress`` gets the count done."""


@dataclass(slots=True)
class PassageEncoder:
    """What makes the vectors of a library's passages: the twin of ``embedding_model``, and for many of them what is quicker.

    ``processors`` is how many it may use, all by default.
    """

    usual: Encoder
    embedding_model: str
    processors: int | None = None
    _many: Encodes | None = None

    def quickest(self, count: int) -> Encodes:
        """The quickest encoder for ``count`` texts; one that was loaded for many stays the quickest for few.

        8 bits turn a vector by some six degrees (a mean cosine of .994 on abstracts), which changes little in what is found: see
        docs/speed.md. Raises EncoderError where the weights are needed and missing.
        """
        if self._many is None and count >= MANY:
            self._many = self._for_many()
        return self._many or self.usual

    def _for_many(self) -> Encodes:
        if has_card():
            return OnCard(self.embedding_model, self.usual.tokens.limit)
        if self.usual.fingerprint == PACKAGED_DIGEST and has_byte_arithmetic():
            folder = twin.round_off(weights(self.embedding_model), self.usual.folder)
            return Encoder(folder, for_many=True, rounded=True, processors=self.processors)
        return Encoder(self.usual.folder, for_many=True, processors=self.processors)


@cache
def has_byte_arithmetic() -> bool:
    """Whether this machine's processors have instructions for 8-bit integers; where the system does not tell, they have none."""
    if platform.system() != "Linux":
        return platform.machine() == "arm64"  # Apple's all have them
    try:
        lines = _PROCESSOR.read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return False
    return any(_BYTES & set(line.split()) for line in lines if line.startswith(("flags", "Features")))


def has_card() -> bool:
    """Whether torch can use a GPU."""
    if not _CARDS.exists() or find_spec("torch") is None:
        return False
    import torch  # several seconds

    return torch.cuda.is_available()


class OnCard:
    """The model itself, by torch, on a GPU or where ``device`` says."""

    def __init__(self, embedding_model: str, limit: int, device: str = "cuda") -> None:
        from sentence_transformers import SentenceTransformer  # imports torch

        self._model = SentenceTransformer(str(weights(embedding_model).folder), device=device, local_files_only=True)
        self._model.max_seq_length = limit

    def encode(self, texts: Sequence[str], progress: Told = None) -> Vectors:
        """See ``Encodes``."""
        clean = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
        made: Vectors = self._model.encode(clean, batch_size=_CARD_BATCH, normalize_embeddings=True, show_progress_bar=False)
        if progress:
            progress(len(texts))
        return made
