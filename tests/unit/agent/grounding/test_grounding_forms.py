"""Numbers that a source puts in another form, beside other numbers, and sentences that are lost in a long one."""

from __future__ import annotations

import pytest
from made_evidence import source

from assistant.agent.evidence import Evidence
from assistant.agent.grounding import verify
from assistant.agent.grounding.amounts import amounts
from assistant.agent.grounding.wording import asserted
from assistant.values import DocumentRef

_TEXT = """Harrow will deliver 6 GBq a month from the third year on. Conditions 1 to 4 must be met before recruitment begins. Data are
expected in the fourth quarter of 2028 instead of the third quarter. For generators, see the supplier's manual. Half of the price is paid on
signing and the remainder on delivery. Lot L27-033 failed.
"""
_DOCUMENT = DocumentRef(id="note", title="Harrow reports", path="note.txt", date=None)


def _dropped(said: str) -> tuple[str, ...]:
    evidence = Evidence(sources=(source(_TEXT, _DOCUMENT, "Harrow will", "L27-033 failed."),), workings=(), studies=(), documents=())
    return verify(f"{said} [1].", evidence, "?").verification.dropped


@pytest.mark.parametrize(
    "said",
    [
        "Harrow will deliver 6 GBq a month from year three on",
        "Four conditions must be met before recruitment begins",
        "The data are expected one quarter later, in the fourth quarter of 2028",
        "For generators one should see the supplier's manual",
        "Of the price, one half is paid on signing",
        "Of the lots, L27-033 failed",
    ],
)
def test_a_number_in_another_form_stays(said: str) -> None:
    assert not _dropped(said)


@pytest.mark.parametrize(
    "said",
    [
        "Harrow will deliver 6 GBq a month from year two on",
        "Five conditions must be met before recruitment begins",
        "Lot L27-033 and 33 others failed",
    ],
)
def test_another_number_goes(said: str) -> None:
    assert _dropped(said)


def test_a_serial_number_is_a_name() -> None:
    assert not amounts("Lot L27-033 failed")
    assert [amount.value for amount in amounts("on days 9-133")] == [9.0, 133.0]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("It was done at two clinics and does not tell us about grade III tumours", "It was done at two clinics"),
        ("Beta rays break both strands, which cannot be said of alpha rays", "Beta rays break both strands"),
        ("The drug does not give rise to tumours", "The drug does not give rise to tumours"),
        ("No placebo is given", "No placebo is given"),
        ("No p-value is given", ""),
    ],
)
def test_only_what_is_lacking_is_no_claim(said: str, told: str) -> None:
    assert asserted(said) == told
