"""The evidence table for other programs: CSV for spreadsheets, and studies as JSON with the quote beside every span."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence

from assistant.interfaces.render.clean import one_line
from assistant.studies.evidence import ARM_CELLS, STUDY_CELLS, Row, Scalar
from assistant.studies.facts import Study
from assistant.values import Document

# A cell that begins so is a formula to a spreadsheet, and documents are not to be obeyed.
_FORMULA = ("=", "+", "-", "@")
_ABOUT = ("document", "title", "date", "source", "study")
_PARTS = {
    "nuclide": ("value", "stated"),
    "activity": ("value", "unit", "approximate", "per"),
    "survival": ("value", "unit", "statistic"),
}
_SPAN = {"document", "start", "end"}


def evidence_csv(rows: Sequence[Row], documents: Sequence[Document]) -> str:
    """CSV with a header. Each cell of the table has its value, for some also unit and the like, its quote, and its characters.

    ``…_at`` is what ``library show DOCUMENT --at`` takes. What the text does not say is empty.
    """
    known = {document.id: document for document in documents}
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow([*_ABOUT, *(column for name in (*STUDY_CELLS, *ARM_CELLS) for column in _columns(name))])
    table.writerows([*_about(row, known[row.document]), *_values(row)] for row in rows)
    return out.getvalue()


def studies_json(studies: Sequence[Study], text: Callable[[str], str]) -> str:
    """The studies as JSON, each span with its ``quote``."""
    return json.dumps([_quoted(study.model_dump(mode="json"), text) for study in studies], ensure_ascii=False, indent=2)


def _quoted(value: object, text: Callable[[str], str]) -> object:
    if isinstance(value, dict):
        if value.keys() == _SPAN:
            return value | {"quote": text(value["document"])[value["start"] : value["end"]]}
        return {key: _quoted(item, text) for key, item in value.items()}
    return [_quoted(item, text) for item in value] if isinstance(value, list) else value


def _columns(name: str) -> Iterator[str]:
    for part in _PARTS.get(name, ("value",)):
        yield name if part == "value" else f"{name}_{part}"
    yield from (f"{name}_quote", f"{name}_at")


def _about(row: Row, document: Document) -> list[str]:
    return [_safe(value) for value in (row.document, document.title, document.date, document.url or document.path, row.study)]


def _values(row: Row) -> Iterator[str]:
    for name in (*STUDY_CELLS, *ARM_CELLS):
        cell = row.cells[name]
        yield from (_safe(cell.parts.get(part)) for part in _PARTS.get(name, ("value",)))
        yield _safe(cell.quote)
        yield f"{cell.span.start}-{cell.span.end}" if cell.span else ""


def _safe(value: Scalar) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value:.15g}"
    text = one_line(value)
    return "'" + text if text.startswith(_FORMULA) else text
