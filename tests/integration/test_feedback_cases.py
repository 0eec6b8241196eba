"""Feedback becomes cases: what was good is asked for again, what was bad must not come again."""

from __future__ import annotations

from pathlib import Path

import pytest
from command import run
from homes import copied

from assistant.api import Assistant
from assistant.evaluation import cases_from_feedback, read_cases
from assistant.evaluation.checks import failures

NOTE = (
    "March 3, 2020\n\nAcme reports on QX 177\n\nMice bearing LNCaP prostate cancer xenografts received two doses of QX 177 40 uCi "
    "(day 0 and day 21) and had median survival of 90 days, compared with 60 days for mice receiving a single dose of 40 uCi.\n"
)


@pytest.fixture
def judged(home: Path, tmp_path: Path) -> Path:
    """A home of its own in which three answers were judged."""
    own = copied(home, tmp_path / "home")
    (tmp_path / "note.txt").write_text(NOTE, encoding="utf-8")
    with Assistant.open(own) as assistant:
        assistant.add(tmp_path / "note.txt")
        assistant.ask("How long did mice live with two doses of QX 177?", "talk")
        follow_up = assistant.ask("How many days longer is that than with one dose?", "talk")
        assistant.give_feedback(follow_up, "bad")
        assistant.give_feedback(follow_up, "good", "that is it")
        assistant.give_feedback(assistant.ask("What was the p-value of the Capan-1 study?"), "good")
        assistant.give_feedback(assistant.ask("Which isotope does CLR 131 carry?"), "bad", "say where it says so")
    return own


def test_the_cases_can_be_read_and_hold_for_the_answers_they_come_from(judged: Path, tmp_path: Path) -> None:
    done = run("eval", "--from-feedback", home=judged)
    assert (done.returncode, done.stderr) == (0, "")
    file = tmp_path / "feedback.jsonl"
    file.write_text(done.stdout, encoding="utf-8")
    cases = read_cases(file)
    assert [case.kind for case in cases] == ["feedback_good", "feedback_good", "feedback_bad"]
    gained, unsaid, bad = cases
    assert gained.turns == ("How long did mice live with two doses of QX 177?", "How many days longer is that than with one dose?")
    assert gained.documents == (str(tmp_path / "note.txt"),)
    assert {(entry.value, entry.unit) for entry in gained.calc} >= {(30.0, "day")}
    assert (unsaid.status, unsaid.documents) == (("not_in_sources",), ())
    assert bad.why == "say where it says so"
    with Assistant.open(judged) as assistant:
        assert cases == cases_from_feedback(assistant)
        answers = {given.answer.question: given.answer for given in assistant.feedback()}
        assert [failures(case, answers[case.turns[-1]]) == () for case in cases] == [True, True, False]
        other = answers[gained.turns[-1]].model_copy(update={"text": "31 days longer.", "calculations": ()})
        assert len(failures(gained, other)) >= 2


def test_without_feedback_it_says_so(home: Path, tmp_path: Path) -> None:
    own = copied(home, tmp_path / "home")
    done = run("eval", "--from-feedback", home=own)
    assert (done.returncode, done.stdout) == (0, "")
    assert "/feedback good" in done.stderr


@pytest.mark.parametrize("arguments", [(), ("--from-feedback", "file.jsonl")])
def test_files_or_feedback_but_not_both(arguments: tuple[str, ...], home: Path) -> None:
    assert run("eval", *arguments, home=home).returncode == 2
