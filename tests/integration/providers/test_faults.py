"""What a provider can do wrong: each ends in a verified answer or one plain line, and the next question is answered."""

from __future__ import annotations

import itertools

import anthropic_protocol
import openai_protocol
import pytest
from replies import Call, Cut, Fail, Hang, Raw, Say
from scripts import QUESTION, TRUE, drafting, good

from assistant import ModelError, Status
from assistant.agent.chain import attempts

ANSWER = "Mice given two doses of CLR 131 had a mean survival of 135.6 days [1]."
LOOP = Say(calls=(Call("search_passages", {"query": "CLR 131"}),))
EVENTS = {"openai": openai_protocol.events, "anthropic": anthropic_protocol.events}
REPLIES = {
    "text": Say(TRUE.replace("@", "[2]")),
    "a tool call": Say(calls=(Call("survival_benefit", {"study": "Capan-1", "treatment": "two doses", "reference": "single dose"}),)),
}
_keys = itertools.count()


@pytest.fixture
def quick(monkeypatch):
    """Repeats at once, where the provider does not ask to wait."""
    monkeypatch.setattr(attempts, "_FIRST_DELAY", 0.001)


@pytest.fixture
def refused(provided):
    """The one line that a script ends with; then the same conversation goes on as if nothing had been asked."""

    def end(*script, assistant=None) -> str:
        asked, key = assistant or provided.assistant, f"faults {next(_keys)}"
        provided.server.say(*script)
        with pytest.raises(ModelError) as caught:
            asked.ask("Is this question forgotten?", key)
        made = list(provided.server.requests)
        provided.server.say(good)
        answer = provided.assistant.ask(QUESTION, key)
        assert (answer.text, answer.verification.verdict) == (ANSWER, "verified")
        assert provided.server.requests[0].questions[0] == QUESTION
        provided.server.requests[:] = made
        (line,) = str(caught.value).splitlines()
        assert f"{provided.provider}:scripted" in line
        return line

    return end


class TestRefusals:
    @pytest.mark.parametrize(
        ("status", "told"),
        [
            (400, "it went wrong"),
            (401, "_API_KEY"),
            (403, "_API_KEY"),
            (404, "ASSISTANT_MODEL"),
            (413, "it went wrong"),
            (422, "it went wrong"),
        ],
    )
    def test_what_repeating_does_not_mend_is_told_at_once(self, provided, refused, status, told):
        assert told in refused(Fail(status))
        assert len(provided.server.requests) == 1

    def test_a_model_without_tool_calling_is_told(self, provided, refused):
        line = refused(Fail(400, "this model does not support tools"))
        assert "does not support tools" in line
        assert "tool calling" in line

    def test_a_model_that_declines_is_told_and_not_asked_again(self, provided, refused):
        # LangChain's client of OpenAI leaves the refusal out of what it streams, so that only silence is seen.
        told = {"anthropic": "declines to answer this", "openai": "gave an empty reply"}[provided.provider]
        assert told in refused(Say("I cannot help with that.", refused=True))
        assert len(provided.server.requests) == 1

    @pytest.mark.parametrize("status", [429, 500, 502, 503, 529])
    def test_what_may_pass_is_tried_three_times(self, provided, refused, quick, status):
        assert "again later" in refused(Fail(status))
        assert len(provided.server.requests) == 3

    @pytest.mark.parametrize("status", [408, 409, 429, 500, 503, 529])
    def test_what_passes_is_no_fault(self, provided, quick, status):
        provided.server.say(Fail(status), Fail(status), good)
        events = list(provided.assistant.stream(QUESTION))
        assert events[-1].text == ANSWER
        assert events.count(Status(text="retrying")) == 2

    def test_retry_after_is_obeyed(self, provided, monkeypatch):
        slept = []
        sleep = attempts.asyncio.sleep

        async def recorded(seconds):
            slept.append(seconds)
            await sleep(0)

        monkeypatch.setattr(attempts.asyncio, "sleep", recorded)
        provided.server.say(Fail(429, headers={"Retry-After": "7"}), Fail(429, headers={"retry-after-ms": "2500"}), good)
        assert provided.assistant.ask(QUESTION).text == ANSWER
        assert [seconds for seconds in slept if seconds >= 1] == [7, 2.5]

    def test_a_wait_beyond_the_deadline_is_not_begun(self, provided, refused):
        line = refused(Fail(429, headers={"Retry-After": "3600"}))
        assert "3600 s" in line
        assert len(provided.server.requests) == 1


