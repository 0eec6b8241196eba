"""Whether two things of a cited sentence stand in each other's place in a statement that repeats the rest of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise

from assistant.agent.grounding.copies import SHARED, Unit, units
from assistant.agent.grounding.ground import Ground
from assistant.agent.grounding.vocabulary import has, pattern, reason, stems, table, tokens
from assistant.language.units import canonical_unit

# "Kidney protection: lysine before each injection": a label is put behind what it is of by whoever makes a sentence of it.
_LABELLED = re.compile(r"[\s*•–-]*(?:[\w-]+\s){0,3}[\w-]+:\s")
_FEWEST_SWAPPED = 3
# Of the two neighbours of each of the two so many are those of the other: a paraphrase puts them in another order, among other words.
_NEIGHBOURS = 3


def swapped(claimed: str, ground: Ground) -> str | None:
    """Two things in each other's place: "A prevails over B" where the cited sentence has B prevail over A."""
    for line in ground.best:
        alike = (
            not line.is_row
            and not _LABELLED.match(line.reading)
            and _by_whom(claimed) == _by_whom(line.reading)
            and not has(tokens(claimed), ("nor",))
        )
        if alike and (pair := _swapped(units(claimed), units(line.reading))):
            return reason("swapped", name=pair[0], other=pair[1])
    return None


def _by_whom(text: str) -> bool:
    """Whether ``text`` names a doer behind its verb, as a passive does."""
    return pattern("meaning", "passive", anchored=False).search(text) is not None


def _swapped(ours: Sequence[Unit], theirs: Sequence[Unit]) -> tuple[str, str] | None:
    here, there = _in_both(ours, theirs), _in_both(theirs, ours)
    if len(here) < max(_FEWEST_SWAPPED, SHARED * len({unit.stem for unit in ours} - stems(table("words")["frame"]))):
        return None
    places = {unit.stem: place for place, unit in enumerate(there)}
    blocks = _blocks(here, places)
    ranks = {block[0].stem: rank for rank, block in enumerate(sorted(blocks, key=lambda block: places[block[0].stem]))}
    order = [ranks[block[0].stem] for block in blocks]
    for one, two in combinations(range(len(blocks)), 2):
        between = order[one + 1 : two]
        if between and (order[one], order[two]) == (two, one) and all(one < rank < two for rank in between):
            first, second = blocks[one], blocks[two]
            known = [[there[places[unit.stem]] for unit in block] for block in (first, second)]
            agreeing = _neighbours(first, known[1]), _neighbours(second, known[0])
            one_noun = _is_run(there[places[second[0].stem] : places[first[-1].stem] + 1])
            if min(agreeing) and sum(agreeing) >= _NEIGHBOURS and not one_noun and not any(map(_is_figure, (first, second))):
                return first[0].word, second[0].word
    return None


def _in_both(ours: Sequence[Unit], theirs: Sequence[Unit]) -> list[Unit]:
    """The words of ``ours`` that stand once here and once there."""
    here, there = (Counter(unit.stem for unit in some) for some in (ours, theirs))
    return [unit for unit in ours if here[unit.stem] == there[unit.stem] == 1]


def _blocks(here: Sequence[Unit], places: Mapping[str, int]) -> list[list[Unit]]:
    """The runs of words that follow one another there as they do here."""
    blocks: list[list[Unit]] = []
    for unit in here:
        if blocks and places[unit.stem] == places[blocks[-1][-1].stem] + 1:
            blocks[-1].append(unit)
        else:
            blocks.append([unit])
    return blocks


def _neighbours(block: Sequence[Unit], other: Sequence[Unit]) -> int:
    """How many of the two neighbours of ``block`` are those of ``other``."""
    return int(block[0].before == other[0].before) + int(block[-1].behind == other[-1].behind)


def _is_run(some: Sequence[Unit]) -> bool:
    """Whether words stand side by side, as in "treatment-related deaths", which may be put as "deaths related to treatment"."""
    return all(one.behind == two.stem for one, two in pairwise(some))


def _is_figure(block: Sequence[Unit]) -> bool:
    """Whether a block has nothing but figures and their units, whose places are told by other rooms."""
    return all(canonical_unit(unit.word) or not any(character.isalpha() for character in unit.word) for unit in block)
