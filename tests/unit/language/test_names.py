"""Names: one name in all its spellings, nuclides in all theirs, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.names import elements, fold, name_key, nuclides, plain


def _names(text: str) -> list[str]:
    return [mention.name for mention in nuclides(text)]


@pytest.mark.parametrize(
    "spelling", ["I-131", "131I", "[131I]", "¹³¹I", "iodine-131", "Iodine 131", "I131", "131-I", "131I-ABC-1", "radioiodine-131"]
)
def test_a_nuclide_is_known_in_all_its_spellings(spelling: str) -> None:
    assert _names(f"labelled with {spelling} in mice") == ["I-131"]


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("177Lu", "Lu-177"),
        ("Ac-225", "Ac-225"),
        ("Y-90", "Y-90"),
        ("99mTc", "Tc-99m"),
        ("F-18", "F-18"),
        ("lead-212", "Pb-212"),
        ("223Ra", "Ra-223"),
    ],
)
def test_nuclides_in_medical_use(spelling: str, name: str) -> None:
    assert _names(spelling) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "NCI-H69",
        "F98 glioma",
        "U87",
        "PC-3",
        "C-14 days",
        "Part C 14",
        "H 3",
        "P 20",
        "In 2011",
        "I 131",
        "At 160 kBq/kg",
        "In 115 days",
        "B16-F10",
        "CO2",
        "N-2",
    ],
)
def test_what_only_looks_like_a_nuclide_is_none(text: str) -> None:
    assert [name for name in _names(text) if name not in ("C-14",)] == []


def test_offsets_of_a_nuclide_are_the_texts() -> None:
    text = "with iodine-131 and 177Lu-DOTATATE"
    assert [text[m.start : m.end] for m in nuclides(text)] == ["iodine-131", "177Lu"]


@given(st.text(max_size=80))
def test_plain_keeps_every_offset(text: str) -> None:
    assert len(plain(text)) == len(text)


def test_elements_by_their_name_alone() -> None:
    assert elements("the Terbium product, and astatine") == {"Tb": "terbium", "At": "astatine"}
    assert elements("terbium-161, the lead compound, coppery, golden") == {}


def test_plain_writes_micro_dashes_and_superscripts_in_ascii() -> None:
    assert plain("µCi μCi 10–20 ¹³¹I") == "uCi uCi 10-20 131I"


@pytest.mark.parametrize("spelling", ["CLR 131", "CLR-131", "clr131", "CLR–131"])
def test_spellings_of_a_code_share_a_key(spelling: str) -> None:
    assert name_key(spelling) == "clr131"


def test_names_that_differ_by_a_digit_differ() -> None:
    assert name_key("CLR 131") != name_key("CLR 125")
    assert fold("CLR 131") != fold("CLR 125")


def test_fold_joins_codes_and_units_and_leaves_words_before_numbers() -> None:
    assert fold("500µCi of CLR-125 (iodine-125) in PC-3 on day 28") == "500 uci of clr125 (i125) in pc3 on day 28"
