"""The Assistant as Python users meet it: answers, streams, conversations, threads and what is refused."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from homes import copied

from assistant import Answer, Assistant, Calculated, Draft, Status, ToolCall, ToolResult, UsageError
from assistant.errors import LibraryError, ModelError, SettingsError, UnknownDocument
from assistant.library.encoder import Encoder
from assistant.values import Calculation, CalculationInput, CheckedSentence, Citation, DocumentRef, Result, Usage, Verification

TWO_DOSES = "How long did mice given two doses of CLR 131 survive?"
LONGER = "How much longer did mice live with two doses of CLR 131 than with one?"
# Questions with what their answers must and must not say.
KNOWN = {
    TWO_DOSES: ("135.6 days", "161"),
    "How long did the mice with two doses of CLR 125 live?": ("161 days", "135.6"),
    "How long did the control mice in the PC3 study live?": ("122 days", "64.6"),
    "Which cell line was CLR 131 tested in?": ("Capan-1", "PC3"),
    "Who leads the company?": ("Caruso", "Abraham"),
    "What is the half-life of I-131?": ("8.0", "59"),
}


FIELDS = {
    Answer: "question text status missing citations calculations caveats verification model usage elapsed_ms conversation "
    "library_generation created_at",
    Citation: "id document quote start end passage page section columns",
    DocumentRef: "id title date path",
    Calculation: "id tool formula inputs results notes",
    CalculationInput: "name value unit citation source",
    Result: "name value unit",
    Verification: "verdict sentences dropped",
    CheckedSentence: "text supported by reason",
    Usage: "input_tokens output_tokens calls cost",
}


class TestAsk:
    def test_an_answer_quotes_and_calculates(self, release):
        answer = release.ask(LONGER)
        assert (answer.status, answer.question, answer.model, answer.conversation) == ("answered", LONGER, "offline", None)
        assert answer.library_generation == release.generation
        (calculation,) = answer.calculations
        gain = next(result for result in calculation.results if result.name == "gain")
        assert (gain.value, gain.unit) == (pytest.approx(71.0), "day")
        assert "71.0 days" in answer.text
        assert "[c1]" in answer.text
        assert answer.caveats

    def test_quotes_stand_where_they_say(self, release):
        for question in KNOWN:
            for citation in release.ask(question).citations:
                text = release.library.text(citation.document.id)
                assert text[citation.start : citation.end] == citation.quote
                assert citation.quote in citation.passage

    def test_a_person_is_asked_for_by_office(self, release):
        for question in ("Who is the president of the company?", "Who is the CEO?"):
            assert release.ask(question).text.index("Caruso") < 200

    def test_markers_and_entries_belong_together(self, release):
        answer = release.ask(LONGER)
        for citation in answer.citations:
            used = f"[{citation.id}]" in answer.text or any(
                entry.citation == citation.id for calculation in answer.calculations for entry in calculation.inputs
            )
            assert used
        assert all(f"[{calculation.id}]" in answer.text for calculation in answer.calculations)

    def test_what_the_sources_lack_is_listed(self, release):
        answer = release.ask("What was the p-value of the Capan-1 study?")
        assert answer.status == "not_in_sources"
        assert answer.missing
        assert not answer.calculations

    @pytest.mark.parametrize("question", ["", "   ", "\n\t", "x" * 4_001, "mice " * 20_000, "mice\0", "mice\ud800", None, 3])
    def test_what_is_no_text_that_can_be_kept_and_answered_is_refused(self, release, question):
        for refused in (lambda: release.ask(question), lambda: list(release.stream(question)), lambda: release.search(question)):
            with pytest.raises(UsageError) as caught:
                refused()
            assert len(str(caught.value).splitlines()) == 1

    def test_a_key_that_is_no_text_and_a_search_for_no_passages_are_refused(self, release):
        for refused in (lambda: release.ask("Which isotope?", 3), lambda: release.search("mice", 0), lambda: release.search("mice", -1)):
            with pytest.raises(UsageError):
                refused()

    def test_a_refused_question_leaves_the_conversation_as_it_was(self, release):
        release.ask(TWO_DOSES, "refusals")
        with pytest.raises(UsageError):
            release.ask(" ", "refusals")
        assert "64.6" in release.ask("and with one?", "refusals").text

    @pytest.mark.parametrize(
        "question",
        ["x" * 4_000, "🐭🐭🐭", "\x1b[31m", "{braces} %s {0}", "[1] [c1]", "'; DROP TABLE documents; --", "AND OR NOT (", "-"],
    )
    def test_odd_questions_are_answered_without_an_error(self, release, question):
        answer = release.ask(question)
        assert answer.text
        assert answer.question == question.strip()


class TestContract:
    def test_json_has_exactly_the_fields_of_the_contract_and_comes_back_equal(self, release):
        answer = release.ask(LONGER, "contract")
        data = answer.model_dump(mode="json")
        citation, calculation = data["citations"][0], data["calculations"][0]
        parts = {
            Answer: data, Citation: citation, DocumentRef: citation["document"], Calculation: calculation,
            CalculationInput: calculation["inputs"][0], Result: calculation["results"][0],
            Verification: data["verification"], CheckedSentence: data["verification"]["sentences"][0], Usage: data["usage"],
        }  # fmt: skip
        for model, fields in FIELDS.items():
            assert set(parts[model]) == set(fields.split()), model
        assert Answer.model_validate(json.loads(json.dumps(data))) == answer

    def test_values_are_of_the_kinds_that_the_contract_names(self, release):
        answer = release.ask(LONGER)
        assert answer.status in ("answered", "not_in_sources", "needs_clarification")
        assert answer.verification.verdict in ("verified", "partly_verified")
        assert [citation.id for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
        assert all(result.unit.isascii() for calculation in answer.calculations for result in calculation.results)
        assert answer.usage == Usage()


class TestStreams:
    def test_tool_calls_come_before_a_draft_and_the_answer_is_last(self, release):
        events = list(release.stream(LONGER))
        assert isinstance(events[-1], Answer)
        assert not any(isinstance(event, Answer) for event in events[:-1])
        kinds = [type(event) for event in events]
        assert kinds.index(ToolCall) < kinds.index(ToolResult) < kinds.index(Draft) < kinds.index(Calculated)
        assert Status(text="verifying") in events
        assert {"list_studies", "survival_benefit"} <= {event.name for event in events if isinstance(event, ToolCall)}
        called, answered = (sum(isinstance(event, kind) for event in events) for kind in (ToolCall, ToolResult))
        assert called == answered
        assert [event.calculation for event in events if isinstance(event, Calculated)] == list(events[-1].calculations)

    def test_ask_is_the_end_of_the_stream(self, release):
        *_, last = release.stream(TWO_DOSES)
        volatile = {"elapsed_ms", "created_at"}
        assert last.model_dump(exclude=volatile) == release.ask(TWO_DOSES).model_dump(exclude=volatile)

    def test_a_stream_that_is_left_harms_nothing(self, release):
        stream = release.stream(TWO_DOSES, "left")
        next(stream)
        stream.close()
        assert "135.6" in release.ask(TWO_DOSES, "left").text

    def test_asyncio(self, release):
        async def both():
            events = [event async for event in release.astream(LONGER)]
            return events, await asyncio.gather(*(release.aask(question) for question in KNOWN))

        events, answers = asyncio.run(both())
        assert isinstance(events[-1], Answer)
        assert any(isinstance(event, ToolCall) for event in events)
        for answer in answers:
            assert KNOWN[answer.question][0] in answer.text

    def test_asyncio_refuses_as_well(self, release):
        with pytest.raises(UsageError):
            asyncio.run(release.aask(" "))


class TestConversations:
    def test_keys_are_kept_apart(self, release):
        release.ask(TWO_DOSES, "one")
        release.ask("What was the dose of CLR 125 in the PC3 study?", "two")
        first = release.ask("and with one dose?", "one")
        second = release.ask("in MBq?", "two")
        assert "64.6 days" in first.text
        assert "500" not in first.text
        assert "18.5 MBq" in second.text
        assert "64.6" not in second.text
        assert (first.conversation, second.conversation) == ("one", "two")

    def test_single_questions_are_not_remembered(self, release):
        release.ask(TWO_DOSES)
        answer = release.ask("and in percent?")
        assert answer.status == "needs_clarification"

    def test_a_key_that_was_never_used_has_no_past(self, release):
        release.ask(TWO_DOSES, "past")
        for key in ("never", "past ", "PAST", ""):
            assert release.ask("and in percent?", key).status == "needs_clarification", key

    @pytest.mark.parametrize("key", ["\0", "k\udce9"])
    def test_a_key_that_cannot_be_kept_is_refused_before_anything_is_asked(self, release, key):
        with pytest.raises(UsageError, match=r"^the conversation's key (is|holds)"):
            release.ask(TWO_DOSES, key)

    def test_a_conversation_outlives_its_assistant(self, home):
        with Assistant.open(home) as before:
            before.ask(TWO_DOSES, "kept")
        with Assistant.open(home) as after:
            assert "64.6 days" in after.ask("and with one?", "kept").text

    def test_two_assistants_share_a_conversation(self, home):
        with Assistant.open(home) as one, Assistant.open(home) as other:
            one.ask(TWO_DOSES, "shared")
            assert "64.6" in other.ask("and with one?", "shared").text
            assert "71.0 days" in one.ask("what is the difference?", "shared").text

    def test_odd_keys(self, release):
        for key in ("-", "a/b", "ключ", "x" * 500, "'; --"):
            release.ask(TWO_DOSES, key)
            assert "64.6" in release.ask("and with one?", key).text


class TestThreads:
    def test_several_at_once_get_their_own_answers(self, release):
        questions = [question for question in KNOWN for _ in range(4)]
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(release.ask, questions))
        for question, answer in zip(questions, answers, strict=True):
            right, wrong = KNOWN[question]
            assert answer.question == question
            assert right in answer.text
            assert wrong not in answer.text

    def test_several_conversations_at_once(self, release):
        def converse(number: int) -> str:
            compound = ("CLR 131", "CLR 125")[number % 2]
            key = f"thread {number}"
            release.ask(f"How long did mice given two doses of {compound} survive?", key)
            return release.ask("and with one?", key).text

        with ThreadPoolExecutor(6) as pool:
            texts = list(pool.map(converse, range(6)))
        for number, text in enumerate(texts):
            right, wrong = (("64.6 days", "135 days"), ("135 days", "64.6 days"))[number % 2]
            assert right in text
            assert wrong not in text


NOTE = """Report on XR 417, 3 March 2031

