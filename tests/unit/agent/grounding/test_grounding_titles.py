"""Titles of documents in statements: their figures are no claims."""

from __future__ import annotations

from assistant.agent.evidence import Source
from assistant.agent.grounding.reading import Support, quoted_title
from assistant.values import DocumentRef, Passage

TITLE = "12th Meeting on Alpha Therapy\nRiga, 3-5 June 2031"


def test_a_title_over_two_lines_is_known_as_answers_name_it():
    document = DocumentRef(id="d1", title=TITLE, date="2031-06-05", path="poster.txt")
    passage = Passage(id="p1", document="d1", start=900, end=923, text="The fund paid for all.")
    support = Support(sources=(("1", Source(passage=passage, document=document)),), workings=())
    one_line = " ".join(TITLE.split())
    assert support.headings == (f"{one_line}\n2031-06-05",)
    said = f"{quoted_title(one_line)} says: “The fund paid for all.”"
    assert support.untitled(said) == " says: “The fund paid for all.”"
