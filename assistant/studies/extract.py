"""Text → studies: the entry to the extraction, and the version that its results are stored under."""

from __future__ import annotations

from assistant.studies.extraction.assembly import Assembly
from assistant.studies.extraction.mentions import Page
from assistant.studies.extraction.results import finished
from assistant.studies.facts import Study

EXTRACTOR_VERSION = "29"
"""Changes whenever the same text may give other studies; stored facts of another version are read again."""


def extract_studies(document_id: str, text: str) -> tuple[Study, ...]:
    """The studies that ``text``, the canonical text of the document ``document_id``, reports, in order.

    Every value that is not None has its span; what the text does not say is None or empty.
    """
    page = Page(text)
    assembly = Assembly(document_id, page)
    return finished(document_id, assembly.read(), assembly.context.substances)
