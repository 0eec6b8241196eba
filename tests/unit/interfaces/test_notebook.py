"""What a notebook shows of values: through the package alone, whole, escaped, and in no colour that a theme could swallow."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from assistant.interfaces.render import notebook
from assistant.studies.facts import Arm, Study, Survival
from assistant.values import Answer, Calculation, CalculationInput, Result, Span

HOSTILE = '<img src=x onerror=alert(1)> "quoted" & `code` | ![a](b)\x1b]0;t\x07'


@pytest.fixture
def study() -> Study:
    span = Span(document="d", start=700, end=713)
    arms = (
        Arm(label="two doses", survival=Survival(value=96.5, unit="day", statistic="median", span=span)),
        Arm(label="vehicle", control=True, survival=Survival(value=60, unit="day", statistic=None, span=span)),
    )
    return Study(document="d", compound="ABC 12", model="HT-29", species="mouse", arms=arms)


def texts(html: str) -> str:
    """The text of ``html`` without its style sheet; fails for a tag that is not closed where it should be."""
    open_tags, found = [], []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            open_tags.append(tag)

        def handle_startendtag(self, tag, attrs):
            pass

        def handle_endtag(self, tag):
            assert open_tags.pop() == tag

        def handle_data(self, data):
            if open_tags[-1:] != ["style"]:
                found.append(data)

    Reader().feed(html)
    assert open_tags == []
    return " ".join(" ".join(found).split())


def test_an_answer_shows_its_text_its_calculations_and_its_quotes(answer: Answer) -> None:
    shown = texts(answer._repr_html_())
    for part in ("They lived 30 days longer", "[c1]", "gain = treatment - reference", "from ICRP-107", "lived 90 days,", "no p-value"):
        assert part in shown
    assert "All mice were cured." in shown
    assert 'title="“mice receiving two doses lived 90 days' in answer._repr_html_()


def test_a_calculation_shows_by_itself(answer: Answer) -> None:
    shown = texts(answer.calculations[0]._repr_html_())
    assert "survival benefit" in shown
    assert "= gain 30 days" in shown


def test_a_study_shows_its_arms_and_draws_them(study: Study) -> None:
    html = study._repr_html_()
    assert "ABC 12 in HT-29 · mouse" in texts(html)
    assert "vehicle (control) – – – 60 days, –" in texts(html)
    assert html.count("<rect") == 2


def test_markdown_has_the_same(answer: Answer, study: Study) -> None:
    assert "**[1]**" in answer._repr_markdown_()
    assert "= gain | 30 days |" in answer.calculations[0]._repr_markdown_()
    assert "| two doses | – | – | – | 96.5 days, median | 700–713 |" in study._repr_markdown_()


def test_no_text_of_a_value_is_obeyed(answer: Answer, study: Study) -> None:
    citation = answer.citations[0].model_copy(update={"quote": HOSTILE, "passage": f"{HOSTILE} {HOSTILE}", "section": HOSTILE})
    calculation = Calculation(
        id="c1",
        tool=HOSTILE,
        formula=HOSTILE,
        inputs=(CalculationInput(name=HOSTILE, value=1, unit=HOSTILE, source=HOSTILE),),
        results=(Result(name=HOSTILE, value=1, unit=HOSTILE),),
        notes=(HOSTILE,),
    )
    update = {
        "text": f"{HOSTILE} [1] [c1]",
        "citations": (citation,),
        "calculations": (calculation,),
        "missing": (HOSTILE,),
        "caveats": (HOSTILE,),
    }
    arm = study.arms[0].model_copy(update={"label": HOSTILE})
    for value in (
        answer.model_copy(update=update),
        calculation,
        study.model_copy(update={"compound": HOSTILE, "arms": (arm, *study.arms)}),
    ):
        html = value._repr_html_()
        assert "<img" not in html
        assert "\x1b" not in html
        texts(html)
        for tag in re.findall(r"<\w[^>]*>", html):
            assert "onerror" not in re.sub(r'"[^"]*"', "", tag)
        assert "![a](b)" not in value._repr_markdown_()
        assert "<img" not in value._repr_markdown_().replace(r"\<img", "")


def test_the_style_reaches_nothing_else_of_the_notebook_and_paints_no_ground() -> None:
    css = Path(notebook.__file__).with_name("templates").joinpath("notebook.css").read_text(encoding="utf-8")
    rules = re.findall(r"^([^{}/*]+)\{([^}]*)\}", css, re.MULTILINE)
    assert rules
    for selectors, body in rules:
        assert all(selector.strip().startswith(".assistant-value") for selector in selectors.split(","))
        assert not re.search(r"(?<!-)\bcolor: (?!inherit)", body)
        assert not re.search(r"background: (?!none|rgb\(\d+ \d+ \d+ / )", body)


def test_nothing_that_draws_is_loaded_before_a_value_is_shown() -> None:
    code = "import sys, assistant.values; print([m for m in sys.modules if m.startswith(('assistant.interfaces', 'jinja2', 'rich'))])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
