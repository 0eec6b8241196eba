"""Makes an encoder's ONNX twin: straight from the published weights where these are known, else as torch traces it."""

from __future__ import annotations

import json
import shutil
import time
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from assistant.errors import EncoderError
from assistant.library import bert
from assistant.library.encoder import ABOUT, ADAPTER, GRAPH, PACKAGED_DIGEST, VOCABULARY, WEIGHTS, Encoder, Weights, digest

# The most tokens of a text that a vector stands for; passages are made to fit.
LIMIT = 256
# The largest difference in any component between a traced twin and its original (fp32 rounding is a thousandth of it).
_PARITY = 1e-4
# Beside a twin, the same in 8 bits, for texts by the thousand.
ROUNDED = "int8"

# What is being written, and from how many seconds on nobody is writing it any more; it takes a few.
_BUILDING, _ABANDONED = ".building", 3_600.0


def export(weights: Weights, folder: Path) -> None:
    """Writes the graph, its weights, its vocabulary and ``twin.json`` into ``folder``, where there is none; several may do so at once.

    Pooling and normalisation are part of the graph, and the adapter of the encoder of answers is of the packaged one's. Raises
    EncoderError where the weights cannot be loaded or exported, or the twin's vectors differ from the original's, and OSError.
    """
    _forget_abandoned(folder)
    partial = _begun(folder.with_name(f"{folder.name}.{uuid4().hex[:8]}"))
    if weights.fingerprint == PACKAGED_DIGEST:
        # The tests hold this graph to its original, so that torch need not be imported here to do it again.
        _write_published(weights, partial, adapter=ADAPTER)
    else:
        _trace(weights, partial)
    try:
        partial.rename(folder)
    except OSError:
        shutil.rmtree(partial, ignore_errors=True)
        if not folder.exists():
            raise


def _forget_abandoned(folder: Path) -> None:
    """Removes what processes that were ended have begun; of those that may still be at work nothing is as old."""
    for partial in folder.parent.glob(f"{folder.name}.*{_BUILDING}"):
        with suppress(FileNotFoundError):  # another has just finished its own
            if time.time() - partial.stat().st_mtime > _ABANDONED:
                shutil.rmtree(partial, ignore_errors=True)


def round_off(weights: Weights, folder: Path) -> Path:
    """The 8-bit twin beside the one in ``folder``, made where it is not there yet. Only published weights have one."""
    rounded = folder / ROUNDED
    if not rounded.exists():
        partial = _begun(rounded)
        _write_published(weights, partial, int8=True)
        partial.rename(rounded)
    return rounded


def _begun(folder: Path) -> Path:
    partial = folder.with_name(folder.name + _BUILDING)
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    return partial


def _write_published(weights: Weights, folder: Path, *, int8: bool = False, adapter: Path | None = None) -> None:
    config = weights.folder / "config.json"
    dimensions = bert.write(weights.folder / WEIGHTS, config, folder / GRAPH, int8=int8, adapter=adapter)
    try:
        longest = json.loads((weights.folder / "sentence_bert_config.json").read_text(encoding="utf-8"))["max_seq_length"]
        shutil.copyfile(weights.folder / VOCABULARY, folder / VOCABULARY)
    except (OSError, ValueError, KeyError) as error:
        raise EncoderError(f"the embedding model in {weights.folder} is not whole: {error}") from error
    _describe(weights, folder, dimensions, min(LIMIT, longest))


def _trace(weights: Weights, folder: Path) -> None:
    from assistant.library.tracing import SAMPLES, traced  # imports torch

    original, limit = traced(weights.folder, folder, LIMIT)
    _describe(weights, folder, original.shape[1], limit)
    difference = float(abs(Encoder(folder).encode(SAMPLES) - original).max())
    if not difference <= _PARITY:
        raise EncoderError(f"the exported encoder differs from {weights.folder} by {difference:.1e}; it cannot be used for questions")


def _describe(weights: Weights, folder: Path, dimensions: int, limit: int) -> None:
    digests = {file.name: digest(file) for file in sorted(folder.iterdir())}
    about = {"fingerprint": weights.fingerprint, "digests": digests, "limit": limit, "dimensions": dimensions}
    (folder / ABOUT).write_text(json.dumps(about, indent=1), encoding="utf-8")
