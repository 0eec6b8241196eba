"""How long cash lasts: whose cash is divided by whose use of it."""

from __future__ import annotations

from assistant.agent.offline.answers import runway
from assistant.agent.offline.understanding.topic import read
from tests.unit.agent.offline.worded import found

QUILLMARK = (
    "Quillmark reports on its quarter",
    "2031-05-03",
    "Quillmark ended the quarter with $27 million in cash and cash equivalents, against $33 million before. "
    "Net cash used in operations was $6 million.\n",
)
CASH_ALONE = (
    "Norvane reports on its year",
    "2031-06-03",
    "Norvane raised cash and cash equivalents of $40 million and $10 million. "
    "Norvane ended the year with $80 million in cash and cash equivalents, against $90 million before.\n",
)
NORVANE = (CASH_ALONE[0], CASH_ALONE[1], f"{CASH_ALONE[2]}Net cash used in operations was $20 million.\n")


def divided(question: str, *documents: tuple[str, str, str]) -> list[str]:
    return [str(dict(wanted.arguments)["expression"]) for wanted in runway.plan(read(question, ()), found(*documents))]


def test_the_cash_of_one_company_is_not_divided_by_the_use_of_another():
    assert divided("At this burn rate, how long does the cash last?", CASH_ALONE, QUILLMARK) == ["27000000 USD / 6000000 USD"]


def test_a_company_that_is_named_is_the_one_whose_cash_lasts():
    assert divided("How long does Quillmark's cash last at the burn rate?", NORVANE, QUILLMARK) == ["27000000 USD / 6000000 USD"]
    assert divided("How long does Norvane's cash last at the burn rate?", NORVANE, QUILLMARK) == ["80000000 USD / 20000000 USD"]


def test_each_company_has_its_own_where_none_is_named():
    both = ["80000000 USD / 20000000 USD", "27000000 USD / 6000000 USD"]
    assert divided("At this burn rate, how long does the cash last?", QUILLMARK, NORVANE) == both
