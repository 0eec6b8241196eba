"""Fits the weights of offline/sentences/likelihood.py to looked-at question files, and prints what each threshold wins and loses.

    python tests/benchmarks/fit_lookup.py tests/evals/release_fitted.jsonl tests/evals/documents_fitted.jsonl …

A sentence is a right one when it holds a quote that its case expects or, where none is expected, what some `must` group wants. The
figures come from a cross-validation by file, which is how the weights fare with questions of other authors over other documents: "found"
is how many questions got a right sentence first at that threshold, of those that have one among their candidates; "beside" how many got
another one; "refused" how many unanswerable ones got none. Give two files at least.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from uuid import uuid4

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import LeaveOneGroupOut

from assistant.agent.offline.answers import text
from assistant.agent.offline.sentences.likelihood import best_of, signs
from assistant.agent.offline.sentences.lookup import Match
from assistant.api import Assistant
from assistant.errors import AssistantError
from assistant.evaluation.cases import Case, read_cases
from assistant.evaluation.engine import hold_only

CANDIDATES = 40
THRESHOLDS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5)


@dataclass(frozen=True)
class Example:
    """One question of a ``file`` with the signs of each candidate sentence and whether it is a right one."""

    file: str
    answerable: bool
    signs: Sequence[dict[str, float]]
    right: Sequence[bool]


def examples(paths: Sequence[Path], homes: Path) -> Iterator[Example]:
    """Those questions of ``paths`` that are answered from the text and are clearly answerable or clearly not."""
    seen: list[tuple[Match, ...]] = []
    inner = text.matches_of

    def spy(*args: object) -> tuple[Match, ...]:
        seen.append(inner(*args))
        return seen[-1]

    text.matches_of = spy
    for path in paths:
        cases = sorted(read_cases(path), key=lambda case: case.documents)
        for documents, group in groupby(cases, key=lambda case: case.documents):
            with library([path.parent / name for name in documents], homes) as assistant:
                for case in group:
                    seen.clear()
                    ask(assistant, case)
                    if seen and seen[-1] and len(case.status) == 1:
                        matches = seen[-1][:CANDIDATES]
                        right = [case.status[0] == "answered" and holds(case, match) for match in matches]
                        if case.status[0] == "not_in_sources" or any(right):
                            yield Example(str(path), any(right), [signs(match, best_of(matches)) for match in matches], right)


@contextmanager
def library(documents: Sequence[Path], homes: Path) -> Iterator[Assistant]:
    """An assistant whose library holds ``documents``, or the packaged ones where there are none."""
    home = homes / (re.sub(r"\W+", "_", "-".join(path.stem[:16] for path in documents)) or "packaged")
    new = not home.exists()
    with Assistant.open(home=home) as assistant:
        if new and documents:
            hold_only(assistant, documents)
        yield assistant


def ask(assistant: Assistant, case: Case) -> None:
    """Asks the turns of ``case`` in one conversation."""
    conversation = uuid4().hex if len(case.turns) > 1 else None
    for question in case.turns:
        try:
            assistant.ask(question, conversation=conversation)
        except AssistantError as error:
            print(f"{case.id}: {error}", file=sys.stderr)


def holds(case: Case, match: Match) -> bool:
    """Whether the sentence holds what ``case`` expects."""
    said = " ".join(match.unit.text.split())
    if case.quote:
        return any(" ".join(quote.split()) in said for quote in case.quote)
    patterns = [pattern for group in case.must for pattern in group]
    return any(re.search(p, said, re.IGNORECASE) for p in patterns) and not any(re.search(p, said, re.IGNORECASE) for p in case.must_not)


def fit(found: Sequence[Example]) -> None:
    """Prints the cross-validated figures and the weights fitted to all examples."""
    names = list(found[0].signs[0])
    x = np.array([[row[name] for name in names] for example in found for row in example.signs])
    y = np.array([right for example in found for right in example.right])
    groups = np.array([number for number, example in enumerate(found) for _ in example.right])
    files = np.array([example.file for example in found for _ in example.right])
    chances = np.zeros(len(y))
    for train, test in LeaveOneGroupOut().split(x, y, files):
        chances[test] = model(x[train], y[train]).predict_proba(x[test])[:, 1]
    best = [int(np.argmax(chances[groups == number])) for number in range(len(found))]
    tops = [(float(chances[groups == number][top]), bool(y[groups == number][top])) for number, top in enumerate(best)]
    for threshold in THRESHOLDS:
        right = sum(example.answerable and chance >= threshold and hit for example, (chance, hit) in zip(found, tops, strict=True))
        beside = sum(example.answerable and chance >= threshold and not hit for example, (chance, hit) in zip(found, tops, strict=True))
        refused = sum(not example.answerable and chance < threshold for example, (chance, _) in zip(found, tops, strict=True))
        answerable = sum(example.answerable for example in found)
        print(f"{threshold:.2f}  found {right} of {answerable}  beside {beside}  refused {refused} of {len(found) - answerable}")
    final = model(x, y)
    print("WEIGHTS = {\n" + "".join(f'    "{name}": {weight:.2f},\n' for name, weight in zip(names, final.coef_[0], strict=True)) + "}")
    print(f"BIAS = {final.intercept_[0]:.2f}")


def model(x: np.ndarray, y: np.ndarray) -> LogisticRegression:
    """The regression, with a penalty that keeps rare signs small."""
    return LogisticRegression(C=1.0, max_iter=5000).fit(x, y)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        fit(list(examples([Path(name) for name in sys.argv[1:]], Path(folder))))
