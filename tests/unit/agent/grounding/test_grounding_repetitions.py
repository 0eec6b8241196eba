"""A statement that repeats a cited sentence but for one thing: what differs is what it is refused for, and a paraphrase is kept."""

from __future__ import annotations

import pytest
from made_evidence import source

from assistant.agent.evidence import Evidence
from assistant.agent.grounding import verify
from assistant.values import DocumentRef

_TEXT = """Norvell prevails over Ardent in matters of supply. The solvent was free of amines, as otherwise the yield fell below 40 percent.
The primary end points are the incidence of infusion reactions and the recommended schedule. Secondary end points include tracer retention.

Platelet counts recovered by day 38 in all but one dog. Acquire a CT scan followed by SPECT. The agency has granted Norvell a waiver.
The starting activity is 40 MBq per visit, and the highest planned activity is 160 MBq per visit. Loss was $34.0 million, compared with
$27.5 million in the second quarter of 2024. The board disclaims any obligation to update the plan. Dr. Ada Lund was appointed chief
medical officer in June, succeeding Dr. Bo Holm, who retired. The membranes are highly enriched in rafts. Two patients stopped treatment
early. The tumors are resectable in most of the cats.
"""


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    return Evidence(
        sources=(source(_TEXT, DocumentRef(id="note", title="Note", path="note.txt", date=None), "Norvell", "of the cats."),),
        workings=(),
        studies=(),
        documents=(),
    )


@pytest.mark.parametrize(
    "said",
    [
        "Ardent prevails over Norvell in matters of supply",
        "The solvent was free of amines, as otherwise the purity fell below 40 percent",
        "The primary end points are tracer retention and the recommended schedule",
        "Platelet counts had recovered in every dog by day 38",
        "Acquire SPECT and then the CT scan",
        "The agency might grant Norvell a waiver",
        "The highest planned activity is 40 MBq per visit",
        "The loss was $27.5 million in the second quarter of 2025",
        "The board undertakes to update the plan",
        "Dr. Bo Holm took over as chief medical officer in June, following the retirement of Dr. Ada Lund",
        "The membranes are highly depleted of rafts",
        "Two patients continued treatment",
        "The tumors are unresectable in most of the cats",
    ],
)
def test_what_differs_is_refused(evidence: Evidence, said: str) -> None:
    assert verify(f"{said} [1].", evidence, "?").verification.dropped == (f"{said} [1].",)


@pytest.mark.parametrize(
    "said",
    [
        "In matters of supply, Norvell prevails over Ardent",
        "Over Ardent, Norvell prevails in matters of supply",
        "The solvent contained no amines, as otherwise the yield fell below 40 percent",
        "Platelet counts had recovered by day 38 in nearly every dog",
        "Acquire the CT scan and then SPECT",
        "Norvell was granted a waiver by the agency",
        "The highest planned activity is 160 MBq per visit",
        "The loss was $27.5 million in the second quarter of 2024",
        "The board undertakes no obligation to update the plan",
        "Dr. Ada Lund took over as chief medical officer in June, following the retirement of Dr. Bo Holm",
        "Treatment was stopped early in two patients",
        "In most of the cats the tumors are resectable",
    ],
)
def test_a_paraphrase_is_kept(evidence: Evidence, said: str) -> None:
    checked = verify(f"{said} [1].", evidence, "?").verification
    assert checked.dropped == (), checked.sentences[0].reason
