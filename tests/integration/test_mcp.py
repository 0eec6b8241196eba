"""The MCP server as clients meet it: the SDK's own client, over stdio and over streamable HTTP, and what the two refuse."""

from __future__ import annotations

import asyncio
import http.client
import os
import re
import subprocess
import sys
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import ANSWERABLE, CORPUS, one_clear_line, run
from mcp import Client, StdioServerParameters

from assistant.api import Assistant
from assistant.interfaces.mcp.results import Calculated, Passages
from assistant.interfaces.mcp.server import server_over
from assistant.studies.evidence import Studies
from assistant.values import Answer

TOOLS = {"ask", "search_passages", "list_studies", "survival_benefit", "decay", "chart"}
TEXT = next(CORPUS.iterdir()).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    """The address of a server over HTTP, a process of its own."""
    command = [sys.executable, "-m", "assistant", "mcp", "--http", "--port", "0"]
    environment = os.environ | {"ASSISTANT_HOME": str(home)}
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True) as process:
        told = process.stderr.readline()
        yield re.search(r"http://127\.0\.0\.1:\d+/mcp", told).group()
        process.terminate()


def call(server, name: str, **arguments):
    async def asked():
        async with Client(server) as client:
            return await client.call_tool(name, arguments)

    return asyncio.run(asked())


def holds(answer: Answer) -> bool:
    return all(TEXT[c.start : c.end] == c.quote for c in answer.citations)


def test_over_stdio(home: Path) -> None:
    command = StdioServerParameters(command=sys.executable, args=["-m", "assistant", "mcp", "--home", str(home)])

    async def session():
        async with Client(command) as client:
            listed = await client.list_tools()
            return listed.tools, await client.call_tool("ask", {"question": ANSWERABLE}), client.instructions

    tools, result, instructions = asyncio.run(session())
    assert {tool.name for tool in tools} == TOOLS
    assert all(tool.annotations.read_only_hint and not tool.annotations.open_world_hint for tool in tools)
    assert all(tool.description for tool in tools)
    assert all(tool.output_schema["type"] == "object" for tool in tools if tool.name != "chart")
    answer = Answer.model_validate(result.structured_content)
    assert (answer.question, answer.status, result.is_error) == (ANSWERABLE, "answered", False)
    assert "135.6 days" in answer.text
    assert holds(answer)
    assert answer.text in result.content[0].text
    assert "verbatim quote" in instructions


def test_over_http(address: str) -> None:
    gain = call(address, "survival_benefit", study="Capan-1", treatment="two doses", reference="one dose")
    made = Calculated.model_validate(gain.structured_content)
    quotes = {citation.id: citation for citation in made.citations}
    assert {(r.name, round(r.value, 2)) for r in made.calculation.results} >= {("ratio", 2.10)}
    quoted = [item for item in made.calculation.inputs if item.citation]
    assert len(quoted) >= 2
    for item in quoted:
        citation = quotes[item.citation]
        assert TEXT[citation.start : citation.end] == citation.quote
    survivals = {item.value: quotes[item.citation].quote for item in quoted if item.unit == "day"}
    assert all(f"{value:g}" in quote for value, quote in survivals.items())
    assert {135.6, 64.6} <= set(survivals)
    assert "= ratio: 2.099" in gain.content[0].text


def test_a_web_page_cannot_reach_the_tools(address: str) -> None:
    port = int(re.search(r":(\d+)/", address).group(1))
    for name, value in (("Host", "evil.example"), ("Origin", "http://evil.example")):
        connection = http.client.HTTPConnection("127.0.0.1", port)
        headers = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream", name: value}
        connection.request("POST", "/mcp", body='{"jsonrpc":"2.0","id":1,"method":"tools/list"}', headers=headers)
        assert connection.getresponse().status in (403, 421)
        connection.close()


class TestTools:
    """The same server without a transport between."""

    def test_passages_open_at_their_characters(self, release: Assistant) -> None:
        found = Passages.model_validate(call(server_over(release), "search_passages", query="tumor volume", k=2).structured_content)
        assert len(found.passages) == 2
        for source in found.passages:
            assert TEXT[source.passage.start : source.passage.end] == source.passage.text

    def test_studies_have_a_quote_for_each_figure(self, release: Assistant) -> None:
        studies = Studies.model_validate(call(server_over(release), "list_studies", compound="CLR 125").structured_content)
        (study,) = studies.studies
        survivals = [row.cells["survival"] for row in studies.evidence]
        assert len(survivals) == len(study.arms) == 3
        for cell in survivals:
            assert f"{cell.parts['value']:g}" in cell.quote
            assert TEXT[cell.span.start : cell.span.end] == cell.quote

    def test_decay_names_its_outside_source(self, release: Assistant) -> None:
        result = call(server_over(release), "decay", nuclide="I-131", activity=100, unit="uCi", elapsed_days=8.0252)
        made = Calculated.model_validate(result.structured_content).calculation
        assert 49.9 < next(r.value for r in made.results if r.unit == "uCi") < 50.1
        assert any("ICRP-107" in (item.source or "") for item in made.inputs)

    def test_a_chart_is_a_picture_and_bars_with_its_gains(self, release: Assistant) -> None:
        picture, bars = call(server_over(release), "chart", study="PC3").content
        assert picture.mime_type == "image/png"
        assert b64decode(picture.data).startswith(b"\x89PNG")
        assert "161 days · +39 days, ×1.32" in bars.text
        assert "preclinical (mouse), not in patients" in bars.text
        assert "Capan-1" not in bars.text

    @pytest.mark.parametrize(
        ("name", "arguments", "said"),
        [
            ("ask", {"question": "  "}, "the question is empty"),
            ("survival_benefit", {"study": "HT-29", "treatment": "two doses", "reference": "one dose"}, "HT-29"),
            ("chart", {"study": "HT-29"}, "HT-29"),
            ("decay", {"nuclide": "Xx-1", "activity": 1, "unit": "MBq", "elapsed_days": 1}, "Xx-1"),
            ("decay", {"nuclide": "I-131", "activity": "much", "unit": "MBq", "elapsed_days": 1}, "activity: "),
            ("search_passages", {"query": "tumor", "k": 0}, "k: "),
            ("no_such_tool", {}, "no_such_tool"),
        ],
    )
    def test_what_cannot_be_done_is_an_error_result(self, release: Assistant, name: str, arguments: dict, said: str) -> None:
        result = call(server_over(release), name, **arguments)
        assert result.is_error
        (content,) = result.content
        assert said in content.text
        assert "Traceback" not in content.text
        assert len(content.text.splitlines()) == 1


class TestCommand:
    def test_options_of_http_alone_are_a_usage_error(self, home: Path) -> None:
        done = run("mcp", "--port", "8001", home=home)
        assert done.returncode == 2
        assert "--http" in one_clear_line(done)

    def test_a_taken_port(self, home: Path, address: str) -> None:
        done = run("mcp", "--http", "--port", re.search(r":(\d+)/", address).group(1), home=home)
        assert done.returncode == 2
        assert "--port" in one_clear_line(done)

    def test_without_the_sdk_it_says_how_to_install_it(self, tmp_path: Path) -> None:
        code = "import sys; sys.modules['mcp'] = None; sys.argv = ['assistant', 'mcp']; from assistant.interfaces.cli import main; main()"
        environment = os.environ | {"ASSISTANT_HOME": str(tmp_path / "home")}
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert "biotech-assistant[mcp]" in one_clear_line(done)
        assert not (tmp_path / "home").exists()
