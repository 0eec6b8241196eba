"""Documents of every format, made from the same headings, paragraphs and tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from io import BytesIO
from pathlib import Path

from docx import Document
from reportlab.lib import colors
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, FrameBreak, PageBreak, PageTemplate, Paragraph, Spacer, Table

_STYLES = getSampleStyleSheet()
BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=10, leading=12, alignment=TA_JUSTIFY, spaceAfter=6)


@dataclass
class Made:
    """What a document holds: a string is a paragraph, with ``# `` a heading, a list of rows a table, None a page's end."""

    parts: Sequence[str | list[list[str]] | None]
    title: str = "A Made Report"
    head: str = ""
    columns: int = 1
    protect: str | None = None
    first: list[Flowable] = field(default_factory=list)


SURVIVAL = [
    ["Arm", "n", "Activity (µCi)", "Median survival (days)"],
    ["Vehicle", "10", "-", "41"],
    ["HRB-131, one dose", "10", "50", "64.5"],
    ["HRB-131, two doses", "9", "50", "90.5"],
]
REPORT = Made(
    [
        "# Study design",
        "Mice bearing Panc-7 xenografts, a model of human pancreatic cancer, received HRB-131 or its vehicle by injection into a vein of "
        "the tail, and were observed every day until they died.",
        "# Results",
        "The survival of each group stands in the table below.",
        SURVIVAL,
        "No animal was lost to follow-up, and the last of them died in May, which ended the experiment as the protocol demands.",
    ],
    title="Two Doses of HRB-131 Prolong Survival",
)


def pdf(made: Made) -> bytes:
    """A PDF with running heads and feet on each page where ``head`` is given."""
    stream = BytesIO()
    width, height = A4
    gutter = 18
    wide = (width - 100 - gutter * (made.columns - 1)) / made.columns
    top = Frame(50, height - 190, width - 100, 130, id="top")
    depth = height - 245 if made.first else height - 130
    frames = [Frame(50 + number * (wide + gutter), 60, wide, depth) for number in range(made.columns)]
    later = [Frame(50 + number * (wide + gutter), 60, wide, height - 130) for number in range(made.columns)]

    def decorate(canvas, document):
        if made.head:
            canvas.setFont("Helvetica", 8)
            canvas.drawString(50, height - 40, made.head)
            canvas.drawRightString(width - 50, 30, f"{made.head} · {document.page}")

    encrypt = StandardEncryption(made.protect) if made.protect else None
    template = BaseDocTemplate(stream, pagesize=A4, title=made.title, encrypt=encrypt, invariant=True)
    template.addPageTemplates(
        [
            PageTemplate("first", [top, *frames] if made.first else frames, onPage=decorate, autoNextPageTemplate="later"),
            PageTemplate("later", later, onPage=decorate),
        ]
    )
    story: list[Flowable] = [*made.first, FrameBreak()] if made.first else []
    template.build(story + [_flowable(part) for part in made.parts] + [Spacer(1, 1)])
    return stream.getvalue()


def _flowable(part: str | list[list[str]] | None) -> Flowable:
    if part is None:
        return PageBreak()
    if isinstance(part, str):
        heading = part.startswith("# ")
        return Paragraph(escape(part.removeprefix("# ")), _STYLES["Heading2"] if heading else BODY)
    return Table(
        part, style=[("FONTSIZE", (0, 0), (-1, -1), 8), ("GRID", (0, 0), (-1, -1), 0.5, colors.grey)], spaceBefore=6, spaceAfter=10
    )


def html(made: Made) -> bytes:
    """A page with what pages have around their content."""
    body = []
    for part in made.parts:
        if isinstance(part, str):
            body.append(f"<h2>{escape(part[2:])}</h2>" if part.startswith("# ") else f"<p>{escape(part)}</p>")
        elif part is not None:
            rows = ["".join(f"<td>{escape(cell)}</td>" for cell in row) for row in part]
            body.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(made.title)}</title></head><body>'
        f"<nav><a href='/'>Home</a></nav><main><h1>{escape(made.title)}</h1>{''.join(body)}</main><footer>Imprint</footer></body></html>"
    ).encode()


def docx(made: Made) -> bytes:
    """A DOCX file with the styles of Word's own template."""
    document = Document()
    document.core_properties.title = made.title
    document.add_heading(made.title, 0)
    for part in made.parts:
        if isinstance(part, str):
            document.add_heading(part[2:], 1) if part.startswith("# ") else document.add_paragraph(part)
        elif part is not None:
            table = document.add_table(rows=0, cols=len(part[0]))
            for row in part:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def markdown(made: Made) -> bytes:
    """The same as Markdown."""
    blocks = [f"# {made.title}"]
    for part in made.parts:
        if isinstance(part, str):
            blocks.append(f"#{part}" if part.startswith("# ") else part)
        elif part is not None:
            lines = ["| " + " | ".join(row) + " |" for row in part]
            blocks.append("\n".join([lines[0], "|" + "---|" * len(part[0]), *lines[1:]]))
    return "\n\n".join(blocks).encode()


FORMATS = {".pdf": pdf, ".html": html, ".docx": docx, ".md": markdown}


def write(folder: Path, name: str, made: Made = REPORT) -> Path:
    """The document as a file; the suffix of ``name`` says which format."""
    file = folder / name
    file.write_bytes(FORMATS[file.suffix](made))
    return file
