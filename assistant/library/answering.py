"""The two encoders of a library: of passages, as the settings name it, and of answers.

The encoder of answers is the packaged one, tuned so that a question is near to the sentences that answer it: passages are found by the
encoder of the settings, which sentence of them answers is decided with this one. What it differs in is answering.safetensors, narrow
matrices that tests/benchmarks/fit_answers.py fitted to questions of people who did not have the sentence before them. The packaged
encoder's twin holds them too, so that with it one graph in memory is both.
"""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

from assistant.errors import LibraryDamaged, LibraryError
from assistant.library import space, twin
from assistant.library.encoder import PACKAGED_DIGEST, Encoder, weights
from assistant.library.generations import encoder_folder
from assistant.library.questions import QuestionEncoder
from assistant.settings import PACKAGED_ENCODER


def encoders(home: Path, fingerprint: str) -> tuple[QuestionEncoder, QuestionEncoder]:
    """Those of a library whose passages were encoded by the encoder with this ``fingerprint``; their twins are opened when needed."""
    passages = _Opened(home, fingerprint)
    answers = passages if fingerprint == PACKAGED_DIGEST else _Opened(home, PACKAGED_DIGEST)
    return QuestionEncoder(passages), QuestionEncoder(answers, answers=True)


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
                    prepare(self._home)
                self._encoder = Encoder(encoder_folder(self._home, self._fingerprint))
            return self._encoder


def folder(home: Path) -> Path:
    """Where the twin with the encoder of answers lies."""
    return encoder_folder(home, PACKAGED_DIGEST)


def prepare(home: Path) -> None:
    """Writes that twin where there is none. Needs no lock: what the first of several writers has written serves.

    Raises EncoderError where the packaged weights are missing, LibraryFull, and LibraryError where the home cannot be written.
    """
    kept = folder(home)
    if kept.exists():
        return
    source = weights(PACKAGED_ENCODER)
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        space.require(kept.parent, space.ENCODER)
        twin.export(source, kept)
    except OSError as error:
        raise LibraryError(f"the encoder cannot be written to {kept.parent}: {error.strerror or error}") from error


def repair(home: Path) -> None:
    """Removes that twin where it is damaged, so that it is made anew when it is needed."""
    if folder(home).exists():
        try:
            Encoder(folder(home))
        except LibraryDamaged:
            shutil.rmtree(folder(home))
