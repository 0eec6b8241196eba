"""Asks the questions of a case file through the Assistant and scores the answers; the user's own library stays out of it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from assistant.api import Assistant
from assistant.errors import AssistantError, UsageError
from assistant.evaluation.cases import Case, read_cases
from assistant.evaluation.checks import failures
from assistant.evaluation.figures import unsupported_figures
from assistant.resources import folder
from assistant.values import Answer, Value

# (what is being done, done, total)
Progress = Callable[[str, int, int], None]


class CaseResult(Value):
    """How one case went: passed when there are no ``reasons``. ``answer`` is None where asking raised an error.

    ``unsupported`` are figures of the answer that stand in no citation, calculation or question; they do not decide ``passed``.
    """

    id: str
    kind: str
    reasons: tuple[str, ...] = ()
    unsupported: tuple[str, ...] = ()
    answer: Answer | None = None

    @property
    def passed(self) -> bool:
        return not self.reasons


class Score(Value):
    """``passed`` of ``total`` cases of one kind."""

    kind: str
    passed: int
    total: int


class Report(Value):
    """The results in the order of the file, and the scores by kind in alphabetical order."""

    path: str
    model: str
    results: tuple[CaseResult, ...]

    @property
    def scores(self) -> tuple[Score, ...]:
        kinds = sorted({result.kind for result in self.results})
        return tuple(_score(kind, [result for result in self.results if result.kind == kind]) for kind in kinds)

    @property
    def total(self) -> Score:
        return _score("total", self.results)

    @property
    def failed(self) -> tuple[CaseResult, ...]:
        return tuple(result for result in self.results if not result.passed)

    @property
    def unsupported(self) -> tuple[CaseResult, ...]:
        """The cases whose answer has a figure without evidence."""
        return tuple(result for result in self.results if result.unsupported)


def evaluate(path: Path | str, model: str | None = None, progress: Progress | None = None) -> Report:
    """Asks every case of ``path`` in a temporary library and checks the last answer of each.

    Raises UsageError for a malformed file or a missing document, and what opening the library or the model raises.
    """
    file = Path(path)
    cases = read_cases(file)
    sets = [tuple(_documents(file, case)) for case in cases]
    results: dict[str, CaseResult] = {}
    with temporary_assistant(model, progress) as assistant:
        for documents in dict.fromkeys(sorted(sets)):  # the packaged documents, the empty set, come first: they are there already
            hold_only(assistant, documents or packaged())
            for case, wanted in zip(cases, sets, strict=True):
                if wanted == documents:
                    if progress:
                        progress("asking", len(results), len(cases))
                    results[case.id] = run_case(assistant, case)
        used = assistant.settings.model
    return Report(path=str(path), model=used, results=tuple(results[case.id] for case in cases))


def run_case(assistant: Assistant, case: Case) -> CaseResult:
    """Asks the turns of a case in a conversation of its own; an error of ours fails the case."""
    conversation = f"case {case.id}" if len(case.turns) > 1 else None
    try:
        answers = [assistant.ask(turn, conversation) for turn in case.turns]
    except AssistantError as error:
        return CaseResult(id=case.id, kind=case.kind, reasons=(f"asking failed: {error}",))
    answer = answers[-1]
    return CaseResult(
        id=case.id,
        kind=case.kind,
        reasons=failures(case, answer),
        unsupported=tuple(unsupported_figures(answer, case.turns)),
        answer=answer,
    )


@contextmanager
def temporary_assistant(model: str | None = None, progress: Progress | None = None) -> Iterator[Assistant]:
    """An Assistant over a library of the packaged documents in a folder that is removed afterwards."""
    with (
        tempfile.TemporaryDirectory(prefix="assistant-eval-") as home,
        Assistant.open(Path(home) / "home", model, progress) as assistant,
    ):
        yield assistant


def hold_only(assistant: Assistant, paths: Iterable[Path]) -> None:
    """Makes the library hold these files and nothing else. Raises UsageError for a file that is refused."""
    report = assistant.add(*paths)
    if report.refused:
        raise UsageError(f"a document of the cases cannot be read: {report.refused[0].reason}")
    wanted = {document.id for document in (*report.added, *report.updated, *report.unchanged)}
    for document in assistant.documents():
        if document.id not in wanted:
            assistant.remove(document.id)


def packaged() -> tuple[Path, ...]:
    """The documents that come with the program."""
    return tuple(sorted(folder("corpus").iterdir()))


def _documents(file: Path, case: Case) -> Iterator[Path]:
    for name in case.documents:
        path = file.parent / name
        if not path.is_file():
            raise UsageError(f"case {case.id!r} of {file} wants the document {name}, which is not there")
        yield path.resolve()


def _score(kind: str, results: Sequence[CaseResult]) -> Score:
    return Score(kind=kind, passed=sum(result.passed for result in results), total=len(results))
