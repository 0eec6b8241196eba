"""What a turn's evidence says: its passages read once, and where a marker's support lies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.agent.evidence import Evidence, Source
from assistant.agent.grounding.amounts import Amount
from assistant.agent.grounding.markdown import unemphasised
from assistant.agent.grounding.tables import in_words, known_amounts
from assistant.agent.grounding.vocabulary import content, squeezed, tokens
from assistant.language.abbreviations import implied
from assistant.language.sentences import Sentence, sentences
from assistant.language.tables import cells, headed_rows, tables
from assistant.values import Passage, Span, Working

NEARLY_ALL = 0.8
"""The share of a clause's words that a cited one must have to say nearly all of it."""


class Line:
    """A sentence of a passage with what is compared; offsets are those of the passage.

    ``reading`` is its text, a table row's in the words of its columns.
    """

    def __init__(self, sentence: Sentence, figures: Sequence[Amount], passage: str, columns: Sequence[str] = ()) -> None:
        self.passage = passage
        self.reading = in_words(sentence.text, columns) if columns else sentence.text
        self.is_row = sentence.kind == "row"
        self.start, self.end, self.text, self.block = sentence.start, sentence.end, sentence.text, sentence.block
        self.figures = tuple(a for a in figures if sentence.start <= a.start < sentence.end)

    @cached_property
    def words(self) -> frozenset[str]:
        """Content stems, those of what its abbreviations are short for among them."""
        return content(self.reading) | content(" ".join(implied(self.reading)))

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """Lower-cased words in order."""
        return tuple(tokens(self.reading))


@lru_cache(maxsize=1024)
def lines(text: str, columns: str | None = None) -> tuple[Line, ...]:
    """The sentences of a text, read once; ``columns`` are the names of columns that it begins below."""
    figures, found = known_amounts(text, columns), sentences(text)
    names = {row.start: cells(above) for row, above in headed_rows(found, columns)}
    return tuple(Line(sentence, figures, text, names.get(sentence.start, ())) for sentence in found)


def lines_of(passage: Passage) -> tuple[Line, ...]:
    """The sentences of a passage."""
    return lines(passage.text, passage.columns)


def saying_most(words: frozenset[str], some: Sequence[Line]) -> tuple[int, list[Line]]:
    """How many of ``words``, stems, the sentences have that have most of them, and these; none where no sentence has any."""
    shares = [len(words & line.words) for line in some]
    most = max(shares, default=0)
    return most, [line for line, share in zip(some, shares, strict=True) if share == most > 0]


@lru_cache(maxsize=1024)
def headed(text: str) -> dict[int, int]:
    """The block of the heading row by the block of each row of its table."""
    return {row.block: rows[0].block for rows in tables(sentences(text)) for row in rows}


@lru_cache(maxsize=1024)
def verbatim(text: str) -> str:
    """A passage as quotations are sought in it: without emphasis, which a draft's quotation has lost."""
    return squeezed(unemphasised(text)).casefold()


@dataclass(frozen=True, slots=True)
class Support:
    """The evidence that a statement cites, under its markers."""

    sources: tuple[tuple[str, Source], ...]
    workings: tuple[tuple[str, Working], ...]

    @property
    def passages(self) -> tuple[str, ...]:
        """The texts of the cited passages."""
        return tuple(source.passage.text for _, source in self.sources)

    @property
    def lines(self) -> tuple[Line, ...]:
        """The sentences of the cited passages."""
        return tuple(line for _, source in self.sources for line in lines_of(source.passage))

    def holds(self, span: Span) -> bool:
        """Whether ``span`` starts in a cited passage."""
        passages = [source.passage for _, source in self.sources]
        return any(p.document == span.document and p.start <= span.start < p.end for p in passages)

    @property
    def headings(self) -> tuple[str, ...]:
        """What is known of the cited documents beside their text."""
        return tuple(dict.fromkeys(f"{' '.join(s.document.title.split())}\n{s.document.date or ''}" for _, s in self.sources))

    def untitled(self, said: str) -> str:
        """``said`` without the titles of the cited documents, whose figures and names say nothing of any arm."""
        for heading in self.headings:
            said = said.replace(quoted_title(heading.partition("\n")[0]), "")
        return said


def quoted_title(title: str) -> str:
    """A title as answers name it."""
    return f"“{title.rstrip('.')}”"


def cited(markers: Iterable[str], evidence: Evidence) -> Support:
    """The evidence that ``markers`` name; each must be known."""
    sources, workings = [], []
    for marker in markers:
        if marker.startswith("c"):
            workings.append((marker, evidence.workings[int(marker[1:]) - 1]))
        else:
            sources.append((marker, evidence.sources[int(marker) - 1]))
    return Support(tuple(sources), tuple(workings))


def known(marker: str, evidence: Evidence) -> bool:
    """Whether ``marker`` names evidence of this turn."""
    count = len(evidence.workings) if marker.startswith("c") else len(evidence.sources)
    return 1 <= int(marker.lstrip("c")) <= count


def locate(span: Span, evidence: Evidence) -> tuple[Source, Line] | None:
    """The source that holds ``span`` and the sentence around it; None where no source does."""
    for source in evidence.sources:
        passage = source.passage
        if passage.document == span.document and passage.start <= span.start and span.end <= passage.end:
            start = span.start - passage.start
            for line in lines_of(passage):
                if line.start <= start < line.end:
                    return source, line
    return None
