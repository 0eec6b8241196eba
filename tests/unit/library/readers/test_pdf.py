"""PDF: reading order, whole words and paragraphs, pages, tables, and nothing of what runs along the edges."""

from __future__ import annotations

import re
from io import BytesIO

import made_files
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_files import BODY, REPORT, SURVIVAL, Made
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, Spacer, Table

from assistant.errors import ReadingError
from assistant.language.sentences import sentences
from assistant.library.passages import split
from assistant.library.readers.pdf import extract

SENTENCE = "The compound of group {n} is taken up by tumor cells through membrane regions that are rich in cholesterol. "


def drawn(draw, *, pages: int = 1, size: tuple[int, int] = (600, 800)) -> bytes:
    """A PDF on whose pages ``draw`` drew."""
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=size, invariant=True)
    for number in range(pages):
        canvas.setFont("Helvetica", 10)
        draw(canvas, number)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def words(text: str) -> list[str]:
    return text.replace("#", " ").split()


def test_two_columns_below_a_title_are_read_one_after_the_other_and_over_pages() -> None:
    paragraphs = [SENTENCE.format(n=number) * 3 for number in range(40)]
    title = "Harbour Biosciences Reports That Two Doses of HRB-131 Prolong Survival in a Model of Pancreatic Cancer"
    first = [
        Paragraph(title, getSampleStyleSheet()["Title"]),
        Paragraph("BASEL, March 9, 2021. A summary stands across both columns.", BODY),
    ]
    text = extract(made_files.pdf(Made(paragraphs, columns=2, first=first, head="Harbour Biosciences, Confidential"))).text
    assert text.startswith(f"# {title}\n\nBASEL, March 9, 2021. A summary stands across both columns.\n\n")
    assert words(text.partition("columns.")[2]) == words(" ".join(paragraphs))
    assert text.count("\f") == 3
    kinds = {sentence.kind for sentence in sentences(text[len(title) + 2 :])}
    assert kinds == {"paragraph"}, "a line of a column was taken for a heading or a row"
    assert all(sentence.text.endswith((".", "cholesterol.")) for sentence in sentences(text)[1:]), "a sentence was cut where a page ends"


def test_running_heads_and_page_numbers_go_and_a_sentence_over_the_page_stays_whole() -> None:
    made = Made([SENTENCE.format(n=7) * 70], head="Report 12 of Harbour Biosciences")
    text = extract(made_files.pdf(made)).text
    assert "Report 12" not in text
    assert words(text) == words(SENTENCE.format(n=7) * 70)
    assert {sentence.text.replace("\f", " ") for sentence in sentences(text)} == {SENTENCE.format(n=7).strip()}


@pytest.mark.parametrize(
    "number", ["{n}", "Page {n} of 4", "- {n} -", "Chapter 2: Methods {n}", "{n} Harbour", "https://example.org/report {n}/4"]
)
def test_page_numbers_in_any_form_go(number: str) -> None:
    def draw(canvas: Canvas, page: int) -> None:
        canvas.drawString(60, 700, f"Mice of group {page + 21} were treated twice and lived for {page + 50} days.")
        canvas.drawString(280, 30, number.format(n=page + 1))

    text = extract(drawn(draw, pages=4)).text
    assert [part.strip() for part in text.split("\f")[:4]] == [
        f"Mice of group {n + 21} were treated twice and lived for {n + 50} days." for n in range(4)
    ]


def test_the_head_of_a_table_that_goes_on_over_pages_stays() -> None:
    def draw(canvas: Canvas, page: int) -> None:
        rows = [["Group", "Mice", "Survival (days)"], *([f"{page}-{n} of HRB", str(n + 5), str(20 * page + n + 31)] for n in range(6))]
        for row, y in zip(rows, range(740, 0, -14), strict=False):
            for cell, x in zip(row, (60, 200, 300), strict=True):
                canvas.drawString(x, y, cell)

    assert extract(drawn(draw, pages=3)).text.count("| Group | Mice | Survival (days) |\n|---|---|---|\n") == 3


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["The groups differed in the experi-", "ence of their keepers, which was long."], "the experience of their"),
        (["A clear dose-response was seen. The dose-", "response was the same in females."], "The dose-response was the same"),
        (["The lead compound of the company is HRB-", "131, which carries iodine-131 itself."], "is HRB-131, which"),
        (["It is the basis of a first-in-", "human trial that is to begin soon."], "first-in-human trial"),
        (["Two of these were lost – the others –", "lived on for more than ninety days."], "others – lived on"),
    ],
)
def test_a_word_divided_at_the_end_of_a_line_is_whole(lines: list[str], text: str) -> None:
    def draw(canvas: Canvas, page: int) -> None:
        for line, y in zip(lines, (700, 688), strict=True):
            canvas.drawString(60, y, line)

    assert text in extract(drawn(draw)).text


