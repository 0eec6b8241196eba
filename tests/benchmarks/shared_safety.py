"""How safe is a shared store? Kills ingests and servers in the midst of work, and lets readers, bots and writers crowd it.

    python -m tests.benchmarks.shared_safety --kills 30 --readers 4 --bots 4 --writers 2 --seconds 60

Starts a PostgreSQL and a Chroma server of its own. In each round an ingest of 200 passages begins, and at one of its steps, drawn by
chance, it or one of the servers ends by SIGKILL; a reader asks all the while. Then the same files are added again, and everything is
compared. Vectors are cheap ones made from words, as the encoder is not what is tried.

The crowd has a store of its own, encoded and studied as in use. Writers add and remove documents, and add pairs of documents that change
together; readers look whether pairs fit; bots share a queue, as ``safety.team`` says. Ends with 1 where anything was wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant.errors import AssistantError, ServerUnreachable
from assistant.library.chosen import store_of
from assistant.library.encoder import Encoder
from assistant.library.library import Library
from assistant.library.shared.store import SharedStore
from assistant.opening import library_store
from assistant.resources import folder as packaged
from assistant.settings import Settings
from tests.benchmarks.safety import acts, made
from tests.benchmarks.safety.team import asked_all_the_while
from tests.servers import Servers, servers

TARGETS = ("the ingest", "Chroma", "PostgreSQL")
DOCUMENTS, PASSAGES = 10, 20
# How lines begin that say how far an ingest is, the steps that it is killed at, and seconds within which that happens.
STAGE, STAGES, WITHIN = "at: ", ("reading", "encoding", "publishing"), 0.2
_PAIR = re.compile("(.+)-(?:left|right)")


def shared(home: Path, environment: Mapping[str, str] = os.environ) -> SharedStore:
    store = store_of(Settings.load(home, None, environment), acts.facts, "none-1")
    assert isinstance(store, SharedStore)
    return store


def in_use(home: Path, environment: Mapping[str, str] = os.environ) -> SharedStore:
    store = library_store(Settings.load(home, None, environment))
    assert isinstance(store, SharedStore)
    return store


def read(store: SharedStore, stop: Path, counts: frozenset[int]) -> dict[str, object]:
    """Asks until there is the file ``stop``; what was wrong, and how often a server was away."""
    chance, wrong, asked, away = random.Random(), [], 0, 0
    library = None
    while not stop.exists():
        try:
            library = library or Library.of(store)
            wrong += acts.wrongs(library, counts, chance) + halves(library)
            asked += 1
        except ServerUnreachable as error:
            away += 1
            wrong += ["more than a line: " + str(error)] if "\n" in str(error) else []
        time.sleep(0.02)
    return {"asked": asked, "away": away, "wrong": wrong}


def halves(library: Library) -> list[str]:
    """Pairs of which there is one document only, or whose documents do not come from the same ingest."""
    pairs: dict[str, list[str]] = {}
    with library.pinned() as pinned:
        for document in pinned.documents():
            if pair := _PAIR.fullmatch(Path(document.path).stem):
                pairs.setdefault(pair[1], []).append(document.title)
    return [f"pair {name} is half seen: {titles}" for name, titles in pairs.items() if len(titles) != 2 or len(set(titles)) > 1]


def write(store: SharedStore, stop: Path, files: Sequence[str]) -> dict[str, object]:
    """Adds and removes files, and changes a pair of others, until there is the file ``stop``."""
    chance, there, done = random.Random(), set[str](), 0
    folder = Path(files[0]).parent
    pair = [folder / f"{folder.name}-{half}.txt" for half in ("left", "right")]
    while not stop.exists():
        file = chance.choice([*files, ""])
        if not file:
            for half in pair:
                half.write_text(f"Edition {done}\n\nThe {half.stem} half of edition {done} tells of {done} animals.\n", encoding="utf-8")
            store.add(pair)
            there |= set(map(str, pair))
        elif file in there:
            store.remove(Path(file).name)
            there.remove(file)
        else:
            store.add([file])
            there.add(file)
        done += 1
    return {"changes": done, "there": sorted(there), "wrong": []}


def act(arguments: Sequence[str]) -> int:
    """What a process of its own does: ``add`` and ``read`` for the kills, ``watch`` and ``write`` in the crowd."""
    name, home, *rest = arguments
    if name in {"add", "read"}:
        Encoder.encode = made.cheap_vectors  # type: ignore[method-assign]
    try:
        if name == "add":
            shared(Path(home)).add(rest, progress=lambda stage, done, total: print(f"{STAGE}{stage} {done}/{total}", flush=True))
        elif name == "read":
            print(json.dumps(read(shared(Path(home)), Path(rest[0]), frozenset(map(int, rest[1:])))))
        elif name == "watch":
            print(json.dumps(read(in_use(Path(home)), Path(rest[0]), frozenset())))
        else:
            print(json.dumps(write(in_use(Path(home)), Path(rest[0]), rest[1:])))
    except AssistantError as error:
        print(error)
        return error.exit_code
    return 0


def started(environment: Mapping[str, str], *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.benchmarks.shared_safety", "--act", *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=os.environ | dict(environment))


def kills(both: Servers, environment: Mapping[str, str], work: Path, rounds: int) -> list[str]:
    """What was wrong in so many rounds."""
    home, chance, wrong, ends = work / "home", random.Random(9), [], Counter[str]()
    store = shared(home, environment)
    store.add(made.write(work / "first", DOCUMENTS, PASSAGES, "F"))
    asked, away = 0, 0
    for number in range(rounds):
        before, target, stop = len(store.published().documents()), TARGETS[number % len(TARGETS)], work / f"stop-{number}"
        files = made.write(work / f"round-{number}", DOCUMENTS, PASSAGES, chr(ord("A") + number % 26) + str(number))
        reader = started(environment, "read", home, stop, before, before + DOCUMENTS)
        writer = started(environment, "add", home, *files)
        assert writer.stdout is not None
        moment = chance.choice(STAGES)
        next((line for line in writer.stdout if line.startswith(STAGE + moment)), None)
        time.sleep(chance.random() * WITHIN)
        if target == "the ingest":
            writer.kill()
        else:
            server = both.chroma if target == "Chroma" else both.postgres
            server.kill()
            time.sleep(0.5)
            server.start()
        said, _ = writer.communicate(timeout=300)
        ends[f"{target} killed at {moment}: " + {0: "published", 1: "told in one line", -9: "ended"}.get(writer.returncode, "failed")] += 1
        if writer.returncode not in (0, 1, -9) or len([line for line in said.splitlines() if not line.startswith(STAGE)]) > 1:
            wrong.append(f"{target} killed, the ingest ended with {writer.returncode}: {said}")
        store.add(files)
        stop.touch()
        seen = json.loads(reader.communicate(timeout=300)[0].splitlines()[-1])
        asked, away = asked + seen["asked"], away + seen["away"]
        wrong += seen["wrong"] + list(store.check().problems) + leftovers(store)
        if len(store.published().documents()) != before + DOCUMENTS:
            wrong.append(f"{len(store.published().documents())} documents, not {before + DOCUMENTS}")
    print(f"{rounds} kills, {asked:,} questions answered, {away:,} told in one line that a server was away")
    for end, count in sorted(ends.items()):
        print(f"  {end:40} {count}")
    return wrong


def leftovers(store: SharedStore) -> list[str]:
    """Rows and vectors that no document has."""
    staged = store.server.rows("SELECT count(*) FROM documents WHERE since IS NULL")[0][0]
    kept = {row[0] for row in store.server.rows("SELECT key FROM vectors")}
    used = {row[0] for row in store.server.rows("SELECT key FROM passages")}
    found = [f"{staged} documents that were never published"] if staged else []
    return found + ([] if kept == used == store.vectors().keys() else ["vectors that no passage has, or passages without"])


def crowd(environment: Mapping[str, str], work: Path, options: argparse.Namespace) -> list[str]:
    """Readers, bots and writers at a time; what was wrong."""
    home, stop = work / "home", work / "stop-crowd"
    store = in_use(home, environment)
    store.add([packaged("corpus")])
    before = {document.path for document in store.published().documents()}
    own = [made.write(work / f"writer-{number}", 8, 5, f"W{number}") for number in range(options.writers)]
    with asked_all_the_while(work, environment, home / "library" / "encoders", options.bots) as team:
        everyone = [
            *(started(environment, "watch", home, stop) for _ in range(options.readers)),
            *(started(environment, "write", home, stop, *files) for files in own),
        ]
        time.sleep(options.seconds)
        stop.touch()
        said = [json.loads(process.communicate(timeout=300)[0].splitlines()[-1]) for process in everyone]
    wrong = [line for one in said for line in one["wrong"]] + team.wrong + list(store.check().problems) + leftovers(store)
    there = {document.path for document in store.published().documents()}
    expected = before.union(*(one.get("there", ()) for one in said))
    wrong += [] if there == expected else [f"{len(there)} documents, not {len(expected)}"]
    asked, changes = (sum(one.get(name, 0) for one in said) for name in ("asked", "changes"))
    print(f"{options.readers} readers, {options.bots} bots, {options.writers} writers, {options.seconds} s:")
    print(f"  {asked:,} questions to readers, {changes} changes\n  {team}")
    return wrong


def main() -> int:
    """Prints a table; 1 where anything was wrong."""
    if sys.argv[1:2] == ["--act"]:
        return act(sys.argv[2:])
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name, default in (("kills", 30), ("readers", 4), ("bots", 4), ("writers", 2), ("seconds", 60)):
        parser.add_argument(f"--{name}", type=int, default=default)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place, servers() as both:
        environment = both.environment()
        shared(Path(place) / "home", environment).encoder(lambda *_: None)  # before its place is taken
        wrong = crowd(both.environment(), Path(place), options) if options.seconds else []
        Encoder.encode = made.cheap_vectors  # type: ignore[method-assign]
        wrong += kills(both, environment, Path(place), options.kills) if options.kills else []
    print(f"wrong: {len(wrong)}")
    for line in wrong[:10]:
        print(f"  {line}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
