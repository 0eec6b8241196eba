"""Files made to break readers: each is refused with its reason or read harmlessly, and the rest of a batch goes on."""

from __future__ import annotations

import os
import socket
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import made_files
import pytest
from library_acts import VERSION, add, extract, open_library
from made_files import REPORT, Made

from assistant.errors import ReadingError
from assistant.language.controls import inert
from assistant.library import ingest
from assistant.library.readers import Reader
from assistant.library.readers.limits import Limits
from assistant.settings import PACKAGED_ENCODER

ESCAPES = "\x1b[31mred\x1b[0m \x1b]0;title\x07\x1b]52;c;ZXZpbA==\x07 a\x9b2Jb \u202egnp.exe\u2066 \u200bz\u00adero \U000e0041tag"


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as reader:
        yield reader


def pdf_of(objects: list[bytes]) -> bytes:
    """A PDF file of these objects; the first is its catalogue."""
    stream, offsets = BytesIO(b"%PDF-1.7\n"), []
    stream.seek(0, os.SEEK_END)
    for number, content in enumerate(objects, 1):
        offsets.append(stream.tell())
        stream.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = stream.tell()
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    stream.write(b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table))
    stream.write(b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return stream.getvalue()


FONT = b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"


def many_pages(count: int, text: bytes = b"Mice lived for ninety days. " * 3) -> bytes:
    """All pages draw the same stream, so that a small file is much to read."""
    content = b"BT /F 10 Tf 50 700 Td (%s) Tj ET" % text
    kids = b" ".join(b"%d 0 R" % number for number in range(4, 4 + count))
    page = b"<</Type/Page/Parent 2 0 R/Contents 3 0 R/MediaBox[0 0 600 800]/Resources %s>>" % FONT
    stream = b"<</Length %d>>stream\n%s\nendstream" % (len(content), content)
    return pdf_of([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids), stream, *[page] * count])


