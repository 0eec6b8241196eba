"""A model in sentence-transformers' format as an ONNX graph, the way torch traces it."""

from __future__ import annotations

import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import EncoderError
from assistant.library.encoder import GRAPH, VOCABULARY

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

    from assistant.library.encoder import Vectors

# What a graph is traced with and compared on.
SAMPLES = (
    "How long did the mice live?",
    "Rats given three doses of 20 MBq on day 0, day 7 and day 14 survived for 88 days, against 52 days without treatment.",
    "A",
)


def traced(original: Path, folder: Path, most_tokens: int) -> tuple[Vectors, int]:
    """Writes graph and vocabulary of the model in ``original``.

    Returns the model's own vectors of SAMPLES and the most tokens that it reads, up to ``most_tokens``. Raises EncoderError where
    it cannot be loaded or traced.
    """
    with _quiet():
        model = _load(original)
        _check_tokenizer(original)
        limit = min(most_tokens, int(model.max_seq_length or most_tokens))
        model.max_seq_length = limit
        _export_graph(model, folder)
        shutil.copyfile(original / VOCABULARY, folder / VOCABULARY)
        vectors: Vectors = model.encode(list(SAMPLES), normalize_embeddings=True, show_progress_bar=False)
    return vectors, limit


def _load(folder: Path) -> SentenceTransformer:
    try:
        from sentence_transformers import SentenceTransformer  # imports torch

        return SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    except (ImportError, OSError, ValueError, KeyError, RuntimeError) as error:
        raise EncoderError(f"the embedding model in {folder} cannot be loaded: {_first_line(error)}") from error


def _check_tokenizer(folder: Path) -> None:
    if not (folder / VOCABULARY).is_file():
        raise EncoderError(f"the embedding model in {folder} has no {VOCABULARY}; save it again with a fast tokenizer")


def _export_graph(model: SentenceTransformer, folder: Path) -> None:
    import torch  # several seconds

    features = dict(model.tokenizer(list(SAMPLES), padding=True, return_tensors="pt"))
    names = list(features)

    class Pipeline(torch.nn.Module):
        """The whole model as one graph: tokens in, unit vectors out."""

        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, *inputs: torch.Tensor) -> torch.Tensor:
            output = self.model(dict(zip(names, inputs, strict=True)))["sentence_embedding"]
            return torch.nn.functional.normalize(output, p=2.0, dim=1)

    raw = folder / "raw.onnx"
    axes = {name: {0: "batch", 1: "tokens"} for name in names} | {"vector": {0: "batch"}}
    try:
        with torch.no_grad():
            torch.onnx.export(
                Pipeline().eval(), tuple(features.values()), str(raw), input_names=names, output_names=["vector"],
                dynamic_axes=axes, opset_version=17, dynamo=False,
            )  # fmt: skip
    except (RuntimeError, ValueError, TypeError, KeyError) as error:
        raise EncoderError(f"the embedding model cannot be exported to ONNX: {_first_line(error)}") from error
    _optimise(raw, folder / GRAPH)
    raw.unlink()


def _optimise(raw: Path, graph: Path) -> None:
    """Saves the graph as onnxruntime optimises it for any processor, so that loading it need not do so each time."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(graph)
    onnxruntime.InferenceSession(str(raw), options, providers=["CPUExecutionProvider"])


@contextmanager
def _quiet() -> Iterator[None]:
    """No progress bar and no tracer's warnings on a user's terminal."""
    from transformers.utils import logging  # imports torch

    bar = logging.is_progress_bar_enabled()
    level = logging.get_verbosity()
    logging.disable_progress_bar()
    logging.set_verbosity_error()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.set_verbosity(level)
        if bar:
            logging.enable_progress_bar()


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
