"""A statement of a draft: a sentence, bullet or table row with its markers and what it is."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.agent.grounding.kinds import Kind


@dataclass(frozen=True, slots=True)
class Statement:
    """Characters ``start`` to ``end`` of the draft, markers and emphasis included.

    ``said`` is its text without markers and Markdown, a table row's with its column headings: ``"arm: control; survival: 88 day"``.
    ``markers`` are ``"1"`` and ``"c1"`` in order of appearance; it ``inherits`` them where they stand in the lead-in or heading
    above, whose words are ``lead``. An ``item`` is a bullet or table row, ``cells`` the clauses of a row with the markers in each.
    """

    start: int
    end: int
    said: str
    markers: tuple[str, ...]
    kind: Kind
    block: int
    item: bool = False
    lead: str = ""
    inherits: bool = False
    cells: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def states(self) -> bool:
        """Whether it states a fact, and so must cite."""
        return self.kind == "fact"
