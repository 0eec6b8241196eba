"""Documents by their dates, and by what they mention."""

import pytest

from assistant.agent.evidence import Evidence
from assistant.agent.offline.answers import documents
from assistant.agent.offline.findings import Findings, call
from tests.unit.agent.offline.worded import found

OLD = ("Mice and iodine", "2017-04-27", "Mice with pancreatic tumours lived longer.")
UNDATED = ("A copper peptide", "", "Mice had glioblastoma xenografts.")
NEW = ("Third quarter results", "2023-11-09", "Patients with prostate cancer got six infusions.")


def said(question, *texts):
    findings = found(*texts)
    listed = tuple(source.document for source in findings.evidence.sources)
    return documents.say(question, Findings(findings.evidence.model_copy(update={"documents": listed}), {}, {}))


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("Which document is the newest?", ["Third quarter results", "Mice and iodine", "A copper peptide"]),
        ("Which is your oldest document?", ["Mice and iodine", "Third quarter results", "A copper peptide"]),
        ("Which documents do you have?", ["Mice and iodine", "A copper peptide", "Third quarter results"]),
        ("Which documents mention glioblastoma?", ["A copper peptide"]),
        ("What documents are about prostate cancer?", ["Third quarter results"]),
        ("Which documents that you have mention mice?", ["Mice and iodine", "A copper peptide"]),
    ],
)
def test_the_documents_that_are_asked_for_in_their_order(question, titles):
    lines = said(question, OLD, UNDATED, NEW)
    assert [next(title for title, _, _ in (OLD, UNDATED, NEW) if f"“{title}”" in line) for line in lines] == titles


def test_none_is_listed_where_none_mentions_it():
    assert said("Which documents mention lutetium?", OLD, NEW) == ["Not in the sources: anything on lutetium."]


def test_what_they_are_to_mention_is_searched_for():
    nothing = Findings(Evidence(), {}, {})
    assert call("search_passages", query="glioblastoma", k=12) in documents.plan("Which documents mention glioblastoma?", nothing)
    assert documents.plan("Which documents do you have?", nothing) == [call("list_documents")]
