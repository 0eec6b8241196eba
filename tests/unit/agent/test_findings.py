"""What came back for each tool call of the turn, and how it is cited."""

import pytest
from langchain_core.messages import AIMessage, HumanMessage
from made_studies import QX
from turns import calls, result, source, span, working

from assistant.agent.offline.findings import call, call_id, findings
from assistant.studies.facts import Arm, Study, Survival

ASKED = HumanMessage("How long?")
TEXT = "QX 177 was given twice. Mice lived 90 days.\n\nAsPC-1 cells were used."


def test_arguments_that_are_none_are_left_out():
    assert call("list_studies", compound=None) == call("list_studies")
    assert call("decay", nuclide="I-131") != call("decay", nuclide="I-125")


def test_each_call_has_its_outcome_or_the_reason_why_there_is_none():
    turn = [
        ASKED,
        calls("search_passages", query="x"),
        result({"sources": (source(0),)}),
        calls("dose_summary", prefix="b", study="QY"),
        result(content="no study is called QY", call_id="b0", status="error"),
    ]
    found = findings(turn)
    assert found.made(call("search_passages", query="x"))
    assert not found.made(call("search_passages", query="y"))
    assert found.refusals == {call("dose_summary", study="QY"): "no study is called QY"}
    assert len(found.evidence.sources) == 1


def test_calls_of_earlier_turns_count_as_not_made():
    turns = [ASKED, calls("half_life", nuclide="I-131"), result({"workings": (working(),)}), AIMessage("8 days."), HumanMessage("And?")]
    found = findings(turns)
    assert not found.made(call("half_life", nuclide="I-131"))
    assert found.evidence.workings == ()


def test_a_calculation_is_found_by_its_call_and_marked_by_its_number():
    turn = [ASKED, calls("calculate", expression="1"), result({"workings": (working(1.0),)}),
            calls("calculate", prefix="b", expression="2"), result({"workings": (working(2.0),)}, "b0")]  # fmt: skip
    found = findings(turn)
    one, two, other = (call("calculate", expression=text) for text in ("1", "2", "3"))
    assert [found.mark(wanted) for wanted in (one, two, other)] == ["[c1]", "[c2]", ""]
    assert found.result(two, "gain").value == 2.0
    assert found.result(two, "loss") is None
    assert found.working(other) is None


class TestCitations:
    @pytest.fixture
    def found(self):
        return findings([ASKED, calls("search_passages"), result({"sources": (source(100, TEXT), source(0))})])

    def test_spans_are_cited_once_each_in_the_order_given(self, found):
        assert found.cite(span(0), span(100), None, span(105)) == "[2][1]"
        assert found.cite(span(5000)) == ""

    def test_the_sentence_at_a_place(self, found):
        place = 100 + TEXT.index("90")
        assert found.sentence_at(span(place)) == "Mice lived 90 days."
        assert found.sentence_at(span(5000)) == ""

    def test_passages_that_name_compound_and_model_are_added_where_the_cited_one_does_not(self, found):
        study = Study(document="d1", compound="QX 177", model="AsPC-1", spans={"compound": span(100), "model": span(100)})
        assert found.cite_of(study, span(0)) == "[2][1]"
        assert found.cite_of(study, span(120)) == "[1]"

    def test_an_arm_is_cited_by_its_survival_and_label(self, found):
        survival = Survival(value=90, unit="day", statistic=None, span=span(5))
        arm = Arm(label="two doses", survival=survival, spans={"label": span(110)})
        assert found.cite_arm(Study(document="d1", compound=None), arm) == "[2][1]"

    def test_a_document_of_the_evidence(self, found):
        assert found.document("d1").title == "Mice live longer"
        assert found.document(QX.document + "x") is None


def test_ids_of_calls_are_stable_and_tell_calls_apart():
    assert call_id(call("decay"), 100) == call_id(call("decay"), 100)
    assert len({call_id(call(name), place) for name in ("decay", "half_life") for place in (100, 101)}) == 4