def test_raised_characters_stay_raised_and_others_join_their_word() -> None:
    paragraph = (
        "<super>131</super>I-HRB was given with 2×10<super>6</super> cells; survival was 161<super>1</super> days (IC<sub>50</sub>), "
        "mouth<super>a</super> aside."
    )
    text = extract(made_files.pdf(Made([], first=[Paragraph(paragraph, BODY)]))).text
    assert text.strip() == "¹³¹I-HRB was given with 2×10⁶ cells; survival was 161¹ days (IC50), mouth ᵃ aside."


def test_a_table_is_rows_under_column_names_of_one_or_two_lines() -> None:
    table = [["Arm", "n", "Activity\n(µCi)", "Median survival\n(days)"], *SURVIVAL[1:-1], ["HRB-131,\ntwo doses", "9", "50", "90.5"]]
    text = extract(
        made_files.pdf(Made(["All groups are shown here, and none was left out.", table, "What follows the table is a text."]))
    ).text
    assert (
        "| Arm | n | Activity (µCi) | Median survival (days) |\n|---|---|---|---|\n| Vehicle | 10 | - | 41 |\n"
        "| HRB-131, one dose | 10 | 50 | 64.5 |\n| HRB-131, two doses | 9 | 50 | 90.5 |\n\nWhat follows"
    ) in text


def test_a_caption_between_two_tables_of_other_columns_joins_neither() -> None:
    def draw(canvas: Canvas, page: int) -> None:
        first = (["Arm", "n", "Dose", "Days"], ["Vehicle", "10", "0", "38"], ["One dose", "9", "50", "61"], ["Two doses", "8", "50", "84"])
        second = (["Tissue", "Uptake"], ["Tumour", "12.4"], ["Kidney", "4.2"])
        rows = [*first, ["Table 2. Uptake in tissue, in percent of the injected dose per gram"], *second]
        for row, y in zip(rows, range(700, 0, -14), strict=False):
            for cell, x in zip(row, (50, 180, 210, 430) if row in first else (50, 300), strict=False):
                canvas.drawString(x, y, cell)

    text = extract(drawn(draw)).text
    assert "| Arm | n | Dose | Days |\n|---|---|---|---|\n| Vehicle | 10 | 0 | 38 |\n" in text
    assert "\n\nTable 2. Uptake in tissue, in percent of the injected dose per gram\n\n| Tissue | Uptake |" in text


def test_a_table_over_both_columns_is_whole_and_stands_between_the_columns_above_and_below() -> None:
    def draw(canvas: Canvas, page: int) -> None:
        for column, x in enumerate((50, 320)):
            for number in range(8):
                for part, top in enumerate((700, 400)):
                    canvas.drawString(x, top - 12 * number, f"{'upper' if part == 0 else 'lower'} line of column {column} with some words")
        rows = (["Group", "n", "Activity (MBq)", "Survival (d)"], ["Saline", "12", "0", "31"], ["High", "11", "15", "83"])
        for row, y in zip(rows, (560, 546, 532), strict=True):
            for cell, x in zip(row, (50, 150, 280, 450), strict=True):
                canvas.drawString(x, y, cell)

    text = extract(drawn(draw)).text
    assert "| Group | n | Activity (MBq) | Survival (d) |\n|---|---|---|---|\n| Saline | 12 | 0 | 31 |\n| High | 11 | 15 | 83 |" in text
    order = re.findall(r"(?:upper|lower) line of column \d|Group", text)
    upper, lower = ([f"{part} line of column {column}" for column in (0, 1) for _ in range(8)] for part in ("upper", "lower"))
    assert order == [*upper, "Group", *lower]


def test_cells_of_several_lines_and_addresses_side_by_side() -> None:
    cell = ParagraphStyle("cell", fontName="Helvetica", fontSize=8, leading=9.5)
    rows = [["Group", "Mice", "Median survival (days)"], ["Control", "8", "39"], ["HRB-131, two injections of it", "8", "118"]]
    cells = [[Paragraph(text, cell) for text in row] for row in rows]
    table = Table(cells, colWidths=[80, 50, 90], style=[("VALIGN", (0, 0), (-1, -1), "MIDDLE")])
    addresses = [Paragraph(text, cell) for text in ("Investors<br/>Erik Holm<br/>+46 18 12", "Media<br/>Maja Berg<br/>+46 18 13")]
    contacts = Table([addresses], colWidths=[200, 200])
    text = extract(made_files.pdf(Made([], first=[table, Spacer(1, 20), contacts]))).text
    assert (
        "| Group | Mice | Median survival (days) |\n|---|---|---|\n| Control | 8 | 39 |\n| HRB-131, two injections of it | 8 | 118 |\n"
        in text
    )
    assert "| Investors | Media |\n|---|---|\n| Erik Holm | Maja Berg |\n| +46 18 12 | +46 18 13 |" in text


