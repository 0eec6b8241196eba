"""The catalogue keeps documents, passages, facts and vectors exactly, and says what is wrong with a file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import LibraryDamaged, LibraryOutdated, LibraryTooNew
from assistant.library.catalogue import FILE, Catalogue, Source, text_digest
from assistant.library.revision import Revision
from assistant.values import Document, Passage

TEXT = "α𝛽 first sentence. Second sentence."


def document(name: str, text: str = TEXT) -> Document:
    return Document(id=name, title=f"Title {name}", date=None, path=f"{name}.txt", sha256=text_digest(text + name), characters=len(text))


def source(name: str, url: str | None = None) -> Source:
    return Source(name, url, "file digest", "reader 1")


def fill(folder: Path) -> None:
    with Revision.create(folder) as catalogue:
        for name in ("b", "a"):
            catalogue.add_document(document(name), TEXT)
            catalogue.set_source(f"/{name}.txt", f"{name}.txt", source(name))
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
        assert catalogue.source("/a.txt") == source("a")
        assert set(catalogue.passage_keys(["a"])) == {"a:0-18", "a:19-35"}
        assert catalogue.missing_texts(9) == {text_digest(TEXT[19:]): TEXT[19:]}
        assert catalogue.missing_count() == 1


def test_keeps_the_page_and_section_of_a_passage(tmp_path: Path) -> None:
    placed = Passage(id="a:0-18", document="a", start=0, end=18, text=TEXT[:18], page=3, section="Results")
    fill(tmp_path)
    with Revision.of(tmp_path) as catalogue:
        catalogue.set_passages("a", [placed])
    with closing(Catalogue.reading(tmp_path)) as catalogue:
        assert catalogue.passages("a") == (placed,)
        assert catalogue.passages_named(["a:0-18"]) == {"a:0-18": placed}


def test_the_same_text_shares_one_vector(tmp_path: Path) -> None:
    fill(tmp_path)
    with closing(Catalogue.reading(tmp_path)) as catalogue:
        assert catalogue.vectors(["a:0-18", "b:0-18"]).tolist() == [[1, 1, 1], [1, 1, 1]]
        with pytest.raises(LibraryDamaged, match="rebuild"):
            catalogue.vectors(["a:19-35"])


def test_forgetting_a_document_takes_all_that_is_its(tmp_path: Path) -> None:
    fill(tmp_path)
    with Revision.of(tmp_path) as catalogue:
        catalogue.forget_document("b")
        assert [catalogue.count(table) for table in ("documents", "passages", "facts", "sources", "vectors")] == [1, 2, 2, 1, 1]
        catalogue.set_source("/a.txt", "a.txt", source("a"))
        catalogue.forget_document("a")
        catalogue.forget_vectors()
        assert [catalogue.count(table) for table in ("documents", "passages", "facts", "sources", "vectors")] == [0] * 5


def test_nothing_is_kept_of_a_block_that_failed(tmp_path: Path) -> None:
    fill(tmp_path)
    with pytest.raises(KeyError), Revision.of(tmp_path) as catalogue:
        catalogue.forget_document("b")
        raise KeyError
    with closing(Catalogue.reading(tmp_path)) as catalogue:
        assert catalogue.count("documents") == 2


def test_a_superseded_version_keeps_its_text_and_is_no_document_any_more(tmp_path: Path) -> None:
    fill(tmp_path)
    with Revision.of(tmp_path) as catalogue:
        catalogue.set_source("/b.txt", "b.txt", source("a", "https://example.org/b"))
        assert (catalogue.has_source("a"), catalogue.has_source("b")) == (True, False)
        catalogue.supersede(document("b"), "a")
        assert [d.id for d in catalogue.documents()] == ["a"]
        assert catalogue.superseded() == (document("b").model_copy(update={"superseded_by": "a"}),)
        assert (catalogue.text("b"), catalogue.passages("b"), set(catalogue.passage_keys())) == (TEXT, (), {"a:0-18", "a:19-35"})
        assert catalogue.facts() == ('{"n": "a1"}', '{"n": "a2"}')
        assert catalogue.documents()[0].url == "https://example.org/b"
        catalogue.revive("b")
        assert [d.id for d in catalogue.documents()] == ["b", "a"]


def test_with_a_document_go_the_versions_before_it(tmp_path: Path) -> None:
    fill(tmp_path)
    with Revision.of(tmp_path) as catalogue:
        catalogue.add_document(document("c"), TEXT)
        catalogue.supersede(document("b"), "a")
        catalogue.supersede(document("a"), "c")
        catalogue.forget_document("c")
        assert catalogue.documents() == catalogue.superseded() == ()


def test_originals_make_the_same_catalogue_again(tmp_path: Path) -> None:
    fill(tmp_path)
    again = tmp_path / "again"
    again.mkdir()
    with closing(Catalogue.reading(tmp_path)) as catalogue:
        originals = list(catalogue.originals())
    with Revision.create(again) as catalogue:
        catalogue.restore(originals)
    with closing(Catalogue.reading(again)) as catalogue:
        assert catalogue.documents() == (document("b"), document("a"))
        assert catalogue.text("a") == TEXT
        assert catalogue.source("/b.txt") == source("b")
        assert catalogue.facts() == catalogue.passages("a") == ()


# The tables as version 1 made them.
VERSION_1 = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO meta VALUES ('schema_version', '1');
CREATE TABLE documents (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, date TEXT,
    sha256 TEXT NOT NULL UNIQUE, characters INTEGER NOT NULL, text TEXT NOT NULL);
CREATE TABLE sources (number INTEGER PRIMARY KEY AUTOINCREMENT, location TEXT NOT NULL UNIQUE, path TEXT NOT NULL,
    document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE);
CREATE TABLE passages (id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL, key TEXT NOT NULL);
CREATE TABLE facts (document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE, number INTEGER NOT NULL, json TEXT NOT NULL,
    PRIMARY KEY (document, number)) WITHOUT ROWID;
CREATE TABLE vectors (key TEXT PRIMARY KEY, vector BLOB NOT NULL);
INSERT INTO documents VALUES (1, 'a', 'Title a', NULL, 'digest', 8, 'Old text');
INSERT INTO sources VALUES (1, '/a.txt', 'a.txt', 'a');
INSERT INTO passages VALUES ('a:0-8', 'a', 0, 8, 'Old text', 'key');
"""


def test_an_older_format_is_brought_up_to_date_and_nothing_is_lost(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        connection.executescript(VERSION_1)
    with pytest.raises(LibraryOutdated, match="older version"):
        Catalogue.reading(tmp_path)
    with Revision.of(tmp_path):
        pass
    with closing(Catalogue.reading(tmp_path)) as catalogue:
        assert [(d.id, d.title, d.path, d.url, d.superseded_by) for d in catalogue.documents()] == [("a", "Title a", "a.txt", None, None)]
        assert [p.text for p in catalogue.passages("a")] == ["Old text"]
        assert catalogue.source("/a.txt") == Source("a", None, None, None)


def test_a_newer_format_is_refused(tmp_path: Path) -> None:
    fill(tmp_path)
    with closing(sqlite3.connect(tmp_path / FILE)) as connection, connection:
        connection.execute("UPDATE meta SET value = '999' WHERE name = 'schema_version'")
    for way in (Catalogue.reading, lambda folder: Revision.of(folder).__enter__()):
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
