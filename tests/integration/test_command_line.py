"""The command line as a user meets it: real processes, exit codes, what stands on stdout and what on stderr."""

from __future__ import annotations

import csv
import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from command import ANSWERABLE, ASSISTANT, CORPUS, one_clear_line, run
from homes import copied

from assistant.values import Answer

UNANSWERABLE = "What was the p-value of the Capan-1 study?"


# What a cold question must not import: each of them takes a third of a second or more.
HEAVY = {"torch", "transformers", "sklearn", "pandas", "matplotlib", "chromadb", "langchain", "langgraph", "langsmith", "radioactivedecay"}


class TestAsk:
    def test_an_ordinary_question_loads_nothing_heavy(self, home: Path) -> None:
        code = (
            "import sys\nfrom assistant import Assistant\n"
            "with Assistant.open(sys.argv[1]) as assistant:\n    print(assistant.ask(sys.argv[2]).text)\n"
            "print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)"
        )
        done = subprocess.run([sys.executable, "-c", code, str(home), ANSWERABLE], capture_output=True, text=True, check=True)
        assert "135.6 days" in done.stdout
        assert "onnxruntime" in done.stderr.split()
        assert HEAVY.isdisjoint(done.stderr.split())

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

    def test_a_full_disk_behind_stdout_is_one_clear_line(self, tmp_path: Path) -> None:
        with Path("/dev/full").open("wb") as full:
            environment = os.environ | {"ASSISTANT_HOME": str(tmp_path)}
            done = subprocess.run([ASSISTANT, "doctor"], stdout=full, stderr=subprocess.PIPE, check=False, env=environment)
        assert done.returncode == 1
        assert done.stderr.decode().startswith("error: the result cannot be written: ")
        assert len(done.stderr.splitlines()) == 1

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
        copied(home, newer)
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
    # Tests that are run in the background of a shell ignore interrupts, which a command would inherit; a handler it does not.
    signal.signal(signal.SIGINT, signal.default_int_handler)
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

    def test_csv_has_a_quote_for_each_figure(self, home: Path) -> None:
        done = run("studies", "--csv", home=home)
        header, *rows = list(csv.reader(done.stdout.splitlines()))
        text = next(CORPUS.iterdir()).read_text(encoding="utf-8")
        for row in (dict(zip(header, row, strict=True)) for row in rows):
            start, end = map(int, row["survival_at"].split("-"))
            assert text[start:end] == row["survival_quote"]
        assert len(rows) == 5

    def test_a_chart_is_drawn_to_a_file_or_as_bars(self, home: Path, tmp_path: Path) -> None:
        assert run("studies", "--chart", str(tmp_path / "chart.png"), home=home).returncode == 0
        assert (tmp_path / "chart.png").read_bytes().startswith(b"\x89PNG")
        assert "█ 135.6 days (mean) · +71 days, ×2.10" in run("studies", "--chart", home=home).stdout

    def test_the_chart_of_a_study_that_is_named(self, home: Path, tmp_path: Path) -> None:
        shown = run("chart", "--study", "prostate", home=home).stdout
        assert "█ 161 days · +39 days, ×1.32" in shown
        assert "Capan-1" not in shown
        assert run("chart", str(tmp_path / "chart.svg"), home=home).returncode == 0
        assert "<svg" in (tmp_path / "chart.svg").read_text(encoding="utf-8")
        refused = run("chart", "--study", "HT-29", home=home)
        assert refused.returncode == 1
        assert "HT-29" in one_clear_line(refused)

    def test_a_chart_that_is_asked_for_stands_below_the_answer(self, home: Path) -> None:
        done = run("ask", "Draw me a chart of how long the CLR 125 animals lived", home=home).stdout
        answer, _, bars = done.partition("verified · offline")
        assert "a gain of 39 days and a ratio of 1.32 against the control arm [c1]" in answer
        assert "█ 135 days · +13 days, ×1.11" in bars
        assert "█" not in run("ask", "How long did the CLR 125 animals live?", home=home).stdout

    @pytest.mark.parametrize("options", [("--csv", "--json"), ("chart.png",), ("--chart", "chart.gif")])
    def test_forms_that_do_not_go_together_are_usage_errors(self, options: tuple[str, ...], home: Path) -> None:
        assert run("studies", *options, home=home).returncode == 2

    def test_of_one_document_only(self, home: Path) -> None:
        assert run("studies", "--document", "no such document", home=home).returncode == 1


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