def bomb(size: int) -> bytes:
    """A DOCX file that unpacks to ``size`` bytes of paragraphs."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(made_files.docx(REPORT))) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                content = content.replace(b"<w:body>", b"<w:body>" + b"<w:p/>" * (size // 6))
            new.writestr(name, content)
    return stream.getvalue()


def test_files_that_cannot_be_read_are_refused_with_their_reason_and_the_rest_is_added(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    whole = made_files.pdf(REPORT)
    refused = {
        "truncated.pdf": (whole[: len(whole) * 2 // 3], "cut short"),
        "encrypted.pdf": (made_files.pdf(Made(["Secret."], protect="password")), "encrypted"),
        "noise.pdf": (b"%PDF-1.4\n" + bytes(range(256)) * 40 + b"\n%%EOF", "damaged"),
        "scan.pdf": (
            pdf_of([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>", b"<</Type/Page/Parent 2 0 R>>"]),
            "no text",
        ),
        "bomb.docx": (bomb(310_000_000), "unpacks to 311 MB"),
        "broken.docx": (made_files.docx(REPORT)[:-200], "cut short"),
        "old.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "encrypted, or a DOC"),
        "empty.html": (b"<script>alert(1)</script>", "no text"),
        "zeros.txt": (bytes(5000), "binary"),
    }
    for name, (data, _) in refused.items():
        (folder / name).write_bytes(data)
    good = [
        made_files.write(folder, f"good{suffix}", Made([*REPORT.parts, f"This is the {suffix} file."])) for suffix in made_files.FORMATS
    ]
    paths = [path for pair in zip([folder / name for name in refused], good * 3, strict=False) for path in pair]
    report = add(home, *paths)
    reasons = {Path(item.path).name: item.reason for item in report.refused}
    assert set(reasons) == set(refused)
    for name, (_, reason) in refused.items():
        assert reason in reasons[name]
        assert "\n" not in reasons[name]
    assert {Path(document.path).name for document in report.added} == {path.name for path in good}
    with open_library(home) as library:
        for document in report.added:
            text = library.text(document.id)
            assert all(text[p.start : p.end] == p.text for p in library.passages(document.id))
            pages = {p.page for p in library.passages(document.id)}
            assert pages == ({1} if document.path.endswith(".pdf") else {None})


def test_pipes_devices_and_sockets_are_not_opened(reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe.pdf")
    Path("zero.txt").symlink_to("/dev/zero")
    Path("tty.html").symlink_to("/dev/tty")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.docx")
        for name in ("pipe.pdf", "zero.txt", "tty.html", "socket.docx"):
            with pytest.raises(ReadingError, match=r"not a regular file|cannot be read"):
                reader.read(Path(name))


@pytest.mark.parametrize("suffix", [*made_files.FORMATS, ".txt"])
def test_escapes_and_hidden_characters_do_no_harm_in_any_text_or_name(reader: Reader, tmp_path: Path, suffix: str) -> None:
    made = Made(
        [f"Before {ESCAPES} after."] if suffix != ".docx" else ["Before red \u202egnp.exe\u2066 \u200bz\u00adero after."],
        title="T" + ESCAPES[-9:],
    )
    file = tmp_path / f"re\x1b[2Jport\u202efdp{suffix}"
    file.write_bytes(made_files.FORMATS.get(suffix, made_files.markdown)(made))
    reading = reader.read(file)
    assert inert(reading.text) == reading.text
    assert "\x1b" not in reading.title + reading.text
    assert "\u202e" not in reading.title
    assert "after." in reading.text
    file.write_bytes(b"")
    with pytest.raises(ReadingError) as caught:
        reader.read(file)
    assert str(caught.value).isprintable()


def test_a_lone_zero_parts_the_figures_around_it(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Mice lived for 1\x0050 days in this study, and no longer.")
    assert reader.read(tmp_path / "a.txt").text == "Mice lived for 1\ufffd50 days in this study, and no longer."


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "latin-1"])
@pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
def test_micro_signs_arrive_from_every_encoding(reader: Reader, tmp_path: Path, codec: str, suffix: str) -> None:
    file = tmp_path / f"a{suffix}"
    file.write_bytes("Mice received 500 µCi ± 5 % of the compound on day 0.".encode(codec))
    assert reader.read(file).text.strip() == "Mice received 500 µCi ± 5 % of the compound on day 0."


def test_a_text_of_100_mb_is_refused_before_it_is_read(reader: Reader, tmp_path: Path) -> None:
    for name in ("large.txt", "large.html"):
        with (tmp_path / name).open("wb") as file:
            file.truncate(100_000_001)
        with pytest.raises(ReadingError, match="larger than 20 MB"):
            reader.read(tmp_path / name)


def test_very_many_objects_and_pages_are_read(reader: Reader, tmp_path: Path) -> None:
    page = many_pages(1)
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[4 0 R]>>"]
    (tmp_path / "objects.pdf").write_bytes(page)
    assert "ninety days" in reader.read(tmp_path / "objects.pdf").text
    content = b"BT /F 10 Tf 50 700 Td (Mice lived.) Tj ET"
    objects += [b"<</Length %d>>stream\n%s\nendstream" % (len(content), content)]
    objects += [b"<</Type/Page/Parent 2 0 R/Contents 3 0 R/MediaBox[0 0 600 800]/Resources %s>>" % FONT, *[b"[0]"] * 100_000]
    (tmp_path / "objects.pdf").write_bytes(pdf_of(objects))
    assert reader.read(tmp_path / "objects.pdf").text.strip() == "Mice lived."


@pytest.mark.parametrize(
    ("name", "data", "limits", "reason"),
    [
        ("slow.pdf", many_pages(20_000), Limits(seconds=1), "longer than 1 seconds"),
        ("wide.docx", bomb(40_000_000), Limits(memory_bytes=200_000_000), "more than 200 MB of memory|larger than a document|broke on it"),
        ("long.html", b"<p>" + b"word " * 9000, Limits(text_bytes=20_000), "more than 0.02 MB of text"),
        ("deep.html", b"<div>" * 20_000 + b"text", Limits(seconds=20), "nested deeper|longer than|broke on it"),
    ],
)
def test_what_takes_too_much_is_given_up_and_the_next_file_is_read(
    tmp_path: Path, name: str, data: bytes, limits: Limits, reason: str
) -> None:
    (tmp_path / name).write_bytes(data)
    (tmp_path / "next.html").write_bytes(b"<p>Mice lived.</p>")
    with Reader(limits) as limited:
        for _ in range(2):
            with pytest.raises(ReadingError, match=reason) as caught:
                limited.read(tmp_path / name)
            assert "\n" not in str(caught.value)
            assert limited.read(tmp_path / "next.html").text == "Mice lived.\n"


def test_a_file_that_no_reader_expects_ends_only_its_own_process(reader: Reader, tmp_path: Path) -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
    (tmp_path / "odd.docx").write_bytes(stream.getvalue())
    made_files.write(tmp_path, "good.docx")
    for _ in range(2):
        with pytest.raises(ReadingError, match="broke on it"):
            reader.read(tmp_path / "odd.docx")
        assert "Panc-7" in reader.read(tmp_path / "good.docx").text


def docx_with(changes: dict[str, bytes]) -> bytes:
    """A DOCX file with these parts in place of its own, or beside them."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(made_files.docx(REPORT))) as old, zipfile.ZipFile(stream, "w") as new:
        for name in {*old.namelist(), *changes}:
            new.writestr(name, changes[name] if name in changes else old.read(name))
    return stream.getvalue()


