"""A number that ends a compound's name counts no doses."""

from __future__ import annotations

from assistant.studies.extract import extract_studies

TABLE = """# Report on VEX-07 in rats with sarcoma

VEX-07 carries iodine-131. Rats bore S-9 xenografts of sarcoma.

| Arm | Treatment | Activity per dose | Days of dosing | n | Median survival (days) |
|---|---|---|---|---|---|
| A | Vehicle | none | - | 9 | 31 |
| B | VEX-07, single dose | 25 uCi | 0 | 9 | 44 |
| C | VEX-07, two doses | 25 uCi | 0, 21 | 8 | 66 |
"""


def test_the_number_of_a_compound_is_no_number_of_doses():
    (study,) = extract_studies("d", TABLE)
    assert [(arm.doses, arm.days) for arm in study.arms if not arm.control] == [(1, (0,)), (2, (0, 21))]
