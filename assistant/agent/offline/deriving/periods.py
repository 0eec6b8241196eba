"""What the figures of two periods give, cells of a table's row or told in one sentence: "how much is revenue up on last year"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.agent.offline.deriving.candidate import Candidate
from assistant.agent.offline.deriving.labelled import Labelled
from assistant.agent.offline.deriving.linking import changed
from assistant.agent.offline.deriving.over_time import of_whole, over_time, tells_when
from assistant.agent.offline.deriving.pairing import told_apart
from assistant.agent.offline.deriving.pairs import of_pair
from assistant.agent.offline.deriving.wanted import Wanted
from assistant.agent.offline.understanding.operation import telling_words
from assistant.language.periods import tells_earlier, tells_the_same, without_earlier

# What two periods are set side by side for, if it is wanted first.
_OVER_TIME = frozenset(["change", "difference", "moved", "points", "factor", "ratio"])


def of_two_periods(asked: Wanted, stated: Sequence[Labelled]) -> Candidate | None:
    """What is wanted of the figure of a period and that of an earlier one, or which share of a whole it is in its own; None where the
    question or the sources do not tell these.
    """
    if asked.kinds[0] == "share" and asked.whole and not tells_earlier(asked.question):
        shared = of_whole(asked.question, asked.operation, asked.whole, stated)
        return next(of_pair("share", asked, *shared), None) if shared else None
    if asked.kinds[0] not in _OVER_TIME or _is_of_two_things(asked):
        return None
    named = telling_words(without_earlier(asked.question))
    plain = replace(asked.operation, words={word: weight for word, weight in asked.operation.words.items() if word in named})
    pair = over_time(asked.question, plain, stated)
    if pair is None and tells_earlier(asked.question):
        pair = changed(plain, [each for each in stated if tells_the_same(asked.question, each.unit.text)], ordered=True)
    if pair is None:
        return None
    orders = (pair, pair[::-1])  # a difference is told of the larger one, whichever came first
    made = (each for kind in (*asked.kinds, "points") for one, two in orders for each in of_pair(kind, asked, one, two))
    return next(made, None)


def _is_of_two_things(asked: Wanted) -> bool:
    """Whether the two sides of the question are told apart by more than their time: "R&D than sales in 2031"."""
    first, second = told_apart(asked.operation, asked.sides)
    return not tells_earlier(asked.question) and all(any(not tells_when(word) for word in side) for side in (first, second))
