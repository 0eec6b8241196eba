"""What people thought of answers → cases: a good answer has to be given again, a bad one must not."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from assistant.agent.feedback import Feedback
from assistant.api import Assistant
from assistant.evaluation.cases import Case, Expected
from assistant.evaluation.figures import written_figures
from assistant.resources import folder
from assistant.values import Answer

# How far a calculation may come out apart from the one that was judged, as a part of its value: what other rounding changes.
_TOLERANCE = 1e-6


def cases_from_feedback(assistant: Assistant) -> tuple[Case, ...]:
    """A case for each answer that was judged, in the order of the judgements; of several judgements of one answer the last counts.

    A good answer's status, figures, quotes and results are checked for; of a bad one only that it does not come again word for
    word, and what the person said of it is in ``why``, for whoever writes better checks.
    """
    last = {(given.answer.conversation, given.answer.created_at, given.answer.question): given for given in assistant.feedback()}
    return tuple(_case(given, _turns(given.answer, assistant)) for given in last.values())


def _case(given: Feedback, turns: tuple[str, ...]) -> Case:
    answer = given.answer
    named = hashlib.sha256("\n".join((*turns, answer.created_at)).encode()).hexdigest()[:8]
    asked = Case(
        id=f"feedback-{named}",
        kind=f"feedback_{given.judgement}",
        turns=turns,
        documents=tuple(_documents(answer)),
        why=given.words,
    )
    if given.judgement == "bad":
        return asked.model_copy(update={"must_not": (rf"\A{re.escape(answer.text)}\Z",)})
    checks = {
        "status": (answer.status,),
        "must": tuple((rf"(?<![\w.]){re.escape(figure)}(?!\w)",) for figure in dict.fromkeys(written_figures(answer.text))),
        "quote": tuple(dict.fromkeys(citation.quote for citation in answer.citations)),
        "calc": tuple(_expected(answer)),
    }
    return asked.model_copy(update=checks)


def _turns(answer: Answer, assistant: Assistant) -> tuple[str, ...]:
    """The questions of the conversation up to this one; this one alone where the conversation is not kept."""
    kept = assistant.history(answer.conversation) if answer.conversation is not None else ()
    places = [place for place, other in enumerate(kept) if other == answer]
    return tuple(other.question for other in kept[: places[0] + 1]) if places else (answer.question,)


def _documents(answer: Answer) -> Iterator[str]:
    """The files that the answer quotes; none where these are among the packaged ones."""
    cited = dict.fromkeys(Path(citation.document.path) for citation in answer.citations)
    packaged = {path.name for path in folder("corpus").iterdir()}
    if any(path.name not in packaged for path in cited):
        yield from map(str, cited)


def _expected(answer: Answer) -> Iterable[Expected]:
    for calculation in answer.calculations:
        for result in calculation.results:
            yield Expected(value=result.value, unit=result.unit, tol=max(abs(result.value) * _TOLERANCE, _TOLERANCE))