def test_prose_with_wide_spaces_is_no_table() -> None:
    lines = ["This version does not know it, and it does not know", "the other one either, which", "is a pity for all of those who need it"]

    def draw(canvas: Canvas, page: int) -> None:
        for number, line in enumerate(lines):
            canvas.drawString(60, 700 - 12 * number, line)
        canvas.drawString(330, 700, "the automatic kinds")

    assert "|" not in extract(drawn(draw)).text


def test_a_page_that_lies_on_its_side_is_read_and_a_mark_along_its_edge_is_not() -> None:
    def draw(canvas: Canvas, page: int) -> None:
        canvas.saveState()
        canvas.rotate(90)
        for number in range(8):
            canvas.drawString(60, -100 - 14 * number, f"Line {number} of a page that lies on its side, in full.")
        canvas.restoreState()
        canvas.drawString(20, 20, "Copy")

    text = extract(drawn(draw)).text
    assert words(text) == words(" ".join(f"Line {number} of a page that lies on its side, in full." for number in range(8)))


def test_headings_open_sections(tokens) -> None:
    text = extract(made_files.pdf(REPORT)).text
    assert [p.section for p in split("d", text, tokens.count, 256)] == ["Study design", "Results", "Results", "Results"]


def test_title_and_day_of_making_come_from_the_information() -> None:
    found = extract(made_files.pdf(REPORT))
    assert (found.title, found.date, found.made) == (REPORT.title, None, "2000-01-01")
    for junk in ("Microsoft Word - draft 3.docx", "untitled", "report-final.pdf", "x", ""):
        assert extract(made_files.pdf(Made(["Text."], title=junk))).title is None


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda data: data[: len(data) // 2], "cut short"),
        (lambda data: b"%PDF-1.7\n" + b"\0" * 500 + b"%%EOF", "damaged"),
        (lambda data: b"<html>no</html>", "no PDF"),
        (lambda data: b"", "no PDF"),
    ],
)
def test_what_is_no_whole_pdf_is_refused(damage, reason: str) -> None:
    with pytest.raises(ReadingError, match=reason):
        extract(damage(made_files.pdf(REPORT)))


def test_an_encrypted_file_is_refused_as_such() -> None:
    with pytest.raises(ReadingError, match="encrypted"):
        extract(made_files.pdf(Made(["Secret."], protect="x")))


_texts = st.lists(st.text(st.sampled_from("abc DEF. 12µ,\n-–"), min_size=1, max_size=400), min_size=1, max_size=6)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_texts, min_size=1, max_size=4), st.sampled_from([1, 2]))
def test_every_word_is_on_its_page_whatever_the_text(tokens, pages: list[list[str]], columns: int) -> None:
    parts: list[str | None] = []
    for number, texts in enumerate(pages, 1):
        parts += [f"begin{number}x{place} {text} end{number}x{place}" for place, text in enumerate(texts)]
        parts.append(None)
    text = extract(made_files.pdf(Made(parts[:-1], columns=columns))).text
    passages = split("d", text, tokens.count, 64)
    for passage in passages:
        assert text[passage.start : passage.end] == passage.text
    for number, texts in enumerate(pages, 1):
        for place in range(len(texts)):
            for mark in (f"begin{number}x{place}", f"end{number}x{place}"):
                (at,) = [p for p in passages if mark in p.text]
                assert at.page_at(text.index(mark)) == number


@pytest.mark.parametrize("offset", [0, 3, 6])
def test_a_table_in_one_of_two_columns_is_whole_whatever_stands_beside_it(offset: int) -> None:
    def draw(canvas: Canvas, page: int) -> None:
        rows = [["Arm", "n", "Days"], ["Vehicle", "10", "41"], ["One dose", "10", "64"], ["Two doses", "9", "90"]]
        for number in range(6):
            canvas.drawString(50, 700 - 12 * number, f"left line {number} of some words of prose")
            canvas.drawString(50, 500 - 12 * number, f"left line {number + 6} of some words of prose")
        for number, row in enumerate(rows):
            for cell, x in zip(row, (50, 150, 200), strict=True):
                canvas.drawString(x, 600 - 18 * number, cell)
        for number in range(22):
            if number != 9:
                canvas.drawString(320, 700 + offset - 12 * number, f"right line {number} of some words of prose")

    text = extract(drawn(draw)).text
    assert "| Arm | n | Days |\n|---|---|---|\n| Vehicle | 10 | 41 |\n| One dose | 10 | 64 |\n| Two doses | 9 | 90 |" in text
    assert [int(n) for n in re.findall(r"left line (\d+)", text)] == list(range(12))
    assert re.search(r"left line 11.*right line 0 ", text, re.DOTALL)
