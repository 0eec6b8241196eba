"""What a document says was measured: studies and their arms, every value with the span it was read from."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from assistant.display import Displayed
from assistant.values import Span, Value

Statistic = Literal["mean", "median"]


class Nuclide(Value):
    """A radionuclide such as ``I-131``; ``stated`` is False when it was only inferred from the compound's name."""

    name: str
    stated: bool


class Activity(Value):
    """Administered activity of one administration: ``unit`` is uCi, mCi, kBq, MBq, GBq…, ``per`` e.g. ``kg`` or ``m2``."""

    value: float
    unit: str
    approximate: bool = False
    per: str | None = None

    @property
    def measure(self) -> str:
        """The whole unit, ``uCi`` or ``MBq/kg``: amounts of one measure can be compared as they are."""
        return f"{self.unit}/{self.per}" if self.per else self.unit


class Survival(Value):
    """Survival of an arm; ``unit`` is day, week or month, ``statistic`` is None where the text names none."""

    value: float
    unit: str
    statistic: Statistic | None
    span: Span


class Note(Value):
    """A remark on an arm that bears on comparisons; ``kind`` is e.g. ``burden`` for its disease burden at the start."""

    kind: str
    text: str
    span: Span


class Arm(Value):
    """One arm of a study. What the text does not say is None or empty.

    ``doses`` counts administrations, ``days`` are the study days on which they were given. ``spans`` maps a field's name
    (``label``, ``control``, ``n``, ``activity``, ``doses``, ``days``) to where it was read.
    """

    label: str
    control: bool = False
    n: int | None = None
    activity: Activity | None = None
    doses: int | None = None
    days: tuple[int, ...] = ()
    survival: Survival | None = None
    notes: tuple[Note, ...] = ()
    spans: dict[str, Span] = Field(default_factory=dict)


class Study(Displayed, Value):
    """One experiment of one document. ``spans`` maps ``compound``, ``nuclide``, ``model``, ``disease``, ``species`` likewise,
    and ``p_value`` to the first p-value that is stated for its survival.

    ``model`` is the xenograft or other disease model as written (``HT-29``), ``disease`` what it stands for (``colorectal
    carcinoma``); ``document`` is the document's id.
    """

    document: str
    compound: str | None
    nuclide: Nuclide | None = None
    model: str | None = None
    disease: str | None = None
    species: str | None = None
    arms: tuple[Arm, ...] = ()
    spans: dict[str, Span] = Field(default_factory=dict)

    def __hash__(self) -> int:
        """Of what mostly tells studies apart; equality asks for all of it."""
        return hash((self.document, self.compound, self.model, self.disease))

    @property
    def name(self) -> str:
        """How people call the study: ``ABC 12 in HT-29``."""
        parts = [self.compound or "unnamed compound"]
        if self.model or self.disease:
            parts.append(f"in {self.model or self.disease}")
        return " ".join(parts)
