"""A reference that a source has of itself is shown as it stands there: no marker of the answer's, no link."""

from __future__ import annotations

import re

import pytest
from rich.console import Console

from assistant.interfaces.render.brief import answer_brief
from assistant.interfaces.render.html import answers_html
from assistant.interfaces.render.markdown import answer_markdown
from assistant.interfaces.render.plain import answer_text
from assistant.interfaces.render.slack.answer import answer_messages
from assistant.interfaces.render.terminal import answer_page
from assistant.values import Answer

SAID = "Cells take up the ether [1]."


@pytest.fixture(params=["offline", "openai:x"])
def quoting(request, answer: Answer) -> Answer:
    """An answer whose quotation has the number in it under which it is cited, by either kind of model."""
    (citation,) = answer.citations
    cited = citation.model_copy(update={"quote": SAID, "passage": SAID, "end": citation.start + len(SAID)})
    return answer.model_copy(update={"text": f"“{SAID}” [1]", "citations": (cited,), "calculations": (), "model": request.param})


@pytest.mark.parametrize("page", [answer_page, answer_brief])
def test_a_terminal_colours_only_the_marker(quoting, page):
    console = Console(width=80, color_system="standard", force_terminal=True)
    segments = [segment for segment in console.render(page(quoting)) if "[1]" in segment.text]
    coloured = [segment.style is not None and segment.style.color is not None for segment in segments]
    assert coloured[:2] == [False, True]
    assert segments[0].text.endswith("ether [1].” ")


def test_html_links_only_the_marker(quoting):
    text = re.search(r"“Cells.*?</p>", answers_html([quoting], ()), re.DOTALL)[0]
    assert text.startswith("“Cells take up the ether [1].” <")


def test_markdown_marks_only_the_marker(quoting):
    assert r"“Cells take up the ether \[1\].” **[1]**" in answer_markdown(quoting)


def test_text_for_pipes_and_slack_is_as_it_was(quoting):
    assert f"“{SAID}” [1]" in answer_text(quoting)
    assert f"“{SAID}” [1]" in answer_messages(quoting, "key")[0].text
