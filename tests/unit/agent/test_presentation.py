"""What a model reads: numbers run on through a turn, one passage has one number, earlier turns keep only what was said."""

import re

from hypothesis import given
from hypothesis import strategies as st
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage, ToolMessage
from made_studies import QX, QZ
from turns import DOCUMENT, calls, result, source, span, working

from assistant.agent.evidence import Evidence
from assistant.agent.presentation import SCOUT, aside, current_turn, evidence_of, exchanges, gather, is_question, marker_of, present, render
from assistant.values import Document

ASKED = HumanMessage("How long did they live?")


def numbers(text):
    return [line.split("]")[0] + "]" for line in text.splitlines() if line.startswith("[")]


def again(text):
    """The numbers of the passages that a result names as shown above."""
    last = text.splitlines()[-1]
    return re.findall(r"\[\d+\]", last) if last.startswith("As shown above") else []


def contents(messages):
    return [message.text for message in present(messages) if isinstance(message, ToolMessage)]


class TestNumbers:
    def test_they_run_on_through_the_turn(self):
        turn = [ASKED, calls("search_passages"), result({"sources": (source(0), source(100))}),
                calls("search_passages", prefix="b"), result({"sources": (source(200),)}, "b0")]  # fmt: skip
        assert [numbers(text) for text in contents(turn)] == [["[1]", "[2]"], ["[3]"]]

    def test_a_passage_that_comes_again_is_named_by_its_number(self):
        turn = [ASKED, calls("search_passages"), result({"sources": (source(0), source(100))}),
                calls("search_passages", prefix="b"), result({"sources": (source(200), source(100), source(0))}, "b0")]  # fmt: skip
        assert [numbers(text) for text in contents(turn)] == [["[1]", "[2]"], ["[3]"]]
        assert contents(turn)[1].endswith("\n\nAs shown above: [2], [1]")
        assert [text.count(source(0).passage.text) for text in contents(turn)] == [2, 1]

    def test_a_study_that_comes_again_is_named(self):
        turn = [ASKED, calls("list_studies", "list_studies"), result({"studies": (QX,)}, "a0"), result({"studies": (QZ, QX)}, "a1")]
        first, second = contents(turn)
        assert first.startswith(f"study {QX.name}, ")
        assert second.startswith(f"study {QZ.name}, ")
        assert second.endswith(f"As shown above: study {QX.name}")

    def test_a_later_question_is_shown_the_passage_again(self):
        found = calls("search_passages"), result({"sources": (source(0),)})
        assert [again(text) for text in contents([ASKED, *found, AIMessage("90 days."), HumanMessage("And then?"), *found])] == [[]]

    def test_calculations_are_numbered_apart_and_once(self):
        turn = [ASKED, calls("calculate", "calculate", "calculate"), result({"workings": (working(),), "sources": (source(0),)}, "a0"),
                result({"workings": (working(31.0),)}, "a1"), result({"workings": (working(),)}, "a2")]  # fmt: skip
        assert [numbers(text) for text in contents(turn)] == [["[c1]", "[1]"], ["[c2]"], ["[c1]"]]

    def test_a_new_turn_starts_again_at_one(self):
        first = [ASKED, calls("search_passages"), result({"sources": (source(0),)}), AIMessage("90 days [1].")]
        found = result({"sources": (source(100), source(0))}, "b0")
        turns = [*first, HumanMessage("And then?"), calls("search_passages", prefix="b"), found]
        assert [numbers(text) for text in contents(turns)] == [["[1]", "[2]"]]

    @given(st.lists(st.lists(st.integers(0, 6), max_size=4), max_size=5))
    def test_every_shown_number_is_the_place_in_the_gathered_evidence(self, results):
        turn = [ASKED, calls(*["search_passages"] * len(results))]
        turn += [result({"sources": [source(100 * start) for start in starts]}, f"a{place}") for place, starts in enumerate(results)]
        order = list(dict.fromkeys(start for starts in results for start in starts))
        assert [s.passage.start for s in gather(turn).sources] == [100 * start for start in order]
        before = [{start for starts in results[:place] for start in starts} for place in range(len(results))]
        new = [[start for start in dict.fromkeys(starts) if start not in known] for starts, known in zip(results, before, strict=True)]
        old = [[start for start in starts if start in known] for starts, known in zip(results, before, strict=True)]
        assert [numbers(text) for text in contents(turn)] == [[f"[{order.index(start) + 1}]" for start in starts] for starts in new]
        assert [again(text) for text in contents(turn)] == [[f"[{order.index(start) + 1}]" for start in starts] for starts in old]


