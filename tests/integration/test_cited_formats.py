"""Answers from documents of every format cite characters, page and section where the quote stands."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path

import pytest
from homes import copied
from hypothesis import given, settings
from hypothesis import strategies as st
from made_files import FORMATS, REPORT, Made, write

from assistant.agent.evidence import Source
from assistant.agent.grounding.citations import Register
from assistant.api import Assistant
from assistant.language.controls import inert
from assistant.language.sentences import sentences
from assistant.library.passages import split
from assistant.library.readers import READERS
from assistant.values import DocumentRef

CODES = {".pdf": "HRB-131", ".html": "NVD-212", ".docx": "KPL-313", ".md": "TSW-414"}
PREFACE = ["# Preface", "This report was written for people who keep mice, and begins with a page that says nothing of them.", None]


@pytest.fixture(scope="module")
def assistant(home: Path, tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("formats")
    copied(home, folder / "home")
    with Assistant.open(folder / "home") as assistant:
        for suffix, code in CODES.items():
            parts = json.loads(json.dumps([*PREFACE, *REPORT.parts]).replace("HRB-131", code))
            made = Made(
                [part for part in parts if part is not None or suffix == ".pdf"], title=f"Survival after {code}", head=f"Report on {code}"
            )
            report = assistant.add(write(folder, f"report{suffix}", made))
            assert report.refused == ()
        yield assistant


_text = st.text(st.characters(min_codepoint=32, max_codepoint=0x17F, exclude_categories=["Cc"]), min_size=1, max_size=120)
_table = st.lists(st.lists(_text.map(lambda text: text[:20]), min_size=3, max_size=3), min_size=2, max_size=12)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.one_of(_text, _table, st.none()), max_size=6))
@pytest.mark.parametrize("suffix", CODES)
def test_whatever_is_cited_of_any_format_opens_at_its_characters(suffix: str, parts: list) -> None:
    made = Made(["The beginning.", *(part for part in parts if part is not None or suffix == ".pdf")])
    text = inert(import_module(f"assistant.library.readers.{READERS[suffix].module}").extract(FORMATS[suffix](made)).text)
    document = DocumentRef(id="d", title="Made", date=None, path=f"made{suffix}")
    register = Register(())
    for passage in split("d", text, lambda piece: len(piece.split()), 24):
        for sentence in sentences(passage.text):
            register.source(sentence.text, Source(passage=passage, document=document))
    assert register.citations()
    for citation in register.citations():
        assert text[citation.start : citation.end] == citation.quote
        assert citation.quote in citation.passage
        assert citation.page == (text.count("\f", 0, citation.start) + 1 if "\f" in text else None)
        assert citation.columns is None or f"{citation.columns}\n" in text[: citation.start]


@pytest.mark.parametrize("suffix", CODES)
def test_a_citation_opens_at_its_characters_and_names_its_page_and_section(assistant: Assistant, suffix: str) -> None:
    answer = assistant.ask(f"What was the median survival with two doses of {CODES[suffix]} in the Panc-7 model?")
    assert answer.status == "answered"
    assert "90.5 days" in answer.text
    assert answer.citations
    for citation in answer.citations:
        text = assistant.library.text(citation.document.id)
        assert text[citation.start : citation.end] == citation.quote
        assert citation.document.path.endswith(suffix)
        assert citation.page == (text.count("\f", 0, citation.start) + 1 if suffix == ".pdf" else None)
    (cited,) = [citation for citation in answer.citations if "90.5" in citation.quote]
    assert (cited.page, cited.section) == (2 if suffix == ".pdf" else None, "Results")
    assert json.loads(answer.model_dump_json())["citations"][0]["section"] == answer.citations[0].section
    assert assistant.verify(answer).holds
