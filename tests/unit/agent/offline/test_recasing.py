"""Radionuclides as colleagues type them, and codes that only look like them."""

from __future__ import annotations

import pytest

from assistant.agent.offline.understanding.recasing import recased


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("half-life of lu-177?", "half-life of Lu-177?"),
        ("ac225 vs 177lu", "Ac-225 vs Lu-177"),
        ("is it LU177 or i131", "is it Lu-177 or I-131"),
        ("tc-99m generator", "Tc-99m generator"),
        ("Lu-177 and 131I stand as they are", "Lu-177 and 131I stand as they are"),
        ("does b12 help? on day 14 of h69, in 2 mice, pc-3, ms-275", "does b12 help? on day 14 of h69, in 2 mice, pc-3, ms-275"),
        ("2.lu-177.5", "2.lu-177.5"),
    ],
)
def test_radionuclides_get_the_case_that_documents_have(typed, read):
    assert recased(typed) == read


def test_what_a_document_has_as_another_code_is_left():
    assert recased("what is cr-51?", ["The code CR-51 is the company's own."]) == "what is cr-51?"
    assert recased("what is cr-51?", ["Cr-51 was counted."]) == "what is Cr-51?"