Mice given two doses of XR 417 had a median survival of 41 days in an LNCaP prostate cancer model, and mice given one dose 33 days.
"""


class TestChanges:
    @pytest.fixture
    def own_home(self, home, tmp_path):
        return copied(home, tmp_path / "home")

    @pytest.fixture
    def note(self, tmp_path):
        file = tmp_path / "note.txt"
        file.write_text(NOTE, encoding="utf-8")
        return file

    def test_an_answer_that_the_history_cannot_keep_is_not_in_the_conversation_either(self, own_home):
        with Assistant.open(own_home) as assistant:
            (own_home / "history.sqlite").mkdir()
            with pytest.raises(LibraryError, match="history"):
                assistant.ask(TWO_DOSES, "half kept")
            (own_home / "history.sqlite").rmdir()
            assert assistant.ask("and in percent?", "half kept").status == "needs_clarification"

    def test_a_document_comes_and_goes_for_all_who_have_the_library_open(self, own_home, note):
        question = "How long did mice given two doses of XR 417 survive?"
        with Assistant.open(own_home) as writer, Assistant.open(own_home) as reader:
            assert reader.ask(question).status == "not_in_sources"
            before = reader.generation
            (added,) = writer.add(note).added
            answer = reader.ask(question)
            assert "41 days" in answer.text
            assert {citation.document.id for citation in answer.citations} == {added.id}
            assert answer.library_generation == reader.generation != before
            assert [study.compound for study in reader.studies()].count("XR 417") == 1
            assert writer.add(note).added == ()

            assert writer.remove("note.txt") == added
            assert reader.ask(question).status == "not_in_sources"
            assert not reader.verify(answer).holds
            assert len(reader.documents()) == 1

    def test_a_stream_that_began_before_a_change_ends_in_peace(self, own_home, note):
        with Assistant.open(own_home) as assistant:
            stream = assistant.stream(TWO_DOSES)
            next(stream)
            assistant.add(note)
            *_, answer = stream
            assert "135.6" in answer.text

    def test_a_file_that_is_no_document_is_refused_with_its_reason(self, own_home, note, tmp_path):
        binary = tmp_path / "picture.txt"
        binary.write_bytes(bytes(range(256)) * 20)
        with Assistant.open(own_home) as assistant:
            report = assistant.add(binary, note, tmp_path / "absent.txt")
            assert len(report.added) == 1
            assert len(report.refused) == 2
            assert all(refused.reason for refused in report.refused)


class TestOther:
    def test_documents_studies_and_search(self, release):
        (document,) = release.documents()
        assert {study.document for study in release.studies()} == {document.id}
        assert [study.compound for study in release.studies()] == ["CLR 131", "CLR 125"]
        hits = release.search("disease burden of the prostate model", 3)
        assert len(hits) == 3
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
        assert "disease burden" in hits[0].passage.text

    @pytest.mark.parametrize("first", ["prepare()", "search('doses')"])
    def test_a_process_may_begin_with_anything(self, home, first):
        code = f"import sys; from assistant import Assistant; Assistant.open(sys.argv[1]).{first}"
        done = subprocess.run([sys.executable, "-c", code, str(home)], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")

    def test_an_unknown_document_is_not_removed(self, release):
        with pytest.raises(UnknownDocument):
            release.remove("no such document")
        assert len(release.documents()) == 1

    def test_as_retriever(self, release):
        found = release.as_retriever(k=2).invoke("Which radioisotope does CLR 131 carry?")
        assert len(found) == 2
        for entry in found:
            text = release.library.text(entry.metadata["document"])
            assert text[entry.metadata["start"] : entry.metadata["end"]] == entry.page_content
            assert entry.metadata["date"] == "2017-04-27"
        assert any("iodine-131" in entry.page_content for entry in found)

    def test_the_retriever_takes_part_in_a_chain(self, release):
        chain = release.as_retriever(k=1) | (lambda found: found[0].metadata["title"])
        assert chain.invoke("CLR 131") == release.documents()[0].title

    def test_open_never_takes_another_model(self, home, monkeypatch):
        monkeypatch.delenv("OPENAI_API_KEY", raising=False)
        with pytest.raises(SettingsError):
            Assistant.open(home, model="gpt")
        with Assistant.open(home, model="nobody:x") as assistant, pytest.raises(ModelError, match="nobody"):
            assistant.ask(TWO_DOSES)


def test_after_preparing_only_questions_are_encoded(home, monkeypatch):
    read: list[str] = []
    encode = Encoder.encode

    def spied(self, texts, progress=None, **which):
        read.extend(texts)
        return encode(self, texts, progress, **which)

    with Assistant.open(home) as assistant:
        assistant.prepare()
        sentences = assistant.library.text(assistant.documents()[0].id)
        monkeypatch.setattr(Encoder, "encode", spied)
        answer = assistant.ask("Which xenograft was used for the I-131 compound?")
    assert answer.citations
    assert read  # the question itself
    assert not [text for text in read if text in " ".join(sentences.split())]
