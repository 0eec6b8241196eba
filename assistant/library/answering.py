"""The encoder of answers: the packaged encoder, tuned so that a question is near to the sentences that answer it.

Passages are found by the encoder that the settings name; which sentence of them answers is decided with this one. What it differs in
is answering.safetensors, narrow matrices that tests/benchmarks/fit_answers.py fitted to questions of people who did not have the
sentence before them. Its twin lies beside the twins of the other encoders of a home.
"""

from __future__ import annotations

import hashlib
import shutil
from functools import cache
from pathlib import Path

from assistant.errors import LibraryDamaged, LibraryError
from assistant.library import space, twin
from assistant.library.encoder import PACKAGED_DIGEST, Encoder, Weights, weights
from assistant.library.generations import encoder_folder
from assistant.library.questions import QuestionEncoder
from assistant.settings import PACKAGED_ENCODER

ADAPTER = Path(__file__).with_name("answering.safetensors")


@cache
def fingerprint() -> str:
    """What tells this encoder from others: SHA-256 of the digests of its weights and of its adapter."""
    adapter = hashlib.sha256(ADAPTER.read_bytes()).hexdigest()
    return hashlib.sha256(f"{PACKAGED_DIGEST} {adapter}".encode("ascii")).hexdigest()


def folder(home: Path) -> Path:
    """Where its twin lies."""
    return encoder_folder(home, fingerprint())


class AnsweringEncoder(QuestionEncoder):
    """The one of a home, prepared when first used where that was not done before."""

    def __init__(self, home: Path) -> None:
        super().__init__(folder(home))
        self._home = home

    def _opened(self) -> Encoder:
        prepare(self._home)
        return super()._opened()


def prepare(home: Path) -> None:
    """Writes its twin where there is none. Needs no lock: what the first of several writers has written serves.

    Raises EncoderError where the packaged weights are missing, LibraryFull, and LibraryError where the home cannot be written.
    """
    kept = folder(home)
    if kept.exists():
        return
    source = weights(PACKAGED_ENCODER)
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        space.require(kept.parent, space.ENCODER)
        twin.export_adapted(Weights(source.folder, fingerprint()), ADAPTER, kept)
    except OSError as error:
        raise LibraryError(f"the encoder of answers cannot be written to {kept.parent}: {error.strerror or error}") from error


def repair(home: Path) -> None:
    """Removes its twin where that is damaged, so that it is made anew when it is needed."""
    if folder(home).exists():
        try:
            Encoder(folder(home))
        except LibraryDamaged:
            shutil.rmtree(folder(home))
