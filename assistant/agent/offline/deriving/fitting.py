"""Of many figures, or pairs of them, the one of which most of a question's words are said: by far, or none."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise

from assistant.agent.offline.deriving.labelled import NEAR, Labelled
from assistant.agent.offline.deriving.pairing import Pair, is_number
from assistant.agent.offline.understanding.operation import Operation
from assistant.language.stems import Word

# So much more of a question's words has to be said of two figures than of any other two; so much it counts that one sentence has both.
_MARGIN, _TOGETHER = 0.08, 0.1
# So large a share of the words that tell what is meant may be said of none of two figures that are of one thing.
_LACKING = 0.25
# So well a word is said of a figure that stands in its sentence.
_SAID = 0.5


def one_figure(asked: Operation, stated: Sequence[Labelled]) -> Labelled | None:
    """The one figure of which most, and clearly more of the question's words is said than of any other."""
    pair = best(asked, [(each, each) for each in stated], stated)
    return pair[0] if pair else None


def best(asked: Operation, pairs: Sequence[Pair], stated: Sequence[Labelled], lacking: float = _LACKING) -> Pair | None:
    """The one pair of which enough, and clearly more of the question's words is said than of any other.

    A number of the question that stands near any figure stands near one of the two: "group 3". So large a share of the words that
    tell what is meant may be ``lacking``.
    """
    near = {word for word in asked.words if any(each.has(word) >= NEAR for each in stated)}
    numbers = [word for word in near if is_number(word) and asked.words[word] >= 1]
    meant = [pair for pair in pairs if _lacks(pair, asked, near) <= lacking and _has_all(pair, numbers)]
    rated = sorted(((_said_of(pair, asked), number, pair) for number, pair in enumerate(meant)), key=lambda each: -each[0])
    if not rated or rated[0][0] < asked.enough:
        return None
    (most, _, pair), *rivals = rated
    others = [rate for rate, _, rival in rivals if _values(rival) != _values(pair)]
    return pair if all(rate <= most - _MARGIN for rate in others) else None


def _said_of(pair: Pair, asked: Operation) -> float:
    """The share of the question's words that are said of one of the two, a little more in one sentence; 0 without a number of it."""
    said = {word: _said(word, pair) for word in asked.words}
    total = sum(asked.words.values())
    if not total or any(is_number(word) and not said[word] for word in said):
        return 0.0
    together = _TOGETHER if pair[0].place == pair[1].place else 0.0
    return together + sum(weight * said[word] for word, weight in asked.words.items()) / total


def _said(word: Word, pair: Pair) -> float:
    """How well a word is said of one of two figures; what leads up to both in their sentence is said of both, but for numbers."""
    together = pair[0].place == pair[1].place and not is_number(word)
    return max(each.leads(word) if together else each.has(word) for each in pair)


def _has_all(pair: Pair, numbers: Iterable[Word]) -> bool:
    return all(max(each.has(number) for each in pair) >= NEAR for number in numbers)


def _lacks(pair: Pair, asked: Operation, near: Collection[Word]) -> float:
    """The share of the telling words that are not said of a pair; what stands ``near`` another figure is not said by standing around."""
    telling = [word for word, weight in asked.words.items() if weight >= 1]
    said = {word: _said(word, pair) for word in telling}
    return sum(said[word] < _SAID if word in near else not said[word] for word in telling) / len(telling) if telling else 0.0


def _values(pair: Pair) -> set[float]:
    return {each.figure.value for each in pair}


def neighbours(stated: Sequence[Labelled]) -> Iterator[Pair]:
    """Each figure with the next one of its measure in the same sentence or row."""
    for place in dict.fromkeys(each.place for each in stated):
        own = [each for each in stated if each.place == place]
        for measure in dict.fromkeys(each.measure for each in own):
            yield from pairwise(each for each in own if each.measure == measure)
