"""Every rendering of an answer shows every part of it."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from assistant.interfaces.render.markdown import answer_markdown, escaped
from assistant.interfaces.render.page import page
from assistant.interfaces.render.plain import answer_text
from assistant.interfaces.render.terminal import WIDEST, answer_page
from assistant.values import Answer

EVIL = "x\x1b]52;c;ZXZpbA==\x07\x1b[2J\u202ey"


def on_terminal(answer: Answer, width: int, *, color: bool = False) -> str:
    console = Console(width=width, file=io.StringIO(), force_terminal=color, color_system="truecolor" if color else None)
    console.print(answer_page(answer))
    return console.file.getvalue()


def squeezed(text: str) -> str:
    return " ".join(text.replace("│", " ").split())


Rendering = Callable[[Answer], str]
RENDERINGS: dict[str, Rendering] = {"terminal": lambda answer: on_terminal(answer, 100), "plain": answer_text, "markdown": answer_markdown}


@pytest.mark.parametrize("rendering", RENDERINGS.values(), ids=RENDERINGS)
def test_every_part_is_shown(answer: Answer, rendering: Rendering) -> None:
    text = squeezed(rendering(answer).replace("\\", ""))
    for part in (
        "They lived 30 days longer",
        "no p-value",
        "mice receiving two doses lived 90 days, those receiving one 60 days",
        "Mice live longer with two doses",
        "7 May 2031",
        "characters 1045",
        "gain = treatment - reference",
        "ICRP-107",
        "0.1235",
        "days/µCi",
        "no control arm",
        "preclinical, in mice",
        "All mice were cured.",
        "no source says cured",
        "partly verified",
        "offline",
        "gen-000001",
    ):
        assert part in text, part


@pytest.mark.parametrize("width", [40, 60, 80, 100, 140])
def test_no_line_is_wider_than_the_terminal(answer: Answer, width: int) -> None:
    long = answer.model_copy(update={"text": "word " * 60 + "x" * 300})
    lines = on_terminal(long, width).split("\n")
    assert max(cell_len(line) for line in lines) <= min(width, WIDEST)


def test_an_input_names_its_quote_or_its_outside_source(answer: Answer) -> None:
    rows = page(answer).cards[0].inputs
    assert [(row.name, row.value, row.unit, row.origin) for row in rows] == [
        ("two doses", "90", "days", "[1]"),
        ("half-life", "6.6443", "days", "from ICRP-107"),
    ]


def test_what_the_text_already_says_is_missing_is_not_said_twice(answer: Answer) -> None:
    said = answer.model_copy(update={"text": "Not in the sources:\nno p-value."})
    assert page(said).missing == ()


def test_a_quote_that_is_the_answer_is_not_repeated(answer: Answer) -> None:
    (citation,) = answer.citations
    verbatim = answer.model_copy(update={"text": f"“{' '.join(citation.quote.split())}” [1]"})
    for rendering in RENDERINGS.values():
        text = squeezed(rendering(verbatim).replace("> ", ""))
        assert text.count("those receiving one 60 days") == 1
        assert "as above" in text
        assert "characters 1045" in text


def test_a_note_that_is_a_caveat_of_the_answer_is_shown_once(answer: Answer) -> None:
    (calculation,) = answer.calculations
    noted = calculation.model_copy(update={"notes": (*calculation.notes, *answer.caveats)})
    shown = page(answer.model_copy(update={"calculations": (noted,)}))
    assert shown.cards[0].notes == ("no control arm",)
    assert shown.caveats == answer.caveats


def test_each_equation_has_a_line(answer: Answer) -> None:
    (calculation,) = answer.calculations
    two = calculation.model_copy(update={"formula": "gain = a - b; ratio = a / b"})
    assert page(answer.model_copy(update={"calculations": (two,)})).cards[0].formulas == ("gain = a - b", "ratio = a / b")


def test_quotes_stand_once_under_their_document(answer: Answer) -> None:
    (citation,) = answer.citations
    twice = answer.model_copy(update={"citations": (citation, citation.model_copy(update={"id": 2}))})
    (source,) = page(twice).sources
    assert [quote.marker for quote in source.quotes] == ["[1]", "[2]"]


@pytest.mark.parametrize("rendering", RENDERINGS.values(), ids=RENDERINGS)
def test_nothing_that_steers_a_terminal_is_printed(answer: Answer, rendering: Rendering) -> None:
    hostile = Answer.model_validate(_poisoned(answer.model_dump()))
    text = rendering(hostile)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "ZXZpbA" not in text


def test_markers_are_coloured_on_a_terminal_only(answer: Answer) -> None:
    assert "\x1b[36m[1]" in on_terminal(answer, 100, color=True)
    assert "\x1b" not in on_terminal(answer, 100)


def test_markup_of_documents_is_no_markup(answer: Answer) -> None:
    sly = answer.model_copy(update={"text": "[red]blood[/red] :smile: [link=http://e.example]x[/link]"})
    assert "[red]blood[/red] :smile: [link=http://e.example]x[/link]" in squeezed(on_terminal(sly, 100))


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("![x](http://e.example/?q=1)", r"\!\[x\](http\://e.example/?q=1)"),
        ("# no heading", r"\# no heading"),
        ("1. no list", r"\1. no list"),
        ("- no list", r"\- no list"),
        ("<b>", r"\<b\>"),
        ("p<0.05 | n=8", r"p\<0.05 \| n=8"),
    ],
)
def test_markdown_of_documents_is_no_markdown(text: str, safe: str) -> None:
    assert escaped(text) == safe


@given(st.text(max_size=60))
def test_any_answer_text_can_be_rendered(text: str) -> None:
    answer = Answer.model_validate(_MINIMAL | {"text": text})
    for rendering in RENDERINGS.values():
        assert rendering(answer).endswith("\n")


_MINIMAL = {
    "question": "?",
    "text": "",
    "status": "answered",
    "verification": {"verdict": "verified"},
    "model": "offline",
    "elapsed_ms": 1,
    "library_generation": "gen-000001",
    "created_at": "2031-05-08T00:00:00+00:00",
}


def _poisoned(value: object) -> object:
    if isinstance(value, dict):
        keep = ("status", "verdict")
        return {key: item if key in keep else _poisoned(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_poisoned(item) for item in value]
    return value + EVIL if isinstance(value, str) else value
