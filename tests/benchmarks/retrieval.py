"""How well passages are found, on a set in BEIR's format, side by side: words, vectors, both, and the usual stack.

    python -m tests.benchmarks.retrieval FOLDER [--usual] [--exact] [--home HOME]

FOLDER has ``corpus.jsonl``, ``queries.jsonl`` and ``qrels/test.tsv``. The corpus becomes a library, by the splitting, encoding, indexing
and publishing that ``library add`` uses, in HOME or a temporary folder; a HOME that has a library already is measured as it is. A
document ranks where its best passage does. ``--usual`` adds chunks of 1000 characters, 200 of them overlapping, with vectors of the same
weights in full precision, compared by cosine: what RecursiveCharacterTextSplitter, HuggingFaceEmbeddings and Chroma find when Chroma's
graph misses nothing; it needs ``pip install langchain-text-splitters``. ``--exact`` keeps passages in full precision, too.

The weights of the two halves are those of the program, which were chosen on SciFact's train claims, never on a set's test queries.
"""

from __future__ import annotations

import argparse
import json
import math
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.library import bulk, generations
from assistant.library.exact import ExactVectors
from assistant.library.library import Library
from assistant.library.passages import split
from assistant.library.publishing import next_generation, prepare_encoder
from assistant.library.snapshot import Snapshot
from assistant.settings import PACKAGED_ENCODER
from assistant.values import Document

# So many passages are asked for that a hundred documents are among them.
DEPTH = 300
CHUNK, OVERLAP = 1000, 200


@dataclass(frozen=True)
class Judged:
    """A set in BEIR's format: texts and queries by id, and for each judged query its relevant documents with their grades."""

    texts: dict[str, str]
    queries: dict[str, str]
    relevant: dict[str, dict[str, int]]

    @classmethod
    def read(cls, folder: Path) -> Judged:
        """Reads the set in ``folder``."""
        texts = {row["_id"]: f"{row.get('title', '')}\n\n{row['text']}".strip() for row in _rows(folder / "corpus.jsonl")}
        queries = {row["_id"]: row["text"] for row in _rows(folder / "queries.jsonl")}
        relevant: dict[str, dict[str, int]] = {}
        for line in (folder / "qrels" / "test.tsv").read_text(encoding="utf-8").splitlines()[1:]:
            query, document, grade = line.split("\t")
            if int(grade) > 0:
                relevant.setdefault(query, {})[document] = int(grade)
        return cls(texts, queries, relevant)


def _rows(file: Path) -> Iterable[dict[str, str]]:
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def build(judged: Judged, home: Path) -> None:
    """Publishes a library of the set's texts in ``home``."""
    with generations.writing(home) as writer:
        encoder = prepare_encoder(home, PACKAGED_ENCODER, _tell)
        with next_generation(writer, encoder, _tell) as catalogue:
            for name, text in judged.texts.items():
                document = Document(id=name, title=text[:80], date=None, path=name, sha256=name, characters=len(text))
                catalogue.add_document(document, text)
                catalogue.set_passages(name, split(name, text, encoder.usual.tokens.count, encoder.usual.tokens.limit))


def _tell(stage: str, done: int, total: int) -> None:
    if done == total:
        print(f"{time.strftime('%H:%M:%S')} {stage}: {total}", flush=True)


Ranking = Callable[[str], Sequence[str]]


def rankings(home: Path) -> dict[str, Ranking]:
    """Name → what ranks documents for a query."""
    library = Library.open(home, embedding_model=PACKAGED_ENCODER)
    snapshot = library._moment
    assert isinstance(snapshot, Snapshot)
    lexical, _ = snapshot._open_indexes()
    vectors = ExactVectors(snapshot.catalogue)
    owner = {p.id: d.id for d in library.documents() for p in library.passages(d.id)}

    def words(query: str) -> list[str]:
        return _documents(owner[name] for name, _ in lexical.search(query, DEPTH))

    def dense(query: str) -> list[str]:
        return _documents(owner[name] for name in vectors.nearest(library.encode([query])[0], DEPTH))

    def both(query: str) -> list[str]:
        return _documents(hit.passage.document for hit in library.search(query, DEPTH))

    return {"words (tantivy)": words, "vectors (exact)": dense, "both, as the program ranks": both}


def usual(judged: Judged, home: Path) -> Ranking:
    """The usual stack: chunks by their characters, the same weights, cosine."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    encoder = prepare_encoder(home, PACKAGED_ENCODER, _tell).usual
    splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=OVERLAP)
    chunks = [(name, chunk) for name, text in judged.texts.items() for chunk in splitter.split_text(text)]
    many = type(encoder)(encoder.folder, for_many=True)
    vectors = many.encode([chunk for _, chunk in chunks])
    print(f"{len(chunks)} chunks", flush=True)

    def rank(query: str) -> list[str]:
        order = np.argsort(-(vectors @ encoder.encode([query])[0]), kind="stable")[:DEPTH]
        return _documents(chunks[place][0] for place in order)

    return rank


def _documents(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def scores(judged: Judged, rank: Ranking) -> tuple[float, float, float]:
    """Means over the judged queries: nDCG@10, recall@10, recall@100."""
    totals = np.zeros(3)
    for query, relevant in judged.relevant.items():
        found = rank(judged.queries[query])
        gain = sum(relevant.get(name, 0) / math.log2(place + 2) for place, name in enumerate(found[:10]))
        ideal = sum(grade / math.log2(place + 2) for place, grade in enumerate(sorted(relevant.values(), reverse=True)[:10]))
        recalls = [len(relevant.keys() & set(found[:depth])) / len(relevant) for depth in (10, 100)]
        totals += (gain / ideal, *recalls)
    ndcg, at_ten, at_hundred = (totals / len(judged.relevant)).tolist()
    return ndcg, at_ten, at_hundred


def main() -> None:
    """Prints one row for each way of ranking."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--usual", action="store_true")
    parser.add_argument("--exact", action="store_true")
    parser.add_argument("--home", type=Path)
    options = parser.parse_args()
    judged = Judged.read(options.folder)
    if options.exact:
        # A cached function gives way to a plain one, which mypy takes for another type.
        bulk.has_byte_arithmetic = lambda: False  # type: ignore[assignment]
    with tempfile.TemporaryDirectory() as temporary:
        home = options.home or Path(temporary)
        if not Library.exists(home):
            build(judged, home)
        ways = rankings(home)
        if options.usual:
            ways["the usual stack"] = usual(judged, home)
        print(f"{len(judged.texts)} documents, {len(judged.relevant)} judged queries")
        print(f"{'':28} nDCG@10  recall@10  recall@100")
        for name, rank in ways.items():
            ndcg, at_ten, at_hundred = scores(judged, rank)
            print(f"{name:28} {ndcg:7.3f}  {at_ten:9.3f}  {at_hundred:10.3f}", flush=True)


if __name__ == "__main__":
    main()
