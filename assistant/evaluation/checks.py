"""One answer against one case: the reasons why it fails, none when it passes."""

from __future__ import annotations

import re

from assistant.evaluation.cases import Case, Expected
from assistant.values import Answer, Result


def failures(case: Case, answer: Answer) -> tuple[str, ...]:
    """Why ``answer`` fails ``case``, one reason for each check that does not hold."""
    return (*_status(case, answer), *_text(case, answer), *_quotes(case, answer), *_calculations(case, answer))


def _status(case: Case, answer: Answer) -> list[str]:
    if not case.status or answer.status in case.status:
        return []
    return [f"status is {answer.status}, not {' or '.join(case.status)}"]


def _text(case: Case, answer: Answer) -> list[str]:
    lacking = [group for group in case.must if not any(_found(pattern, answer.text) for pattern in group)]
    wrong = [pattern for pattern in case.must_not if _found(pattern, answer.text)]
    return [f"text lacks {' or '.join(group)}" for group in lacking] + [f"text has {pattern}" for pattern in wrong]


def _found(pattern: str, text: str) -> bool:
    return re.search(pattern, text, re.IGNORECASE) is not None


def _quotes(case: Case, answer: Answer) -> list[str]:
    cited = [_dense(text) for citation in answer.citations for text in (citation.quote, citation.passage)]
    return [f"no citation quotes {wanted!r}" for wanted in case.quote if not any(_dense(wanted) in text for text in cited)]


def _dense(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _calculations(case: Case, answer: Answer) -> list[str]:
    results = [result for calculation in answer.calculations for result in calculation.results]
    missed = [wanted for wanted in case.calc if not any(_meets(result, wanted) for result in results)]
    return [f"no calculation gives {' '.join(filter(None, (f'{wanted.value:g}', wanted.unit)))} within {wanted.tol:g}" for wanted in missed]


def _meets(result: Result, wanted: Expected) -> bool:
    return wanted.unit in (None, result.unit) and abs(result.value - wanted.value) <= wanted.tol
