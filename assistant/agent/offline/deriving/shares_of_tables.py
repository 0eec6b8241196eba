"""Which part of those whom a table counts something holds of, how far two parts lie apart, how many of something came to each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.agent.offline.deriving.labelled import Labelled
from assistant.agent.offline.deriving.meant_columns import column_meant, names_of, parts_meant, population, whole_meant
from assistant.agent.offline.deriving.reading import PAIRED, Made, Reading
from assistant.language.stems import stems

EACH = re.compile(
    r"\b(?:per|each|every|a)\s+(?:treated\s+|evaluable\s+)?(?:patients?|animals?|mouse|mice|rats?|dogs?|subjects?|participants?|pts?)\b"
)
"""Of whom something is wanted for each."""
OF_SHARES = frozenset(["percent", "share", "part_of"])
"""What a question for a share has one of."""
_OF_TWO = frozenset(["points", "ratio", "factor", "difference"])


def share_of(view: Reading) -> Made | None:
    """What part of a group had what is counted, or how many points that of one group lies above that of another."""
    parts, rows = parts_meant(view), view.group
    if len(view.groups.sides) == 2 and parts and PAIRED & set(view.asked.kinds):
        return _of_two(view, parts)
    denied = view.asked.operation.denied and not view.groups.without
    if _OF_TWO & set(view.asked.kinds[:1]) or not OF_SHARES & view.asked.cues or not parts or rows is None or denied:
        return None
    whole = whole_meant(view, parts)
    top, below = view.counted(rows, parts), view.counted(rows, whole)
    if not top or not 0 < _number(below) >= _number(top):
        return None
    if all(each.whole is not None for each in top) and sum(each.whole or 0 for each in top) != _number(below):
        return None  # the column tells another whole, "200 mg (n=79)"
    return Made("share", f"{_sum(top)} / {_sum(below)} in percent", (*top, *below), (*parts, *whole))


def _of_two(view: Reading, parts: Sequence[int]) -> Made | None:
    whole = whole_meant(view, parts)
    told = [(view.counted(rows, parts), view.counted(rows, whole)) for rows in view.groups.sides]
    if not all(top and _number(below) for top, below in told):
        return None
    shares = [_number(top) / _number(below) for top, below in told]
    points = {"points", "difference"} & set(view.asked.kinds[:1]) and {*OF_SHARES, "points"} & view.asked.cues
    if max(shares) > 1 or shares[0] == shares[1] or not points:
        return None
    one, other = told if shares[0] > shares[1] else told[::-1]
    written = " - ".join(f"{_sum(top)} / {_sum(below)}" for top, below in (one, other))
    return Made("points", f"{written} in percent", (*one[0], *one[1], *other[0], *other[1]), (*parts, *whole))


def per_head(view: Reading) -> Made | None:
    """How many of something came to each of those who took part."""
    each, rows = EACH.search(view.question), view.group
    if each is None or rows is None or not {"each", "mean"} & view.asked.cues:
        return None
    whole = population(view, (), each.group())
    heads = frozenset(stems(each.group()))
    part = column_meant(view, [c for c in view.values if c != whole and view.counted(rows, [c])], heads)
    if part is None or whole is None or not view.stems & names_of(view.grid, part) - heads:
        return None
    top, below = view.counted(rows, [part]), view.counted(rows, [whole])
    return Made("quotient", f"{_sum(top)} / {_sum(below)}", (*top, *below), (part, whole)) if _number(below) else None


def _number(cells: Sequence[Labelled]) -> float:
    return sum(each.figure.value for each in cells)


def _sum(cells: Sequence[Labelled]) -> str:
    added = " + ".join(each.number for each in cells)
    return f"({added})" if len(cells) > 1 else added
