"""A clone has the content of its original, and changes apart from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.library.cloning import clone


def test_a_clone_is_a_file_of_its_own(tmp_path: Path) -> None:
    original, copy = tmp_path / "original", tmp_path / "copy"
    original.write_bytes(b"passages" * 10_000)
    copy.write_bytes(b"of before, and longer" * 20_000)
    clone(original, copy)
    assert copy.read_bytes() == original.read_bytes()
    copy.write_bytes(b"changed")
    assert original.read_bytes() == b"passages" * 10_000


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        clone(tmp_path / "missing", tmp_path / "copy")