def test_nothing_outside_is_read_or_written_that_a_file_names(reader: Reader, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("Secret of another file.", encoding="utf-8")
    (tmp_path / "in").mkdir()
    with zipfile.ZipFile(BytesIO(made_files.docx(REPORT))) as archive:
        document = archive.read("word/document.xml")
        relations = archive.read("word/_rels/document.xml.rels")
    entity = f'<!DOCTYPE x [<!ENTITY secret SYSTEM "{secret.as_uri()}">]>'.encode()
    notes = f'<Relationship Id="r99" Type="http://x/footnotes" Target="{secret.as_uri()}" TargetMode="External"/></Relationships>'.encode()
    files = {
        "climbs.docx": docx_with({"../../climbed.txt": b"Climbed.", "/climbed.txt": b"Climbed."}),
        "entity.docx": docx_with(
            {"word/document.xml": document.replace(b"?>", b"?>" + entity, 1).replace(b"Study design", b"Study &secret; design")}
        ),
        "points.docx": docx_with({"word/_rels/document.xml.rels": relations.replace(b"</Relationships>", notes)}),
        "entity.xhtml": b'<?xml version="1.0"?>' + entity + b"<html><body><p>Mice lived &secret; for ninety days.</p></body></html>",
        "frames.html": b"<p>Mice lived for ninety days.</p><iframe src='../secret.txt'></iframe><object data='../secret.txt'></object>",
    }
    for name, data in files.items():
        (tmp_path / "in" / name).write_bytes(data)
        try:
            assert "Secret" not in reader.read(tmp_path / "in" / name).text
        except ReadingError as error:
            assert "Secret" not in str(error)
    assert {path.name for path in tmp_path.rglob("*")} == {"in", "secret.txt", *files}


def test_a_bomb_that_says_that_it_is_small_is_refused(reader: Reader, tmp_path: Path) -> None:
    large, small = b"<w:p/>" * 1_000_000, 5
    data = docx_with({"word/document.xml": large})
    assert data.count(len(large).to_bytes(4, "little")) >= 2
    (tmp_path / "lies.docx").write_bytes(data.replace(len(large).to_bytes(4, "little"), small.to_bytes(4, "little")))
    with pytest.raises(ReadingError, match=r"damaged|cut short"):
        reader.read(tmp_path / "lies.docx")


def test_no_module_of_the_folder_that_the_user_works_in_is_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("selectolax", "docx", "pypdfium2", "json", "assistant"):
        Path(f"{name}.py").write_text("open('executed', 'w').close()", encoding="utf-8")
    for suffix in made_files.FORMATS:
        with Reader() as fresh:
            assert "Panc-7" in fresh.read(made_files.write(tmp_path, f"a{suffix}")).text
    assert not Path("executed").exists()


def test_of_a_folder_nothing_is_read_that_lies_outside_or_is_no_file(home: Path, tmp_path: Path) -> None:
    folder, outside = tmp_path / "in", made_files.write(tmp_path, "outside.pdf", Made(["Secret of another folder."]))
    (folder / "deeper").mkdir(parents=True)
    (folder / "leak.pdf").symlink_to(outside)
    (folder / "deeper" / "passwd.txt").symlink_to("/etc/passwd")
    (folder / "up.txt").symlink_to("../outside.pdf")
    os.mkfifo(folder / "pipe.pdf")
    os.mkfifo(folder / "pipe.txt")
    (folder / "re\x1b[2Jport\u202efdp.txt").write_text("Mice lived for ninety days in this study.", encoding="utf-8")
    report = ingest.add(
        home, [folder], embedding_model=PACKAGED_ENCODER, extract=extract, facts_version=VERSION, recursive=True
    )  # fmt: skip
    assert [document.title for document in report.added] == ["Mice lived for ninety days in this study."]
    assert {Path(item.path).name for item in report.refused} == {"leak.pdf", "passwd.txt", "up.txt", "pipe.pdf", "pipe.txt"}
    assert all(item.reason.isprintable() for item in report.refused)
    with open_library(home) as library:
        assert not any("Secret" in library.text(d.id) or "root:" in library.text(d.id) for d in library.documents())
