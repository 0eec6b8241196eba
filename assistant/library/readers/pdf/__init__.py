"""PDF: text page by page in reading order, without running heads, with words whole and tables as rows."""

from __future__ import annotations

from collections.abc import Iterator

from pypdfium2 import PdfDocument, PdfiumError
from pypdfium2.raw import FPDF_ERR_PASSWORD

from assistant.errors import ReadingError
from assistant.library.readers.extract import Extract
from assistant.library.readers.pdf.furniture import without_running_heads
from assistant.library.readers.pdf.layout import Line, lines_of
from assistant.library.readers.pdf.text import text_of
from assistant.library.readers.pdf.words import words_of
from assistant.library.titles import iso_date, plausible_title

# Readers look for the end mark this far from the end of the file.
_END_WITHIN = 1024


def extract(data: bytes) -> Extract:
    """The text, in which a form feed ends each page; title and date of making from the document's information."""
    if b"%PDF-" not in data[:_END_WITHIN]:
        raise ReadingError("it is no PDF file")
    if b"%%EOF" not in data[-_END_WITHIN:]:
        raise ReadingError("it is cut short: the end of the file is missing; fetch it again")
    try:
        with PdfDocument(data) as document:
            pages = list(_pages(document))
            title, made = document.get_metadata_value("Title"), document.get_metadata_value("CreationDate")
    except PdfiumError as error:
        raise ReadingError(_reason(error)) from error
    text = text_of(without_running_heads(pages))
    return Extract(text, title if plausible_title(title) else None, made=iso_date(made))


def _pages(document: PdfDocument) -> Iterator[list[Line]]:
    for number in range(len(document)):
        page = document[number]
        textpage = page.get_textpage()
        yield lines_of(words_of(textpage))
        textpage.close()
        page.close()


def _reason(error: PdfiumError) -> str:
    if getattr(error, "err_code", None) == FPDF_ERR_PASSWORD:
        return "it is encrypted; save it without a password"
    return "it is damaged and cannot be read as PDF; fetch it again or print it to a new PDF"
