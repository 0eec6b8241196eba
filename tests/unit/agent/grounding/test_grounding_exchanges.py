"""What stands in another's place, whatever the verb: doers, causes, choices, places; and figures that two others give."""

from __future__ import annotations

import pytest
from made_evidence import source

from assistant.agent.evidence import Evidence
from assistant.agent.grounding import verify
from assistant.agent.grounding.amounts import amounts
from assistant.values import DocumentRef

_TEXT = """The cost of transport was carried by the centre. Owners chose the treatment. Two dogs stopped treatment because of lameness. The
diet was soft. The most common reason for dropping out was that owners moved away.

The valve will be checked against a gauge every month instead of every six months. The gain comes from the emitter and not from the
carrier. At the start the tumours of the twice-dosed dogs were smaller than those of the once-dosed dogs. The linker slows clearance.

Female nude mice received 5 million HX9 cells in the shoulder. Male Lewis rats received 2 million CB14 cells in the flank. Patients are
randomised 2:1 to infusion or observation. The company, a clinical-stage firm, opened its plant on 31 July 2025.

- Birch: train the staff of Gdansk in catheter technique in July
- Ferncastle: sign the contract with Porto

Lindal named Gareth Olum as Chief Technical Officer; he succeeds Helen Strand. Questions go to Jonas Wetherby, Investor Relations.
LX-7 is a preclinical stage candidate for lung cancer. LX-9 is in a Phase I trial. It is possible that more doses could further lengthen
survival. The dogs with one dose had nearly double the disease burden of the others. Platelets had recovered by day 45.

Fatigue occurred in 47.4% of the dogs and a dry mouth in 31.6%. Uptake was 14.2% of the injected dose per gram in the tumour, compared
with 5.0% in kidney. Capacity is now 2,400 vials, up from 1,200 with one line. Creatinine rose from 82 µmol/L to 287 µmol/L. There were
four serious events; two were judged related. The group with three doses had two dogs alive at day 90, and no dog in any other group lived
beyond day 71. Supply is secured through 2026 under an agreement. Lindal now expects to file in the first half of 2026.
"""
_DOCUMENT = DocumentRef(id="note", title="Notes of the quarter", path="note.txt", date=None)


def _dropped(said: str) -> tuple[str, ...]:
    evidence = Evidence(sources=(source(_TEXT, _DOCUMENT, "The cost", "half of 2026."),), workings=(), studies=(), documents=())
    return verify(f"{said} [1].", evidence, "?").verification.dropped


@pytest.mark.parametrize(
    "said",
    [
        "The centre bore the cost of transport",
        "Two dogs came off treatment because they were lame",
        "The valve is to be checked every month rather than every six months",
        "The emitter, not the carrier, brings the gain",
        "The once-dosed dogs had larger tumours at the start than the twice-dosed dogs",
        "HX9 cells were injected into the mice and CB14 cells into the rats",
        "In July, Birch trains the Gdansk staff in catheter technique",
        "Olum was appointed Chief Technical Officer",
        "More doses might lengthen survival further",
        "The dogs did not start with the same disease burden",
        "Nearly half of the dogs were fatigued",
        "About a third of the dogs had a dry mouth",
        "The tumour took up nearly three times as much of the dose per gram as the kidney",
        "Capacity doubled to 2,400 vials",
        "Creatinine more than tripled",
        "Half of the four serious events were judged related",
        "Capacity differs by a factor of two, with 2,400 vials now and 1,200 with one line",
        "Dogs alive at day 90 were found only in the group with three doses",
        "Supply is secured through 2026 thanks to an agreement",
        "Filing has slipped to the first half of 2026",
    ],
)
def test_a_true_sentence_in_other_words_stays(said: str) -> None:
    assert not _dropped(said)


@pytest.mark.parametrize(
    "said",
    [
        "The owners covered the cost of transport",
        "Two dogs came off treatment because of their diet",
        "The soft diet was the most common reason for dropping out",
        "The valve is to be checked every six months instead of every month",
        "The gain comes from the carrier and not from the emitter",
        "The tumours of the twice-dosed dogs were larger at the start than those of the once-dosed dogs",
        "The linker speeds up clearance",
        "HX9 cells were injected into the rats and CB14 cells into the mice",
        "Patients are randomised 1:1 to infusion or observation",
        "The company, a commercial-stage firm, opened its plant in July 2025",
        "The plant was opened at the end of August 2025",
        "In July, Birch trains the Porto staff in catheter technique",
        "Olum was appointed Chief Financial Officer",
        "Questions go to Jonas Wetherell",
        "LX-7 has entered a Phase I trial",
        "It is established that more doses further lengthen survival",
        "LX-9 is the more potent of the two",
        "Disease burden was the same in all groups",
        "Platelets had not recovered by day 45",
        "Half of the four serious events were judged fatal by three dogs",
    ],
)
def test_what_stands_in_anothers_place_goes(said: str) -> None:
    assert _dropped(said)


def test_once_counts_only_where_it_tells_how_often() -> None:
    assert [amount.text for amount in amounts("Dogs dosed once recovered")] == ["once"]
    for said in ("Results follow once enrolment has been completed", "Mice that got it all at once died"):
        assert not amounts(said)


def test_a_year_counts_nothing() -> None:
    assert not amounts("Supply is secured through 2026 thanks to a deal")[0].nouns
