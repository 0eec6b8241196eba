"""References that a source has of itself, [4] or [c1], stay the source's where they are quoted."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from langchain_core.messages import AIMessage, HumanMessage

from assistant.agent.evidence import Evidence, Source
from assistant.agent.grounding import Grounded, verify
from assistant.agent.presentation import present
from assistant.language.brackets import covered, uncovered
from assistant.values import DocumentRef, Passage

PAPER = (
    "QX 7 was given to mice [1,2]. Tumour cells take up the ether [4]. The control [c1] mice lived 20 days [1].\n\n[1] QX 7 cured all mice."
)
OTHER = "A note on storage. Vials are kept in the dark."


def source(name: str, text: str) -> Source:
    passage = Passage(id=f"{name}:0-{len(text)}", document=name, start=0, end=len(text), text=text)
    return Source(passage=passage, document=DocumentRef(id=name, title=name.title(), date=None, path=f"{name}.txt"))


def told(draft: str, *texts: str) -> Grounded:
    return verify(draft, Evidence(sources=tuple(source(f"text{n}", text) for n, text in enumerate(texts))), "What does it say?")


@pytest.mark.parametrize(
    "quotation",
    [
        "“Tumour cells take up the ether [4].”",
        '"Tumour cells take up the ether [4]."',
        "“[1] QX 7 cured all mice.”",
        "“The control [c1] mice lived 20 days [1].”",
        "“QX 7 was given to mice [1,2]. Tumour cells take … the ether [4].”",
    ],
)
def test_a_quotation_keeps_its_brackets_and_cites_only_its_own_passage(quotation):
    found = told(f"{quotation} [2]", OTHER, PAPER)
    assert found.text == f"{quotation} [1]"
    assert {citation.document.id for citation in found.citations} == {"text1"}
    assert told(found.text, PAPER).text == found.text


def test_a_bracket_of_the_source_is_no_citation():
    found = told("“[1] QX 7 cured all mice.”", PAPER)
    assert (found.status, found.citations) == ("not_in_sources", ())


def test_a_marker_in_a_quotation_whose_source_has_none_there_is_set_behind_it():
    found = told("“Tumour cells take up the ether [2].”", OTHER, PAPER)
    assert found.text == "“Tumour cells take up the ether.” [1]"


def test_an_earlier_answer_is_shown_to_a_model_without_markers_but_with_what_it_quotes():
    answer = AIMessage("They lived 20 days [1]. “Tumour cells take up the ether [4].” [2]")
    (_, earlier, _) = present([HumanMessage("?"), answer, HumanMessage("And?")])
    assert earlier.text == "They lived 20 days. “Tumour cells take up the ether [4].”"


_words = st.sampled_from("cells mice uptake tumour the of was ether".split())
_reference = st.one_of(st.integers(1, 30).map("[{}]".format), st.just("[c1]"), st.just("[2, 3]"))


@settings(max_examples=100, deadline=None)
@given(
    st.lists(_words, min_size=3, max_size=7),
    st.lists(st.tuples(st.integers(0, 7), _reference), max_size=3),
    st.sampled_from(["“”", '""', "«»"]),
)
def test_quoting_any_passage_gives_its_words_and_only_its_own_citation(words, references, marks):
    for place, reference in references:
        words.insert(min(place, len(words)), reference)
    said = f"The {' '.join(words)} ends."
    found = told(f"{marks[0]}{said}{marks[1]} [2]", OTHER, f"First. {said} Last.")
    assert found.text == f"{marks[0]}{said}{marks[1]} [1]"
    assert [citation.document.id for citation in found.citations] == ["text1"]


@given(st.text(alphabet='ab [1]c“”"«»>\n….', max_size=60))
def test_covering_changes_no_letter(text):
    assert uncovered(covered(text, [text])) == text
