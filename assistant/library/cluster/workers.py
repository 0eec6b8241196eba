"""The workers of a Ray cluster as readers of the files of an ``add``; what they finished stays until it is published."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import LibraryError
from assistant.library import readers
from assistant.library.arrivals import Arrival, File, Readings, read_here
from assistant.library.bulk import MANY, PASSAGE_BYTES
from assistant.library.cluster.connection import connected, on_every_machine, programs, require, told
from assistant.library.cluster.finished import Finished, FinishedWork, finished_work, key_of
from assistant.library.cluster.pipeline import alone, results
from assistant.library.cluster.stages import Done, Named, Refusal, Work, make_ready
from assistant.library.encoder import fingerprint
from assistant.paths import expanded

if TYPE_CHECKING:
    from assistant.library.store import Extractor


@contextmanager
def readings(
    ray: str | None, home: Path, embedding_model: str, extract: Extractor, make_encoder: Callable[[], object]
) -> Iterator[Readings]:  # fmt: skip
    """Who reads the files of an ``add``: this process, or the workers of the cluster whose address ``ray`` is.

    These split and encode them too, with the encoder that ``make_encoder`` makes in ``home`` where it is not there yet. What they
    finished is kept in ``home`` until a block ends well. Raises LibraryError, and UsageError for what is no address.
    """
    if ray is None:
        yield read_here
        return
    require(ray)
    with finished_work(home) as finished:
        workers = Workers(ray, home, embedding_model, extract, make_encoder, finished)
        yield workers
        finished.forget(workers.used)


@dataclass(slots=True)
class Workers:
    """An ``arrivals.Readings``; see ``readings``. ``used`` are the keys of what was finished."""

    address: str
    home: Path
    embedding_model: str
    extract: Extractor
    make_encoder: Callable[[], object]
    finished: FinishedWork
    used: set[str] = field(default_factory=set)

    def __call__(self, files: Sequence[File]) -> Generator[Arrival, None, None]:
        """What was finished before, and then what the workers make of the other files."""
        many = sum(file.text_bytes for file in files) >= MANY * PASSAGE_BYTES
        keys = self._keys(files, many)
        known = self.finished.known(keys)
        waiting: dict[int, File] = {}
        for number, file in enumerate(files):
            packed = self.finished.get(keys[number]) if keys[number] in known else None
            if packed is None:
                waiting[number] = file
            else:
                self.used.add(keys[number])
                yield _arrival(file, packed)
        for result in self._made(waiting, Work(self.home, self.embedding_model, self.extract, many)) if waiting else ():
            if isinstance(result, Refusal):
                yield Arrival(files[result.number], None, refused=result.reason)
            else:
                self.used.add(keys[result.number])
                self.finished.keep(keys[result.number], result.packed)
                yield _arrival(files[result.number], result.packed)

    def _made(self, files: Mapping[int, File], work: Work) -> Iterator[Done | Refusal]:
        """What became of each file; those that no worker came through with are tried once more, one by one."""
        self.make_encoder()
        waiting = {number: Named(number, file.path, expanded(file.path).absolute()) for number, file in files.items()}
        with connected(self.address):
            import ray

            try:
                on_every_machine(make_ready, work)
                for result in results([(file, files[number].size) for number, file in waiting.items()], work):
                    del waiting[result.number]
                    yield result
            except ray.exceptions.RayError as error:
                raise LibraryError(f"the Ray cluster failed: {told(error)}; run the command again, what is finished is kept") from error
            for file in waiting.values():
                try:
                    yield alone(file, work)
                except ray.exceptions.RayError as error:
                    yield Refusal(file.number, f"{file.place}: {told(error)}; it was given up")

    def _keys(self, files: Sequence[File], many: bool) -> list[str]:
        """For each file a digest of all that decides what is made of it."""
        how = (readers.VERSION, fingerprint(self.embedding_model), str(many), *programs().values())
        return [key_of(file.path, file.sha256, *how) for file in files]


def _arrival(file: File, packed: bytes) -> Arrival:
    finished = Finished.unpacked(packed)
    return Arrival(file, finished.reading, prepared=finished.prepared, vectors=finished.by_key())
