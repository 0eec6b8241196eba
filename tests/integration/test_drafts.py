"""Labelled drafts are judged against the passages and calculations that they name, in their own documents."""

import json
from pathlib import Path

import pytest

from assistant.errors import UsageError
from assistant.evaluation import evaluate_drafts
from assistant.interfaces.render import scores

EVALS = Path(__file__).parents[1] / "evals"
NOTE = (
    "March 3, 2020\n\nAcme reports on QX 177\n\nMice bearing LNCaP prostate cancer xenografts received two doses of QX 177 40 uCi "
    "(day 0 and day 21) and had median survival of 90 days, compared with 60 days for mice receiving a single dose of 40 uCi.\n"
)
TWO = {"text": "Mice given two doses lived a median of 90 days [1].", "faithful": True, "corruption": None}
MEAN = {"text": "That is a mean survival of 90 days [1].", "faithful": False, "corruption": "statistic"}
GAIN = {"text": "The second dose added 30 days [c1].", "faithful": True, "corruption": None}
MORE = {"text": "The second dose added 35 days [c1].", "faithful": False, "corruption": "wrong_calculation"}
BENEFIT = {"name": "survival_benefit", "args": {"study": "QX 177", "treatment": "two doses", "reference": "single dose"}}


def draft(name, *sentences, **fields):
    return {
        "id": name, "kind": "lookup", "documents": ["note.txt"], "question": "How long did they live?",
        "passages": ["median survival of\n90 days"], "draft": " ".join(s["text"] for s in sentences), "sentences": sentences,
    } | fields  # fmt: skip


def written(folder, *drafts):
    (folder / "note.txt").write_text(NOTE, encoding="utf-8")
    (folder / "drafts.jsonl").write_text("\n".join(map(json.dumps, drafts)), encoding="utf-8")
    return folder / "drafts.jsonl"


def test_corrupted_sentences_are_told_from_faithful_ones_by_kind(tmp_path):
    passage_only = draft("passage", TWO, MEAN)
    calculated = draft("calculated", GAIN, MORE, tools=[BENEFIT])
    mislabelled = draft("mislabelled", TWO | {"faithful": False, "corruption": "figure"}, MEAN | {"faithful": True, "corruption": None})
    report = evaluate_drafts(written(tmp_path, passage_only, calculated, mislabelled))
    assert [(entry.kind, entry.refused, entry.kept) for entry in report.confusion] == [
        ("faithful", 1, 2), ("figure", 0, 1), ("statistic", 1, 0), ("wrong_calculation", 1, 0),
    ]  # fmt: skip
    assert (report.precision, report.recall, report.refused_faithful) == (2 / 3, 2 / 3, 1 / 3)
    assert [(sentence.draft, sentence.corruption) for sentence in report.wrong] == [("mislabelled", "figure"), ("mislabelled", None)]
    text = scores.drafts_text(report, with_cases=True)
    assert "kept mislabelled (figure) Mice given two doses" in text
    assert "refused mislabelled (faithful) That is a mean" in text
    assert json.loads(scores.drafts_json(report, with_cases=False))["confusion"][0] == {"kind": "faithful", "refused": 1, "kept": 2}


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        (draft("a", TWO, documents=["gone.txt"]), r"draft 'a' of .* wants the document gone\.txt"),
        (draft("b", TWO, passages=["nowhere to be found"]), "draft 'b' cites the passage 'nowhere to be found'"),
        (draft("c", TWO, tools=[{"name": "guess", "args": {}}]), "draft 'c' calls 'guess'; the tools are search_passages"),
        (draft("d", GAIN, tools=[BENEFIT | {"args": BENEFIT["args"] | {"study": "ZZ 9"}}]), "draft 'd' calls survival_benefit, which says"),
        (draft("e", TWO, draft="Nothing of the kind."), "draft 'e' does not hold its sentence"),
        (draft("f", TWO | {"corruption": "figure"}), "line 1 is no case: sentences.0"),
    ],
)
def test_a_draft_that_cannot_be_run_is_named(tmp_path, broken, message):
    with pytest.raises(UsageError, match=message):
        evaluate_drafts(written(tmp_path, broken))


def test_the_fitted_drafts_are_judged_rightly():
    report = evaluate_drafts(EVALS / "drafts_fitted.jsonl")
    assert report.recall >= 0.97
    assert report.refused_faithful <= 0.03
