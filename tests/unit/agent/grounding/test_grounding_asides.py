"""Reasons, exceptions and asides, which are denied or affirmed by themselves: true sentences beside false ones."""

from __future__ import annotations

import pytest
from made_evidence import source

from assistant.agent.evidence import Evidence
from assistant.agent.grounding import verify
from assistant.values import DocumentRef

_TEXT = """Talks about an Asian licence continue with two parties, neither of which has been named. Everyone gets the same activity, yet
a beam is never given without a plan. All cells were grown without antibiotics, since these can mask a contamination. Dry mouth was not
observed. Infusion reactions occurred in six patients. The kidney dose is calculated after the first cycle only. The agreement renews itself
unless notice is given.

Use in adolescents was refused for want of data. The delay comes from fewer events than forecast. Two lots failed on purity. The terbium
form was preferred for its conversion electrons. On 8 August the firm and Redbank agreed to postpone repayment. In May a pump on the
cyclotron failed. The cleaners could not be blinded. Three mice died in the scanner, after which a heated bed was bought.
"""
_DOCUMENT = DocumentRef(id="note", title="Harrow reports", path="note.txt", date=None)


def _dropped(said: str) -> tuple[str, ...]:
    evidence = Evidence(sources=(source(_TEXT, _DOCUMENT, "Talks about", "bed was bought."),), workings=(), studies=(), documents=())
    return verify(f"{said} [1].", evidence, "?").verification.dropped


@pytest.mark.parametrize(
    "said",
    [
        "Talks with two parties about an Asian licence continue",
        "Antibiotics can mask a contamination, so all cells were grown without them",
        "No patient was seen to have a dry mouth",
        "No kidney dose is calculated after the later cycles",
        "A want of data was the reason why use in adolescents was refused",
        "The delay is due to fewer events than forecast",
        "The terbium form was preferred because of its conversion electrons",
        "The firm agreed with Redbank to postpone repayment",
        "A pump on the cyclotron failed",
        "Blinding the cleaners could not be done",
        "A heated bed was bought after three mice had died in the scanner",
    ],
)
def test_a_true_sentence_in_other_words_stays(said: str) -> None:
    assert not _dropped(said)


@pytest.mark.parametrize(
    "said",
    [
        "Talks about an Asian licence do not continue with the two parties",
        "All cells were grown with antibiotics, since these cannot mask a contamination",
        "No infusion reactions occurred",
        "The kidney dose is not calculated after the first cycle",
        "Three mice died in the scanner after a heated bed had been bought",
        "The delay is due to a lack of staff",
        "The terbium form was preferred because of its low price",
    ],
)
def test_a_false_one_goes(said: str) -> None:
    assert _dropped(said)
