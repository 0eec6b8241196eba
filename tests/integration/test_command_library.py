"""``assistant library``, ``verify``, ``eval`` and ``doctor`` as a user meets them."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from command import ANSWERABLE, CORPUS, one_clear_line, run
from homes import copied

from assistant.library import generations

NOTE = (
    "XR 417 in rats\n\nRats receiving two doses of XR 417 10 MBq (day 0 and day 21) in an AB-1 xenograft model achieved median survival "
    "of 41 days compared to 30 days for rats receiving a single dose of XR 417 10 MBq.\n"
)


class TestLibrary:
    @pytest.fixture
    def own_home(self, home: Path, tmp_path: Path) -> Path:
        return copied(home, tmp_path / "home")

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
        assert done.stdout.startswith("added: Good\n1 added, 1 refused (in ")
        assert any(line.startswith("refused: ") for line in done.stderr.splitlines())
        assert "\x1b" not in done.stderr

    def test_a_second_writer_is_refused_before_anything_slow_is_imported(self, own_home: Path) -> None:
        with generations.writing(own_home):
            refused = run("library", "remove", "note.txt", home=own_home, PYTHONPROFILEIMPORTTIME="1")
        assert refused.returncode == 1
        assert refused.stderr.splitlines()[-1].startswith(f"error: process {os.getpid()} is changing the library")
        imported = {line.rpartition("|")[2].strip() for line in refused.stderr.splitlines()}
        assert "assistant.library.generations" in imported
        assert imported.isdisjoint({"assistant.api", "assistant.library.catalogue", "assistant.studies.extract", "numpy"})

    def test_a_folder_is_added_and_told_in_one_line(self, own_home: Path, tmp_path: Path) -> None:
        folder = tmp_path / "notes"
        (folder / "deep").mkdir(parents=True)
        for name in ("one.txt", "two.md", "deep/three.txt", "picture.jpg"):
            (folder / name).write_text(f"# About {name}\n\n{NOTE}", encoding="utf-8")
        flat = run("library", "add", str(folder), home=own_home)
        assert flat.stdout.splitlines()[-1].startswith("2 added, 1 file of other formats left out (in ")
        deep = run("library", "add", "--recursive", "--json", str(folder), home=own_home)
        report = json.loads(deep.stdout)
        assert (len(report["added"]), len(report["unchanged"]), report["refused"], report["skipped"]) == (1, 2, [], 1)

    def test_a_changed_file_supersedes_what_it_was_and_both_open(self, own_home: Path, tmp_path: Path) -> None:
        note = tmp_path / "note.txt"
        note.write_text(NOTE, encoding="utf-8")
        run("library", "add", str(note), "--source", "https://example.org/note", home=own_home)
        note.write_text(NOTE.replace("41 days", "43 days"), encoding="utf-8")
        assert "(supersedes " in run("library", "add", str(note), home=own_home).stdout
        (old,) = json.loads(run("library", "list", "--superseded", "--json", home=own_home).stdout)
        new = json.loads(run("library", "list", "--json", home=own_home).stdout)[-1]
        assert (old["superseded_by"], old["url"], new["url"]) == (new["id"], "https://example.org/note", "https://example.org/note")
        shown = run("library", "show", old["id"], "--at", "41 days", home=own_home)
        assert "of ⟦41 days⟧ compared" in shown.stdout
        start = NOTE.index("41 days")
        by_place = run("library", "show", "note", "--at", f"characters {start}–{start + 7}", home=own_home)
        assert "of ⟦43 days⟧ compared" in by_place.stdout
        assert run("library", "show", "note", "--at", "41 days", home=own_home).returncode == 2

    def test_a_source_is_of_one_file(self, home: Path, tmp_path: Path) -> None:
        for name in ("a.txt", "b.txt"):
            (tmp_path / name).write_text(NOTE, encoding="utf-8")
        done = run("library", "add", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), "--source", "https://example.org", home=home)
        assert done.returncode == 2
        assert "one by one" in done.stderr

    def test_everything_is_exported_once(self, home: Path, tmp_path: Path) -> None:
        assert run("library", "export", str(tmp_path / "out"), home=home).returncode == 0
        (document,) = map(json.loads, (tmp_path / "out" / "documents.jsonl").read_text(encoding="utf-8").splitlines())
        for line in (tmp_path / "out" / "passages.jsonl").read_text(encoding="utf-8").splitlines():
            passage = json.loads(line)
            assert document["text"][passage["start"] : passage["end"]] == passage["text"]
        assert len((tmp_path / "out" / "studies.jsonl").read_text(encoding="utf-8").splitlines()) == 2
        table = (tmp_path / "out" / "evidence.csv").read_text(encoding="utf-8").splitlines()
        assert len(table) == 1 + 5
        again = run("library", "export", str(tmp_path / "out"), home=home)
        assert (again.returncode, "already" in again.stderr) == (2, True)

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


class TestEval:
    CASES = (
        {"id": "a", "kind": "lookup", "question": ANSWERABLE, "status": "answered", "must": [["135\\.6"]]},
        {"id": "b", "kind": "person", "question": ANSWERABLE, "must": [["no answer says this"]]},
    )

    def test_scores_and_failures(self, tmp_path: Path) -> None:
        file = tmp_path / "cases.jsonl"
        file.write_text("\n".join(map(json.dumps, self.CASES)), encoding="utf-8")
        done = run("eval", str(file), home=tmp_path / "home")
        assert done.returncode == 1
        assert [line.split() for line in done.stdout.splitlines()[1:5]] == [
            ["kind", "passed", "asked"],
            ["lookup", "1", "1", "100%"],
            ["person", "0", "1", "0%"],
            ["total", "1", "2", "50%"],
        ]
        assert "failed b (person)" in done.stdout
        assert "failed a" not in done.stdout
        assert not (tmp_path / "home").exists()

    @pytest.mark.parametrize("text", ["", "{}", "[", '{"id": "a", "kind": "x"}'])
    def test_a_malformed_file_is_a_usage_error(self, text: str, tmp_path: Path) -> None:
        (tmp_path / "cases.jsonl").write_text(text, encoding="utf-8")
        done = run("eval", str(tmp_path / "cases.jsonl"), home=tmp_path / "home")
        assert done.returncode == 2
        assert "cases.jsonl" in one_clear_line(done)
