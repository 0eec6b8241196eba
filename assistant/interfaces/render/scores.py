"""Scores of an evaluation as aligned plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.evaluation import CaseResult, ExtractionReport, Report
from assistant.interfaces.render.clean import one_line
from assistant.interfaces.render.tables import aligned


def report_text(report: Report, *, with_cases: bool) -> str:
    """Passed and asked by kind; ``with_cases`` also names what failed, and why."""
    rows = [
        (score.kind, str(score.passed), str(score.total), _percent(score.passed, score.total)) for score in (*report.scores, report.total)
    ]
    head = f"{one_line(report.path)} · {report.model}\n"
    cases = "".join(f"{line}\n" for line in _cases(report)) if with_cases else ""
    told = f"figures without evidence: in {len(report.unsupported)} answers\n"
    return head + aligned([("kind", "passed", "asked", ""), *rows]) + told + cases


def extraction_text(report: ExtractionReport, *, with_cases: bool) -> str:
    """Right, wrong and missed values by field; ``with_cases`` also names each difference."""
    rows = [
        (score.field, str(score.right), str(score.wrong), str(score.missed), f"{score.precision:.2f}", f"{score.recall:.2f}")
        for score in report.scores
    ]
    differences = "".join(f"{one_line(difference)}\n" for difference in report.differences) if with_cases else ""
    head = ("field", "right", "wrong", "missed", "precision", "recall")
    return f"{one_line(report.path)}\n" + aligned([head, *rows]) + differences


def _cases(report: Report) -> Iterator[str]:
    for result in report.results:
        if not result.passed:
            yield f"failed {result.id} ({result.kind}) {_question(result)}"
            yield from (f"  {one_line(reason)}" for reason in result.reasons)
        if result.unsupported:
            yield f"without evidence {result.id}: {one_line(', '.join(result.unsupported))}"


def _question(result: CaseResult) -> str:
    return one_line(result.answer.question) if result.answer else ""


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}%" if whole else ""


def failed_cases(results: Sequence[CaseResult]) -> list[dict[str, object]]:
    """What a machine wants to know of the cases that failed."""
    return [{"id": result.id, "kind": result.kind, "reasons": result.reasons, "unsupported": result.unsupported} for result in results]
