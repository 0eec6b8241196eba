"""Which documents a question is about, and what a whole document is about."""

from __future__ import annotations

import pytest

from assistant.agent.evidence import Source
from assistant.agent.offline.narrowing import names_study
from assistant.agent.offline.sentences.scope import about, proper_names, scope
from assistant.agent.offline.understanding.topic import read
from assistant.values import DocumentRef, Passage

TEXTS = {
    "d1": "Lakewood Bio tested QX-7 in mice. QX-7 carries Lu-177. A phone call to Lakewood costs nothing. Write to info@lakewood.example.",
    "d2": "NORDHAVN PHARMA, INC.\n\nQX-9 and ZY-4 were compared. ZY-4 carries astatine-211. ZY-4 was safe.",
}


def sources() -> list[Source]:
    return [
        Source(
            passage=Passage(id=f"p-{name}", document=name, start=0, end=len(text), text=text),
            document=DocumentRef(id=name, title=f"Report {name}", date=None, path=f"{name}.txt"),
        )
        for name, text in TEXTS.items()
    ]


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        ("what is lakewood's phone number", {"d1"}),
        ("phone number of nordhavn", {"d2"}),
        ("is QX-7 safe", {"d1"}),
        ("who makes the astatine drug", {"d2"}),
        ("compare QX-7 and QX-9", {"d1", "d2"}),
        ("was anything safe", {"d1", "d2"}),
        ("what is ACME's phone number", {"d1", "d2"}),
    ],
)
def test_names_limit_a_question_to_the_documents_that_have_them(question, documents):
    assert scope(read(question, ()), sources()) == documents


def test_a_document_is_about_the_code_that_it_has_most():
    assert "zy4" in about("how safe is ZY-4", "how safe is ZY-4", sources())["d2"]
    assert "zy4" not in about("how safe is ZY-4", "how safe is ZY-4", sources())["d1"]


def test_a_later_trial_of_the_name_is_not_what_a_document_is_about():
    text = "The QUEST trial had two arms. QUEST met its endpoint. QUEST-2 is planned. [67Cu]Cu-QX was given, and Cu-67 decays."
    source = sources()[0].model_copy(update={"passage": Passage(id="p", document="d1", start=0, end=len(text), text=text)})
    assert "quest2" not in about("PFS in QUEST-2", "PFS in QUEST-2", [source])["d1"]
    assert "cu67" in about("PFS with Cu-67", "PFS with Cu-67", [source])["d1"]


def test_a_document_is_about_the_trial_that_it_has_most():
    text = "Final results of WINDHOVER-2. WINDHOVER-2 had two arms. WINDHOVER-3 is planned. The trial met its endpoint."
    source = sources()[0].model_copy(update={"passage": Passage(id="p", document="d1", start=0, end=len(text), text=text)})
    assert "windhover-2" in about("did WINDHOVER-2 succeed", "did WINDHOVER-2 succeed", [source])["d1"]
    assert "windhover-3" not in about("did WINDHOVER-3 succeed", "did WINDHOVER-3 succeed", [source])["d1"]


def test_an_address_in_lower_case_does_not_hide_a_name():
    assert proper_names("does lakewood make mice", TEXTS.values()) == {"lakewood"}


def test_a_number_in_a_title_or_file_name_means_that_document():
    named = [
        source.model_copy(update={"document": source.document.model_copy(update={"path": f"{n}12.txt"})})
        for n, source in zip((3, 4), sources(), strict=True)
    ]
    assert scope(read("417: was it safe", ()), named) == {"d1", "d2"}
    assert scope(read("412: was it safe", ()), named) == {"d2"}


def test_the_name_of_a_trial_is_none_of_a_compound():
    texts = ["The pivotal study YL-301 was open. YQ-7 was given."]
    assert names_study("yl301", texts)
    assert not names_study("yq7", texts)


@pytest.mark.parametrize(
    ("question", "known"), [("cash runway for QXYZ?", True), ("cash runway for qxyz?", True), ("cash runway for QXYA?", False)]
)
def test_a_company_goes_by_its_ticker(question, known):
    text = "GHENT -- Lakewood Bio (Nasdaq: QXYZ; OSE: QXY) reported its results."
    source = Source(
        passage=Passage(id="p", document="d", start=0, end=len(text), text=text),
        document=DocumentRef(id="d", title="Results", date=None, path="d.txt"),
    )
    assert ("QXYZ" in about(question, question, [source])["d"]) is known


@pytest.mark.parametrize(
    ("text", "named"),
    [("The BEACON-4 trial has begun.", True), ("The trial BEACON-4 has begun.", True), ("The trial of BEACON-4 has begun.", False)],
)
def test_a_trial_of_a_compound_is_not_called_by_it(text, named):
    assert names_study("beacon4", [text]) is named
