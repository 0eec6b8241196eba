"""Stores that were mutilated: each damage must be found by ``check``, or do no harm, and ``rebuild`` must mend it."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from assistant.library import generations
from assistant.library.check import check
from tests.benchmarks.safety.acts import opened, rebuild
from tests.benchmarks.safety.processes import copied

_QUESTIONS = 100


@dataclass
class Mutilations:
    """For each damage what ``check`` said first, and how many questions had the same ten hits after ``rebuild``."""

    outcomes: list[tuple[str, str, int]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def rows(self) -> list[tuple[str, str]]:
        told = [(name, f"{same}/{_QUESTIONS} the same after rebuild; {said[:90]}") for name, said, same in self.outcomes]
        return [*told, ("not found and harmful, or not mended", f"{len(self.wrong)}"), *((f"  {line}", "") for line in self.wrong)]


def mutilate(base: Path, work: Path) -> Mutilations:
    """Does each damage to a copy of ``base``."""
    result = Mutilations()
    questions = _questions(base)
    right = _answers(base, questions)
    for name, damage in DAMAGES.items():
        home = copied(base, work / "mutilated")
        damage(generations.root(home), generations.root(home) / str(generations.current(home)))
        problems = check(home).problems
        if not problems and _same(right, _answers(home, questions)) < _QUESTIONS:
            result.wrong.append(f"{name}: not found, and answers differ")
        rebuild(home)
        if left := check(home).problems:
            result.wrong.append(f"{name}: not mended: {left[0]}")
        same = _same(right, _answers(home, questions))
        if same < _QUESTIONS - 1:
            result.wrong.append(f"{name}: {_QUESTIONS - same} questions have other hits after rebuild")
        result.outcomes.append((name, problems[0] if problems else "harmless", same))
    return result


def _questions(home: Path) -> list[str]:
    rng = random.Random(3)
    with opened(home) as library:
        names = [Path(document.path).stem for document in library.documents()]
    return [f"how long did the animals of group {rng.choice(names)}{rng.randint(0, 9)} live" for _ in range(_QUESTIONS)]


def _answers(home: Path, questions: list[str]) -> list[list[str]]:
    with opened(home) as library:
        return [[hit.passage.id for hit in library.search(question, 10)] for question in questions]


def _same(right: list[list[str]], now: list[list[str]]) -> int:
    return sum(one == other for one, other in zip(right, now, strict=True))


def _delete(pattern: str) -> Callable[[Path, Path], None]:
    def damage(root: Path, folder: Path) -> None:
        del root
        _one(folder, pattern).unlink()

    return damage


def _flip(pattern: str) -> Callable[[Path, Path], None]:
    def damage(root: Path, folder: Path) -> None:
        del root
        file = _one(folder, pattern)
        content = bytearray(file.read_bytes())
        rng = random.Random(5)
        for _ in range(16):
            content[rng.randrange(len(content) // 4, len(content))] ^= 0xFF
        file.write_bytes(content)

    return damage


def _drop(pattern: str, table: str) -> Callable[[Path, Path], None]:
    def damage(root: Path, folder: Path) -> None:
        del root
        with closing(sqlite3.connect(_one(folder, pattern))) as connection, connection:
            connection.execute(f"DROP TABLE {table}")

    return damage


def _truncate(pattern: str) -> Callable[[Path, Path], None]:
    def damage(root: Path, folder: Path) -> None:
        del root
        file = _one(folder, pattern)
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])

    return damage


def _current(content: str | None) -> Callable[[Path, Path], None]:
    def damage(root: Path, folder: Path) -> None:
        del folder
        (root / "CURRENT").unlink()
        if content is not None:
            (root / "CURRENT").write_text(content, encoding="utf-8")

    return damage


def _one(folder: Path, pattern: str) -> Path:
    return max(folder.glob(pattern), key=lambda path: path.stat().st_size)


DAMAGES: Mapping[str, Callable[[Path, Path], None]] = {
    "catalogue deleted": _delete("catalogue.sqlite"),
    "catalogue: bytes flipped": _flip("catalogue.sqlite"),
    "catalogue: documents dropped": _drop("catalogue.sqlite", "documents"),
    "catalogue: passages dropped": _drop("catalogue.sqlite", "passages"),
    "catalogue cut in half": _truncate("catalogue.sqlite"),
    "Chroma's database deleted": _delete("chroma/chroma.sqlite3"),
    "Chroma's database: bytes flipped": _flip("chroma/chroma.sqlite3"),
    "Chroma's database: embeddings dropped": _drop("chroma/chroma.sqlite3", "embeddings"),
    "Chroma's graph deleted": _delete("chroma/*/data_level0.bin"),
    "Chroma's graph: bytes flipped": _flip("chroma/*/data_level0.bin"),
    "Chroma's links: bytes flipped": _flip("chroma/*/link_lists.bin"),
    "Chroma's labels cut in half": _truncate("chroma/*/index_metadata.pickle"),
    "lexical index: a file deleted": _delete("lexical/*.idx"),
    "lexical index: bytes flipped": _flip("lexical/*.term"),
    "spare copy: bytes flipped": _flip("documents.jsonl.gz"),
    "manifest cut in half": _truncate("manifest.json"),
    "readers.lock deleted": _delete("readers.lock"),
    "CURRENT deleted": _current(None),
    "CURRENT names nothing": _current("\x00 nonsense"),
    "CURRENT names a generation that is not there": _current("gen-000999\n"),
}
