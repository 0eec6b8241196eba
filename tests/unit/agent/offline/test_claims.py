"""What a question takes for granted: corrected by the sentence that denies it, and left alone where the text agrees or is silent."""

from __future__ import annotations

import pytest
from made_studies import QX

from assistant.agent.evidence import Evidence, Source
from assistant.agent.offline.answers.claims import contradictions
from assistant.agent.offline.findings import Findings
from assistant.agent.offline.understanding.topic import read
from assistant.values import DocumentRef, Passage

TEXT = (
    "Lakewood, May 3, 2031. Lakewood Biosciences tested its conjugates in more than 40 different mouse models. "
    "“We are pleased,” said Jane Miller, president and CEO of Lakewood. For media: John Rivers. "
    "QX 177 is evaluated in a Phase I trial in sarcoma. The agency granted QX 177 an orphan designation for melanoma. "
    "Ovarian tumours are planned. Patients with haematological diseases may see a higher response rate.\n"
)


@pytest.fixture
def found():
    document = DocumentRef(id="d1", title="Lakewood news", date="2031-05-03", path="news.txt")
    source = Source(passage=Passage(id="p1", document="d1", start=0, end=len(TEXT), text=TEXT), document=document)
    return Findings(Evidence(sources=(source,)), {}, {})


@pytest.mark.parametrize(
    ("question", "denied_by"),
    [
        ("What did CFO Jane Miller say?", "president and CEO"),
        ("Why is John Rivers, the CEO, pleased?", "John Rivers"),
        ("Why were only six mouse models used?", "more than 40 different mouse models"),
        ("What came of the Phase III trial?", "a Phase I trial"),
        ("What did the release of 2029 say?", "May 3, 2031"),
        ("Why was the orphan designation granted for lung cancer?", "for melanoma"),
        ("When did it get its orphan designation for ovarian cancer?", "for melanoma"),
    ],
)
def test_a_premise_that_the_text_denies_is_corrected(found, question, denied_by):
    assert any(denied_by in sentence for sentence in contradictions(read(question, ()), found))


@pytest.mark.parametrize(
    "question",
    [
        "What did CEO Jane Miller say?",
        "What did Jane Miller say?",
        "Why were 40 mouse models used?",
        "How many mouse models were used in six weeks?",
        "What came of the Phase I trial?",
        "What did the release of 2031 say?",
        "When was the orphan designation for melanoma granted?",
        "Were six patients in the trial?",
        "What was the response rate of patients with myeloma?",
    ],
)
def test_what_the_text_says_or_leaves_open_is_not_corrected(found, question):
    assert contradictions(read(question, ()), found) == []


@pytest.mark.parametrize(("question", "corrected"), [("When was QX 177 approved?", True), ("When will QX 177 be approved?", False),
                                                     ("When is approval of QX 177 expected?", False)])  # fmt: skip
def test_what_is_asked_of_the_time_to_come_is_not_taken_for_granted(question, corrected):
    text = "QX 177 is an investigational drug. It was made in Leith.\n"
    document = DocumentRef(id="d1", title="Lakewood news", date="2031-05-03", path="news.txt")
    source = Source(passage=Passage(id="p1", document="d1", start=0, end=len(text), text=text), document=document)
    said = contradictions(read(question, (QX,)), Findings(Evidence(sources=(source,)), {}, {}))
    assert any("investigational" in sentence for sentence in said) is corrected
