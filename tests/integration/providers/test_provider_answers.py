"""Real clients of two providers, and models that are good or lie: what is said is verified, and what is taken out is told."""

from __future__ import annotations

import pytest
from replies import Call, Fail, Say
from scripts import ERRING, FOLLOW_UP, QUESTION, SEARCH, TRUE, drafting, good, marker

from assistant import Calculated, Draft, DraftPiece, Retracted, Status, ToolCall, ToolResult
from assistant.evaluation import unsupported_figures


class TestGoodModel:
    def test_one_call_answers_a_simple_question(self, provided):
        provided.server.say(good)
        answer = provided.assistant.ask(QUESTION)
        assert (answer.status, answer.verification.verdict) == ("answered", "verified")
        assert answer.text == "Mice given two doses of CLR 131 had a mean survival of 135.6 days [1]."
        assert answer.citations[0].quote in provided.assistant.library.text(answer.citations[0].document.id)
        assert answer.model == f"{provided.provider}:scripted"
        assert (answer.usage.calls, answer.usage.input_tokens, answer.usage.output_tokens, answer.usage.cost) == (1, 1000, 50, None)
        (request,) = provided.server.requests
        assert request.streams
        assert "survival_benefit" in request.tools
        assert request.questions[0] == QUESTION

    def test_it_may_look_up_more_and_calculate(self, provided):
        benefit = Call("survival_benefit", {"study": "Capan-1", "treatment": "two doses", "reference": "single dose"})
        summary = Call("dose_summary", {"study": "PC3", "arm": "two doses"})
        gain = "In Capan-1 the second dose of CLR 131 added 71.0 days of mean survival [c1]."
        provided.server.say(Say("Let me see.", (benefit, summary)), Say(gain))
        events = list(provided.assistant.stream(QUESTION))
        assert [event.name for event in events if isinstance(event, ToolCall)][-2:] == ["survival_benefit", "dose_summary"]
        assert [event.text for event in events if isinstance(event, Draft)] == [gain]
        assert [event.calculation.tool for event in events if isinstance(event, Calculated)] == ["survival_benefit"]
        assert "71.0 days" in events[-1].text
        assert events[-1].usage.calls == 2

    def test_the_text_is_streamed_as_a_draft_and_adds_up_to_it(self, provided):
        provided.server.say(good)
        events = list(provided.assistant.stream(QUESTION))
        pieces = [event for event in events if isinstance(event, DraftPiece)]
        (draft,) = [event for event in events if isinstance(event, Draft)]
        assert len(pieces) > 3
        assert {piece.draft for piece in pieces} == {1}
        assert "".join(piece.text for piece in pieces) == draft.text
        kinds = [type(event) for event in events]
        assert kinds.index(ToolCall) < kinds.index(ToolResult) < kinds.index(DraftPiece) < kinds.index(Draft)
        assert Retracted not in kinds

    def test_a_follow_up_reads_what_was_said_without_its_markers(self, provided):
        key = f"follow {provided.provider}"
        provided.server.say(drafting(f"{TRUE} It was 190 days with three @."))
        provided.assistant.ask(QUESTION, key)
        provided.server.say(drafting("With a single dose of CLR 131 the mean survival was 64.6 days @."))
        answer = provided.assistant.ask(FOLLOW_UP, key)
        assert "64.6" in answer.text
        first, said, *_ = provided.server.requests[0].turns
        assert (first.text, said.role) == (QUESTION, "assistant")
        assert said.text == "Mice given two doses of CLR 131 had a mean survival of 135.6 days."

    def test_a_price_table_gives_the_cost(self, opened, server, provider, tmp_path):
        file = tmp_path / "prices.toml"
        file.write_text(f'currency = "EUR"\n["{provider}:scripted"]\ninput = 2.0\noutput = 10.0\ncached_input = 0.5\n')
        server.say(good)
        usage = opened(f"{provider}:scripted", prices=file).ask(QUESTION).usage
        cached = {"openai": 0, "anthropic": 600}[provider]
        assert usage.cost.currency == "EUR"
        assert usage.cost.amount == pytest.approx(((1000 - cached) * 2.0 + cached * 0.5 + 50 * 10.0) / 1e6)

    def test_anthropic_is_told_to_cache_the_prompt_and_the_tools(self, opened, server):
        server.say(good)
        opened("anthropic:scripted").ask(QUESTION)
        body = server.requests[0].body
        assert body["system"][-1]["cache_control"]["type"] == "ephemeral"
        assert body["tools"][-1]["cache_control"]["type"] == "ephemeral"


