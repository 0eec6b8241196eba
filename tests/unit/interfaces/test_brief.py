"""Answers in a chat and markers opened: cut to the width there is, complete in what they say, deaf to what documents say."""

from __future__ import annotations

import io

import pytest
from rich.cells import cell_len
from rich.console import Console, RenderableType

from assistant.interfaces.render.brief import answer_brief, asked
from assistant.interfaces.render.greeting import greeting
from assistant.interfaces.render.opened import Surroundings, opened_calculation, opened_quote
from assistant.interfaces.render.terminal import WIDEST, answer_page
from assistant.values import Answer

EVIL = "x\x1b]52;c;ZXZpbA==\x07\x1b[2J\x9b31m\u202ey"


def drawn(renderable: RenderableType, width: int = 100, *, color: bool = False) -> str:
    console = Console(width=width, file=io.StringIO(), force_terminal=color, color_system="truecolor" if color else None)
    console.print(renderable)
    return console.file.getvalue()


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("width", [40, 60, 100, 140])
def test_each_quote_and_calculation_has_one_line_in_the_width_there_is(answer: Answer, width: int) -> None:
    lines = drawn(answer_brief(answer), width).split("\n")
    assert max(map(cell_len, lines)) <= min(width, WIDEST)
    assert len([line for line in lines if line.strip().startswith(("[1]", "[c1]"))]) == 2
    assert any(line.strip().startswith("[c1] survival benefit: gain 30 days") for line in lines)


def test_nothing_that_must_be_known_is_left_off(answer: Answer) -> None:
    text = squeezed(drawn(answer_brief(answer)))
    for part in (
        "They lived 30 days longer [1]",
        "no p-value",
        "7 May 2031",
        "preclinical, in mice",
        "All mice were cured. (no source says cured)",
        "partly verified",
    ):
        assert part in text, part


def test_a_quote_stands_between_what_surrounds_it(answer: Answer) -> None:
    (citation,) = answer.citations
    shown = squeezed(drawn(opened_quote(citation, Surroundings("Before. ", " After.", current=True), styled=False)))
    assert "[1] Mice live longer with two doses 7 May 2031 · characters 1045" in shown
    assert f"Before. »{squeezed(citation.quote)}« After." in shown
    assert "no longer" not in shown
    assert "no longer this text" in squeezed(drawn(opened_quote(citation, Surroundings("", "", current=False), styled=True)))


def test_of_a_path_only_the_file_is_shown(answer: Answer) -> None:
    (citation,) = answer.citations
    for path, named in (("/a/long/way/to/news.txt", "· news.txt"), ("https://e.example/news", "· https://e.example/news")):
        moved = citation.model_copy(update={"document": citation.document.model_copy(update={"path": path})})
        text = squeezed(drawn(opened_quote(moved, Surroundings("", "", current=True), styled=True)))
        assert named in text
        assert "/a/long" not in text


def test_a_calculation_brings_the_quotes_of_its_inputs(answer: Answer) -> None:
    text = squeezed(drawn(opened_calculation(answer, "c1")).replace("│", " "))
    assert "gain = treatment - reference" in text
    assert "half-life 6.6443 days from ICRP-107" in text
    assert "[1] “mice receiving two doses lived 90 days, those receiving one 60 days”" in text


def test_markdown_of_a_language_model_is_drawn_with_its_markers(answer: Answer) -> None:
    written = answer.model_copy(update={"model": "openai:some", "text": "**Longer** [1]:\n\n- by *30 days* [c1]\n\n[x](http://e.example)"})
    for renderable in (answer_brief(written), answer_page(written)):
        text = drawn(renderable, color=True)
        assert "**" not in text
        assert "\x1b[36m[1]" in text
        assert "\x1b[36m[c1]" in text
        assert "\x1b]8" not in text
        assert "http://e.example" in text


def test_offline_text_stays_as_it_is(answer: Answer) -> None:
    text = drawn(answer_brief(answer.model_copy(update={"text": "2*3*4 = 24 and _x_"})))
    assert "2*3*4 = 24 and _x_" in text


def test_nothing_steers_the_terminal(answer: Answer) -> None:
    (citation,) = answer.citations
    document = citation.document.model_copy(update={"title": EVIL, "path": EVIL})
    sly = citation.model_copy(update={"quote": EVIL, "passage": EVIL, "document": document, "section": EVIL})
    hostile = answer.model_copy(update={"text": EVIL, "question": EVIL, "caveats": (EVIL,), "citations": (sly,), "model": "openai:x"})
    for renderable in (
        answer_brief(hostile),
        asked(EVIL),
        opened_quote(sly, Surroundings(EVIL, EVIL, current=False), styled=True),
        opened_calculation(hostile, "c1"),
    ):
        text = drawn(renderable)
        assert not any(part in text for part in ("\x1b", "\x9b", "\u202e", "ZXZpbA"))


@pytest.mark.parametrize("width", [40, 60, 140])
def test_a_greeting_fits(width: int) -> None:
    text = drawn(greeting("17 documents · 21 studies · model offline", "hint " * 12, "For example", ("How long? " * 9, "What?")), width)
    assert max(map(cell_len, text.split("\n"))) <= min(width, WIDEST)
    assert "1 How long?" in text
    assert "2 What?" in text
