"""Answers from documents of every format cite characters, page and section where the quote stands."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from made_files import REPORT, Made, write

from assistant.api import Assistant

CODES = {".pdf": "HRB-131", ".html": "NVD-212", ".docx": "KPL-313", ".md": "TSW-414"}
PREFACE = ["# Preface", "This report was written for people who keep mice, and begins with a page that says nothing of them.", None]


@pytest.fixture(scope="module")
def assistant(home: Path, tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("formats")
    shutil.copytree(home, folder / "home")
    with Assistant.open(folder / "home") as assistant:
        for suffix, code in CODES.items():
            parts = json.loads(json.dumps([*PREFACE, *REPORT.parts]).replace("HRB-131", code))
            made = Made(
                [part for part in parts if part is not None or suffix == ".pdf"], title=f"Survival after {code}", head=f"Report on {code}"
            )
            report = assistant.add(write(folder, f"report{suffix}", made))
            assert report.refused == ()
        yield assistant


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
