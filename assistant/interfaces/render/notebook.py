"""Answers, calculations and studies as a notebook shows them: a piece of HTML in the colours of the notebook, or Markdown."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape

from assistant.display import Displayed, Form
from assistant.interfaces.render.articles import Chart, article, charts, environment
from assistant.interfaces.render.cells import ARM_COLUMNS, LEGEND, about, arm_cells
from assistant.interfaces.render.clean import one_line, shown
from assistant.interfaces.render.markdown import answer_markdown, calculation_markdown, study_markdown
from assistant.interfaces.render.page import card
from assistant.studies.facts import Study
from assistant.values import Answer, Calculation


@dataclass(frozen=True, slots=True)
class StudyTable:
    """A study as a table of its arms, and as bars where there are some to set side by side."""

    name: str
    about: str
    rows: tuple[tuple[str, ...], ...]
    charts: tuple[Chart, ...]
    columns: tuple[str, ...] = ARM_COLUMNS
    legend: str = LEGEND


@dataclass(frozen=True, slots=True)
class Alone:
    """What a calculation stands in by itself: nothing that its markers could lead to."""

    id: str = ""

    def marked(self, text: str) -> Markup:
        """``text`` escaped."""
        return escape(text)


def drawn(value: Displayed, form: Form) -> str:
    """``value`` as HTML or Markdown; raises TypeError for what has no form of its own."""
    match value:
        case Answer():
            return answer_markdown(value) if form == "markdown" else _answer(value)
        case Calculation():
            return calculation_markdown(value) if form == "markdown" else _fragment(card=card(shown(value)), alone=Alone())
        case Study():
            return study_markdown(value) if form == "markdown" else _fragment(study=_table(value))
    raise TypeError(f"{type(value).__name__} has no form for notebooks")


def _answer(answer: Answer) -> str:
    return _fragment(article=article(answer, (), environment(), name="", marker="tooltip.html.jinja"))


def _table(study: Study) -> StudyTable:
    cleaned = shown(study)
    rows = tuple(tuple(map(one_line, arm_cells(arm))) for arm in cleaned.arms)
    return StudyTable(one_line(cleaned.name), one_line(about(cleaned)), rows, tuple(charts([study])))


def _fragment(**parts: object) -> str:
    names = {"article": None, "card": None, "alone": None, "study": None}
    return environment().get_template("notebook.html.jinja").render(names | parts)
