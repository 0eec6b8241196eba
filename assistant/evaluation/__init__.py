"""Cases → scores, through the Assistant: questions with checks, extraction against stated studies, drafts with labelled sentences."""

from assistant.evaluation.cases import Case, read_cases
from assistant.evaluation.drafts import DraftReport, JudgedSentence, evaluate_drafts
from assistant.evaluation.engine import CaseResult, Report, Score, evaluate
from assistant.evaluation.extraction import ExtractionReport, FieldScore, evaluate_extraction
from assistant.evaluation.feedback import cases_from_feedback
from assistant.evaluation.figures import unsupported_figures

__all__ = [
    "Case",
    "CaseResult",
    "DraftReport",
    "ExtractionReport",
    "FieldScore",
    "JudgedSentence",
    "Report",
    "Score",
    "cases_from_feedback",
    "evaluate",
    "evaluate_drafts",
    "evaluate_extraction",
    "read_cases",
    "unsupported_figures",
]
