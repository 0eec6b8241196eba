"""A good model, asked over a provider's protocol, gives the figures that the offline model gives."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from langchain_core.messages import AnyMessage, HumanMessage, ToolMessage
from replies import Call, Request, Say
from scripts import blocks, shown

from assistant import Assistant
from assistant.agent.offline.model import OfflineChatModel
from assistant.agent.presentation import present
from assistant.evaluation.cases import read_cases
from assistant.language.figures import figures

CASES = read_cases(Path(__file__).parents[2] / "evals" / "release_fitted.jsonl")
# Each case takes a second or more, so the test asks a few of each kind; ALL_CASES=1 asks them all.
ASKED = CASES if os.environ.get("ALL_CASES") else [case for place, case in enumerate(CASES) if place % 7 == 0]
_MARKER = re.compile(r"\[c?\d+\]")


@dataclass
class Replay:
    """Says what the offline model drafted, under the markers with which it is shown the same evidence; looks up what it is not shown."""

    draft: str
    evidence: dict[str, str]
    calls: list[Call]

    def __call__(self, request: Request) -> Say:
        seen = {_body(block): name for name, block in shown(request).items()}
        if self.calls and any(_body(self.evidence[name]) not in seen for name in _MARKER.findall(self.draft)):
            calls, self.calls = self.calls, []
            return Say(calls=tuple(calls))
        return Say(_MARKER.sub(lambda name: seen[_body(self.evidence[name[0]])], self.draft))


def replay(release: Assistant, questions: list[str]) -> Replay:
    """A model that answers the last of ``questions`` as the offline model does."""
    release.prepare()
    library = release.library
    offline = OfflineChatModel(encoders=library)
    tools = {tool.name: tool for tool in release.tools()}
    messages: list[AnyMessage] = [HumanMessage(question) for question in questions]
    calls: list[Call] = []
    while (reply := offline.invoke(messages)).tool_calls:
        messages += [reply, *(tools[call["name"]].invoke(call) for call in reply.tool_calls)]
        calls += [Call(call["name"], call["args"]) for call in reply.tool_calls]
    told = [message.text for message in present(messages) if isinstance(message, ToolMessage)]
    return Replay(reply.text, blocks("\n".join(told)), calls)


def test_the_figures_are_the_same(opened, server, provider, release):
    assistant = opened(f"{provider}:scripted", deadline=60)
    calls = []
    for case in ASKED:
        key = f"same {provider} {case.id}"
        for number, question in enumerate(case.turns, 1):
            server.say(replay(release, list(case.turns[:number])))
            answer, expected = assistant.ask(question, key), release.ask(question, key + " offline")
            assert _said(answer.text) == _said(expected.text), case.id
            assert [c.results for c in answer.calculations] == [c.results for c in expected.calculations], case.id
            assert (answer.status, answer.verification.dropped) == (expected.status, expected.verification.dropped), case.id
            calls.append(answer.usage.calls)
    assert sum(count == 1 for count in calls) > len(calls) / 2
    assert max(calls) <= 2
    assert server.faults == []


def _body(block: str) -> str:
    """A block without its number and title, and without the numbers of others."""
    first, _, rest = block.partition("\n")
    return _MARKER.sub("", block if first.startswith("[c") else rest).strip()


def _said(text: str) -> list[tuple[float, str]]:
    return [(figure.value, figure.unit) for figure in figures(_MARKER.sub("", text))]
