"""Rechecking a saved answer: what `ask` returned holds, and every kind of tampering is found."""

from __future__ import annotations

import pytest
from homes import copied

from assistant.api import Assistant
from assistant.values import Answer, Result

QUESTIONS = {
    "survival_benefit": "How much longer did mice live with two doses of CLR 131 than with one?",
    "dose_summary": "What was the total activity of CLR 131 that mice got in two doses?",
    "decay": "How much of 50 uCi of I-131 is left after 42 days?",
    "half_life": "What is the half-life of I-131?",
    "convert_activity": "What is 50 uCi in MBq?",
    "calculate": "What is 135.6 / 64.6?",
}
DATES = "How many weeks lie between 4 June 2031 and 13 August 2031?"


@pytest.fixture(scope="module")
def answers(release):
    return {tool: release.ask(question) for tool, question in QUESTIONS.items()}


def changed(answer: Answer, place: str, index: int, **fields) -> Answer:
    """``answer`` with fields of one citation or calculation replaced, read back as from a file."""
    entries = list(getattr(answer, place))
    entries[index] = entries[index].model_copy(update=fields)
    return Answer.model_validate_json(answer.model_copy(update={place: tuple(entries)}).model_dump_json())


def with_result(answer: Answer, value: float, index: int = 0) -> Answer:
    results = list(answer.calculations[0].results)
    results[index] = results[index].model_copy(update={"value": value})
    return changed(answer, "calculations", 0, results=tuple(results))


@pytest.mark.parametrize("tool", QUESTIONS)
def test_what_ask_returned_holds(release, answers, tool):
    answer = answers[tool]
    assert tool in {calculation.tool for calculation in answer.calculations}
    assert release.verify(Answer.model_validate_json(answer.model_dump_json())).problems == ()


@pytest.mark.parametrize("tool", QUESTIONS)
def test_wrong_arithmetic_is_found_and_named(release, answers, tool):
    answer = answers[tool]
    right = answer.calculations[0].results[0].value
    found = release.verify(with_result(answer, right * 1.01 + 0.1))
    assert not found.holds
    # The text, which states the right result, is at odds with the wrong one too; the calculation is named first.
    assert found.problems[0].startswith("[c1] says ")


def test_a_time_between_dates_is_computed_again(release):
    answer = release.ask(DATES)
    assert (answer.calculations[0].results[0].value, answer.calculations[0].results[0].unit) == (10, "week")
    assert release.verify(answer).problems == ()
    assert release.verify(with_result(answer, 11)).problems[0].startswith("[c1] says ")
    inputs = list(answer.calculations[0].inputs)
    inputs[0] = inputs[0].model_copy(update={"value": inputs[0].value - 7})
    problems = release.verify(changed(answer, "calculations", 0, inputs=tuple(inputs))).problems
    assert any("takes 2031-08-13 = 2031-08-06 from the question, which does not say so" in problem for problem in problems)


def test_every_result_of_a_benefit_is_computed_again(release, answers):
    answer = answers["survival_benefit"]
    checked = [index for index, entry in enumerate(answer.calculations[0].results) if entry.name in ("gain", "ratio", "increase")]
    assert len(checked) == 3
    for index in checked:
        assert not release.verify(with_result(answer, 1.5, index)).holds


def test_a_changed_quote_is_found(release, answers):
    answer = answers["survival_benefit"]
    quote = answer.citations[0].quote
    for other in (quote.replace("135.6", "153.6"), quote + " ", quote[1:]):
        found = release.verify(changed(answer, "citations", 0, quote=other))
        assert found.problems[0].startswith("[1] is not what stands at characters")


def test_a_moved_quote_is_found(release, answers):
    answer = answers["survival_benefit"]
    first = answer.citations[0]
    assert not release.verify(changed(answer, "citations", 0, start=first.start + 1, end=first.end + 1)).holds
    assert not release.verify(changed(answer, "citations", 0, start=10**9, end=10**9 + len(first.quote))).holds


