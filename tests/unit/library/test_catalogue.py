"""The catalogue keeps documents, passages, facts and vectors exactly, and says what is wrong with a file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import LibraryDamaged, LibraryTooNew
from assistant.library.catalogue import FILE, Catalogue, text_digest
from assistant.values import Document, Passage

TEXT = "α𝛽 first sentence. Second sentence."


def document(name: str, text: str = TEXT) -> Document:
    return Document(id=name, title=f"Title {name}", date=None, path=f"{name}.txt", sha256=text_digest(text + name), characters=len(text))


def fill(folder: Path) -> None:
    with Catalogue.create(folder) as catalogue:
        for name in ("b", "a"):
            catalogue.add_document(document(name), TEXT)
            catalogue.set_source(f"/{name}.txt", f"{name}.txt", name)
            passages = [Passage(id=f"{name}:{s}-{e}", document=name, start=s, end=e, text=TEXT[s:e]) for s, e in ((0, 18), (19, 35))]
            catalogue.set_passages(name, passages)
            catalogue.set_facts(name, [f'{{"n": "{name}1"}}', f'{{"n": "{name}2"}}'])
        catalogue.set_vectors({text_digest(TEXT[:18]): np.ones(3, dtype="<f4")})


def test_gives_back_what_was_stored_in_the_order_of_adding(tmp_path: Path) -> None:
    fill(tmp_path)
    with closing(Catalogue.reading(tmp_path)) as catalogue:
        assert catalogue.documents() == (document("b"), document("a"))
        assert catalogue.text("a") == TEXT
        assert catalogue.text("c") is None
        assert (
            [TEXT[p.start : p.end] for p in catalogue.passages("a")] == [p.text for p in catalogue.passages("a")] == [TEXT[:18], TEXT[19:]]
        )
        assert catalogue.facts() == ('{"n": "b1"}', '{"n": "b2"}', '{"n": "a1"}', '{"n": "a2"}')
        assert catalogue.source("/a.txt") == "a"
        assert set(catalogue.passage_keys(["a"])) == {"a:0-18", "a:19-35"}
        assert catalogue.missing_texts() == {text_digest(TEXT[19:]): TEXT[19:]}


def test_keeps_the_page_and_section_of_a_passage(tmp_path: Path) -> None:
    placed = Passage(id="a:0-18", document="a", start=0, end=18, text=TEXT[:18], page=3, section="Results")
    fill(tmp_path)
    with Catalogue.writing(tmp_path) as catalogue:
        catalogue.set_passages("a", [placed])
    with closing(Catalogue.reading(tmp_path)) as catalogue:
        assert catalogue.passages("a") == (placed,)
        assert catalogue.passages_named(["a:0-18"]) == {"a:0-18": placed}


def test_a_catalogue_from_before_pages_is_read_and_brought_up_to_date_when_changed(tmp_path: Path) -> None:
    fill(tmp_path)
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        connection.executescript(
            "ALTER TABLE passages DROP COLUMN page; ALTER TABLE passages DROP COLUMN section; UPDATE meta SET value = '1' "
            "WHERE name = 'schema_version'"
        )
    with closing(Catalogue.reading(tmp_path)) as catalogue:
        before = catalogue.passages("a")
        assert [(p.text, p.page) for p in before] == [(TEXT[:18], None), (TEXT[19:], None)]
    with Catalogue.writing(tmp_path) as catalogue:
        assert catalogue.passages("a") == before
        catalogue.set_passages("b", [Passage(id="b:0-18", document="b", start=0, end=18, text=TEXT[:18], page=2)])
    with closing(Catalogue.reading(tmp_path)) as catalogue:
        assert catalogue.passages("a") == before
        assert catalogue.passages("b")[0].page == 2


def test_the_same_text_shares_one_vector(tmp_path: Path) -> None:
    fill(tmp_path)
    with closing(Catalogue.reading(tmp_path)) as catalogue:
        assert catalogue.vectors(["a:0-18", "b:0-18"]).tolist() == [[1, 1, 1], [1, 1, 1]]
        with pytest.raises(LibraryDamaged, match="rebuild"):
            catalogue.vectors(["a:19-35"])


def test_forgetting_a_document_takes_all_that_is_its(tmp_path: Path) -> None:
    fill(tmp_path)
    with Catalogue.writing(tmp_path) as catalogue:
        catalogue.forget_document("b")
        assert [catalogue.count(table) for table in ("documents", "passages", "facts", "sources", "vectors")] == [1, 2, 2, 1, 1]
        catalogue.set_source("/a.txt", "a.txt", "a")
        catalogue.forget_document("a")
        catalogue.forget_vectors()
        assert [catalogue.count(table) for table in ("documents", "passages", "facts", "sources", "vectors")] == [0] * 5


def test_nothing_is_kept_of_a_block_that_failed(tmp_path: Path) -> None:
    fill(tmp_path)
    with pytest.raises(KeyError), Catalogue.writing(tmp_path) as catalogue:
        catalogue.forget_document("b")
        raise KeyError
    with closing(Catalogue.reading(tmp_path)) as catalogue:
        assert catalogue.count("documents") == 2


def test_a_document_goes_when_its_last_source_has_another(tmp_path: Path) -> None:
    fill(tmp_path)
    with Catalogue.writing(tmp_path) as catalogue:
        catalogue.set_source("/b.txt", "b.txt", "a")
        catalogue.forget_sourceless()
        assert [d.id for d in catalogue.documents()] == ["a"]


def test_a_newer_format_is_refused(tmp_path: Path) -> None:
    fill(tmp_path)
    with closing(sqlite3.connect(tmp_path / FILE)) as connection, connection:
        connection.execute("UPDATE meta SET value = '999' WHERE name = 'schema_version'")
    for way in (Catalogue.reading, lambda folder: Catalogue.writing(folder).__enter__()):
        with pytest.raises(LibraryTooNew, match="newer version"):
            way(tmp_path)


@pytest.mark.parametrize("content", [None, b"", b"no database at all" * 100])
def test_a_damaged_file_is_said_to_be_damaged(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / FILE).write_bytes(content)
    with pytest.raises(LibraryDamaged):
        Catalogue.reading(tmp_path)


def test_reading_changes_no_byte(tmp_path: Path) -> None:
    fill(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with closing(Catalogue.reading(tmp_path)) as catalogue:
        catalogue.documents()
        catalogue.integrity()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
