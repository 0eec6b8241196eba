"""Bytes of any encoding become the same canonical text; what is no document is refused in one line."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import ReadingError
from assistant.language.controls import inert
from assistant.library.readers import READERS, read, reader
from assistant.library.readers.encodings import decode

TEXT = "Müller gave 500 µCi ± 5 % on day 0 and day 28.\nThe “treated” mice lived – on average – 161 days.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_every_common_encoding_gives_the_same_text(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize(("bom", "codec"), [(b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")])
def test_utf_16_of_both_byte_orders_whether_it_says_so_or_not(bom: bytes, codec: str) -> None:
    assert decode(bom + TEXT.encode(codec)) == decode(TEXT.encode(codec)) == TEXT
    assert decode(OTHERS["cp1251"].encode(codec)) == OTHERS["cp1251"]


def test_a_declared_encoding_is_believed_unless_it_cannot_be() -> None:
    assert decode("Łódź".encode("cp1250"), "cp1250") == "Łódź"
    assert decode("500 µCi".encode(), "ascii") == decode("500 µCi".encode(), "no-such-code") == "500 µCi"


def test_latin_1_with_one_letter_outside_ascii() -> None:
    assert decode("Mice received 500µCi on day 0.".encode("latin-1")) == "Mice received 500µCi on day 0."


OTHERS = {
    "cp1251": "Препарат вводили мышам дважды: в день 0 и в день 28. Средняя выживаемость в группе с двумя введениями составила 161 день "
    "по сравнению со 135 днями после одного введения. В контрольной группе животные жили 122 дня.",
    "shift_jis": "マウスに薬剤を2回投与した。生存期間は161日であった。対照群では122日であった。腫瘍体積は約2倍であった。",
    "cp1250": "Myszy otrzymały dwie dawki leku i przeżyły dłużej niż myszy, które otrzymały jedną dawkę. Różnica była znacząca.",
}


@pytest.mark.parametrize("encoding", OTHERS)
def test_another_script_is_detected(encoding: str) -> None:
    assert decode(OTHERS[encoding].encode(encoding)) == OTHERS[encoding]


@given(st.lists(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=20), min_size=1, max_size=5))
def test_line_ends_of_all_systems_are_one(lines: list[str]) -> None:
    assert inert("\r\n".join(lines)) == inert("\r".join(lines)) == inert("\n".join(lines))


@pytest.mark.parametrize("data", [b"\0\0\0cd", b"\x89PNG\r\n\x1a\n\0\0", bytes(range(1, 32)) * 8, b"\xff\xfea\xd8"])
def test_binary_is_refused(data: bytes) -> None:
    with pytest.raises(ReadingError):
        decode(data)


def test_reads_title_date_and_text(tmp_path: Path) -> None:
    file = tmp_path / "release.TXT"
    file.write_bytes(b"June 5, 2020\r\n\r\nTwo Doses Prolong Survival\r\n\r\nMice were treated. They lived.\r\n")
    reading = read(file)
    assert reading.text == "June 5, 2020\n\nTwo Doses Prolong Survival\n\nMice were treated. They lived.\n"
    assert (reading.title, reading.date) == ("Two Doses Prolong Survival", "2020-06-05")


def test_the_files_name_is_the_last_resort_for_a_title(tmp_path: Path) -> None:
    file = tmp_path / "lab-notes.txt"
    file.write_text("it went " + "on and " * 60 + "on.", encoding="utf-8")
    assert read(file).title == "lab-notes"


def test_a_long_stretch_of_nothing_is_shortened_and_no_page_is_lost(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Before." + " \n" * 9000 + "\f\f\n" + "\t" * 700 + "after" + " " * 600 + "end", encoding="utf-8")
    assert read(tmp_path / "a.txt").text == "Before.\n\n\f\fafter end"


def test_canonical_text_of_a_clean_file_is_the_file(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("\n\n# A *title*\n\n  Text.  \n\n", encoding="utf-8")
    assert read(file).text == file.read_text(encoding="utf-8")


def test_what_is_no_readable_file_is_refused_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "folder.txt").mkdir()
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "empty.txt").write_text(" \n\f\n", encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    (tmp_path / "none").write_text("text", encoding="utf-8")
    (tmp_path / "large.txt").write_text("text " * 100, encoding="utf-8")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    monkeypatch.setattr(reader, "READERS", {suffix: replace(form, most_bytes=100) for suffix, form in READERS.items()})
    reasons = {
        "folder.txt": "is a folder",
        "pipe.txt": "is not a regular file",
        "empty.txt": "has no text",
        "picture.png": ".png is not a format",
        "none": "a file without suffix",
        "large.txt": "is larger than",
        "loop.txt": "cannot be read",
        "missing.txt": "there is no such file",
        "nul\0.txt": "cannot be read",
    }
    for name, reason in reasons.items():
        with pytest.raises(ReadingError, match=reason) as caught:
            read(tmp_path / name)
        assert "\n" not in str(caught.value)


def test_readers_of_large_formats_cost_an_ordinary_question_nothing() -> None:
    code = "import sys, assistant.api; sys.stdout.write(' '.join({'pypdfium2', 'docx', 'lxml', 'selectolax'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == ""
