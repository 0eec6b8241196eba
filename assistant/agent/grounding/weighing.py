"""Whether what speaks against a statement is enough to refuse it: a logistic regression over its signals."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from assistant.agent.grounding.signals import Signal

_NEARLY_MOST = 0.6


@cache
def _fitted() -> tuple[Mapping[str, float], float, float]:
    """Weights, bias and threshold, as tests/benchmarks/fit_grounding.py fitted them to the looked-at drafts of tests/evals."""
    table = tomllib.loads(files(__package__ or "").joinpath("weights.toml").read_text(encoding="utf-8"))
    return table["weights"], table["bias"], table["threshold"]


def verdict(found: Mapping[str, Signal]) -> str | None:
    """Why a statement is refused, in the words of the first signal that weighs nearly most; None where it may stay."""
    weights, bias, threshold = _fitted()
    parts = {name: weights.get(name, 0.0) * signal.strength for name, signal in found.items()}
    chance = 1 / (1 + math.exp(-bias - sum(parts.values())))
    if chance < threshold or not parts:
        return None
    enough = _NEARLY_MOST * max(parts.values())
    return next(found[name].reason for name, part in parts.items() if part >= enough)
