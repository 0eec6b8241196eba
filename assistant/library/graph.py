"""An encoder's ONNX graph: tokens → vectors, for one text quickly or for thousands at the same time."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.library.bert import ADAPTED, INPUTS

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from onnxruntime import InferenceSession
    from tokenizers import Encoding

    Vectors = npt.NDArray[np.float32]

# Small batches of texts of like length waste least on padding; larger ones were slower, on one core and on two.
_BATCH = 4


class Graph:
    """A graph with the weights that it needs; usable from several threads.

    One text is spread over the processors. ``for_many``, each processor works on texts of its own, which wastes nothing on waiting
    for the others. ``processors`` is how many may be used, all by default. In a ``rounded`` graph the texts of a batch have one scale,
    by which the vector of each would depend on the others, so that each is a batch of its own, at no loss for passages.
    """

    def __init__(self, file: Path, *, for_many: bool = False, rounded: bool = False, processors: int | None = None) -> None:
        self._batch = 1 if rounded else _BATCH
        self._workers = processors or os.cpu_count() or 1 if for_many else 0
        self._session = _session(file, threads=1 if for_many else processors or 0)
        self._inputs = [field.name for field in self._session.get_inputs()]

    def vectors(self, encodings: Sequence[Encoding], *, adapted: bool = False) -> Iterator[tuple[list[int], Vectors]]:
        """Some places of ``encodings`` and their vectors at a time, until all have come; texts of like length go together.

        ``adapted``, they are what the adapter in the graph makes of them. Raises ValueError where the graph has none.
        """
        if adapted and ADAPTED not in self._inputs:
            raise ValueError("the graph has no adapter")
        order = sorted(range(len(encodings)), key=lambda place: len(encodings[place].ids))
        batches = [order[first : first + self._batch] for first in range(0, len(order), self._batch)]
        runs = ([encodings[place] for place in batch] for batch in batches)
        run = partial(self._run, adapted=adapted)
        if not self._workers:
            yield from zip(batches, map(run, runs), strict=True)
            return
        with ThreadPoolExecutor(self._workers) as pool:
            yield from zip(batches, pool.map(run, runs), strict=True)

    def _run(self, encodings: Sequence[Encoding], *, adapted: bool) -> Vectors:
        import numpy as np

        shape = (len(encodings), max(len(encoding.ids) for encoding in encodings))
        fields: dict[str, npt.NDArray[Any]] = {name: np.zeros(shape, dtype=np.int64) for name in INPUTS}
        for row, encoding in enumerate(encodings):
            length = len(encoding.ids)
            fields["input_ids"][row, :length] = encoding.ids
            fields["attention_mask"][row, :length] = 1
            fields["token_type_ids"][row, :length] = encoding.type_ids
        fields[ADAPTED] = np.array([adapted], dtype=np.float32)
        output: Vectors = self._session.run(None, {name: fields[name] for name in self._inputs})[0]
        return output


def _session(file: Path, threads: int) -> InferenceSession:
    import onnxruntime  # a quarter of a second

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    # The saved graph is optimised already.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.intra_op_num_threads = threads
    # Threads that spin between two questions would burn a processor for nothing. Those that spin within a run only are a little faster on
    # a machine that does nothing else; beside other work they took the processor from it, and a question twice the time.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
