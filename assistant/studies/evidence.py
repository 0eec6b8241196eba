"""The evidence table: one row for each arm of each study, every cell with the words of the document that it was read from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from assistant.studies.facts import Arm, Study
from assistant.values import Span, Value

Scalar = str | int | float | bool | None

# What a row says of its study, then of its arm; in this order in every form of the table.
STUDY_CELLS = ("compound", "nuclide", "model", "disease", "species")
ARM_CELLS = ("arm", "control", "activity", "doses", "days", "n", "survival")


class Cell(Value):
    """A value in parts, such as ``value``, ``unit`` and ``statistic``; all None where the text does not say.

    ``quote`` is the document's text at ``span``; both are None for what follows from other cells.
    """

    parts: dict[str, Scalar]
    span: Span | None = None
    quote: str | None = None


class Row(Value):
    """One arm: ``document`` is an id, ``study`` what people call the study, ``cells`` has every name of both tuples."""

    document: str
    study: str
    cells: dict[str, Cell]


class Studies(Value):
    """Studies, and as ``evidence`` a row for each of their arms, every cell with the words that it was read from."""

    studies: tuple[Study, ...]
    evidence: tuple[Row, ...]


def evidence(studies: Sequence[Study], text: Callable[[str], str]) -> tuple[Row, ...]:
    """All rows in the order of ``studies``; ``text`` gives the canonical text of a document."""
    return tuple(row for study in studies for row in _rows(study, text(study.document)))


def _rows(study: Study, text: str) -> Iterator[Row]:
    about = {name: _cell(_study_parts(study, name), study.spans.get(name), text) for name in STUDY_CELLS}
    for arm in study.arms:
        of_arm = {name: _cell(_arm_parts(arm, name), _arm_span(arm, name), text) for name in ARM_CELLS}
        yield Row(document=study.document, study=study.name, cells=about | of_arm)


def _cell(parts: Mapping[str, Scalar], span: Span | None, text: str) -> Cell:
    return Cell(parts=dict(parts), span=span, quote=None if span is None else text[span.start : span.end])


def _study_parts(study: Study, name: str) -> dict[str, Scalar]:
    if name != "nuclide":
        return {"value": getattr(study, name)}
    return {"value": study.nuclide.name if study.nuclide else None, "stated": study.nuclide.stated if study.nuclide else None}


def _arm_parts(arm: Arm, name: str) -> dict[str, Scalar]:
    match name:
        case "arm":
            return {"value": arm.label}
        case "days":
            return {"value": ", ".join(map(str, arm.days)) or None}
        case "activity":
            given = arm.activity
            parts = ("value", "unit", "approximate", "per")
            return {part: getattr(given, part) if given else None for part in parts}
        case "survival":
            return {part: getattr(arm.survival, part) if arm.survival else None for part in ("value", "unit", "statistic")}
        case _:
            return {"value": getattr(arm, name)}


def _arm_span(arm: Arm, name: str) -> Span | None:
    if name == "survival":
        return arm.survival.span if arm.survival else None
    return arm.spans.get("label" if name == "arm" else name)