class TestErringModel:
    @pytest.mark.parametrize("wrong", ERRING.values(), ids=ERRING)
    def test_what_is_wrong_is_handed_back_once_then_taken_out(self, provided, wrong):
        provided.server.say(drafting(f"{TRUE} {wrong}"))
        events = list(provided.assistant.stream(QUESTION))
        answer = events[-1]
        assert len(provided.server.requests) == answer.usage.calls == 2
        handed = provided.server.requests[1].turns[-1]
        shown = wrong.replace("@", marker(provided.server.requests[0]))
        assert handed.role == "user"
        assert shown in handed.text
        assert Status(text="repairing") in events
        assert answer.verification.verdict == "partly_verified"
        assert answer.verification.dropped == (shown,)
        assert [event.text for event in events if isinstance(event, Retracted)] == [shown]
        assert next(event.reason for event in events if isinstance(event, Retracted)) in handed.text
        assert answer.text == "Mice given two doses of CLR 131 had a mean survival of 135.6 days [1]."
        assert unsupported_figures(answer) == []

    def test_a_repaired_answer_is_whole(self, provided):
        mended = drafting(f"{TRUE} With a single dose it was 64.6 days @.")
        provided.server.say(drafting(f"{TRUE} With a single dose it was 64.5 days @."), mended)
        events = list(provided.assistant.stream(QUESTION))
        assert (events[-1].verification.verdict, events[-1].verification.dropped) == ("verified", ())
        assert "64.6 days" in events[-1].text
        assert {event.draft for event in events if isinstance(event, DraftPiece)} == {1, 2}
        assert not any(isinstance(event, Retracted) for event in events)

    def test_it_may_look_things_up_to_repair(self, provided):
        mended = drafting(f"{TRUE} With a single dose it was 64.6 days @.")
        provided.server.say(drafting(f"{TRUE} With a single dose it was 64.6 days."), SEARCH, mended)
        answer = provided.assistant.ask(QUESTION)
        assert answer.verification.verdict == "verified"
        assert "64.6" in answer.text

    def test_the_better_draft_is_kept(self, provided):
        worse = drafting("They lived 190 days @. They lived 191 days @.")
        provided.server.say(drafting(f"{TRUE} With three doses they lived 190 days @."), worse)
        answer = provided.assistant.ask(QUESTION)
        assert "135.6 days" in answer.text
        assert len(answer.verification.dropped) == 1

    def test_where_nothing_is_left_the_nearest_is_quoted_as_such(self, provided):
        provided.server.say(drafting("They lived 190 days @. All were cured @."))
        answer = provided.assistant.ask(QUESTION)
        assert answer.status == "not_in_sources"
        assert answer.verification.verdict == "partly_verified"
        assert len(answer.verification.dropped) == 2
        (citation,) = answer.citations
        assert citation.quote in answer.text
        assert citation.quote in provided.assistant.library.text(citation.document.id)
        assert "190" not in answer.text
        assert "cured" not in answer.text

    def test_a_repair_that_fails_leaves_the_first_draft_verified(self, provided):
        provided.server.say(drafting(f"{TRUE} With three doses they lived 190 days @."), Fail(400))
        answer = provided.assistant.ask(QUESTION)
        assert answer.text == "Mice given two doses of CLR 131 had a mean survival of 135.6 days [1]."
        assert answer.verification.verdict == "partly_verified"

    def test_an_honest_absence_is_not_repaired(self, provided):
        provided.server.say(Say("Not in the sources: the number of mice."))
        answer = provided.assistant.ask("How many mice were there?")
        assert (answer.status, answer.missing) == ("not_in_sources", ("the number of mice",))
        assert answer.usage.calls == 1
