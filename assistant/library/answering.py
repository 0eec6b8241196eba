"""The encoder of answers: the packaged encoder, tuned so that a question is near to the sentences that answer it.

Passages are found by the encoder that the settings name; which sentence of them answers is decided with this one. What it differs in is
answering.safetensors, narrow matrices that tests/benchmarks/fit_answers.py fitted to questions of people who did not have the sentence
before them. The packaged encoder's twin holds them too, so that with it one graph in memory is both.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from assistant.errors import LibraryDamaged, LibraryError
from assistant.library import space, twin
from assistant.library.encoder import PACKAGED_DIGEST, Encoder, encoder_folder, weights
from assistant.settings import PACKAGED_ENCODER


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
