"""A right figure behind the wrong small word, and right words of another person, number or period."""

from __future__ import annotations

import pytest
from made_evidence import source

from assistant.agent.evidence import Evidence
from assistant.agent.grounding import verify
from assistant.values import DocumentRef

_TEXT = """White cells fell to 46% of baseline at day 14 and had recovered by day 35. The yield is 82% on average (range 74 to 91%).
Administrative expense was $2.4 million (2023: $2.6 million). In no kennel did weight loss reach 10%. Nine dogs instead of ten were
evaluable, and one was removed on d 4. The carrier is a fragment of 80 kilodaltons. Hoarseness was found in one cat of group 2. No
complaint came from group 1.

"Splitting the activity bought back some marrow," Oyelaran said. Tomasz Wieczorek, who was not involved, points out that owners who could
pay came early. Okonjo wrote the manuscript, while Falk carried out the scanning work. The Saimaa Fund gave 310,000 euros.

The first patient was treated in August. The preclinical package was published in July. Uptake was low, probably because a little copper
escapes from the cage. The scanning work was carried out in both labs. Release limits: purity at least 95%.

| Tissue | 1 h (%ID/g) | 4 h (%ID/g) |
|---|---|---|
| Nodules | 14.2 | 22.7 |
| Kidneys | 31.5 | 24.0 |

Do not shake the vial.

| Dog | Week of nadir |
|---|---|
| Falk's | 10 |
| Lund's | 5 |

- Ferncastle: sign the contract with Porto
- Kollwitz: report on the reopening in Hamburg
"""


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    return Evidence(
        sources=(source(_TEXT, DocumentRef(id="note", title="Note", path="note.txt", date=None), "White cells", "in Hamburg"),),
        workings=(),
        studies=(),
        documents=(),
    )


@pytest.mark.parametrize(
    "said",
    [
        "White cells fell by 46% at day 14",
        "The average yield is 91%",
        "Administrative expense moved from $2.4 million to $2.6 million",
        "Hoarseness was found in one cat of group 1",
        "Wieczorek said that splitting the activity bought back some marrow",
        "Oyelaran points out that owners who could pay came early",
        "Okonjo carried out the scanning work",
        "Falk gave 310,000 euros",
        "Signing the contract with Porto falls to Kollwitz",
        "The first patient was treated in July",
        "The uptake was low because copper escapes from the cage",
        "In the nodules 22.7 %ID/g was seen at one hour",
    ],
)
def test_what_is_of_something_else_is_refused(evidence: Evidence, said: str) -> None:
    assert verify(f"{said} [1].", evidence, "?").verification.dropped == (f"{said} [1].",)


@pytest.mark.parametrize(
    "said",
    [
        "By day 14 white cells had fallen to 46% of baseline",
        "The yield averages 82%, ranging from 74 to 91%",
        "Ranging from 74 to 91%, the yield averages 82%",
        "Administrative expense fell from $2.6 million in 2023 to $2.4 million",
        "Weight loss stayed below 10% in every kennel",
        "Nine rather than ten dogs were evaluable",
        "One dog was removed on day 4",
        "Falk's nadir came in week 10",
        "Shaking the vial is to be avoided",
        "The carrier is a fragment of about 80 kDa",
        "One cat of group 2 was found to be hoarse",
        "Oyelaran said that splitting the activity bought back some marrow",
        "Falk did the scanning work, and Okonjo wrote the manuscript",
        "The Saimaa Fund paid 310,000 euros",
        "Signing the contract with Porto falls to Ferncastle",
        "In August the first patient was treated",
        "In the nodules 22.7 %ID/g was seen at four hours",
        "For release, the purity must be at least 95%",
    ],
)
def test_what_is_said_in_other_words_is_kept(evidence: Evidence, said: str) -> None:
    assert verify(f"{said} [1].", evidence, "?").verification.dropped == ()
