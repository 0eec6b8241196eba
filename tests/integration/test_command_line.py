"""The command line as a user meets it: real processes, exit codes, what stands on stdout and what on stderr."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.values import Answer

ASSISTANT = Path(sys.executable).with_name("assistant")
CORPUS = Path(__file__).resolve().parents[2] / "corpus"
ANSWERABLE = "How long did mice given two doses of CLR 131 survive?"
NOTE = (
    "XR 417 in rats\n\nRats receiving two doses of XR 417 10 MBq (day 0 and day 21) in an AB-1 xenograft model achieved median survival "
    "of 41 days compared to 30 days for rats receiving a single dose of XR 417 10 MBq.\n"
)
UNANSWERABLE = "What was the p-value of the Capan-1 study?"


def run(*arguments: str, home: Path, stdin: bytes | None = None, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"ASSISTANT_HOME": str(home), "COLUMNS": "100"} | variables
    command = [str(ASSISTANT), *arguments]
    source = {"stdin": subprocess.DEVNULL} if stdin is None else {"input": stdin}
    done = subprocess.run(command, env=environment, capture_output=True, check=False, **source)
    return subprocess.CompletedProcess(command, done.returncode, done.stdout.decode(), done.stderr.decode())


def one_clear_line(done: subprocess.CompletedProcess[str]) -> str:
    (line,) = done.stderr.splitlines()
    assert line.startswith("error: ")
    assert "Traceback" not in done.stderr
    assert "fault of the assistant" not in line
    assert done.stdout == ""
    return line


class TestAsk:
    def test_an_answer_goes_to_stdout_and_nothing_to_stderr(self, home: Path) -> None:
        done = run("ask", ANSWERABLE, home=home)
        assert (done.returncode, done.stderr) == (0, "")
        assert "135.6 days" in done.stdout
        assert "[1]" in done.stdout
        assert "characters " in done.stdout
        assert "\x1b" not in done.stdout

    def test_words_need_no_quotes(self, home: Path) -> None:
        assert "135.6" in run("ask", *ANSWERABLE.split(), home=home).stdout

    def test_what_is_not_in_the_sources_ends_with_three(self, home: Path) -> None:
        done = run("ask", UNANSWERABLE, home=home)
        assert (done.returncode, done.stderr) == (3, "")

    def test_json_is_the_answer_and_its_quotes_open_in_the_document(self, home: Path) -> None:
        done = run("ask", "--json", ANSWERABLE, home=home)
        answer = Answer.model_validate_json(done.stdout)
        assert set(json.loads(done.stdout)) == set(Answer.model_fields)
        assert answer.question == ANSWERABLE
        for citation in answer.citations:
            stretch = f"{citation.start}-{citation.end}"
            shown = run("library", "show", citation.document.id, "--characters", stretch, home=home)
            assert shown.stdout.rstrip("\n") == citation.quote.rstrip("\n")

    def test_a_question_from_stdin(self, home: Path) -> None:
        done = run("ask", "-", home=home, stdin=ANSWERABLE.encode())
        assert done.returncode == 0
        assert "135.6" in done.stdout

    def test_trace_shows_the_tool_calls_on_stderr_only(self, home: Path) -> None:
        plain, traced = (run("ask", *options, ANSWERABLE, home=home) for options in ((), ("--trace",)))
        assert "→ " in traced.stderr
        assert "← " in traced.stderr
        assert _without_footer(traced.stdout) == _without_footer(plain.stdout)

    def test_markdown(self, home: Path) -> None:
        done = run("ask", "--markdown", ANSWERABLE, home=home)
        assert done.stdout.startswith("## How long did mice")
        assert "\n> **[1]** “" in done.stdout

    @pytest.mark.parametrize("question", ["", "   \n", "x" * 100_000], ids=["empty", "blank", "100 kB"])
    def test_an_impossible_question_is_a_usage_error(self, home: Path, question: str) -> None:
        done = run("ask", question, home=home)
        assert done.returncode == 2
        assert "question" in one_clear_line(done)

    def test_an_impossible_question_builds_no_library(self, tmp_path: Path) -> None:
        assert run("ask", "", home=tmp_path / "none").returncode == 2
        assert not (tmp_path / "none").exists()

    def test_bytes_that_are_no_text_are_a_usage_error(self, home: Path) -> None:
        done = run("ask", "-", home=home, stdin=b"\xff\xfe\x00 doses?")
        assert done.returncode == 2
        assert "UTF-8" in one_clear_line(done)

    def test_a_reader_that_leaves_early_ends_it_quietly(self, home: Path) -> None:
        environment = os.environ | {"ASSISTANT_HOME": str(home)}
        script = f'{ASSISTANT} ask --json "{ANSWERABLE}" | head -c 1'
        done = subprocess.run(["bash", "-c", script], env=environment, capture_output=True, check=False)
        assert (done.stdout, done.stderr) == (b"{", b"")

    def test_a_conversation_is_continued_in_another_process(self, home: Path) -> None:
        run("ask", "--conversation", "k1", "How long did mice with two doses of CLR 125 survive?", home=home)
        done = run("ask", "--conversation", "k1", "and with one dose?", home=home)
        assert "135 days" in done.stdout

    def test_ascii_terminals_get_an_answer(self, home: Path) -> None:
        done = run("ask", "How much activity of CLR 131 was given?", home=home, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
        assert (done.returncode, done.stderr) == (0, "")


class TestBadSurroundings:
    def test_a_home_that_cannot_be_written(self, tmp_path: Path) -> None:
        file = tmp_path / "file"
        file.write_text("in the way")
        done = run("ask", ANSWERABLE, home=file / "home")
        assert done.returncode == 1
        assert str(file) in one_clear_line(done)

    def test_a_library_of_a_newer_version(self, home: Path, tmp_path: Path) -> None:
        newer = tmp_path / "home"
        shutil.copytree(home, newer)
        _pretend_newer(newer)
        done = run("ask", ANSWERABLE, home=newer)
        assert done.returncode == 1
        assert "newer version" in one_clear_line(done)

    def test_missing_weights(self, tmp_path: Path) -> None:
        done = run("ask", ANSWERABLE, home=tmp_path / "home", ASSISTANT_EMBEDDING_MODEL=str(tmp_path / "nothing"))
        assert done.returncode == 1
        assert "embedding model" in one_clear_line(done)

    @pytest.mark.parametrize(
        ("options", "variables", "said"),
        [
            (("--model", "gpt"), {}, "provider:model"),
            ((), {"ASSISTANT_CHROMA_URL": "http://127.0.0.1:1"}, "ASSISTANT_CHROMA_URL"),
            (("--colour", "red"), {}, "--colour"),
        ],
    )
    def test_impossible_settings_are_usage_errors(self, home: Path, options: tuple[str, ...], variables: dict[str, str], said: str) -> None:
        done = run("ask", *options, ANSWERABLE, home=home, **variables)
        assert done.returncode == 2
        assert said in one_clear_line(done)

    def test_a_model_without_its_key(self, home: Path) -> None:
        done = run("ask", "--model", "anthropic:some", ANSWERABLE, home=home, ANTHROPIC_API_KEY="")
        assert done.returncode == 1
        assert "anthropic" in one_clear_line(done)


def test_an_interrupt_ends_it_quietly_and_leaves_no_half_library(tmp_path: Path) -> None:
    environment = os.environ | {"ASSISTANT_HOME": str(tmp_path / "home")}
    with subprocess.Popen([ASSISTANT, "ask", ANSWERABLE], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        first = process.stderr.readline()
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate()
    assert first.startswith(b"building the library")
    assert (process.returncode, output, errors) == (130, b"", b"")
    assert run("ask", ANSWERABLE, home=tmp_path / "home").returncode == 0


class TestStudies:
    def test_one_row_for_each_arm(self, home: Path) -> None:
        done = run("studies", home=home)
        assert (done.returncode, done.stderr) == (0, "")
        assert len(done.stdout.splitlines()) == 1 + 5

    def test_json_points_at_the_text(self, home: Path) -> None:
        studies = json.loads(run("studies", "--json", home=home).stdout)
        text = next(CORPUS.iterdir()).read_text(encoding="utf-8")
        survivals = [arm["survival"] for study in studies for arm in study["arms"]]
        assert sorted(survival["value"] for survival in survivals) == [64.6, 122, 135, 135.6, 161]
        for survival in survivals:
            assert f"{survival['value']:g}" in text[survival["span"]["start"] : survival["span"]["end"]]

    def test_of_one_document_only(self, home: Path) -> None:
        assert run("studies", "--document", "no such document", home=home).returncode == 1


class TestLibrary:
    @pytest.fixture
    def own_home(self, home: Path, tmp_path: Path) -> Path:
        return Path(shutil.copytree(home, tmp_path / "home"))

    def test_a_document_comes_and_goes(self, own_home: Path, tmp_path: Path) -> None:
        note = tmp_path / "note.txt"
        note.write_text(NOTE, encoding="utf-8")
        added = run("library", "add", str(note), home=own_home)
        assert (added.returncode, added.stdout.split(":")[0]) == (0, "added")
        assert run("library", "add", str(note), home=own_home).stdout.startswith("unchanged: ")
        assert "note.txt" in run("library", "list", home=own_home).stdout
        assert "41 days" in run("ask", "What was the median survival with two doses of XR 417?", home=own_home).stdout
        assert run("library", "remove", "note.txt", home=own_home).stdout.startswith("removed: ")
        assert "note.txt" not in run("library", "list", home=own_home).stdout
        assert run("library", "rollback", home=own_home).returncode == 0
        assert "note.txt" in run("library", "list", home=own_home).stdout

    def test_a_file_that_cannot_be_read_is_refused_and_the_others_are_added(self, own_home: Path, tmp_path: Path) -> None:
        good, bad = tmp_path / "good.md", tmp_path / "bad\x1b[31m.xyz"
        good.write_text("# Good\n\nXR 8 is a compound.\n", encoding="utf-8")
        bad.write_bytes(b"\x00\x01")
        done = run("library", "add", str(good), str(bad), home=own_home)
        assert done.returncode == 1
        assert done.stdout == "added: Good\n"
        assert any(line.startswith("refused: ") for line in done.stderr.splitlines())
        assert "\x1b" not in done.stderr

    def test_check_and_rebuild(self, own_home: Path) -> None:
        assert run("library", "check", home=own_home).returncode == 0
        assert run("library", "rebuild", home=own_home).returncode == 0
        assert "135.6" in run("ask", ANSWERABLE, home=own_home).stdout

    def test_damage_is_found_and_mended(self, own_home: Path) -> None:
        next((own_home / "library").glob("gen-*/lexical/*.term")).unlink()
        found = run("library", "check", home=own_home)
        assert found.returncode == 1
        assert "rebuild" in found.stderr
        assert run("library", "rebuild", home=own_home).returncode == 0
        assert run("library", "check", home=own_home).returncode == 0

    @pytest.mark.parametrize("stretch", ["5", "9-3", "0-99999999", "a-b"])
    def test_an_impossible_stretch_is_a_usage_error(self, home: Path, stretch: str) -> None:
        name = next(CORPUS.iterdir()).name
        done = run("library", "show", name, "--characters", stretch, home=home)
        assert done.returncode == 2
        assert "START-END" in one_clear_line(done)

    def test_an_unknown_document(self, home: Path) -> None:
        done = run("library", "show", "nothing", home=home)
        assert done.returncode == 1
        assert "assistant library list" in one_clear_line(done)


@pytest.fixture(scope="module")
def saved(home: Path) -> str:
    return run("ask", "--json", "How much longer did mice live with two doses of CLR 131 than with one?", home=home).stdout


class TestVerify:
    def verify(self, text: str, home: Path, folder: Path) -> subprocess.CompletedProcess[str]:
        (folder / "answer.json").write_text(text, encoding="utf-8")
        return run("verify", str(folder / "answer.json"), home=home)

    def test_an_answer_holds(self, saved: str, home: Path, tmp_path: Path) -> None:
        done = self.verify(saved, home, tmp_path)
        assert (done.returncode, done.stderr) == (0, "")

    def test_a_changed_quote_is_found(self, saved: str, home: Path, tmp_path: Path) -> None:
        done = self.verify(saved.replace("135.6", "153.6"), home, tmp_path)
        assert done.returncode == 1

    def test_a_changed_result_is_found(self, saved: str, home: Path, tmp_path: Path) -> None:
        answer = json.loads(saved)
        answer["calculations"][0]["results"][0]["value"] += 1
        assert self.verify(json.dumps(answer), home, tmp_path).returncode == 1

    @pytest.mark.parametrize("text", ["", "{}", "[1]", "not json"])
    def test_what_is_no_answer_is_a_usage_error(self, text: str, home: Path, tmp_path: Path) -> None:
        done = self.verify(text, home, tmp_path)
        assert done.returncode == 2
        assert "answer.json" in one_clear_line(done)


class TestDoctor:
    def test_all_is_well(self, home: Path) -> None:
        done = run("doctor", "--json", home=home)
        told = json.loads(done.stdout)
        assert (done.returncode, done.stderr, told["healthy"]) == (0, "", True)
        assert {finding["about"] for finding in told["findings"]} == {"versions", "encoder", "home", "library", "models"}

    def test_it_builds_nothing(self, tmp_path: Path) -> None:
        assert run("doctor", home=tmp_path / "home").returncode == 0
        assert not (tmp_path / "home").exists()

    def test_it_tells_of_a_key_only_that_it_is_set(self, home: Path) -> None:
        done = run("doctor", home=home, ANTHROPIC_API_KEY="sk-secret")
        assert "ANTHROPIC_API_KEY set" in done.stdout
        assert "sk-secret" not in done.stdout + done.stderr

    def test_what_is_wrong_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("in the way")
        done = run("doctor", home=tmp_path / "file" / "home", ASSISTANT_EMBEDDING_MODEL="nowhere")
        assert done.returncode == 1
        wrong = [line.split("\t")[1] for line in done.stdout.splitlines() if line.split("\t")[2] == "WRONG"]
        assert wrong == ["SHA-256", "writable"]


class TestRoot:
    def test_help_loads_nothing_heavy(self, tmp_path: Path) -> None:
        code = (
            "import sys\nfrom assistant.interfaces.cli import main\nsys.argv = ['assistant', '--help']\n"
            "try:\n    main()\nfinally:\n    print(sorted(sys.modules), file=sys.stderr)"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        loaded = set(json.loads(done.stderr.replace("'", '"')))
        assert loaded.isdisjoint({"pydantic", "rich", "numpy", "torch", "chromadb", "langchain", "langchain_core", "onnxruntime"})
        assert "doctor" in done.stdout

    def test_the_version(self, tmp_path: Path) -> None:
        assert run("--version", home=tmp_path).stdout.strip().count(".") == 2

    def test_no_command_is_a_usage_error_that_helps(self, tmp_path: Path) -> None:
        done = run(home=tmp_path)
        assert done.returncode == 2
        assert "ask" in done.stderr


def _without_footer(text: str) -> str:
    return text[: text.rindex(" ms")].rsplit(" ", 1)[0]


def _pretend_newer(home: Path) -> None:
    """Raises the format's number in every catalogue, as a later version would write it."""
    for catalogue in (home / "library").glob("gen-*/catalogue.sqlite"):
        with sqlite3.connect(catalogue) as connection:
            connection.execute("UPDATE meta SET value = '999' WHERE name = 'schema_version'")
        connection.close()