class TestDeadline:
    @pytest.mark.parametrize("hang", [Hang(), Hang(dripping=True)], ids=["silent", "dripping"])
    def test_a_server_that_never_answers(self, opened, provided, refused, hang):
        hasty = opened(f"{provided.provider}:scripted", deadline=1.5)
        assert "1.5 s" in refused(hang, assistant=hasty)

    def test_a_draft_that_was_there_in_time_is_the_answer(self, opened, provided):
        provided.server.say(drafting(f"{TRUE} With three doses it was 190 days @."), Hang())
        answer = opened(f"{provided.provider}:scripted", deadline=4).ask(QUESTION)
        assert answer.text == ANSWER
        assert answer.verification.verdict == "partly_verified"

    def test_a_server_that_is_not_there(self, opened, provider, quick, monkeypatch):
        monkeypatch.setenv(f"{provider.upper()}_BASE_URL", "http://user:secret@127.0.0.1:9")
        with pytest.raises(ModelError) as caught:
            opened(f"{provider}:scripted", fresh=True).ask(QUESTION)
        (line,) = str(caught.value).splitlines()
        assert "127.0.0.1:9" in line
        assert f"{provider.upper()}_BASE_URL" in line
        assert "secret" not in line


class TestBrokenStreams:
    @pytest.mark.parametrize("torn", [False, True], ids=["ended", "torn"])
    @pytest.mark.parametrize("reply", REPLIES.values(), ids=REPLIES)
    def test_a_stream_cut_after_any_event_is_asked_for_again(self, provided, quick, reply, torn):
        for events in range(len(list(EVENTS[provided.provider](reply)))):
            provided.server.say(Cut(reply, events, torn), good)
            answer = provided.assistant.ask(QUESTION)
            assert (answer.text, answer.verification.verdict) == (ANSWER, "verified"), events

    @pytest.mark.parametrize("torn", [False, True], ids=["ended", "torn"])
    def test_a_stream_that_is_always_cut_is_a_plain_error(self, provided, refused, quick, torn):
        for events in (0, 1, 4):
            refused(Cut(REPLIES["text"], events, torn))
            assert len(provided.server.requests) == 3

    @pytest.mark.parametrize(
        "body", [b"", b"null", b"[]", b"{}", b"<html>gateway</html>", b"data: {\n\n", b'data: {"choices": 5}\n\n', b"\xff\xfe\x00"]
    )
    @pytest.mark.parametrize("content_type", ["application/json", "text/event-stream", "text/html"])
    def test_a_body_of_another_protocol(self, provided, refused, quick, body, content_type):
        refused(Raw(body, content_type))

    def test_an_empty_reply(self, provided, refused, quick):
        assert "empty" in refused(Say(""))


class TestTools:
    def test_a_model_that_only_looks_things_up(self, provided, refused):
        assert "without answering" in refused(LOOP)

    def test_hundreds_of_calls_at_once_are_not_all_made(self, provided):
        many = Say(calls=tuple(Call("half_life", {"nuclide": f"I-{number}"}) for number in range(300)))
        provided.server.say(many, good)
        assert provided.assistant.ask(QUESTION).text == ANSWER
        assert len(provided.server.requests[1].results) == 301
        assert sum("limit" in result for result in provided.server.requests[1].results) > 200

    @pytest.mark.parametrize(
        "call",
        [
            Call("no_such_tool", {"x": 1}),
            Call("", {}),
            Call("search_passages", {}),
            Call("search_passages", {"query": ["a", {"b": 1}], "k": "many"}),
            Call("search_passages", {"query": "x", "k": -5}),
            Call("search_passages", {"query": "\x00" * 50, "k": 10**9}),
            Call("list_studies", {"compound": None, "model": 7}),
            Call("survival_benefit", {"study": "Capan-1"}),
            Call("survival_benefit", {"study": "", "treatment": "", "reference": ""}),
            Call("convert_activity", {"value": "1e400", "unit": "Ci", "to": "Bq"}),
            Call("convert_activity", {"value": 1e308, "unit": "Ci", "to": "Bq"}),
            Call("decay", {"nuclide": "Xx-999", "activity": -1, "unit": "day", "elapsed_days": 1e300}),
            Call("decay", {"nuclide": "I-131", "activity": 1e308, "unit": "Ci", "elapsed_days": -1e9}),
            Call("calculate", {"expression": "9**9**9**9"}),
            Call("calculate", {"expression": "__import__('os').system('true')"}),
            Call("calculate", {"expression": "(" * 5000}),
        ],
        ids=str,
    )
    def test_any_call_is_answered_and_the_model_goes_on(self, provided, call):
        provided.server.say(Say(calls=(call,)), good)
        assert provided.assistant.ask(QUESTION).text == ANSWER
        assert len(provided.server.requests[1].results) == 2

    @pytest.mark.parametrize("arguments", ["", "{", '{"query": ', "null", "[1, 2]", '"CLR 131"', "query=CLR", "{'query': 'CLR'}", "\ufffd"])
    def test_arguments_that_are_no_json_object(self, provided, arguments):
        provided.server.say(Say("Searching.", (Call("search_passages", arguments), Call("list_studies", {}))), good)
        assert provided.assistant.ask(QUESTION).text == ANSWER
        assert len(provided.server.requests[1].results) == 3
