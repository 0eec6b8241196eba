"""Sentences over releases that are put in other words and order, each true one beside a false one that differs in one respect."""

from __future__ import annotations

import pytest
from made_evidence import release_turn, source

from assistant.agent.evidence import Evidence
from assistant.agent.grounding import verify
from assistant.values import DocumentRef

# Of the turn over the packaged release, [1] both studies, [2] the conclusions, [3] CLR 131, [4] PDCs, [5] the company, [6] the head.
_RELEASE = release_turn()

_TEXT = """- Kidney protection: lysine 400 mg/kg before each injection
- Complete remission in 2 of 10 rats after one cycle, 6 of 10 after two
- Protein in the urine was 1.6 times baseline after two cycles, and unchanged after one

LM-4 binds an enzyme on tumour cells. It has not been given to patients. Lumora licensed the chemistry from the University of Turku.
One death was judged unrelated to the drug. LM-9 is a preclinical stage product. Rats got 20 MBq on day 0 and, four weeks later, on day 28.
They lived 81 days, rats that got it once 52 days. Risks include delays, competition from other makers and the price.
"""
_DOCUMENT = DocumentRef(id="note", title="Lumora reports", path="note.txt", date=None)


def _why(said: str, evidence: Evidence) -> list[str]:
    return [sentence.reason for sentence in verify(f"{said}.", evidence, "?").verification.sentences if sentence.reason]


def _note() -> Evidence:
    return Evidence(sources=(source(_TEXT, _DOCUMENT, "Kidney", "the price."),), workings=(), studies=(), documents=())


@pytest.mark.parametrize(
    "said",
    [
        "The two-dose prostate group did so although it began with almost twice the tumor volume of the controls [1]",
        "The gap of four weeks between the two injections of CLR 125 was shorter than in the Capan-1 work [1]",
        "The mice given CLR 125 received roughly ten times as much activity per dose [1]",
        "Those studies indicate that several doses of a radiotherapeutic PDC extended survival compared with one dose [2]",
        "The experiments lend weight to the potential utility of the PDC platform in both solid and hematologic cancers [2]",
        "Alongside its radiotherapeutic, the company is working on PDCs that deliver chemotherapeutic drugs [5]",
        "The company's small molecules have shown highly selective uptake in a wide range of cancers [5]",
        "The head of the company is intrigued by the enhanced survival benefit of an additional dose [2]",
        "He looks forward to exploring multiple doses in patients with relapsed and refractory blood cancers [2]",
        "The two-dose animals did so even though their tumors were nearly twice as large at baseline as those of the control mice [1]",
        "The company takes the Capan-1 model for a sign of the potential utility of CLR 131 in solid tumors [2]",
        "Tumor cell membranes are highly enriched in lipid rafts [4]",
        "The platform delivers the cytotoxic radioisotope, iodine-131, straight to tumor cells [3]",
        "Patients in the Phase II study have relapsed or refractory hematologic malignancies [2]",
        "The Phase II trial is for relapsed or refractory myeloma and certain lymphomas [3]",
    ],
)
def test_what_the_release_says_in_other_words_stays(said: str) -> None:
    assert not _why(said, _RELEASE)


@pytest.mark.parametrize(
    "said",
    [
        "Mice in the control arm carried nearly double the tumor volume of the mice that were to receive two doses [1]",
        "The two-dose mice outlived the untreated ones despite starting with roughly the same disease burden [1]",
        "In the PC3 study mice in the control arm outlived those that got a single dose [1]",
        "In other words, the repeat dose of CLR 131 more than tripled mean survival [1]",
        "The ongoing Phase II trial is exploring multiple doses in patients with solid tumors [2]",
        "The pancreatic model suggests that disease burden may impact the efficacy of a single dose [2]",
        "CLR 131 is the company's lead diagnostic PDC [5]",
        "CLR 125, in turn, is being tested in men with prostate cancer [1]",
        "The first study had three arms, one of which received no treatment [1]",
        "The PC3 model demonstrates the potential utility of CLR 131 in solid tumors [2]",
        "It is certain that additional doses would further enhance these outcomes [1]",
        "The control mice had the larger tumor volume at the start [1]",
        "In the Phase I trial CLR 131 is given as two doses [3]",
        "The Phase I trial includes lymphoma patients [3]",
        "The company has ended the development of PDCs for chemotherapeutics [5]",
        "The data were published in a peer-reviewed journal [6]",
    ],
)
def test_what_the_release_has_otherwise_goes(said: str) -> None:
    assert _why(said, _RELEASE)


@pytest.mark.parametrize(
    "said",
    [
        "Lysine, at 400 mg/kg, was given before every injection to protect the kidneys [1]",
        "Two cycles tripled the complete remissions, from two to six of ten rats [1]",
        "Protein in the urine had risen to 1.6 times its baseline after two cycles [1]",
        "One death was judged not to be related to the drug [1]",
        "The company licensed the chemistry from the University of Turku [1]",
        "The price and competition from other makers are among the risks [1]",
        "The second 20 MBq followed four weeks after the first [1]",
    ],
)
def test_what_a_note_says_in_other_words_stays(said: str) -> None:
    assert not _why(said, _note())


@pytest.mark.parametrize(
    "said",
    [
        "Two cycles doubled the complete remissions, from two to six of ten rats [1]",
        "One death was judged to be related to the drug [1]",
        "The chemistry was licensed to the University of Turku [1]",
        "So far, LM-4 has been given to a small number of patients [1]",
        "LM-9 has reached the clinical stage [1]",
        "Competition from other makers is not among the risks [1]",
        "The rats that got it twice lived four weeks longer than the others [1]",
    ],
)
def test_what_a_note_has_otherwise_goes(said: str) -> None:
    assert _why(said, _note())