def test_a_document_that_is_not_there_is_named(release, answers):
    answer = answers["survival_benefit"]
    other = answer.citations[0].document.model_copy(update={"id": "0" * 16})
    (problem, *_) = release.verify(changed(answer, "citations", 0, document=other)).problems
    assert other.title in problem
    assert "not in the library" in problem


@pytest.mark.parametrize(("field", "value"), [("title", "Another title"), ("date", "1999-01-01"), ("date", None)])
def test_a_changed_title_or_date_is_found(release, answers, field, value):
    answer = answers["survival_benefit"]
    other = answer.citations[0].document.model_copy(update={field: value})
    (problem, *_) = release.verify(changed(answer, "citations", 0, document=other)).problems
    assert field in problem


def test_an_input_that_its_quote_does_not_have_is_found(release, answers):
    answer = answers["survival_benefit"]
    inputs = list(answer.calculations[0].inputs)
    inputs[0] = inputs[0].model_copy(update={"value": 136.6})
    found = release.verify(changed(answer, "calculations", 0, inputs=tuple(inputs)))
    assert any(f"takes {inputs[0].name} = 136.6 day" in problem for problem in found.problems)


def test_an_input_from_a_citation_that_the_answer_lacks_is_found(release, answers):
    answer = answers["survival_benefit"]
    inputs = tuple(entry.model_copy(update={"citation": 77}) for entry in answer.calculations[0].inputs)
    found = release.verify(changed(answer, "calculations", 0, inputs=inputs))
    assert any("[77]" in problem for problem in found.problems)


@pytest.mark.parametrize("source", [None, "my notes", "the question", "c1", "a constant of the formula", "an earlier question: “100 days”"])
@pytest.mark.parametrize("cited", [True, False])
def test_inputs_from_nowhere_are_found(release, answers, source, cited):
    answer = answers["survival_benefit"]
    inputs = [entry.model_copy(update={"citation": None, "source": source}) for entry in answer.calculations[0].inputs]
    inputs[0] = inputs[0].model_copy(update={"value": 200.0})
    again = {"gain": 200 - 64.6, "ratio": 200 / 64.6, "increase": 100 * (200 / 64.6 - 1)}
    results = tuple(entry.model_copy(update={"value": again[entry.name]}) for entry in answer.calculations[0].results)
    forged = changed(answer, "calculations", 0, inputs=tuple(inputs), results=results)
    text = "Two doses of CLR 131 in Capan-1 gave 200 days against 64.6 days: a gain of 135.4 days [c1]."
    forged = forged.model_copy(update={"text": text, "citations": answer.citations if cited else ()})
    assert any(problem.startswith(f"[c1] takes {inputs[0].name} = 200 day") for problem in release.verify(forged).problems)


def test_a_result_that_the_inputs_do_not_give_is_found(release, answers):
    answer = answers["survival_benefit"]
    forged = Result(name="hazard ratio", value=0.1, unit="ratio")
    found = release.verify(changed(answer, "calculations", 0, results=(*answer.calculations[0].results, forged)))
    assert found.problems == ("[c1] says hazard ratio = 0.1 ratio, which its inputs do not give",)


def test_an_input_of_an_earlier_question_says_which(release):
    release.ask("What is 999 uCi in mCi?", "earlier")
    answer = release.ask("and in MBq?", "earlier")
    assert answer.calculations[0].inputs[0].source == "an earlier question: “What is 999 uCi in mCi?”"
    assert release.verify(Answer.model_validate_json(answer.model_dump_json())).problems == ()


def test_a_gain_for_each_activity_is_computed_again(release):
    answer = release.ask("How many days were gained per uCi by the second dose of CLR 131?")
    names = [entry.name for entry in answer.calculations[0].results]
    assert release.verify(answer).problems == ()
    assert not release.verify(with_result(answer, 49.0, names.index("added activity"))).holds


@pytest.mark.parametrize("tool", QUESTIONS)
def test_inputs_that_are_left_out_are_found(release, answers, tool):
    inputs = answers[tool].calculations[0].inputs
    for kept in range(len(inputs)):
        found = release.verify(changed(answers[tool], "calculations", 0, inputs=inputs[:kept]))
        assert found.problems[0].startswith("[c1] "), (tool, kept)