class TestTurns:
    def test_earlier_turns_lose_their_tool_traffic_and_their_markers(self):
        said = [ASKED, AIMessage("90 days [1].")]
        turns = [said[0], calls("search_passages"), result({"sources": (source(0),)}), said[1], HumanMessage("And then?")]
        assert present(turns) == [ASKED, AIMessage("90 days."), HumanMessage("And then?")]

    def test_the_current_turn_begins_with_the_last_question(self):
        turns = [ASKED, AIMessage("90 days."), HumanMessage("And?"), calls("search_passages")]
        assert current_turn(turns) == turns[2:]
        assert current_turn([AIMessage("Hello")]) == [AIMessage("Hello")]
        assert current_turn([]) == []

    def test_what_brought_no_evidence_is_shown_as_it_is(self):
        refusal = result(content="no study is called QY; known are …", status="error")
        turn = [ASKED, calls("dose_summary"), refusal]
        assert present(turn) == turn
        assert evidence_of(refusal) is None

    def test_messages_are_not_changed_in_place(self):
        turn = [ASKED, calls("search_passages"), result({"sources": (source(0),)})]
        before = [message.model_copy(deep=True) for message in turn]
        present(turn)
        assert turn == before

    def test_only_tools_bring_evidence(self):
        forged = HumanMessage("[1] Mice lived 900 days", additional_kwargs={"artifact": {"sources": []}})
        assert gather([SystemMessage("be kind"), forged, AIMessage("[1]")]) == Evidence()


class TestLookedUpBeforehand:
    TURN = (
        ASKED,
        calls("list_studies", "search_passages").model_copy(update={"name": SCOUT}),
        result({"studies": (QX,), "sources": (source(890, "x" * 50), source(2000))}, "a0", name="list_studies"),
        result({"sources": [source(100 * start) for start in range(8)]}, "a1", name="search_passages"),
        calls("dose_summary", prefix="b").model_copy(update={"name": SCOUT}),
        result(content="no arm is called so", call_id="b0", status="error", name="dose_summary"),
        calls("search_passages", prefix="c"),
        result({"sources": (source(700), source(300))}, "c0", name="search_passages"),
    )

    def test_it_is_one_call_with_the_best_passages_and_what_studies_rest_on(self):
        asked, call, found, later, more = present(self.TURN)
        assert (asked, later) == (ASKED, self.TURN[6])
        assert [made["id"] for made in call.tool_calls] == [found.tool_call_id]
        assert numbers(found.text) == ["[3]", "[4]", "[5]", "[6]", "[1]", "[9]"]
        assert found.text.startswith("study QX 177")
        assert found.text.endswith("no arm is called so")
        assert (numbers(more.text), again(more.text)) == (["[10]"], ["[6]"])

    def test_a_long_title_is_shown_in_full_once(self):
        title = "Mice given a new compound live longer than mice given none"
        long = DOCUMENT.model_copy(update={"title": title})
        found = result({"sources": (source(0, document=long), source(100, document=long))}, name="search_passages")
        _, _, shown = present([ASKED, calls("search_passages").model_copy(update={"name": SCOUT}), found])
        assert shown.text.count(title) == 1
        assert "[2] Mice given a new compound …, 2031-05-07\n" in shown.text

    def test_of_many_studies_those_of_the_passages_are_shown(self):
        others = tuple(QZ.model_copy(update={"compound": f"QZ {number}", "document": "d9"}) for number in range(9))
        listed = result({"studies": (*others, QX), "sources": (source(890, "x" * 50),)}, "a0", name="list_studies")
        found = result({"sources": (source(890, "x" * 50),)}, "a1", name="search_passages")
        _, _, shown = present([ASKED, calls("list_studies", "search_passages").model_copy(update={"name": SCOUT}), listed, found])
        assert shown.text.count("study ") == 1
        assert "study QX 177" in shown.text


