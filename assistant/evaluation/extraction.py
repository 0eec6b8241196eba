"""Extracted studies against the studies that documents are known to state: precision and recall for each field."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from assistant.errors import UsageError
from assistant.evaluation.engine import Progress, hold_only, packaged, temporary_assistant
from assistant.language.names import name_key
from assistant.studies.facts import Activity, Arm, Nuclide, Statistic, Study
from assistant.studies.quantities import convert
from assistant.studies.vocabulary import read
from assistant.values import Value


class _Stated(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class StatedSurvival(_Stated):
    value: float
    unit: str
    statistic: Statistic | None = None


class StatedArm(_Stated):
    """An arm as a person read it; its ``label`` is for the reader only."""

    label: str = ""
    control: bool = False
    n: int | None = None
    activity: Activity | None = None
    doses: int | None = None
    days: tuple[float, ...] = ()
    survival: StatedSurvival | None = None


class StatedStudy(_Stated):
    """A study as a person read it."""

    compound: str | None = None
    nuclide: Nuclide | None = None
    model: str | None = None
    disease: str | None = None
    species: str | None = None
    arms: tuple[StatedArm, ...] = ()


class _StatedStudies(_Stated):
    studies: tuple[StatedStudy, ...]


class FieldScore(Value):
    """Counts for one field: ``right`` values, ``wrong`` ones (given but not so) and ``missed`` ones (so but not given)."""

    field: str
    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


class ExtractionReport(Value):
    """Scores by field, ``study`` and ``arm`` counting whole ones that have a counterpart; ``differences`` in words, by document."""

    path: str
    scores: tuple[FieldScore, ...]
    differences: tuple[str, ...]


def evaluate_extraction(path: Path | str, progress: Progress | None = None) -> ExtractionReport:
    """Extracts from the documents that ``path`` tells of (``{"file name": {"studies": […]}}``) and compares.

    The documents lie beside it or are packaged ones.
    Raises UsageError for a malformed file or a missing document.
    """
    file = Path(path)
    stated = _read(file)
    documents = {name: _document(file, name) for name in stated}
    tally = Tally()
    with temporary_assistant(progress=progress) as assistant:
        for name, document in documents.items():
            hold_only(assistant, [document])
            tally.compare(name, stated[name].studies, assistant.studies())
    return ExtractionReport(path=str(path), scores=tally.scores(), differences=tuple(tally.differences))


def _document(file: Path, name: str) -> Path:
    known = [file.parent / name, *(document for document in packaged() if document.name == name)]
    if found := next((document for document in known if document.is_file()), None):
        return found
    raise UsageError(f"{file} tells of the document {name}, which is neither beside it nor a packaged one")


def _read(file: Path) -> dict[str, _StatedStudies]:
    try:
        return TypeAdapter(dict[str, _StatedStudies]).validate_python(json.loads(file.read_text(encoding="utf-8")))
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}") from error
    except (ValidationError, ValueError) as error:
        raise UsageError(f"{file} is no table of studies by document: {str(error).splitlines()[0]}") from error


class Tally:
    """Counts agreement field by field over pairs of counterparts; ``differences`` says in words what does not agree."""

    def __init__(self) -> None:
        self.counts: dict[str, Counter[str]] = {name: Counter() for name in ("study", *_STUDY_FIELDS, "arm", *_ARM_FIELDS)}
        self.differences: list[str] = []

    def compare(self, document: str, stated: Sequence[StatedStudy], extracted: Sequence[Study]) -> None:
        """Counts the studies that were ``extracted`` from a document against those that are ``stated`` of it."""
        for true, found in _paired(stated, extracted, _study_likeness):
            name = f"{document}: {(found and found.name) or (true and true.compound) or 'study'}"
            self._count(name, "study", true, found, lambda *_: True)
            for field, same in _STUDY_FIELDS.items():
                self._count(name, field, true and getattr(true, field), found and getattr(found, field), same)
            for one, other in _paired(true.arms if true else (), found.arms if found else (), _arm_likeness):
                label = other.label if other else one.label if one else ""
                self._compare_arms(f"{name}, {label}", one, other)

    def _compare_arms(self, name: str, true: StatedArm | None, found: Arm | None) -> None:
        self._count(name, "arm", true, found, lambda *_: True)
        for field, (value, same) in _ARM_FIELDS.items():
            self._count(name, field, true and value(true), found and value(found), same)

    def _count(self, name: str, field: str, true: object, found: object, same: Callable[..., bool]) -> None:
        """Empty and False count as not given."""
        if true and found and same(true, found):
            self.counts[field]["right"] += 1
            return
        self.counts[field]["wrong"] += bool(found)
        self.counts[field]["missed"] += bool(true)
        if true or found:
            self.differences.append(f"{name}: {field} is {_told(true)}, extracted {_told(found)}")

    def scores(self) -> tuple[FieldScore, ...]:
        """Those of each field, over all that was compared."""
        return tuple(
            FieldScore(field=field, right=counts["right"], wrong=counts["wrong"], missed=counts["missed"])
            for field, counts in self.counts.items()
        )


def _told(value: object) -> str:
    if isinstance(value, StatedStudy | Study | StatedArm | Arm):
        return "there"
    return str(value) if value else "nothing"


One = TypeVar("One")
Other = TypeVar("Other")


def _paired(
    ones: Sequence[One], others: Sequence[Other], likeness: Callable[[One, Other], float]
) -> Iterator[tuple[One | None, Other | None]]:  # fmt: skip
    """Counterparts, the most alike first; what has none stands alone."""
    pairs = [(likeness(one, other), i, j) for i, one in enumerate(ones) for j, other in enumerate(others)]
    ranked = sorted(pairs, key=lambda pair: (-pair[0], pair[1:]))
    left, right = set(range(len(ones))), set(range(len(others)))
    for alike, i, j in ranked:
        if alike > 0 and i in left and j in right:
            left.remove(i)
            right.remove(j)
            yield ones[i], others[j]
    yield from ((ones[i], None) for i in sorted(left))
    yield from ((None, others[j]) for j in sorted(right))


def _study_likeness(true: StatedStudy, found: Study) -> float:
    named = sum(
        weight for weight, field in ((3.0, "compound"), (2.0, "model"), (1.0, "disease"))
        if getattr(true, field) and getattr(found, field) and _STUDY_FIELDS[field](getattr(true, field), getattr(found, field))
    )  # fmt: skip
    arms = [_arm_likeness(one, other) for one, other in _paired(true.arms, found.arms, _arm_likeness) if one and other]
    return named + sum(arms) / 10


def _arm_likeness(true: StatedArm, found: Arm) -> float:
    weights = {"survival": 3.0, "activity": 2.0, "doses": 2.0, "days": 1.0, "n": 0.5, "statistic": 0.25}
    alike = 2.0 if true.control == found.control else -1.0
    for field, weight in weights.items():
        value, same = _ARM_FIELDS[field]
        one, other = value(true), value(found)
        alike += weight if one and other and same(one, other) else -0.5 * weight if one or other else 0.0
    return alike


def _same_name(one: str, other: str) -> bool:
    return name_key(one) == name_key(other)


def _same_words(one: str, other: str) -> bool:
    """Whether one says what the other does, perhaps in more words: "prostate cancer" and "human prostate cancer"."""
    key, wanted = name_key(other), name_key(one)
    return key in wanted or wanted in key


def _same_species(one: str, other: str) -> bool:
    kinds = [{value for term in read(text) for value in term.values("species")} for text in (one, other)]
    return bool(kinds[0] & kinds[1]) or _same_name(one, other)


def _same_amount(one: StatedSurvival, other: StatedSurvival) -> bool:
    return one.unit == other.unit and abs(one.value - other.value) <= 1e-6 * abs(one.value)


def _same_activity(one: Activity, other: Activity) -> bool:
    if one.per != other.per:
        return False
    return abs(convert(other.value, other.unit, one.unit) - one.value) <= 1e-6 * abs(one.value)


def _equal(one: object, other: object) -> bool:
    return one == other


_STUDY_FIELDS: dict[str, Callable[..., bool]] = {
    "compound": _same_name,
    "nuclide": _equal,
    "model": _same_name,
    "disease": _same_words,
    "species": _same_species,
}
_AnyArm = StatedArm | Arm
_ARM_FIELDS: dict[str, tuple[Callable[[_AnyArm], object], Callable[..., bool]]] = {
    "control": (lambda arm: arm.control, _equal),
    "n": (lambda arm: arm.n, _equal),
    "activity": (lambda arm: arm.activity, _same_activity),
    "approximate": (lambda arm: bool(arm.activity and arm.activity.approximate), _equal),
    "doses": (lambda arm: arm.doses, _equal),
    "days": (lambda arm: tuple(sorted(arm.days)), _equal),
    "survival": (lambda arm: arm.survival, _same_amount),
    "statistic": (lambda arm: arm.survival and arm.survival.statistic, _equal),
}