def test_what_is_missing_may_name_the_studies_of_the_library(release):
    answer = release.ask("n per group?")
    assert answer.status == "not_in_sources"
    assert release.verify(answer).problems == ()


def test_an_expression_is_one_of_its_inputs(release):
    answer = release.ask("What is 161 - 135.6?")
    assert release.verify(answer).holds
    forged = changed(answer, "calculations", 0, formula="result = 900 − 135.6", results=(Result(name="result", value=764.4, unit=""),))
    assert not release.verify(forged.model_copy(update={"text": "That is 764.4 [c1]."})).holds


def test_no_number_is_a_constant_but_those_that_formulas_bring_along(release):
    answer = release.ask("What is 50 / 122?")
    inputs = tuple(e.model_copy(update={"source": "a constant of the formula"}) for e in answer.calculations[0].inputs)
    problems = release.verify(changed(answer, "calculations", 0, inputs=inputs)).problems
    assert "[c1] takes 50 = 50 from a constant of the formula, which does not say so" in problems


@pytest.mark.parametrize("fields", [{"tool": "guess"}, {"inputs": ()}])
def test_what_cannot_be_computed_again_is_a_problem_and_no_error(release, answers, fields):
    found = release.verify(changed(answers["decay"], "calculations", 0, **fields))
    assert any("[c1]" in problem for problem in found.problems)


def test_an_expression_with_another_text_is_found(release, answers):
    found = release.verify(changed(answers["calculate"], "calculations", 0, formula="result = 135.6 / 60"))
    assert not found.holds


def test_a_half_life_that_no_data_has_is_found(release, answers):
    answer = answers["decay"]
    inputs = tuple(e.model_copy(update={"value": 4.0}) if e.name.startswith("half-life") else e for e in answer.calculations[0].inputs)
    passed = 42 / 4.0
    again = {"remaining activity": 50 * 0.5**passed, "remaining": 100 * 0.5**passed, "half-lives elapsed": passed, "half-life": 4.0}
    results = tuple(entry.model_copy(update={"value": again.get(entry.name, entry.value)}) for entry in answer.calculations[0].results)
    assert not release.verify(changed(answer, "calculations", 0, inputs=inputs, results=results)).holds


def test_a_figure_in_the_text_that_nothing_supports_is_found(release, answers):
    answer = answers["survival_benefit"]
    assert "71" in answer.text
    assert not release.verify(answer.model_copy(update={"text": answer.text.replace("71", "97")})).holds


def test_an_answer_from_a_version_of_before_is_checked_against_it_and_told_to_have_changed(home, tmp_path):
    note = tmp_path / "note.md"
    table = (
        "# Survival of rats given XR-417\n\nRats with AB-1 tumours received XR-417 or its vehicle.\n\n"
        "| Arm | Activity (MBq) | Median survival (days) |\n|---|---|---|\n"
        "| Vehicle | - | 30 |\n| XR-417, one dose | 10 | 41 |\n| XR-417, two doses | 10 | 57 |\n"
    )
    note.write_text(table, encoding="utf-8")
    with Assistant.open(copied(home, tmp_path / "home")) as own:
        own.add(note)
        answer = own.ask("What was the median survival with two doses of XR-417?")
        assert "57 days" in answer.text
        for days in ("59", "61"):
            note.write_text(table.replace("57", days), encoding="utf-8")
            (newest,) = own.add(note).updated
        found = own.verify(answer)
        assert found.problems == ()
        assert len(found.changes) == 1
        assert newest.id in found.changes[0]
        assert not own.verify(answer.model_copy(update={"text": answer.text.replace("57", "59")})).holds
        quote = answer.citations[0].quote
        assert not own.verify(changed(answer, "citations", 0, quote=quote.replace("57", "59"))).holds
        own.remove(newest.id)
        assert "not in the library" in own.verify(answer).problems[0]
