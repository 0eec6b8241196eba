"""Invented documents of many passages, and vectors for them that cost nothing: the encoder is not what is tried here."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from assistant.library.encoder import Encoder

_WORDS = (
    "mice rats survival days dose doses control tumour volume median mean activity treatment arm group compound study weeks injected "
    "response uptake kidney liver marrow clearance baseline schedule cohort vehicle observed reported followed received labelled growth"
).split()
_DIMENSIONS = 384


def passage(rng: random.Random, name: str, number: int) -> str:
    """A paragraph that fills a passage of its own and names its document and number."""
    words = " ".join(rng.choice(_WORDS) for _ in range(60))
    return f"Finding {number} of {name}: {words}, and the animals of group {name}{number} lived for {rng.randint(20, 200)} days."


def write(folder: Path, documents: int, passages: int, prefix: str = "Q") -> list[Path]:
    """Documents ``Q0K.txt`` and so on, of ``passages`` passages each, the same every time."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for index in range(documents):
        rng = random.Random(f"{prefix}{index}")
        name = f"{prefix}{index}K"
        file = folder / f"{name}.txt"
        file.write_text(f"Report on {name}\n\n" + "\n\n".join(passage(rng, name, n) for n in range(passages)) + "\n", encoding="utf-8")
        files.append(file)
    return files


@cache
def _direction(word: str) -> np.ndarray:
    seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")
    return np.random.default_rng(seed).normal(size=_DIMENSIONS).astype(np.float32)


def cheap_vectors(_: Encoder, texts: Sequence[str], progress: Callable[[int], None] | None = None, *, answers: bool = False) -> np.ndarray:
    """One unit vector for each text, near to those of texts with the same words, whichever encoder is asked."""
    del answers
    sums = [sum((_direction(word) for word in text.casefold().split()), start=np.full(_DIMENSIONS, 1e-3, np.float32)) for text in texts]
    vectors = np.stack([v / np.linalg.norm(v) for v in sums]).astype(np.float32)
    if progress:
        progress(len(texts))
    return vectors
