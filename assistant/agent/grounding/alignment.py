"""Whether a figure stands among the words that the cited text has it among, or among those of another figure of its kind.

Each figure has its place: the words, names and further figures around it, those of its own clause before those further off. A
figure of a draft is compared with the places in the cited text that have its value, and with its rivals, which have another value of
the same dimension. Where a rival shares more with the draft than any place with the value does, the figure was taken from elsewhere.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.agent.grounding.agreement import agree, valued
from assistant.agent.grounding.amounts import Amount
from assistant.agent.grounding.mentions import Registry
from assistant.agent.grounding.parts import stated_parts
from assistant.agent.grounding.places import BESIDE, SCHEDULE, Place, places
from assistant.agent.grounding.reading import Line
from assistant.agent.grounding.vocabulary import stems, table

# Words that weigh less than this together tell little.
_LITTLE = 2.0


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a figure fits where the cited text has it, and the best of its rivals: shares of its words, 0..1.

    ``clause`` is what the draft says around it, ``source`` what the cited text does; ``sentences`` are those of the cited text in
    which it and its best rival stand, without the two figures; ``together`` where that is one sentence.
    """

    figure: Amount
    own: float
    rival: float
    clause: str
    source: str
    sentences: tuple[str, str]
    together: bool

    @property
    def behind(self) -> float:
        """By how much the best rival fits better."""
        return max(0.0, self.rival - self.own)


def known_places(lines: Sequence[Line], registry: Registry) -> list[Place]:
    """The figures of the cited sentences; one that goes on about the sentence before it stands among its words too."""
    found: list[Place] = []
    opening: Line | None = None
    before: Line | None = None
    for line in lines:
        if opening is None or line.is_row or (opening.passage, opening.block) != (line.passage, line.block):
            opening, before = line, None
        told = {opening.reading: None, before.reading: None} if before else {}
        found += places(line.reading, registry, " ".join(told))
        before = line
    return found


def fits(said: str, known: Sequence[Place], registry: Registry) -> Iterator[Fit]:
    """How each figure of ``said`` that ``known`` has fits there; numbers that only tell which arm is meant are left out."""
    together = places(said, registry)
    wholes = {frozenset((part.value, whole.value)) for part, whole in stated_parts(said)}
    for place in together:
        own = [other for other in known if valued(place.figure, other.figure)]
        own = [other for other in own if other.dimension == place.dimension]
        beside = {other.sentence for other in own if other.listed}  # "days 0 and 21": the one is no rival of the other
        rivals = [other for other in known if _rivals(place, other) and not (other.listed and other.sentence in beside)]
        rivals = [other for other in rivals if frozenset((place.figure.value, other.figure.value)) not in wholes]
        if not own or _tells_the_arm(place) or _is_of_its_arm(place, registry):
            continue
        rare = _rarity([*own, *rivals])
        best, held = max(((_share(place, other, rare), other) for other in own), key=lambda found: found[0])
        rivals = [other for other in rivals if _others(held, place) or not _others(other, place)]
        most, rival = max(((_share(place, other, rare), other) for other in rivals), key=lambda found: found[0], default=(0.0, held))
        beside_it = next((other for other in together if valued(other.figure, rival.figure) and other.dimension == rival.dimension), None)
        if beside_it and rival is not held:  # both are said: each must fit better in the other's place
            straight, crossed = best + _share(beside_it, rival, rare), most + _share(beside_it, held, rare)
            most = most if crossed > straight else best
        yield Fit(place.figure, best, most, place.clause, held.clause, (_without(held), _without(rival)), held.sentence == rival.sentence)


def _others(source: Place, said: Place) -> frozenset[str]:
    """The arms and parts that ``source`` names beside its figure and ``said`` does not, where that names any."""
    named = {word for word in said.words if word[0] == "@"}
    return frozenset(word for word, weight in source.words.items() if named and word[0] == "@" and weight >= BESIDE) - named


def _without(place: Place) -> str:
    return place.sentence.replace(place.figure.text, " ", 1)


def _rivals(said: Place, other: Place) -> bool:
    """Whether a sentence could have had ``other`` instead: another value of one dimension, or another number of the same things."""
    if other.dimension != said.dimension or valued(said.figure, other.figure):
        return False
    return bool(said.figure.unit) or bool(said.figure.nouns & other.figure.nouns)


def _is_of_its_arm(said: Place, registry: Registry) -> bool:
    """Whether extraction read the figure as the survival or the activity of an arm that stands beside it here."""
    known = ((pair, fact) for pair in registry.pairs for fact in (registry.arm(pair).survival, registry.arm(pair).activity) if fact)
    return any(
        said.words.get(f"@{pair[0]}.{pair[1]}", 0.0) and agree(said.figure, fact.value, fact.unit, "document") for pair, fact in known
    )


def _tells_the_arm(said: Place) -> bool:
    """Whether a figure says of which arm something is told, or when, or stands in a list whose order tells: not what was found."""
    figure = said.figure
    counts = not figure.unit and bool(figure.nouns & (stems("dose") | stems(table("meaning")["counted_arms"])))
    return counts or said.listed or said.dimension == SCHEDULE or figure.kind in ("rank", "count")


def _rarity(known: Sequence[Place]) -> dict[str, float]:
    """The weight of a word by how few of the places have it near them."""
    counts = Counter(word for place in known for word, weight in place.words.items() if weight >= BESIDE)
    every = {word for place in known for word in place.words}
    return {word: math.log((1 + len(known)) / (0.5 + counts[word])) for word in every}


def _share(said: Place, source: Place, rare: Mapping[str, float]) -> float:
    """The share of the weight of the words near ``said``, as far as any place has them, that ``source`` has too."""
    near = {word: weight * rare[word] for word, weight in said.words.items() if word in rare and weight >= BESIDE}
    shared = sum(weight * min(1.0, source.words[word]) for word, weight in near.items() if word in source.words)
    return shared / max(_LITTLE, sum(near.values()))
