"""Scores of an evaluation as aligned plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic_core import to_json

from assistant.evaluation import CaseResult, DraftReport, ExtractionReport, Report
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


def drafts_text(report: DraftReport, *, with_cases: bool) -> str:
    """What the verifier refused and kept by kind of corruption; ``with_cases`` also names each sentence that it took wrongly."""
    rows = [
        (entry.kind, str(entry.refused), str(entry.kept), _percent(entry.refused, entry.refused + entry.kept))
        for entry in report.confusion
    ]  # fmt: skip
    told = f"precision {report.precision:.3f}, recall {report.recall:.3f}; faithful sentences refused {report.refused_faithful:.3f}\n"
    wrong = "".join(f"{line}\n" for line in _wrong(report)) if with_cases else ""
    return f"{one_line(report.path)}\n" + aligned([("kind", "refused", "kept", ""), *rows]) + told + wrong


def drafts_json(report: DraftReport, *, with_cases: bool) -> str:
    """The same for a machine."""
    told: dict[str, object] = {
        "path": report.path,
        "confusion": report.confusion,
        "precision": report.precision,
        "recall": report.recall,
        "refused_faithful": report.refused_faithful,
    }
    return to_json(told | ({"wrong": report.wrong} if with_cases else {}), indent=2).decode()


def _wrong(report: DraftReport) -> Iterator[str]:
    for sentence in report.wrong:
        kind = f"kept {sentence.draft} ({sentence.corruption})" if sentence.corruption else f"refused {sentence.draft} (faithful)"
        yield f"{kind} {one_line(sentence.text)}"
        if sentence.reason:
            yield f"  {one_line(sentence.reason)}"


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