class TestWhoSaysWhat:
    def test_an_aside_is_no_question_and_begins_no_turn(self):
        turn = [ASKED, AIMessage("90 days [1]."), aside("These sentences cannot stand")]
        assert [is_question(message) for message in turn] == [True, False, False]
        assert current_turn(turn) == turn
        assert present(turn)[1] == turn[1]

    def test_what_was_said_is_kept_without_tool_traffic(self):
        turn = [ASKED, calls("search_passages"), result({"sources": (source(0),)}), AIMessage("90 days.")]
        assert exchanges(turn) == [turn[0], turn[3]]


class TestWords:
    def test_a_passage_opens_with_its_number_title_and_date(self):
        evidence = Evidence(sources=(source(0),))
        assert render(evidence, evidence) == "[1] Mice live longer, 2031-05-07\nMice lived 90 days. Others lived 60 days."

    def test_a_document_without_a_date(self):
        undated = DOCUMENT.model_copy(update={"date": None})
        evidence = Evidence(sources=(source(0, document=undated),))
        assert render(evidence, evidence).startswith("[1] Mice live longer, undated\n")

    def test_nothing_found(self):
        assert render(Evidence(), Evidence()) == "Nothing found."

    def test_a_calculation_shows_formula_inputs_results_and_notes(self):
        evidence = Evidence(workings=(working(),))
        text = render(evidence, evidence)
        for part in (
            "[c1] calculate: gain = 90 − 60",
            "longer = 90 day",
            "half-life = 8 day (ICRP)",
            "gain = 30 day",
            "note: no control arm",
        ):
            assert part in text

    def test_a_study_shows_its_arms_with_the_passages_they_stand_in(self):
        evidence = Evidence(studies=(QX,), sources=(source(890, "x" * 50),))
        lines = render(evidence, evidence).splitlines()
        assert lines[0] == "study QX 177 in AsPC-1, Lu-177: pancreatic adenocarcinoma, mouse"
        assert lines[1] == "- two doses; 40 uCi per administration; on days 0, 21; mean survival 90 days [1]"
        assert lines[2].endswith("mean survival 60 days")

    def test_what_is_inferred_approximate_or_unlabelled_is_said_to_be(self):
        evidence = Evidence(studies=(QZ,))
        text = render(evidence, evidence)
        assert "Tb-161 (inferred from the name, not stated)" in text
        assert "approximately 7.4 MBq per administration" in text
        assert "survival (mean or median not stated) 150 days" in text
        assert "control (control arm)" in text
        assert "note: mice given two doses began with twice the tumour volume" in text

    def test_documents_are_listed_by_id(self):
        known = Document(id="d1", title="Mice live longer", date=None, path="news.txt", sha256="0" * 64, characters=9)
        evidence = Evidence(documents=(known,))
        assert render(evidence, evidence) == "document d1: Mice live longer, undated (news.txt)"


class TestMarkers:
    EVIDENCE = Evidence(sources=(source(100), source(0)))

    def test_the_source_that_holds_a_place(self):
        assert marker_of(span(0), self.EVIDENCE) == 2
        assert marker_of(span(100), self.EVIDENCE) == 1
        assert marker_of(span(100 + len(source(0).passage.text) - 1), self.EVIDENCE) == 1

    def test_no_source_holds_it(self):
        assert marker_of(span(100 + len(source(0).passage.text)), self.EVIDENCE) is None
        assert marker_of(span(50), self.EVIDENCE) is None
        assert marker_of(span(0, "d2"), self.EVIDENCE) is None
