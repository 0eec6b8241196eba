"""An arm as one stretch of text names it, and what parts such stretches."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.studies.extraction.headcounts import FURTHER
from assistant.studies.extraction.traits import Attribute, Trait

DIVIDER = re.compile(
    r"\b(?:versus|vs|compared\s+(?:to|with)|than|while|whereas|against|relative\s+to|over|but|in\s+contrast)\b\.?|;|\bcontrast(?:ed)?\b",
    re.IGNORECASE,
)
"""What parts the sides of a comparison."""
LIST_GAP = re.compile(
    r"\s*\)?\s*(?:\([^()]*\)\s*)?(?:,|/|,?\s*(?:and|or)|versus|vs\.?)\s*(?:(?:a|an|the|either|with|at|of|as|mice|receiving"
    r"|group|groups|arms?)\s+){0,3}",
    re.IGNORECASE,
)
"""What stands between two members of a list."""
DEFINING: frozenset[Attribute] = frozenset({"activity", "doses", "control", "group", "drug"})
"""The kinds of traits that name an arm."""


@dataclass(slots=True)
class Designator:
    """An arm as one stretch of text names it, at ``start``:``end``."""

    start: int
    end: int
    traits: list[Trait] = field(default_factory=list)

    def first(self, kind: Attribute) -> Trait | None:
        """The first trait of a kind."""
        return next((trait for trait in self.traits if trait.kind == kind), None)

    @property
    def control(self) -> Trait | None:
        """The most telling of its control words."""
        words = [trait for trait in self.traits if trait.kind == "control"]
        return next((word for word in words if word.name), words[0] if words else None)

    @property
    def strong(self) -> bool:
        """Whether it says more than the compound or a number of animals, or that these are one part of all."""
        return any(trait.kind in DEFINING or (trait.kind == "n" and trait.name == FURTHER) for trait in self.traits)

    def add(self, trait: Trait) -> None:
        """Takes a further trait in."""
        self.traits.append(trait)
        self.start, self.end = min(self.start, trait.start), max(self.end, trait.end)
