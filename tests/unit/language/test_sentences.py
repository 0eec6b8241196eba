"""Sentences: stable offsets, whole across page breaks and hard wraps, and never two in one or one in two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.sentences import sentences


def _texts(text: str) -> list[str]:
    return [" ".join(sentence.text.split()) for sentence in sentences(text)]


@given(st.text(alphabet="aB .,;:\n\t|-1(\"'", max_size=200))
def test_sentences_quote_their_own_characters_in_order_and_lose_nothing(text: str) -> None:
    found = sentences(text)
    position = 0
    for sentence in found:
        assert text[sentence.start : sentence.end] == sentence.text
        assert sentence.start >= position
        assert not text[position : sentence.start].strip()
        position = sentence.end
    assert not text[position:].strip()


@pytest.mark.parametrize(
    "text",
    [
        "The compound (Acme Inc.) was given i.v. at approx. 20 MBq to mice.",
        "It rose by 3.5 days vs. control, e.g. in Fig. 2.",
        "Dr. J. Smith of St. Louis, Mo. reported it.",
        "It was shown to the group of A. Smith in May.",
    ],
)
def test_abbreviations_end_no_sentence(text: str) -> None:
    assert _texts(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mice lived. They were fed.", ["Mice lived.", "They were fed."]),
        ("It was made by Acme Inc. The mice lived.", ["It was made by Acme Inc.", "The mice lived."]),
        ('"It works." He left.', ['"It works."', "He left."]),
        ("Did it work? Yes.", ["Did it work?", "Yes."]),
        ("It was 12 Gy in group B. The rest got less.", ["It was 12 Gy in group B.", "The rest got less."]),
        ("It failed in arms A, B and C. None died.", ["It failed in arms A, B and C.", "None died."]),
        ("Store it below 25 °C. Doses were low.", ["Store it below 25 °C.", "Doses were low."]),
        ("The vials J. Smith made were lost.", ["The vials J. Smith made were lost."]),
    ],
)
def test_sentences_are_told_apart(text: str, expected: list[str]) -> None:
    assert _texts(text) == expected


def test_a_page_break_in_mid_sentence_is_bridged() -> None:
    text = "It is currently being evaluated as a single-dose treatment in a Phase I clinical\n\ntrial in patients. It goes on."
    assert _texts(text) == [
        "It is currently being evaluated as a single-dose treatment in a Phase I clinical trial in patients.",
        "It goes on.",
    ]


def test_a_list_cut_after_a_comma_goes_on_after_a_blank_line() -> None:
    assert _texts("Survival was 41 d (vehicle), 67 d (3.7 kBq),\n\n92 d (7.4 kBq).") == [
        "Survival was 41 d (vehicle), 67 d (3.7 kBq), 92 d (7.4 kBq)."
    ]


def test_a_heading_is_not_joined_to_its_paragraph() -> None:
    found = sentences("Results\n\nMice lived 34 days.")
    assert [(s.text, s.kind) for s in found] == [("Results", "heading"), ("Mice lived 34 days.", "paragraph")]
    assert found[0].block != found[1].block


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ("| a | 1 | 2 |", "row"),
        ("a\t1\t2", "item"),
        ("P7        I-131 solution                  7.4 GBq     lid off, vial cracked", "item"),
    ],
)
def test_rows_and_lines_that_are_laid_out_stay_single(row: str, kind: str) -> None:
    found = sentences(f"{row}\n{row}\nand so on.")
    assert [(s.text, s.kind) for s in found[:2]] == [(row, kind), (row, kind)]
    assert found[-1].text == "and so on."


def test_items_stay_single() -> None:
    assert [s.kind for s in sentences("- Controls: 21 days\n- Treated: 34 days")] == ["item", "item"]


def test_sentences_of_a_paragraph_share_its_block() -> None:
    first, second, third = sentences("One is here. Two is here.\n\nThree is here.")
    assert first.block == second.block != third.block


def test_a_line_that_begins_with_a_label_is_a_block_of_its_own() -> None:
    text = (
        "**Principal investigator:** Prof. Jo Lund, University Hospital of Lund\n**Status:** Recruiting\nSponsor: Lund Oncology\n"
        "The patients of this study are followed up for five years after\ntheir last visit."
    )
    assert [sentence.text.split("\n")[0][:12] for sentence in sentences(text)] == [
        "**Principal ",
        "**Status:** ",
        "Sponsor: Lun",
        "The patients",
    ]
