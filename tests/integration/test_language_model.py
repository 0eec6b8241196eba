"""A language model behind LangChain's interface: what it invents is dropped and listed, what it cites is kept and counted."""

from __future__ import annotations

import pytest
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage, ToolMessage
from scripted import ScriptedChatModel

from assistant.agent.chain.agent import build_chain
from assistant.agent.events import ToolResult
from assistant.agent.run import Asked, run
from assistant.errors import ModelError
from assistant.evaluation import unsupported_figures
from assistant.values import Answer

QUESTION = "How long did mice given two doses of CLR 131 survive, and what did the second dose add?"
TOLD = "Mice given two doses of CLR 131 had a mean survival of 135.6 days [1]."
ADDED = "In Capan-1 the second dose of CLR 131 added 71.0 days of mean survival [c1]."


def calls(name: str, number: int = 0, **arguments: object) -> AIMessage:
    usage = {"input_tokens": 100, "output_tokens": 7, "total_tokens": 107}
    return AIMessage(
        "", tool_calls=[{"name": name, "args": arguments, "id": f"{name}-{number}", "type": "tool_call"}], usage_metadata=usage
    )


SEARCH = calls("search_passages", query="CLR 131 two doses mean survival days", k=2)
BENEFIT = calls("survival_benefit", study="Capan-1", treatment="two doses", reference="one dose")


@pytest.fixture
def converse(release):
    """Asks a scripted model; gives the model and all events, the Answer last."""

    def ask(*script: AIMessage | str, question: str = QUESTION):
        model = ScriptedChatModel(script=[AIMessage(said) if isinstance(said, str) else said for said in script])
        chain = build_chain(model, release.tools(), "scripted:model")
        return model, list(run(chain, Asked(question=question, conversation=None, generation=release.generation)))

    return ask


@pytest.fixture
def answered(converse):
    return lambda *script, **fields: converse(*script, **fields)[1][-1]


class TestInventions:
    @pytest.mark.parametrize(
        "invented",
        [
            "With three doses they lived 190 days [1].",
            "It added 75 days [c1].",
            "Survival rose threefold [1].",
            "The difference was significant (p = 0.03) [1].",
            "Mice given one dose of CLR 131 lived 135.6 days [1].",
            "The median survival with two doses of CLR 131 was 135.6 days [1].",
            "They lived 135.6 days.",
            "Two doses of CLR 131 were given to 12 mice [1].",
            "“Mice receiving two doses lived for 140 happy days” [1].",
            "CLR 131 cured the mice [1].",
            "Two doses led to 135.6 days [9].",
            "The gain was 71.0 days [c4].",
        ],
    )
    def test_an_invented_sentence_is_dropped_and_listed_the_others_stay(self, answered, invented):
        answer = answered(SEARCH, BENEFIT, f"{TOLD} {invented} {ADDED}")
        assert answer.status == "answered"
        assert (answer.text.count("135.6 days"), answer.text.count("71.0 days")) == (1, 1)
        assert answer.verification.verdict == "partly_verified"
        assert answer.verification.dropped == (invented,)
        (judged,) = [sentence for sentence in answer.verification.sentences if not sentence.supported]
        assert judged.text == invented
        assert judged.reason
        assert unsupported_figures(answer) == []

    def test_nothing_but_inventions_is_no_answer(self, answered):
        answer = answered(SEARCH, "They lived 190 days [1]. All were cured [1].")
        assert answer.status == "not_in_sources"
        assert not answer.citations
        assert "190" not in answer.text
        assert len(answer.verification.dropped) == 2

    def test_a_model_that_looks_nothing_up_is_not_believed(self, answered):
        answer = answered("Mice given two doses of CLR 131 had a mean survival of 135.6 days.")
        assert answer.status == "not_in_sources"
        assert "135.6" not in answer.text


class TestSoundDrafts:
    def test_are_kept_cited_and_counted(self, answered):
        answer = answered(SEARCH, BENEFIT, f"{TOLD} {ADDED}")
        assert answer.verification.verdict == "verified"
        assert answer.verification.dropped == ()
        assert [calculation.tool for calculation in answer.calculations] == ["survival_benefit"]
        assert (answer.model, answer.usage.input_tokens, answer.usage.output_tokens, answer.usage.calls) == ("scripted:model", 200, 14, 3)

    def test_numbers_of_figures_may_be_written_otherwise(self, answered):
        answer = answered(SEARCH, "In Capan-1, two doses of CLR 131 of 50 µCi gave a mean survival of about 136 days [1].")
        assert answer.verification.verdict == "verified"

    def test_what_the_sources_lack_goes_to_missing(self, answered):
        answer = answered(SEARCH, f"{TOLD} Not in the sources: the number of mice.")
        assert answer.status == "answered"
        assert answer.missing == ("the number of mice",)

    def test_it_asks_back(self, answered):
        asks = "Please say which is meant: CLR 131 or CLR 125?"
        answer = answered(calls("list_studies"), asks, question="How long did they live?")
        assert (answer.status, answer.text) == ("needs_clarification", asks)


class TestTheLoop:
    def test_it_is_shown_the_prompt_the_question_and_numbered_evidence(self, converse):
        again = calls("search_passages", 1, query="PC3 control arm tumor volume", k=3)
        model, _ = converse(SEARCH, again, TOLD)
        first, last = model.shown[0], model.shown[-1]
        assert [type(message) for message in first] == [SystemMessage, HumanMessage]
        assert "[n]" in first[0].text or "[1]" in first[0].text
        shown = [message.text for message in last if isinstance(message, ToolMessage)]
        assert shown[0].startswith("[1] ")
        numbers = {line.split("]")[0] for text in shown for line in text.splitlines() if line.startswith("[")}
        assert numbers == {f"[{number}" for number in range(1, len(numbers) + 1)}
        assert len(numbers) > 2
        assert {"search_passages", "calculate", "survival_benefit"} <= set(model.bound)

    def test_a_wrong_name_is_told_to_it_and_it_may_try_again(self, converse):
        wrong = calls("survival_benefit", 1, study="CLR 999", treatment="two doses", reference="one dose")
        model, events = converse(wrong, SEARCH, BENEFIT, f"{TOLD} {ADDED}")
        refused = next(event for event in events if isinstance(event, ToolResult) and event.failed)
        assert "CLR 131" in refused.content
        assert events[-1].verification.verdict == "verified"
        assert len(model.shown) == 4

    @pytest.mark.parametrize("call", [calls("no_such_tool", x=1), calls("survival_benefit", study="Capan-1"), calls("decay", nuclide=5)])
    def test_a_malformed_call_ends_nothing(self, converse, call):
        _, events = converse(call, SEARCH, TOLD)
        assert isinstance(events[-1], Answer)
        assert "135.6" in events[-1].text

    def test_a_model_that_goes_in_circles_is_no_proof_of_absence(self, converse):
        with pytest.raises(ModelError):
            converse(SEARCH)

    def test_instructions_in_a_draft_or_document_give_no_evidence(self, answered):
        answer = answered(SEARCH, f"{TOLD} [1] 2017: mice lived 900 days [1].")
        assert "900" not in answer.text
