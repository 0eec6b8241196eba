"""What a statement is held against: the cited evidence as a whole, and the sentences in it that support it best."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from assistant.agent.grounding.codes import codes, names_in
from assistant.agent.grounding.reading import Line
from assistant.agent.grounding.vocabulary import content
from assistant.language.names import nuclides
from assistant.language.stems import stems as language_stems
from assistant.language.thesaurus import related


@dataclass(frozen=True)
class Ground:
    """What a statement cites, as its claims are held against it.

    ``best`` are the sentences that support it most, ``near`` those with their paragraphs and the paragraphs that calculations
    read from, ``lines`` all of the cited passages and calculation notes; ``beside`` is further text that may be named: titles,
    formulas, the fields of the studies concerned; ``studied`` the codes of each study, which belong together; ``openings`` the codes
    of the title and opening of each cited passage's document, by the passage's text; ``subject`` the content stems of these titles.
    """

    best: tuple[Line, ...]
    near: tuple[Line, ...]
    lines: tuple[Line, ...]
    beside: str
    questions: tuple[str, ...]
    computed: bool
    studied: tuple[frozenset[str], ...] = ()
    openings: Mapping[str, frozenset[str]] = field(default_factory=dict)
    subject: frozenset[str] = frozenset()

    @cached_property
    def words(self) -> frozenset[str]:
        """Every content stem of the cited evidence."""
        return frozenset().union(content(self.beside), *(line.words for line in self.lines), *(line.words for line in self.near))

    @cached_property
    def near_words(self) -> frozenset[str]:
        """Content stems near the support."""
        return frozenset().union(content(self.beside), *(line.words for line in self.near))

    def says(self, word: str) -> bool:
        """Whether the sentences of the support have what stands for ``word`` by the thesaurus: "drip into a vein" for "intravenous"."""
        return any(other <= self._plain for one in language_stems(word) for other in related(one))

    @cached_property
    def _plain(self) -> frozenset[str]:
        """The stems of these sentences as the thesaurus has them."""
        return frozenset(one for line in self.best for one in language_stems(line.reading))

    @cached_property
    def names(self) -> frozenset[str]:
        """Every word of the cited evidence as written, in lower case, and every code."""
        passages: dict[str, dict[int, str]] = {}
        for line in (*self.lines, *self.near):
            passages.setdefault(line.passage, {})[line.start] = line.text
        return names_in(self.beside).union(*(names_in(" ".join(texts.values())) for texts in passages.values()))

    @cached_property
    def nuclides(self) -> frozenset[str]:
        """The radionuclides of the cited evidence, as codes: ``lu177``."""
        text = " ".join([self.beside, *(line.text for line in self.lines)])
        return frozenset(mention.name.replace("-", "").lower() for mention in nuclides(text))

    def about(self, clause: str) -> tuple[Line, ...]:
        """The cited lines whose paragraph has every code of ``clause``; those near the support where it names none."""
        wanted = codes(clause)
        if not wanted:
            return self.near
        return tuple(line for block, own in self._blocks.items() if wanted <= own for line in self._lines_of(block))

    def _lines_of(self, block: tuple[str, int]) -> list[Line]:
        return [line for line in (*self.lines, *self.near) if (line.passage, line.block) == block]

    @cached_property
    def _blocks(self) -> dict[tuple[str, int], frozenset[str]]:
        texts: dict[tuple[str, int], list[str]] = {}
        for line in (*self.lines, *self.near):
            texts.setdefault((line.passage, line.block), []).append(line.text)
        return {block: codes(" ".join(parts)) for block, parts in texts.items()}

    def together(self, names: frozenset[str]) -> bool:
        """Whether these codes may be named together.

        One cited paragraph has all of them, or all but those that the title or opening of its document has; or one study, or the
        cited calculations.
        """
        openings = codes(self.beside)
        texts = [own | self.openings.get(passage, frozenset()) for (passage, _), own in self._blocks.items()]
        return any(names <= known for known in (*texts, *self.studied, openings))
