"""The lexical index finds names, numbers and units in any spelling, and no text is a malformed query."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import LibraryDamaged
from assistant.library.lexical import LexicalIndex
from assistant.library.terms import code_names

TEXTS = {
    "one": "Mice received CLR 131 in a Capan-1 model; survival was 135.6 days.",
    "two": "Mice received approximately 500 µCi of CLR 125 in a PC3 model.",
    "three": "Cellecstar Biosciences is a company in Madison with 1,000 patients enrolled.",
    "four": "Cellectar's platform carries iodine-131 to tumor cells.",
    "five": "Lutetium-177 was given at 7.4 MBq in a model called Panca 7.",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> LexicalIndex:
    made = LexicalIndex(tmp_path_factory.mktemp("generation"), create=True)
    made.change([], [(name, f"document-{name}", text) for name, text in TEXTS.items()])
    return made


def names(index: LexicalIndex, query: str, documents: Sequence[str] | None = None) -> list[str]:
    return [name for name, _ in index.search(query, 10, documents)]


@pytest.mark.parametrize(
    ("queries", "found"),
    [
        (["CLR 131", "clr-131", "CLR131", "clr 131?"], ["one"]),
        (["PC3", "PC-3", "pc 3", "(PC‑3)"], ["two"]),
        (["500 µCi", "500uCi", "500 μCi", "500 microcuries"], ["two"]),
        (["uCi", "microcurie", "µCi", "microcuries"], ["two"]),
        (["I-131", "131I", "iodine 131", "[131I]"], ["four"]),
        (["177Lu", "Lu-177", "lutetium 177"], ["five"]),
        (["135.6"], ["one"]),
        (["1000", "1,000"], ["three"]),
        (["mouse Capan 1", "capan1", "CAPAN-1"], ["one"]),
        (["Panca 7", "panca-7", "PANCA7"], ["five"]),
        (["tumors", "tumor"], ["four"]),
    ],
)
def test_every_spelling_finds_the_same(index: LexicalIndex, queries: list[str], found: list[str]) -> None:
    assert {query: names(index, query) for query in queries} == dict.fromkeys(queries, found)


def test_a_companys_name_is_found_with_a_letter_off_but_ranks_first_as_written(index: LexicalIndex) -> None:
    assert names(index, "Cellectar") == ["four", "three"]
    assert names(index, "Cellecstar") == ["three", "four"]
    assert set(names(index, "cellestar")) == {"three", "four"}


def test_codes_and_numbers_are_never_fuzzy(index: LexicalIndex) -> None:
    assert names(index, "CLR 132") == []
    assert names(index, "CLR 130 PC4 Capan-2 135.7 501") == []


def test_search_within_documents(index: LexicalIndex) -> None:
    assert set(names(index, "mice received")) == {"one", "two"}
    assert names(index, "mice received", ["document-two", "document-four"]) == ["two"]
    assert names(index, "mice received", []) == []
    scores = dict(index.search("mice received PC3", 10))
    assert dict(index.search("mice received PC3", 10, ["document-two"])) == {"two": pytest.approx(scores["two"])}


@given(st.one_of(st.text(max_size=60), st.text(alphabet="+-&|!(){}[]^\"~*?:\\/ aORNDT<>=,'", max_size=30)))
def test_no_text_is_a_malformed_query(index: LexicalIndex, query: str) -> None:
    assert len(index.search(query, 3)) <= 3


def test_a_pasted_document_is_a_query(index: LexicalIndex) -> None:
    assert names(index, "CLR 131 " + "and on " * 20_000)[0] == "one"


def test_changes_remove_and_add(tmp_path: Path) -> None:
    made = LexicalIndex(tmp_path, create=True)
    made.change([], [("a", "d", "first text"), ("b", "d", "second text")])
    made.change(["a"], [("c", "e", "third text")])
    assert made.count() == 2
    assert names(made, "first") == []
    assert set(names(LexicalIndex(tmp_path), "text")) == {"b", "c"}


def test_a_damaged_index_is_said_to_be_damaged(tmp_path: Path) -> None:
    LexicalIndex(tmp_path, create=True).change([], [("a", "d", "text")])
    (tmp_path / "lexical" / "meta.json").write_text("{", encoding="utf-8")
    with pytest.raises(LibraryDamaged, match="rebuild"):
        LexicalIndex(tmp_path)


def test_names_of_a_query_are_those_that_the_index_has(index: LexicalIndex) -> None:
    assert index.known_names("CLR-131 and CLR 132 in Capan 1, PC-3 and group 2") == {"clr131": 1, "capan1": 1, "pc3": 1}


def test_code_names_are_names_with_digits_and_words_before_numbers() -> None:
    text = "CLR-125 at 500uCi (I-125) against PC3 and 4T1 on day 28, 2nd dose, 28d later, 3x, p53, Form 10-K, Capan 1"
    assert code_names(text) == {"clr125", "i125", "pc3", "4t1", "p53", "capan1", "day28"}
