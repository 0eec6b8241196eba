"""The stages as a Ray Data pipeline: files go in by small batches, results come out in order, and no faster than they are stored."""

from __future__ import annotations

import logging
import pickle
import warnings
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from assistant.library.cluster.stages import Done, Named, Refusal, Work, divide, encode, load

if TYPE_CHECKING:
    import pyarrow as pa

Stage = Callable[[Sequence[Any], Work], Sequence[Any]]

# Files of one batch, which are encoded together, and about as many of their bytes.
_FILES = 16
_BYTES = 8_000_000
# Batches for each processor at least, where there are so few files.
_SHARE = 4
# A worker that ends, as for want of memory, is replaced, and its batch tried so many times again.
_RETRIES = 2
# Processes that load files; they need no processor of their own, so that Ray would start one for each batch.
_LOADERS = 2
_ITEM = "item"


def batched(files: Sequence[tuple[Named, int]], processors: int) -> list[list[Named]]:
    """Files and their sizes → batches in order, none empty."""
    most = max(1, min(_FILES, len(files) // (_SHARE * processors)))
    batches: list[list[Named]] = []
    room = 0
    for file, size in files:
        if not batches or len(batches[-1]) == most or size > room:
            batches.append([])
            room = _BYTES
        batches[-1].append(file)
        room -= size
    return batches


def results(files: Sequence[tuple[Named, int]], work: Work) -> Iterator[Done | Refusal]:
    """What the workers of the connected cluster make of files, in order.

    A batch that ended its worker time and again is left out, as is one on which a stage failed.
    """
    import ray
    import ray.data
    from ray.util.annotations import RayDeprecationWarning

    _configure()
    resources = ray.cluster_resources()
    batches = batched(files, max(1, int(resources.get("CPU", 1))))
    # A card works on one batch after the other in a process that stays, since loading its model takes seconds.
    card = {"num_gpus": 1, "max_calls": 0, "batch_size": _FILES} if resources.get("GPU") else {"num_cpus": 1}
    stages: list[tuple[Stage, dict[str, Any]]] = [
        (load, {"num_cpus": 0, "label_selector": _here(), "compute": ray.data.TaskPoolStrategy(size=_LOADERS)}),
        (divide, {"num_cpus": 1}),
        (encode, card),
    ]
    data = ray.data.from_arrow([_table(batch) for batch in batches])
    how: dict[str, Any] = {"batch_size": None, "batch_format": "pyarrow", "max_retries": _RETRIES}  # a batch as it is
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RayDeprecationWarning)  # of max_retries, for which Ray has no other name yet
        for stage, needs in stages:
            data = data.map_batches(_on_table, fn_args=(stage, work), **(how | needs))
    for table in data.iter_batches(batch_size=None, batch_format="pyarrow", prefetch_batches=0):
        yield from _items(table)


def alone(file: Named, work: Work) -> Done | Refusal:
    """All stages for one file in one task; raises what Ray raises where its worker ended time and again, or a stage failed."""
    import ray

    loaded = ray.remote(load).options(num_cpus=0, label_selector=_here()).remote([file], work)
    made = ray.remote(_divided_and_encoded).options(num_cpus=1, max_retries=_RETRIES).remote(loaded, work)
    found: Done | Refusal = ray.get(made)
    return found


def _divided_and_encoded(files: Sequence[Any], work: Work) -> Done | Refusal:
    return encode(divide(files, work), work)[0]


def _here() -> dict[str, str]:
    """What a task needs to run on the machine of this process."""
    import ray

    return {"ray.io/node-id": ray.get_runtime_context().get_node_id()}


def _configure() -> None:
    """Ray Data tells its log files only, keeps order, and leaves out what fails."""
    import ray.data

    logger = logging.getLogger("ray.data")
    for handler in [handler for handler in logger.handlers if isinstance(handler, logging.StreamHandler)]:
        logger.removeHandler(handler)
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.execution_options.preserve_order = True
    context.max_errored_blocks = -1


def _on_table(table: pa.Table, stage: Stage, work: Work) -> pa.Table:
    return _table(stage(list(_items(table)), work))


def _table(items: Sequence[object]) -> pa.Table:
    import pyarrow as pa

    return pa.table({_ITEM: pa.array([pickle.dumps(item) for item in items], type=pa.large_binary())})


def _items(table: pa.Table) -> Iterator[Any]:
    return (pickle.loads(item.as_buffer()) for item in table.column(_ITEM))
