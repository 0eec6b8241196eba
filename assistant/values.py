"""The frozen values that pass between rooms: spans, passages, workings, answers.

Offsets are counted in characters (Python code points) of a document's canonical text; ``end`` is exclusive, so
``text[start:end]`` is the quoted text. Units are ASCII: ``day``, ``week``, ``month``, ``percent``, ``ratio``, ``uCi``, ``mCi``,
``MBq``, ``day/uCi``; the empty string means a plain number, ``date`` a day, whose value is its ordinal: 1 for 0001-01-01.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.display import Displayed

Status = Literal["answered", "not_in_sources", "needs_clarification"]
Verdict = Literal["verified", "partly_verified"]


class Value(BaseModel):
    """Base of all values: immutable, and closed to fields that the contract does not name."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(Value):
    """Characters ``start`` to ``end`` of the canonical text of the document with id ``document``."""

    document: str
    start: int
    end: int


class Document(Value):
    """A document as the library knows it.

    ``id`` is derived from the content's SHA-256, ``date`` is ISO 8601 or None where the text states none, ``path`` is where
    it was read from, as given, and ``characters`` counts the canonical text. ``url`` is where the user says that it comes from,
    ``superseded_by`` the id of the version that took its place.
    """

    id: str
    title: str
    date: str | None
    path: str
    sha256: str
    characters: int
    url: str | None = None
    superseded_by: str | None = None


class DocumentRef(Value):
    """What a citation says of its document."""

    id: str
    title: str
    date: str | None
    path: str


class Passage(Value):
    """A stretch of whole sentences of one document; ``text`` equals the canonical text between ``start`` and ``end``.

    ``page`` counts from 1 and is the page on which the passage starts, None where the document has no pages; every form feed in
    a canonical text ends a page. ``section`` is the heading that the passage stands under, None where the document marks none.
    ``columns`` is the row of column names of the table in whose midst the passage begins, None where it begins in none.
    """

    id: str
    document: str
    start: int
    end: int
    text: str
    page: int | None = None
    section: str | None = None
    columns: str | None = None

    @property
    def in_context(self) -> str:
        """The text below the column names that its first rows stand under: what is encoded and indexed, and shown to models."""
        return self.text if self.columns is None else f"{self.columns}\n{self.text}"

    def page_at(self, offset: int) -> int | None:
        """The page of the character at ``offset`` of the canonical text, which lies in this passage."""
        return None if self.page is None else self.page + self.text.count("\f", 0, offset - self.start)


class Hit(Value):
    """A passage that a search found. ``score`` is the fused score in 0..1, ``cosine`` and ``lexical`` are its two halves."""

    passage: Passage
    score: float
    cosine: float
    lexical: float


class Quantity(Value):
    """A measured or administered amount."""

    value: float
    unit: str
    approximate: bool = False


class Input(Value):
    """What goes into a calculation."""

    name: str
    value: float
    unit: str

    @property
    def day(self) -> str | None:
        """The day that it is, in ISO 8601; None for what is no date."""
        return date.fromordinal(int(self.value)).isoformat() if self.unit == "date" else None

    @property
    def amount(self) -> str:
        """The value in its unit to six digits, or the day."""
        return self.day or f"{self.value:g} {self.unit}".strip()


class Operand(Input):
    """An input of a working: where it was read (``span``), or, for what no document says, which outside ``source`` says it.

    ``source`` names e.g. the decay data library and its data set, or ``"the question"`` for a number the user gave.
    """

    span: Span | None = None
    source: str | None = None


class Result(Value):
    """One named outcome of a calculation, unrounded."""

    name: str
    value: float
    unit: str


class Working(Value):
    """A calculation as the studies room makes it: inputs still carry spans, and it has no number yet."""

    tool: str
    formula: str
    operands: tuple[Operand, ...]
    results: tuple[Result, ...]
    notes: tuple[str, ...] = ()


class Citation(Value):
    """A verbatim quote: ``quote`` equals the document's canonical text between ``start`` and ``end``.

    ``passage`` is the text of the passage around it; ``page``, from 1, is where the quote starts, and ``section`` the heading
    that it stands under, each None where the document has none. A quote that begins with a row of a table has in ``columns`` the
    row of its column names, verbatim.
    """

    id: int
    document: DocumentRef
    quote: str
    start: int
    end: int
    passage: str
    page: int | None = None
    section: str | None = None
    columns: str | None = None


class CalculationInput(Input):
    """An input as an answer shows it; ``citation`` is the id of the citation that quotes it."""

    citation: int | None = None
    source: str | None = None


class Calculation(Displayed, Value):
    """A calculation as an answer shows it; ``id`` is ``"c1"``, ``"c2"``…, the marker used in the text."""

    id: str
    tool: str
    formula: str
    inputs: tuple[CalculationInput, ...]
    results: tuple[Result, ...]
    notes: tuple[str, ...] = ()


class CheckedSentence(Value):
    """A sentence of the draft after verification; ``by`` lists the markers that support it."""

    text: str
    supported: bool
    by: tuple[str, ...] = ()
    reason: str | None = None


class Verification(Value):
    """What verification found; ``dropped`` holds the sentences that were taken out of the text."""

    verdict: Verdict
    sentences: tuple[CheckedSentence, ...] = ()
    dropped: tuple[str, ...] = ()


class Cost(Value):
    """Money, in the currency of the configured price table (``"USD"``)."""

    amount: float
    currency: str


class Usage(Value):
    """What the language model cost; all zero for ``offline``. ``cost`` is None where no price of the model is configured."""

    input_tokens: int = 0
    output_tokens: int = 0
    calls: int = 0
    cost: Cost | None = None


class Answer(Displayed, Value):
    """A verified answer. ``text`` carries ``[1]`` for citations and ``[c1]`` for calculations.

    ``created_at`` is ISO 8601 in UTC; ``library_generation`` names the generation of the library that was asked.
    """

    question: str
    text: str
    status: Status
    missing: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    calculations: tuple[Calculation, ...] = ()
    caveats: tuple[str, ...] = ()
    verification: Verification
    model: str
    usage: Usage = Usage()
    elapsed_ms: int
    conversation: str | None = None
    library_generation: str
    created_at: str
