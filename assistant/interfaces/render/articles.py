"""The parts of an answer as HTML: its text with live markers, its quotes, and the survival of the studies it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from assistant.interfaces.render.clean import one_line, shown
from assistant.interfaces.render.page import Page, page
from assistant.interfaces.render.used import studies_used
from assistant.interfaces.render.wording import day_month_year
from assistant.language.brackets import uncovered
from assistant.studies.chart import Bar, panels
from assistant.studies.facts import Study
from assistant.values import Answer, CheckedSentence

if TYPE_CHECKING:
    from jinja2 import Environment

_MARKER = re.compile(r"\[c?\d+\]")
# The length of the longest bar, in units of the drawing, which is 640 wide; its value stands behind it.
_LONGEST_BAR = 350
_ROW = 54


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """A bar of a chart in the drawing's units: ``length``, and ``y``, its upper edge."""

    bar: Bar
    label: str
    length: float
    y: int


@dataclass(frozen=True, slots=True)
class Chart:
    """The survival of the arms of one study; ``notes`` say what it must be read with."""

    name: str
    notes: str
    height: int
    bars: tuple[DrawnBar, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """One answer of the page; ``id`` keeps its anchors apart from those of the other answers."""

    id: str
    page: Page
    text: Markup
    asked: str
    checked: tuple[CheckedSentence, ...]
    charts: tuple[Chart, ...]
    markers: Mapping[str, Markup]

    def marked(self, text: str) -> Markup:
        """``text`` escaped, with its markers live."""
        return _live(text, self.markers)


def environment() -> Environment:
    """The templates, which escape whatever is put into them."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("assistant.interfaces.render"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


def article(answer: Answer, studies: Sequence[Study], templates: Environment, *, name: str, marker: str) -> Article:
    """The parts of ``answer``; ``marker`` is the template of its markers, and of ``studies`` those that it speaks of are drawn."""
    answer = shown(answer)
    parts = page(answer)
    markers = _markers(parts, templates, name=name, marker=marker)
    return Article(
        id=name,
        page=parts,
        text=_written(parts.covered, markers) if parts.written else _plain(parts.covered, markers),
        asked=day_month_year(answer.created_at[:10]),
        checked=tuple(sentence for sentence in answer.verification.sentences if sentence.supported and sentence.by),
        charts=tuple(charts(studies_used(answer, studies))),
        markers=markers,
    )


def _markers(parts: Page, templates: Environment, *, name: str, marker: str) -> Mapping[str, Markup]:
    template = templates.get_template(marker)
    drawn = {
        quote.marker: template.render(id=name, marker=quote.marker, source=source, quote=quote, card=None)
        for source in parts.sources
        for quote in source.quotes
    }
    drawn |= {card.marker: template.render(id=name, marker=card.marker, source=None, quote=None, card=card) for card in parts.cards}
    return {key: Markup(html) for key, html in drawn.items()}


def _live(text: str, markers: Mapping[str, Markup]) -> Markup:
    # Escaping leaves brackets alone, so markers are found in escaped text as well.
    return Markup(uncovered(_MARKER.sub(lambda match: str(markers.get(match.group(), match.group())), str(escape(text)))))


def _plain(text: str, markers: Mapping[str, Markup]) -> Markup:
    paragraphs = (str(_live(part, markers)).replace("\n", "<br>\n") for part in re.split(r"\n\s*\n", text))
    return Markup("\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs))


def _written(text: str, markers: Mapping[str, Markup]) -> Markup:
    """Markdown as HTML; tags, links and pictures in it stay as they are written."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["link", "image", "autolink", "reference"])
    parser.add_render_rule("text", lambda _, tokens, index, *__: _live(tokens[index].content, markers))
    return Markup(parser.render(text))


def charts(studies: Sequence[Study]) -> Iterator[Chart]:
    """The bars of each study in which there are arms to set side by side."""
    for panel in panels([shown(study) for study in studies], {}):
        longest = max(bar.days for bar in panel.bars)
        if len(panel.bars) < 2 or longest <= 0:
            continue
        bars = tuple(
            DrawnBar(bar, one_line(bar.label.replace("\n", ", ")), round(_LONGEST_BAR * max(bar.days, 0) / longest, 1), _ROW * place + 22)
            for place, bar in enumerate(panel.bars)
        )
        yield Chart(panel.name, "; ".join(panel.notes), _ROW * len(bars), bars)
