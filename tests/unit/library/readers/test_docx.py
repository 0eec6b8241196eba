"""DOCX: what stands in the document, in order, and nothing that was deleted or hidden."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO

import made_files
import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from made_files import REPORT

from assistant.errors import ReadingError
from assistant.library.readers import docx as reader
from assistant.library.readers.docx import extract


def saved(build: Callable[[WordDocument], object]) -> bytes:
    document, stream = Document(), BytesIO()
    build(document)
    document.save(stream)
    return stream.getvalue()


def xml(text: str):
    return parse_xml(text.replace(">", f" {nsdecls('w')}>", 1))


def test_headings_paragraphs_lists_and_tables_in_order() -> None:
    def build(document: WordDocument) -> None:
        document.add_heading("The Title", 0)
        document.add_heading("Results", 1)
        document.add_paragraph("Before the table.")
        table = document.add_table(rows=2, cols=2)
        for cell, text in zip((cell for row in table.rows for cell in row.cells), ("Arm", "Days", "One", "64"), strict=True):
            cell.text = text
        document.add_heading("Details", 2)
        document.add_paragraph("first", style="List Bullet")
        document.add_paragraph("line one\nline two\tend")

    assert extract(saved(build)).text == (
        "# The Title\n\n## Results\n\nBefore the table.\n\n| Arm | Days |\n|---|---|\n| One | 64 |\n\n### Details\n\n- first\n\n"
        "line one\nline two\tend\n"
    )


def test_paragraphs_that_lay_a_table_out_by_tabs_are_its_rows() -> None:
    def build(document: WordDocument) -> None:
        for line in ("Table 1", "Arm\tMice\tSurvival", "Saline\t8\t24", "20 kBq\t10\t61.5", "The end."):
            document.add_paragraph(line)

    rows = "| Arm | Mice | Survival |\n|---|---|---|\n| Saline | 8 | 24 |\n| 20 kBq | 10 | 61.5 |"
    assert extract(saved(build)).text == f"Table 1\n\n{rows}\n\nThe end.\n"


def test_a_table_with_merged_cells_and_heads_of_two_rows() -> None:
    def build(document: WordDocument) -> None:
        table = document.add_table(rows=0, cols=3)
        for row in (["Arm", "Survival (days)", ""], ["", "Median", "Range"], ["One", "64", "50-80"], ["", "65", "51-81"]):
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
        table.cell(0, 1).merge(table.cell(0, 2))
        table.cell(2, 0).merge(table.cell(3, 0))

    assert extract(saved(build)).text == (
        "| Arm | Survival (days) Median | Survival (days) Range |\n|---|---|---|\n| One | 64 | 50-80 |\n| One | 65 | 51-81 |\n"
    )


def test_a_corner_over_two_rows_makes_both_of_them_heads() -> None:
    def build(document: WordDocument) -> None:
        table = document.add_table(rows=3, cols=3)
        table.cell(0, 0).merge(table.cell(1, 0)).text = "Arm"
        table.cell(0, 1).merge(table.cell(0, 2)).text = "Survival"
        for (row, column), text in {(1, 1): "Days", (1, 2): "95% CI", (2, 0): "One", (2, 1): "64", (2, 2): "60-70"}.items():
            table.cell(row, column).text = text

    assert extract(saved(build)).text == "| Arm | Survival Days | Survival 95% CI |\n|---|---|---|\n| One | 64 | 60-70 |\n"


def test_letters_and_characters_of_the_font_symbol_are_what_they_show() -> None:
    def build(document: WordDocument) -> None:
        paragraph = document.add_paragraph("50 ")
        paragraph.add_run("m").font.name = "Symbol"
        paragraph.add_run("Ci, 25 ")._r.append(xml('<w:sym w:font="Symbol" w:char="F06D"></w:sym>'))
        paragraph.add_run("Ci, 6 ").font.name = "Arial"

    assert extract(saved(build)).text == "50 μCi, 25 μCi, 6\n"


def test_boxes_follow_the_paragraph_that_anchors_them_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>In the box: 84 days.</w:t></w:r></w:p></w:txbxContent>"
    copies = "http://schemas.openxmlformats.org/markup-compatibility/2006"

    def build(document: WordDocument) -> None:
        run = document.add_paragraph("Around it.").add_run()
        choice = f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        run._r.append(xml(f'<mc:AlternateContent xmlns:mc="{copies}">{choice}</mc:AlternateContent>'))
        document.add_paragraph("Behind it.")

    assert extract(saved(build)).text == "Around it.\n\nIn the box: 84 days.\n\nBehind it.\n"


def test_raised_hidden_inserted_and_deleted_text_and_controls() -> None:
    def build(document: WordDocument) -> None:
        paragraph = document.add_paragraph("")
        raised, lowered = "superscript", "subscript"
        runs = ("131", raised), ("I in IC", None), ("50", lowered), (" hidden", "hidden"), (" seen", None), ("a", raised), (" twice", None)
        for text, change in runs:
            run = paragraph.add_run(text)
            if change:
                setattr(run.font, change, True)
        body = document.element.body
        deleted, inserted = "<w:del><w:r><w:delText>999</w:delText></w:r></w:del>", "<w:ins><w:r><w:t>90</w:t></w:r></w:ins>"
        body.insert(1, xml(f"<w:p><w:r><w:t>Survival: </w:t></w:r>{deleted}{inserted}</w:p>"))
        body.insert(2, xml("<w:sdt><w:sdtContent><w:p><w:r><w:t>In a control</w:t></w:r></w:p></w:sdtContent></w:sdt>"))

    assert extract(saved(build)).text == "¹³¹I in IC50 seen ᵃ twice\n\nSurvival: 90\n\nIn a control\n"


def test_title_and_day_come_from_the_properties_where_somebody_set_them() -> None:
    assert (extract(made_files.docx(REPORT)).title, extract(made_files.docx(REPORT)).made) == (REPORT.title, None)

    def build(document: WordDocument) -> None:
        document.core_properties.title = "Document1"
        document.core_properties.created = datetime(2021, 3, 9, tzinfo=UTC)

    assert (extract(saved(build)).title, extract(saved(build)).made) == (None, "2021-03-09")


def rezipped(data: bytes, **parts: bytes) -> bytes:
    """The file with parts replaced or added; ``name`` has double underscores for slashes."""
    stream = BytesIO()
    changed = {name.replace("__", "/"): content for name, content in parts.items()}
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changed.pop(name, None) or old.read(name))
        for name, content in changed.items():
            new.writestr(name, content)
    return stream.getvalue()


def test_a_bomb_is_refused_by_what_it_would_unpack_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_MOST_UNPACKED", 5_000_000)
    bomb = rezipped(made_files.docx(REPORT), **{"word__media__bomb.xml": b"0" * 6_000_000})
    assert len(bomb) < 60_000
    with pytest.raises(ReadingError, match="unpacks to 7 MB"):
        extract(bomb)


def test_names_that_lead_out_of_the_archive_lead_nowhere(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = extract(rezipped(made_files.docx(REPORT), **{"..__..__outside.xml": b"<x/>", "__etc__passwd": b"x"})).text
    assert text == extract(made_files.docx(REPORT)).text
    assert list(tmp_path.iterdir()) == []


ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "0123456789"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY secret SYSTEM "file:///etc/passwd">]>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>x&b;&secret;</w:t></w:r></w:p>
</w:body></w:document>"""


def test_entities_are_not_followed() -> None:
    found = extract(rezipped(made_files.docx(REPORT), **{"word__document.xml": ENTITIES})).text
    assert "root:" not in found
    assert len(found) < 200


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (made_files.docx(REPORT)[:-300], "cut short"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "encrypted, or a DOC file"),
        (b"no archive", "no DOCX"),
        (rezipped(made_files.docx(REPORT), **{"word__document.xml": b"<w:document"}), "cannot be read as DOCX"),
    ],
)
def test_what_is_no_document_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(ReadingError, match=reason):
        extract(data)
