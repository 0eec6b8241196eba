"""``assistant eval``: scores of answers to questions with checks, of extraction, and of the verifier on labelled drafts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.errors import UsageError
from assistant.interfaces.cli.opened import opened
from assistant.interfaces.cli.options import Home, Json, Model
from assistant.interfaces.cli.screen import FAILURE, Progress, complain, progress, write, write_json
from assistant.settings import OFFLINE


def evaluate(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE",
            help="Questions with checks or labelled drafts, one JSON object a line, or a .json table of studies: tests/evals/README.md.",
        ),
    ] = None,
    *,
    json: Json = False,
    scores_only: Annotated[bool, typer.Option("--scores-only", help="Do not name the cases that failed.")] = False,
    grounding: Annotated[bool, typer.Option("--grounding", help="The files hold drafts with labelled sentences for the verifier.")] = False,
    from_feedback: Annotated[
        bool, typer.Option("--from-feedback", help="Print cases made from the feedback that was given, to be scored as a FILE.")
    ] = False,
    model: Model = None,
    home: Home = None,
) -> None:
    """Score answers, or the verifier.

    The files hold questions with checks of their answers or, with --grounding, labelled drafts.

    Each file is asked of a temporary library; yours stays out of it. Prints a score for each kind and what failed; if anything
    did, the exit code is 1. With --from-feedback it scores nothing: a good answer becomes a case that asks for its status,
    figures, quotes and results, a bad one a case that must not get the same answer again.

    Example: assistant eval --from-feedback > feedback.jsonl
    """
    if from_feedback == bool(files):
        raise UsageError("give files to score, or --from-feedback; for example: assistant eval tests/evals/release_practice.jsonl")
    if from_feedback:
        _print_cases(home)
        return
    sound = True
    for file in files or ():
        with progress(f"evaluating {file.name}") as report:
            run = _drafts if grounding else _extraction if file.suffix == ".json" else _questions
            sound &= run(file, report, model, as_json=json, with_cases=not scores_only)
    if not sound:
        raise typer.Exit(FAILURE)


def _print_cases(home: Path | None) -> None:
    with opened(home, OFFLINE) as assistant:
        from assistant import evaluation

        cases = evaluation.cases_from_feedback(assistant)
    if not cases:
        complain("no feedback was given yet; in a chat: /feedback good or /feedback bad, and why")
    for case in cases:
        write_json(case.model_dump_json(exclude_defaults=True))


def _questions(file: Path, report: Progress, model: str | None, *, as_json: bool, with_cases: bool) -> bool:
    from assistant import evaluation
    from assistant.interfaces.render import scores

    outcome = evaluation.evaluate(file, model, report)
    if as_json:
        from pydantic_core import to_json

        told = {"path": outcome.path, "model": outcome.model, "scores": outcome.scores, "total": outcome.total}
        if with_cases:
            told["failed"] = scores.failed_cases(outcome.failed)
        write_json(to_json(told, indent=2).decode())
    else:
        write(scores.report_text(outcome, with_cases=with_cases))
    return not outcome.failed


def _extraction(file: Path, report: Progress, _model: str | None, *, as_json: bool, with_cases: bool) -> bool:
    from assistant import evaluation
    from assistant.interfaces.render import scores

    outcome = evaluation.evaluate_extraction(file, report)
    if as_json:
        write_json(outcome.model_dump_json(indent=2, exclude=set() if with_cases else {"differences"}))
    else:
        write(scores.extraction_text(outcome, with_cases=with_cases))
    return not outcome.differences


def _drafts(file: Path, report: Progress, _model: str | None, *, as_json: bool, with_cases: bool) -> bool:
    from assistant import evaluation
    from assistant.interfaces.render import scores

    outcome = evaluation.evaluate_drafts(file, report)
    if as_json:
        write_json(scores.drafts_json(outcome, with_cases=with_cases))
    else:
        write(scores.drafts_text(outcome, with_cases=with_cases))
    return not outcome.wrong
