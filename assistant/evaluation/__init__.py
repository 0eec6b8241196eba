"""Cases → scores, through the Assistant: questions with checks, extraction against stated studies, the promise about figures."""

from assistant.evaluation.cases import Case, read_cases
from assistant.evaluation.engine import CaseResult, Report, Score, evaluate
from assistant.evaluation.extraction import ExtractionReport, FieldScore, evaluate_extraction
from assistant.evaluation.figures import unsupported_figures

__all__ = [
    "Case",
    "CaseResult",
    "ExtractionReport",
    "FieldScore",
    "Report",
    "Score",
    "evaluate",
    "evaluate_extraction",
    "read_cases",
    "unsupported_figures",
]
