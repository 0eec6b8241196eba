"""The tools over a real library: evidence with every span in a source, names that are wrong told to the model, damage raised."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from homes import copied
from langchain_core.messages import ToolMessage

from assistant.agent.desk import Desk
from assistant.agent.evidence import Evidence
from assistant.agent.presentation import headline
from assistant.agent.tools import tools_over
from assistant.api import Assistant
from assistant.errors import AssistantError, LibraryError

CONTRACT = {
    "search_passages",
    "list_documents",
    "list_studies",
    "survival_benefit",
    "dose_summary",
    "convert_activity",
    "decay",
    "calculate",
}


@pytest.fixture(scope="module")
def tools(release):
    return {tool.name: tool for tool in release.tools()}


def use(tools, name: str, /, **arguments) -> ToolMessage:
    """The message that an agent gets when its model calls the tool."""
    return tools[name].invoke({"name": name, "args": arguments, "id": "call-1", "type": "tool_call"})


def evidence(message: ToolMessage) -> Evidence:
    assert message.status == "success", message.text
    return Evidence.model_validate(message.artifact)


def result(message: ToolMessage, name: str) -> tuple[float, str]:
    (working,) = evidence(message).workings
    return next((entry.value, entry.unit) for entry in working.results if entry.name == name)


def test_the_tools_of_the_contract_describe_themselves(tools):
    assert set(tools) >= CONTRACT
    for tool in tools.values():
        assert len(tool.description) > 20
        assert json.dumps(tool.get_input_schema().model_json_schema())


class TestEvidence:
    def test_a_search_gives_numbered_passages_and_the_same_as_artifact(self, tools):
        message = use(tools, "search_passages", query="How many doses of CLR 131?", k=3)
        found = evidence(message)
        assert len(found.sources) == 3
        for number, source in enumerate(found.sources, 1):
            text = re.sub(r"\n\s*\n", "\n", source.passage.text)  # without blank lines, which would only cost tokens
            heading = headline(source.document, brief=number > 1)  # the whole title once
            assert f"[{number}] {heading}\n{text}" in message.text

    @pytest.mark.parametrize(("k", "count"), [(-1, 1), (0, 1), (1, 1), (10_000, 20)])
    def test_k_is_kept_in_bounds(self, tools, k, count):
        assert 1 <= len(evidence(use(tools, "search_passages", query="mice", k=k)).sources) <= count

    def test_documents_with_their_openings(self, tools, release):
        found = evidence(use(tools, "list_documents"))
        assert found.documents == release.documents()
        assert [source.passage.start for source in found.sources] == [release.library.passages(d.id)[0].start for d in found.documents]

    def test_studies_by_any_name_of_compound_or_model(self, tools):
        every = evidence(use(tools, "list_studies")).studies
        assert len(every) == 2
        for name in ("clr-131", "Capan 1", "the pancreatic study"):
            assert evidence(use(tools, "list_studies", compound=name)).studies == every[:1]
        assert evidence(use(tools, "list_studies", model="PC-3")).studies == every[1:]

    def test_no_study_of_that_name_is_nothing_found(self, tools):
        message = use(tools, "list_studies", compound="CLR 999")
        assert evidence(message) == Evidence()
        assert message.text == "Nothing found."

    @pytest.mark.parametrize(
        ("name", "arguments"),
        [
            ("list_studies", {}),
            ("dose_summary", {"study": "CLR 125", "arm": "two doses"}),
            ("survival_benefit", {"study": "Capan-1", "treatment": "two doses", "reference": "one dose"}),
        ],
    )
    def test_every_span_lies_in_a_source_and_reads_as_the_library_has_it(self, tools, release, name, arguments):
        found = evidence(use(tools, name, **arguments))
        spans = [operand.span for working in found.workings for operand in working.operands if operand.span]
        spans += [arm.survival.span for study in found.studies for arm in study.arms if arm.survival] if name == "list_studies" else []
        assert spans
        for span in spans:
            (home,) = [
                s.passage for s in found.sources if s.passage.document == span.document and s.passage.start <= span.start < s.passage.end
            ]
            assert release.library.text(span.document)[home.start : home.end] == home.text


class TestCalculations:
    def test_survival_benefit(self, tools):
        message = use(tools, "survival_benefit", study="Capan-1", treatment="two doses", reference="single dose")
        assert result(message, "gain") == (pytest.approx(71.0), "day")
        assert result(message, "ratio") == (pytest.approx(135.6 / 64.6), "ratio")
        assert "[c1]" in message.text

    def test_doses_conversion_decay_and_arithmetic(self, tools):
        assert result(use(tools, "dose_summary", study="CLR 131", arm="two doses"), "total activity") == (100, "uCi")
        assert evidence(use(tools, "convert_activity", value=50, unit="uCi", to="MBq")).workings[0].results[0].value == pytest.approx(1.85)
        left, unit = result(use(tools, "decay", nuclide="I-131", activity=50, unit="uCi", elapsed_days=8.0252), "remaining activity")
        assert (left, unit) == (pytest.approx(25, rel=1e-3), "uCi")
        assert evidence(use(tools, "calculate", expression="135 day / 64 day")).workings[0].results[0].value == pytest.approx(135 / 64)

    def test_a_chart_brings_what_its_bars_say(self, tools):
        found = evidence(use(tools, "chart", study="CLR 125"))
        assert [(r.name, r.value) for w in found.workings for r in w.results if r.name == "gain"] == [("gain", 39), ("gain", 13)]
        assert [study.compound for study in found.studies] == ["CLR 125"]
        places = {operand.span.document for working in found.workings for operand in working.operands if operand.span}
        assert places == {source.document.id for source in found.sources}
        assert len(evidence(use(tools, "chart")).studies) == 2

    def test_the_half_life_names_its_source(self, tools):
        (working,) = evidence(use(tools, "half_life", nuclide="iodine-131")).workings
        assert any(operand.source for operand in working.operands) or working.notes


class TestMistakesOfAModel:
    @pytest.mark.parametrize(
        ("name", "arguments", "says"),
        [
            ("dose_summary", {"study": "CLR 999", "arm": "two doses"}, "CLR 131"),
            ("dose_summary", {"study": "CLR 131", "arm": "seven doses"}, "two doses"),
            ("survival_benefit", {"study": "Capan-1", "treatment": "two doses", "reference": "control"}, "control"),
            ("convert_activity", {"value": 1, "unit": "uCi", "to": "day"}, "uCi"),
            ("convert_activity", {"value": 1, "unit": "parsec", "to": "MBq"}, "parsec"),
            ("decay", {"nuclide": "Xx-999", "activity": 1, "unit": "uCi", "elapsed_days": 1}, "Xx-999"),
            ("calculate", {"expression": "__import__('os')"}, "cannot be read"),
            ("calculate", {"expression": "1 / 0"}, "zero"),
        ],
    )
    def test_are_told_to_it_in_one_line(self, tools, name, arguments, says):
        message = use(tools, name, **arguments)
        assert (message.status, message.artifact) == ("error", None)
        assert says.casefold() in message.text.casefold()
        assert "Traceback" not in message.text
        assert len(message.text.splitlines()) == 1


class TestDamage:
    def test_a_library_that_cannot_be_read_ends_the_question(self, home, tmp_path):
        copy = tmp_path / "home"
        copied(home, copy)
        with Assistant.open(copy) as assistant:
            _damage(copy)
            with pytest.raises(AssistantError):
                assistant.ask("How long did mice given two doses of CLR 131 survive?")

    def test_the_tools_raise_it_and_do_not_tell_the_model(self, home, tmp_path):
        copy = tmp_path / "home"
        copied(home, copy)
        with Assistant.open(copy) as assistant:
            tools = {tool.name: tool for tool in assistant.tools()}
            assistant.library.close()
            with pytest.raises(LibraryError):
                use(tools, "search_passages", query="mice")
            with pytest.raises(LibraryError):
                use(tools, "list_documents")


def test_tools_may_be_held_to_some_documents(home, tmp_path):
    copy = tmp_path / "home"
    copied(home, copy)
    note = tmp_path / "note.txt"
    note.write_text(
        "Report on XR 417\n\nMice given two doses of XR 417 had a median survival of 41 days in the LNCaP model.\n", encoding="utf-8"
    )
    with Assistant.open(copy) as assistant:
        (added,) = assistant.add(note).added
        tools = {tool.name: tool for tool in tools_over(Desk(assistant.library, [added.id]))}
        for name, arguments in (("search_passages", {"query": "survival of mice"}), ("list_documents", {}), ("list_studies", {})):
            assert {source.document.id for source in evidence(use(tools, name, **arguments)).sources} == {added.id}


def test_each_call_reads_the_newest_generation_and_only_that(home, tmp_path):
    copy = copied(home, tmp_path / "home")
    note = tmp_path / "note.txt"
    note.write_text("Report on XR 418\n\nMice given XR 418 lived for 12 days.\n", encoding="utf-8")
    with Assistant.open(copy) as assistant, Assistant.open(copy) as other:
        tools = {tool.name: tool for tool in assistant.tools()}
        retriever = assistant.as_retriever()
        with assistant.reading() as begun:
            other.add(note)
            assert "XR 418" in use(tools, "list_documents").text
            assert "XR 418" in retriever.invoke("XR 418")[0].page_content
            assert "XR 418" not in begun.desk.list_documents()[0]


def _damage(home: Path) -> None:
    for file in home.glob("library/gen-*/catalogue.sqlite"):
        file.write_bytes(b"no database" * 2000)


def test_studies_are_listed_once_a_generation(home, tmp_path):
    copy = copied(home, tmp_path / "home")
    note = tmp_path / "note.txt"
    note.write_text(
        "Report on XR 419\n\nMice given two doses of XR 419 had a median survival of 41 days in the LNCaP model.\n", encoding="utf-8"
    )
    with Assistant.open(copy) as assistant:
        desk = Desk(assistant.library)
        listed = desk.list_studies()
        assert desk.list_studies() is listed
        (added,) = assistant.add(note).added
        assert added.id in {study.document for study in desk.list_studies()[1].studies}
