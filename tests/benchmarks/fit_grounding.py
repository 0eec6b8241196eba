"""Fits assistant/agent/grounding/weights.toml to looked-at drafts, and prints what each threshold catches and refuses.

    python -m tests.benchmarks.fit_grounding tests/evals/drafts_third.jsonl tests/evals/drafts_fitted.jsonl:0.3 …

Each file is the work of one author, so the figures come from leaving one file out: the weights are fitted to the others. A number
behind a file's name is the weight of its sentences, lower for files to which the rules themselves were fitted. Sentences that the
markers, quotations and figures decide are counted as they fall, and fitted to by none. With ``--write`` the weights are written.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from assistant.agent.evidence import Evidence
from assistant.agent.grounding import Background, judge
from assistant.agent.grounding.draft import read
from assistant.agent.grounding.signals import Signal
from assistant.agent.grounding.turn import Turn
from assistant.evaluation.drafts import Draft, drafts_of

WEIGHTS = Path(judge.__file__).with_name("weights.toml")
THRESHOLDS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8)
# From this chance on a sentence is refused, so that most rules are enough alone: a false sentence that stays costs more than a true one
# that goes, which a model may word anew. By the figures of leaving one file out each step of 0.05 here trades one for one and a half.
THRESHOLD = 0.35
# Measures are shares; the others are findings of rules, most of which are
# right about twelve times in thirteen on drafts that nobody has looked at.
MEASURES = frozenset({"unlike", "wordy"})
# What is no fault by itself.
CONTEXT = frozenset({"wordy"})
PRIOR = 2.5
_LOOSE = 0.3


@dataclass(frozen=True)
class Example:
    """A labelled sentence: its signals, or None where a rule without weight refuses it (``refused``) or keeps it."""

    file: int
    faithful: bool
    refused: bool
    signals: Mapping[str, float] | None
    text: str
    corruption: str | None


def examples(number: int, path: Path) -> Iterator[Example]:
    """The labelled sentences of one file; of a sentence in several statements, the one with most against it."""
    with drafts_of(path) as held:
        for draft, evidence, background in held:
            yield from _of(number, draft, evidence, background)


def _of(number: int, draft: Draft, evidence: Evidence, background: Background) -> Iterator[Example]:
    turn = Turn(evidence, (draft.question,), background)
    statements = read(draft.draft)
    seen: dict[int, tuple[str | None, dict[str, float] | None]] = {}
    for statement in statements:
        weighed: list[Mapping[str, Signal]] = []
        judge.verdict = lambda found, into=weighed: into.append(found)
        wrong = judge.fault(statement, turn)
        seen[statement.start] = wrong, {name: signal.strength for name, signal in weighed[0].items()} if weighed else None
    position = 0
    for sentence in draft.sentences:
        start = draft.draft.find(sentence.text, position)
        position = start + len(sentence.text)
        own = [seen[s.start] for s in statements if any(c.isalnum() for c in draft.draft[max(start, s.start) : min(position, s.end)])]
        refused = any(wrong for wrong, _ in own)
        signs = max((found for _, found in own if found is not None), key=len, default=None)
        yield Example(number, sentence.faithful, refused, None if refused else signs, sentence.text, sentence.corruption)


def row(example: Example, names: Sequence[str]) -> list[float]:
    """The signals in the order of ``names``, and a one for the bias."""
    return [*((example.signals or {}).get(name, 0.0) for name in names), 1.0]


def fit(found: Sequence[Example], names: Sequence[str], shares: Sequence[float]) -> NDArray[np.float64]:
    """Weights and bias. A rule's weight is drawn to PRIOR and never below zero, a measure's is drawn to zero."""
    weighed = [example for example in found if example.signals is not None]
    x = np.array([row(example, names) for example in weighed])
    y = np.array([float(not example.faithful) for example in weighed])
    share = np.array([shares[example.file] for example in weighed])
    prior = np.array([*(0.0 if name in MEASURES else PRIOR for name in names), 0.0])
    penalty = np.array([*(_LOOSE if name in MEASURES else 1.0 for name in names), 0.0])

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        z = x @ weights
        value = np.sum(share * (np.logaddexp(0, z) - y * z)) + 0.5 * np.sum(penalty * (weights - prior) ** 2)
        return float(value), x.T @ (share * (1 / (1 + np.exp(-z)) - y)) + penalty * (weights - prior)

    bounds = [*((None, None) if name in CONTEXT else (0.0, None) for name in names), (None, None)]
    fitted: NDArray[np.float64] = minimize(loss, prior, jac=True, method="L-BFGS-B", bounds=bounds).x
    return fitted


def chances(weights: NDArray[np.float64], test: Sequence[Example], names: Sequence[str]) -> NDArray[np.float64]:
    """The chance that each example of ``test`` is false."""
    return np.array([1.0 if e.refused else 0.0 if e.signals is None else 1 / (1 + np.exp(-np.dot(row(e, names), weights))) for e in test])


def main(arguments: Sequence[str]) -> None:
    """Reads the files, prints the figures of leaving each out, and those of all; writes the weights where asked to."""
    given = [argument for argument in arguments if not argument.startswith("--")]
    paths, shares = zip(*((Path(name), float(share or 1)) for name, _, share in (text.partition(":") for text in given)), strict=True)
    found = [example for number, path in enumerate(paths) for example in examples(number, path)]
    names = sorted({name for example in found for name in example.signals or ()})
    out = np.zeros(len(found))
    for number in range(len(paths)):
        test = [index for index, example in enumerate(found) if example.file == number]
        others = fit([example for example in found if example.file != number], names, shares)
        out[test] = chances(others, [found[index] for index in test], names)
    final = fit(found, names, shares)
    for label, values in (("each file by the weights of the others", out), ("all by their own weights", chances(final, found, names))):
        print(label)
        for threshold in THRESHOLDS:
            print(f"  {threshold:.2f}  " + "   ".join(_figures(found, values, threshold, number) for number in range(-1, len(paths))))
    lines = [f"{name} = {weight:.2f}\n" for name, weight in zip(names, final, strict=False)]
    text = f"bias = {final[-1]:.2f}\nthreshold = {THRESHOLD}\n\n[weights]\n{''.join(lines)}"
    print(text)
    if "--write" in arguments:
        WEIGHTS.write_text(text, encoding="utf-8")
    if "--errors" in arguments:
        for example, chance in zip(found, out, strict=True):
            if (chance >= THRESHOLD) == example.faithful:
                kind = "REFUSED" if example.faithful else f"KEPT ({example.corruption})"
                print(f"{kind} {chance:.2f} {paths[example.file].stem}: {example.text}\n    {json.dumps(example.signals)}")


def _figures(found: Sequence[Example], values: NDArray[np.float64], threshold: float, number: int) -> str:
    """Caught and refused shares of one file, or of all (-1)."""
    false = [v >= threshold for e, v in zip(found, values, strict=True) if not e.faithful and number in (-1, e.file)]
    true = [v >= threshold for e, v in zip(found, values, strict=True) if e.faithful and number in (-1, e.file)]
    return f"{np.mean(false):.3f}/{np.mean(true):.3f}"


if __name__ == "__main__":
    main(sys.argv[1:])
