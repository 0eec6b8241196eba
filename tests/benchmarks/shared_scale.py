"""A large shared store: how fast it fills and is searched, and what it takes on disk and in memory.

    python -m tests.benchmarks.shared_scale PASSAGES

Starts a PostgreSQL and a Chroma server of its own, beside the program on the same machine. Documents and vectors are those of ``scale``:
words drawn with the frequencies of a language, random vectors, no reading and no encoding.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

import numpy as np

from assistant.library.catalogue import text_digest
from assistant.library.chosen import store_of
from assistant.library.library import Library
from assistant.library.shared.publishing import publishing
from assistant.library.shared.staging import Staging, staging
from assistant.library.shared.store import SharedStore
from assistant.library.terms import spelling_version
from assistant.settings import Settings
from tests.benchmarks.scale import PASSAGES, SEARCHES, VERSION, documents
from tests.servers import Servers, servers

DIMENSIONS = 384
# Documents whose vectors are stored in one step.
AT_ONCE = 50


def fill(store: SharedStore, count: int) -> tuple[float, float]:
    """Brings in and publishes ``count`` passages; the seconds that each took."""
    begun = time.perf_counter()
    with staging(store.server, store.vectors(create=True)) as staged:
        keys, texts = {}, []
        for number, (document, text, passages) in enumerate(documents(count), 1):
            keys[document.id] = staged.add(document, text, passages, (), VERSION)
            texts += [text_digest(passage.in_context) for passage in passages]
            if number % AT_ONCE == 0:
                texts = encoded(staged, texts)
        encoded(staged, texts)
        staged_in = time.perf_counter() - begun
        begun = time.perf_counter()
        with publishing(store.server, staged) as publication:
            for name, key in keys.items():
                publication.show(name, key)
            publication.finish(store.fingerprint, spelling_version())
    return staged_in, time.perf_counter() - begun


def encoded(staged: Staging, keys: list[str]) -> list[str]:
    """Stores a random unit vector for each key; there are none left."""
    rows = np.random.default_rng(len(keys)).normal(size=(len(keys), DIMENSIONS)).astype("<f4")
    staged.set_vectors(dict(zip(keys, rows / np.linalg.norm(rows, axis=1, keepdims=True), strict=True)))
    return []


def searched(store: SharedStore) -> str:
    """Milliseconds of searches at the median and the 95th percentile."""
    queries = [passages[0].text[:80] for _, _, passages in documents(SEARCHES * PASSAGES)]
    with Library.of(store) as library:
        library.search("how long did they live", 10)
        times = []
        for query in queries:
            begun = time.perf_counter()
            assert library.search(query, 10)
            times.append(1000 * (time.perf_counter() - begun))
    return f"{median(times):.0f} {quantiles(times, n=20)[18]:.0f}"


def resident(both: Servers) -> str:
    """Megabytes that Chroma's process has in memory; PostgreSQL takes what its settings give it."""
    assert both.chroma.process is not None
    pages = int(Path(f"/proc/{both.chroma.process.pid}/statm").read_text(encoding="ascii").split()[1])
    return f"{pages * 4096 / 1e6:,.0f}"


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("passages", type=int)
    count = parser.parse_args().passages
    with tempfile.TemporaryDirectory() as home, servers() as both:
        store = store_of(Settings.load(home, None, both.environment()), lambda *_: (), VERSION)
        assert isinstance(store, SharedStore)
        store.encoder(lambda *_: None)
        brought, published = fill(store, count)
        print(f"{count:,} passages: {count / brought:,.0f} a second brought in, published in {published:.1f} s", flush=True)
        analysed(store)
        print(f"search ms p50, p95: {searched(store)}")
        tables = store.server.rows("SELECT pg_database_size(current_database()), pg_relation_size('passages_by_term')")[0]
        disk = sum(file.stat().st_size for file in both.chroma.folder.rglob("*") if file.is_file())
        print(f"MB on disk: PostgreSQL {tables[0] / 1e6:,.0f} (of that GIN {tables[1] / 1e6:,.0f}), Chroma {disk / 1e6:,.0f}")
        print(f"MB in memory: Chroma {resident(both)}")


def analysed(store: SharedStore) -> None:
    """What PostgreSQL does by itself within a minute."""
    with store.server.connection() as connection:
        connection.execute("ANALYZE")


if __name__ == "__main__":
    main()
