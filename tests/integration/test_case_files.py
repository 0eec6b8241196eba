"""Cases are asked of a library that holds what they name and nothing else, and follow-ups share a conversation."""

import json
from pathlib import Path

import pytest

from assistant.errors import UsageError
from assistant.evaluation import evaluate, evaluate_extraction

EVALS = Path(__file__).parents[1] / "evals"

NOTE = (
    "March 3, 2020\n\nAcme reports on QX 177\n\nMice bearing LNCaP prostate cancer xenografts received two doses of QX 177 40 uCi "
    "(day 0 and day 21) and had median survival of 90 days, compared with 60 days for mice receiving a single dose of 40 uCi.\n"
)
CASES = (
    {"id": "note", "kind": "lookup", "documents": ["note.txt"], "question": "What was the survival of mice given two doses?",
     "status": "answered", "must": [["\\b90\\b"]], "must_not": ["135"], "quote": ["median survival of 90 days"]},
    {"id": "packaged", "kind": "lookup", "question": "What is QX 177?", "status": ["not_in_sources", "clarify"], "must_not": ["LNCaP"]},
    {"id": "turns", "kind": "followup", "documents": ["note.txt"],
     "turns": ["How long did mice live with two doses of QX 177?", "How many days longer is that than with one dose?"],
     "calc": [{"value": 30, "unit": "day", "tol": 0.01}]},
    {"id": "wrong", "kind": "lookup", "documents": ["note.txt"], "question": "What was the survival with a single dose of QX 177?",
     "must": [["\\b61\\b"]]},
)  # fmt: skip


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cases")
    (folder / "note.txt").write_text(NOTE, encoding="utf-8")
    (folder / "cases.jsonl").write_text("\n".join(map(json.dumps, CASES)), encoding="utf-8")
    return evaluate(folder / "cases.jsonl")


def test_results_keep_the_order_of_the_file_and_scores_count_them(report):
    assert [result.id for result in report.results] == ["note", "packaged", "turns", "wrong"]
    assert report.model == "offline"
    assert [(score.kind, score.total) for score in report.scores] == [("followup", 1), ("lookup", 3)]


def test_right_answers_pass_and_the_wrong_expectation_fails(report):
    assert {result.id: result.reasons for result in report.results} == {
        "note": (), "packaged": (), "turns": (), "wrong": ("text lacks \\b61\\b",),
    }  # fmt: skip
    assert report.unsupported == ()


def test_each_case_sees_only_its_documents(report):
    cited = {result.id: {citation.document.path for citation in result.answer.citations} for result in report.results}
    assert all(path.endswith("note.txt") for path in cited["note"] | cited["turns"])
    assert not any(path.endswith("note.txt") for path in cited["packaged"])


def test_a_missing_document_is_named_before_anything_is_asked(tmp_path):
    (tmp_path / "cases.jsonl").write_text(
        json.dumps({"id": "a", "kind": "lookup", "question": "q", "documents": ["gone.md"]}), encoding="utf-8"
    )
    with pytest.raises(UsageError, match=r"case 'a' of .* wants the document gone\.md"):
        evaluate(tmp_path / "cases.jsonl")


def test_extraction_is_compared_with_what_documents_state(tmp_path):
    (tmp_path / "note.txt").write_text(NOTE, encoding="utf-8")
    arms = [{"label": label, "control": False, "doses": doses, "survival": {"value": value, "unit": "day", "statistic": "median"}}
            for label, doses, value in (("two", 2, 90), ("one", 1, 60))]  # fmt: skip
    stated = {"note.txt": {"studies": [{"compound": "QX 177", "model": "LNCaP", "arms": arms}]}}
    (tmp_path / "studies.json").write_text(json.dumps(stated), encoding="utf-8")
    scores = {score.field: score for score in evaluate_extraction(tmp_path / "studies.json").scores}
    for field, right in (("study", 1), ("compound", 1), ("model", 1), ("arm", 2), ("survival", 2), ("doses", 2)):
        assert (scores[field].right, scores[field].wrong, scores[field].missed) == (right, 0, 0)


def test_the_fitted_questions_about_the_release_are_answered():
    report = evaluate(EVALS / "release_fitted.jsonl")
    failed = {result.id: result.reasons for result in report.failed}
    assert report.total.passed >= 0.9 * report.total.total, failed
    assert {result.id: result.unsupported for result in report.unsupported} == {}
    assert all(result.answer for result in report.results), failed


# Every so manyth case of a file, so that all kinds take part and the test stays short.
SAMPLED = {"release_second.jsonl": 8, "documents_fitted.jsonl": 5}


def test_no_figure_of_any_answer_lacks_a_quote_or_a_calculation(tmp_path):
    lines = []
    for name, step in SAMPLED.items():
        for line in (EVALS / name).read_text(encoding="utf-8").splitlines()[::step]:
            case = json.loads(line)
            case["documents"] = [str(EVALS / document) for document in case.get("documents", [])]
            lines.append(json.dumps(case | {"id": f"{name} {case['id']}"}))
    (tmp_path / "sampled.jsonl").write_text("\n".join(lines), encoding="utf-8")
    report = evaluate(tmp_path / "sampled.jsonl")
    assert len(report.results) == len(lines) > 30
    assert [result.id for result in report.results if result.answer is None] == []
    assert {result.id: result.unsupported for result in report.unsupported} == {}
