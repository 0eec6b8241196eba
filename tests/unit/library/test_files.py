"""Files, folders and patterns: each file once, nothing hidden, nothing outside."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assistant.library.files import find, location


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "notes"
    (place / "deep").mkdir(parents=True)
    for name in ("b.txt", "a.md", "picture.jpg", ".hidden.txt", "deep/c.txt"):
        (place / name).write_text("text", encoding="utf-8")
    return place


def names(paths: list[str]) -> list[str]:
    return [Path(path).name for path in paths]


def test_a_folder_is_its_documents_and_with_recursive_those_of_its_folders(folder: Path) -> None:
    flat = find([folder], recursive=False)
    assert (names(flat.files), flat.skipped, flat.refused) == (["a.md", "b.txt"], 1, [])
    assert names(find([folder], recursive=True).files) == ["a.md", "b.txt", "c.txt"]


def test_each_file_comes_once_however_often_it_is_named(folder: Path) -> None:
    (folder / "again.txt").symlink_to(folder / "b.txt")
    assert names(find([folder / "b.txt", folder, folder / "deep" / ".." / "b.txt"], recursive=False).files) == ["b.txt", "a.md"]


def test_a_name_that_begins_with_a_tilde_is_a_name_and_no_home(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "~$a.docx").write_text("what Word leaves", encoding="utf-8")
    (folder / "~root.txt").write_text("text", encoding="utf-8")
    monkeypatch.chdir(folder)
    flat = find(["."], recursive=False)
    assert sorted(names(flat.files)) == ["a.md", "b.txt", "~root.txt"]
    assert all(Path(location(file)).parent == folder.resolve() for file in flat.files)
    assert find(["~nobody-is-called-so/x.md"], recursive=False).files == ["~nobody-is-called-so/x.md"]


def test_a_pattern_is_what_it_matches(folder: Path) -> None:
    assert names(find([f"{folder}/*.md"], recursive=False).files) == ["a.md"]
    assert names(find([f"{folder}/**/*.txt"], recursive=False).files) == ["b.txt", "c.txt"]
    assert [refused.reason for refused in find([f"{folder}/*.pdf"], recursive=False).refused] == [
        f"{folder}/*.pdf: no file matches this pattern"
    ]
    (folder / "odd[1].txt").write_text("text", encoding="utf-8")
    assert names(find([folder / "odd[1].txt"], recursive=False).files) == ["odd[1].txt"]


def test_a_link_that_leads_out_of_the_folder_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("text", encoding="utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "loop").symlink_to(tmp_path)
    found = find([folder], recursive=True)
    assert names(found.files) == ["a.md", "b.txt", "c.txt"]
    assert [Path(refused.path).name for refused in found.refused] == ["link.txt"]


def test_a_folder_without_documents_says_so(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (refused,) = find([tmp_path], recursive=False).refused
    assert "no document" in refused.reason
    assert "--recursive looks into the folders in it" in refused.reason


def test_a_folder_that_cannot_be_read_is_refused_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(place: str) -> None:
        raise PermissionError(13, "Permission denied", place)

    monkeypatch.setattr(os, "scandir", denied)  # the tests may run as root, whom no folder denies anything
    (refused,) = find([tmp_path], recursive=False).refused
    assert refused.reason == f"{tmp_path} cannot be read: Permission denied"


def test_what_is_no_regular_file_is_left_to_the_reader(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert names(find([tmp_path / "pipe.txt", tmp_path / "missing.txt"], recursive=False).files) == ["pipe.txt", "missing.txt"]


def test_a_path_that_no_library_could_keep_is_refused_in_words_that_can_be_printed(folder: Path) -> None:
    latin = folder / os.fsdecode(b"caf\xe9.txt")
    latin.write_text("text", encoding="utf-8")
    (folder / "link.txt").symlink_to(latin)
    found = find([folder, folder / "nul\0.txt"], recursive=False)
    assert names(found.files) == ["a.md", "b.txt"]
    assert [(Path(refused.path).name, refused.reason.partition(": ")[2]) for refused in found.refused] == [
        ("caf\ufffd.txt", "its path is not valid UTF-8; rename it to add it"),
        ("link.txt", "its path is not valid UTF-8; rename it to add it"),
        ("nul\0.txt", "its path holds a NUL character; rename it to add it"),
    ]
