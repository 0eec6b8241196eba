"""The chat in a pipe, its commands one by one, and its conversations on the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import run
from homes import copied

from assistant.api import Assistant
from assistant.errors import AssistantError, ModelError, UsageError
from assistant.interfaces.cli.chat.asking import ask
from assistant.interfaces.cli.chat.commands import COMMANDS, Leave, run_command
from assistant.interfaces.cli.chat.session import Chat
from assistant.interfaces.suggestions import suggestions
from assistant.resources import prompt_table
from assistant.values import Answer

LONGER = "How much longer did mice live with two doses of CLR 131 than with one?"
TWO_DOSES = "How long did mice given two doses of CLR 125 survive?"


@pytest.fixture(scope="module")
def own_home(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(copied(home, tmp_path_factory.mktemp("chat") / "home"))


@pytest.fixture
def chat(own_home: Path, request: pytest.FixtureRequest) -> Iterator[Chat]:
    """A chat that draws for a pipe, in a conversation of its own in which nothing was asked."""
    chat = Chat(Assistant.open(own_home), own_home, request.node.name, live=False)
    yield chat
    chat.close()


class TestTrouble:
    def test_an_answer_is_shown_where_word_of_the_chat_cannot_be_left(
        self, chat: Chat, own_home: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (own_home / "chat_last").unlink(missing_ok=True)
        (own_home / "chat_last").mkdir()
        ask(chat, TWO_DOSES)
        assert "161 days" in capsys.readouterr().out
        (own_home / "chat_last").rmdir()

    def test_a_damaged_library_does_not_speak_into_the_prompt(self, tmp_path: Path, home: Path, capfd: pytest.CaptureFixture[str]) -> None:
        own = copied(home, tmp_path / "home")
        broken = Chat(Assistant.open(own), own, "broken", live=False)
        for meta in own.rglob("lexical/meta.json"):
            meta.chmod(0o600)
            meta.write_text("{", encoding="utf-8")
        broken.warm_up()
        broken.close()
        assert capfd.readouterr().err == ""


class TestPipe:
    def test_each_line_is_a_question_or_a_command(self, own_home: Path) -> None:
        done = run("chat", home=own_home, stdin=f"{LONGER}\n\n/open 1\n{TWO_DOSES}\n/feedback good\n".encode())
        assert (done.returncode, done.stderr) == (0, "")
        for part in (
            f"> {LONGER}",
            "71.0 days",
            "> /open 1",
            "»In the first study",
            "single dose of CLR 131",
            f"> {TWO_DOSES}",
            "161 days",
        ):
            assert part in done.stdout, part
        assert "\x1b" not in done.stdout

    def test_an_entry_that_fails_is_told_and_the_rest_goes_on(self, own_home: Path) -> None:
        done = run("chat", home=own_home, stdin=f"/opne 1\n/open 1\n{'x' * 5000}\n{TWO_DOSES}\n".encode())
        assert done.returncode == 1
        first, second, third = done.stderr.splitlines()
        assert first == "there is no command /opne; did you mean /open?"
        assert second == "there is no answer yet; ask something first"
        assert "5000 characters" in third
        assert "161 days" in done.stdout

    def test_bytes_that_are_no_text_are_no_crash(self, own_home: Path) -> None:
        done = run("chat", home=own_home, stdin=b"\xff\xfe\x1b]52;c;ZXZpbA==\x07\n/nothing\x1b[2J\n")
        assert "Traceback" not in done.stderr
        assert "\x1b" not in done.stdout + done.stderr

    def test_an_unknown_conversation_is_begun_and_gone_on_with(self, own_home: Path) -> None:
        run("chat", "--conversation", "notes", home=own_home, stdin=f"{TWO_DOSES}\n".encode())
        done = run("chat", "--conversation", "note", home=own_home, stdin=b"And one dose?\n")
        assert "135 days" in done.stdout
        (kept,) = (c for c in json.loads(run("conversations", "list", "--json", home=own_home).stdout) if c["key"] == "notes")
        assert (kept["title"], kept["questions"]) == (TWO_DOSES, 2)

    def test_there_must_be_a_chat_to_continue(self, home: Path, tmp_path: Path) -> None:
        done = run("chat", "--continue", home=copied(home, tmp_path / "new"))
        assert (done.returncode, done.stderr) == (2, "error: there is no chat to continue; begin one with: assistant chat\n")


class TestCommands:
    def test_opening_shows_the_quote_among_its_neighbours(self, chat: Chat, capsys: pytest.CaptureFixture[str]) -> None:
        ask(chat, TWO_DOSES)
        (citation,) = chat.last.citations
        capsys.readouterr()
        run_command(chat, "/open [1]")
        shown = " ".join(capsys.readouterr().out.split())
        quote = " ".join(citation.quote.split())
        assert f"»{quote}«" in shown
        text = " ".join(chat.assistant.library.text(citation.document.id).split())
        before, after = shown.split(f"»{quote}«")
        place = text.index(quote)
        assert text[place - 120 : place].strip() in before
        assert text[place + len(quote) : place + len(quote) + 120].strip() in after

    def test_a_quote_whose_document_has_gone_is_shown_from_the_answer(self, chat: Chat, capsys: pytest.CaptureFixture[str]) -> None:
        ask(chat, TWO_DOSES)
        (citation,) = chat.last.citations
        gone = citation.model_copy(update={"document": citation.document.model_copy(update={"id": "0" * 16})})
        chat.answers[-1] = chat.last.model_copy(update={"citations": (gone,)})
        run_command(chat, "/open 1")
        shown = " ".join(capsys.readouterr().out.split())
        assert "no longer this text" in shown
        assert f"»{' '.join(citation.quote.split())}«" in shown

    def test_a_calculation_shows_its_inputs_and_their_quotes(self, chat: Chat, capsys: pytest.CaptureFixture[str]) -> None:
        ask(chat, LONGER)
        capsys.readouterr()
        for line in ("/calc c1", "/calc 1", "/calc", "/open c1"):
            run_command(chat, line)
            shown = " ".join(capsys.readouterr().out.split())
            for part in ("gain = ", "135.6 days [1]", "64.6 days [1]", "= gain 71 days", "[1] “In the first study"):
                assert part in shown, (line, part)

    @pytest.mark.parametrize(
        ("line", "message"),
        [
            ("/open 7", "the last answer has no quote [7]; it has [1]"),
            ("/calc c7", "the last answer has no calculation [c7]; it has [c1]"),
            ("/studies quux", "no study goes by quux"),
            ("/export", "name a file"),
            ("/export answers.pdf", "must end in .md, .json or .html"),
            ("/export /nowhere/at/all.md", "cannot be written"),
            ("/feedback", "say /feedback good or /feedback bad"),
            ("/feedback fine", "say /feedback good or /feedback bad"),
            ("/model nonsense", "neither 'offline' nor 'provider:model'"),
            ("/model nobody:model", "unknown model provider 'nobody'"),
            ("/xyzzy", "there is no command /xyzzy"),
        ],
    )
    def test_what_cannot_be_done_is_said(self, chat: Chat, line: str, message: str) -> None:
        ask(chat, LONGER)
        with pytest.raises(AssistantError) as raised:
            run_command(chat, line)
        assert message in str(raised.value)

    def test_without_an_answer_nothing_can_be_opened(self, chat: Chat) -> None:
        for line in ("/open 1", "/calc c1", "/export x.md", "/feedback good", "/trace", "/undo"):
            with pytest.raises(UsageError):
                run_command(chat, line)

    @pytest.mark.parametrize("suffix", [".md", ".json", ".html"])
    def test_export_writes_every_answer_and_replaces_nothing(self, chat: Chat, tmp_path: Path, suffix: str) -> None:
        ask(chat, TWO_DOSES)
        ask(chat, "And one dose?")
        file = tmp_path / f"answers{suffix}"
        run_command(chat, f"/export {file}")
        text = file.read_text(encoding="utf-8")
        assert text.index("161 days") < text.index("135 days")
        if suffix == ".json":
            assert tuple(map(Answer.model_validate, json.loads(text))) == tuple(chat.answers)
        with pytest.raises(UsageError, match="already there"):
            run_command(chat, f"/export {file}")
        assert file.read_text(encoding="utf-8") == text

    def test_undo_takes_back_the_last_question(self, chat: Chat) -> None:
        ask(chat, TWO_DOSES)
        ask(chat, LONGER)
        run_command(chat, "/undo")
        assert [answer.question for answer in chat.answers] == [TWO_DOSES]
        ask(chat, "And one dose?")
        assert "135 days" in chat.last.text

    def test_new_begins_a_conversation_that_knows_nothing(self, chat: Chat) -> None:
        ask(chat, TWO_DOSES)
        before = chat.key
        run_command(chat, "/new")
        assert chat.key != before
        ask(chat, "And one dose?")
        assert chat.last.conversation == chat.key
        assert "gave a survival of 135 days" not in chat.last.text
        assert len(chat.assistant.history(before)) == 1

    def test_a_model_that_is_not_there_leaves_the_chat_as_it_was(self, chat: Chat) -> None:
        with pytest.raises(ModelError):
            run_command(chat, "/model nobody:model")
        assert chat.assistant.settings.model == "offline"
        ask(chat, TWO_DOSES)
        run_command(chat, "/model offline")
        ask(chat, "And one dose?")
        assert "135 days" in chat.last.text

    def test_feedback_goes_to_the_store(self, chat: Chat) -> None:
        ask(chat, TWO_DOSES)
        run_command(chat, "/feedback bad  the wrong arm")
        (given,) = (f for f in chat.assistant.feedback() if f.answer == chat.last)
        assert (given.judgement, given.words, given.given_by) == ("bad", "the wrong arm", "chat")

    def test_sources_studies_trace_and_help_show_what_there_is(self, chat: Chat, capsys: pytest.CaptureFixture[str]) -> None:
        ask(chat, TWO_DOSES)
        capsys.readouterr()
        for line, parts in {
            "/sources": ("27 April 2017", "[1]"),
            "/studies": ("CLR 131 in Capan-1", "CLR 125 in PC3", "135.6 days"),
            "/studies CLR 125": ("CLR 125 in PC3", "161 days"),
            "/trace": ("→ list_studies", "draft: "),
        }.items():
            run_command(chat, line)
            shown = " ".join(capsys.readouterr().out.split())
            assert all(part in shown for part in parts), (line, shown)
        assert "Capan-1" not in shown.split("draft: ")[1]

    def test_every_command_is_helped_with(self, chat: Chat, capsys: pytest.CaptureFixture[str]) -> None:
        run_command(chat, "/help")
        shown = " ".join(capsys.readouterr().out.split())
        words = prompt_table("chat.toml")["commands"]
        assert set(words) == {command.name for command in COMMANDS}
        for command in COMMANDS:
            assert f"/{command.name}" in shown
            assert words[command.name].split()[0] in shown

    def test_leaving(self, chat: Chat) -> None:
        with pytest.raises(Leave):
            run_command(chat, "/quit")


class TestConversations:
    def test_they_are_listed_shown_found_exported_and_deleted(self, own_home: Path, tmp_path: Path) -> None:
        run("ask", "--conversation", "kept-one", TWO_DOSES, home=own_home)
        listed = run("conversations", "list", home=own_home)
        assert any(line.startswith("kept-one ") and line.endswith(TWO_DOSES) for line in listed.stdout.splitlines())
        shown = run("conversations", "show", "kept-o", home=own_home)
        assert f"> {TWO_DOSES}" in shown.stdout
        assert "161 days" in shown.stdout
        found = run("conversations", "search", "161", "doses", home=own_home)
        assert "kept-one\t" in found.stdout
        file = tmp_path / "kept.md"
        assert run("conversations", "export", "kept-one", str(file), home=own_home).returncode == 0
        assert "161 days" in file.read_text(encoding="utf-8")
        assert run("conversations", "delete", "kept-one", home=own_home).stdout == "deleted: kept-one\n"
        gone = run("conversations", "show", "kept-one", home=own_home)
        assert (gone.returncode, gone.stdout) == (2, "")
        assert gone.stderr == "error: there is no conversation 'kept-one'; list them with: assistant conversations list\n"


class TestSuggestions:
    def test_each_is_answered_from_the_studies(self, release: Assistant) -> None:
        asked = suggestions(release.studies(), release.documents())
        assert len(asked) == len(set(asked)) == 3
        for question in asked:
            answer = release.ask(question)
            assert answer.status == "answered", question
            assert answer.verification.verdict == "verified"
            assert answer.citations

    def test_an_empty_library_suggests_nothing(self) -> None:
        assert suggestions((), ()) == ()


class TestPage:
    def test_ask_writes_a_page_beside_its_answer(self, home: Path, tmp_path: Path) -> None:
        file = tmp_path / "answer.html"
        file.write_text("what was there before", encoding="utf-8")
        done = run("ask", LONGER, "--html", str(file), home=home)
        assert (done.returncode, done.stderr) == (0, "")
        assert "71.0 days" in done.stdout
        page = file.read_text(encoding="utf-8")
        assert page.startswith("<!DOCTYPE html>")
        assert page.count("<svg ") == 1
        assert "CLR 131 in Capan-1" in page
        assert "CLR 125 in PC3" not in page

    def test_a_page_that_cannot_be_written_is_one_clear_line(self, home: Path, tmp_path: Path) -> None:
        done = run("ask", TWO_DOSES, "--html", str(tmp_path / "no" / "answer.html"), home=home)
        assert done.returncode == 2
        assert done.stderr == f"error: {tmp_path / 'no' / 'answer.html'} cannot be written: No such file or directory\n"


class TestChart:
    def test_it_draws_the_studies_of_the_answer_or_those_named(
        self, chat: Chat, capsys: pytest.CaptureFixture[str], tmp_path: Path
    ) -> None:
        run_command(chat, "/chart")
        everything = capsys.readouterr().out
        assert "CLR 131 in Capan-1" in everything
        assert "CLR 125 in PC3" in everything
        ask(chat, TWO_DOSES)
        capsys.readouterr()
        run_command(chat, "/chart")
        answered = capsys.readouterr().out
        assert "CLR 125 in PC3" in answered
        assert "Capan-1" not in answered
        assert "█" in answered
        run_command(chat, "/chart Capan-1")
        assert "CLR 131 in Capan-1" in capsys.readouterr().out
        ask(chat, "plot the PC3 study")
        asked = capsys.readouterr().out
        assert "█ 161 days · +39 days, ×1.32" in asked
        run_command(chat, f"/chart {tmp_path / 'survival.svg'}")
        assert "<svg" in (tmp_path / "survival.svg").read_text(encoding="utf-8")
