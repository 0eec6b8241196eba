"""P-values, hazard ratios and intervals: each is of the arms that a source compares by it, and of the figures beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.agent.grounding.agreement import stated
from assistant.agent.grounding.amounts import Amount, amounts
from assistant.agent.grounding.binding import is_statistic, may_compare, named_parts
from assistant.agent.grounding.mentions import Mention, Registry
from assistant.agent.grounding.reading import Line
from assistant.agent.grounding.vocabulary import reason

_BEHIND = re.compile(r"\)?\s*(?:with|for|in|after|at|on)\s[^,;.()]*")
_NEAR = 30


@dataclass(frozen=True, slots=True)
class _Comparison:
    """Statistics that stand together, with the arms that they compare."""

    figures: tuple[Amount, ...]
    arms: tuple[Mention, ...]


def uncompared(said: str, registry: Registry, cited: Sequence[Line]) -> str | None:
    """Why a statistic of ``said`` is of other arms, or goes with other figures, in words; None where all may be in place."""
    known = [comparison for line in cited for comparison in _comparisons(line.reading, registry)]
    for comparison in _comparisons(said, registry):
        for figure in comparison.figures:
            saying = [other for other in known if _has(other, figure)]
            if comparison.arms and saying and not any(may_compare(comparison.arms, other.arms) for other in saying):
                return reason("compares", name=figure.text)
        for one, two in pairwise(comparison.figures):
            with_one, with_two = ([other for other in known if _has(other, figure)] for figure in (one, two))
            if with_one and with_two and not any(other in with_two for other in with_one):
                return reason("compares", name=two.text)
    return None


def _has(comparison: _Comparison, figure: Amount) -> bool:
    return any(stated(figure, known) and figure.qualifier[:1] == known.qualifier[:1] for known in comparison.figures)


def _comparisons(text: str, registry: Registry) -> Iterator[_Comparison]:
    """The statistics of a sentence in groups, each with the arms named since the group before it, or right behind it."""
    mentions = named_parts(text, registry)
    position = 0
    arms: tuple[Mention, ...] = ()
    for group in _groups(text):
        start, end = group[0].start, _bracket_end(text, group[-1].end)
        behind = _BEHIND.match(text, end)
        told = tuple(m for m in mentions if behind and behind.start() <= m.start < behind.end())
        arms = told or tuple(m for m in mentions if position <= m.start < start) or arms or tuple(m for m in mentions if m.start > end)
        yield _Comparison(tuple(group), arms)
        position = behind.end() if behind and told else end


def _in_bracket(text: str, position: int) -> bool:
    return text.count("(", 0, position) > text.count(")", 0, position)


def _bracket_end(text: str, position: int) -> int:
    """Behind the bracket in which ``position`` lies; ``position`` itself where it lies in none."""
    return text.find(")", position) + 1 or position if _in_bracket(text, position) else position


def _groups(text: str) -> list[list[Amount]]:
    """The statistics of a sentence; what stands in one bracket or close together is one group."""
    found: list[list[Amount]] = []
    for amount in amounts(text):
        if not is_statistic(text[: amount.start]):
            continue
        gap = text[found[-1][-1].end : amount.start] if found else ""
        if found and ((_in_bracket(text, amount.start) and ")" not in gap) or (len(gap) < _NEAR and not re.search(r"[);]|\band\b", gap))):
            found[-1].append(amount)
        else:
            found.append([amount])
    return found
