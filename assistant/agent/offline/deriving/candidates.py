"""What is wanted and the figures that sentences state → every calculation that may be meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain

from assistant.agent.offline.deriving.amounts import conversions, of_series, products, quotients, remainders
from assistant.agent.offline.deriving.candidate import Candidate
from assistant.agent.offline.deriving.decay import left, until
from assistant.agent.offline.deriving.labelled import Labelled
from assistant.agent.offline.deriving.pairs import of_columns, of_pairs, with_own
from assistant.agent.offline.deriving.wanted import Kind, Wanted

_MADE: Mapping[Kind, Callable[[Wanted, Sequence[Labelled]], Iterator[Candidate]]] = {
    "remainder": remainders,
    "total": partial(of_series, "total"),
    "mean": partial(of_series, "mean"),
    "product": products,
    "quotient": quotients,
    "converted": conversions,
    "left": left,
    "until": until,
}


def candidates(kind: Kind, asked: Wanted, stated: Sequence[Labelled]) -> tuple[Candidate, ...]:
    """All candidates of one kind that may be meant, each expression once."""
    made = _MADE.get(kind)
    found = made(asked, stated) if made else chain(of_pairs(kind, asked, stated), of_columns(kind, stated), with_own(kind, asked, stated))
    return tuple({each.expression: each for each in found}.values())
