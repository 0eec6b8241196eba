"""An answer as Markdown, to paste into notes; nothing that a document says can become a link, an image or a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.interfaces.render.cells import ARM_COLUMNS, LEGEND, about, arm_cells
from assistant.interfaces.render.clean import one_line, shown
from assistant.interfaces.render.page import Card, Page, Quote, card, page
from assistant.language.brackets import COVERS
from assistant.studies.facts import Study
from assistant.values import Answer, Calculation

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!])")
_LIST_OR_RULE = re.compile(r"(?m)^(\s*)([-+=](?=\s)|\d+(?=[.)]\s))")
_MARKER = re.compile(r"\\\[(c?\d+)\\\]")
_ADDRESS = re.compile(r"(?i)\b(https?|ftp|www|mailto)([:.])")


def answer_markdown(answer: Answer) -> str:
    """The question as a heading, then the same parts as on a terminal, ending in a line feed."""
    parts = page(answer)
    blocks = [f"## {escaped(parts.question)}", _marked(parts.covered).replace("\n", "  \n"), *_sections(parts)]
    return "\n\n".join([*blocks, f"*{escaped(parts.verdict)} · {escaped(parts.footer)}*"]) + "\n"


def calculation_markdown(calculation: Calculation) -> str:
    """A calculation by itself, ending in a line feed."""
    return _card(card(shown(calculation))) + "\n"


def study_markdown(study: Study) -> str:
    """A study as a table of its arms, ending in a line feed."""
    cleaned = shown(study)
    rows = [ARM_COLUMNS, ("---",) * len(ARM_COLUMNS), *(tuple(map(_cell, arm_cells(arm))) for arm in cleaned.arms)]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"**{_cell(cleaned.name)}** {_cell(about(cleaned))}\n\n{table}\n\n{LEGEND}\n"


def _cell(text: str) -> str:
    return escaped(one_line(text))


def escaped(text: str) -> str:
    """``text`` with every character that Markdown gives a meaning made literal, bare addresses included."""
    text = _SPECIAL.sub(r"\\\1", text)
    text = _LIST_OR_RULE.sub(r"\1\\\2", text)
    return _ADDRESS.sub(r"\1\\\2", text)


def _marked(text: str) -> str:
    quoted = str.maketrans({cover: escaped(bracket) for cover, bracket in COVERS.items()})
    return _MARKER.sub(r"**[\1]**", escaped(text)).translate(quoted)


def _sections(parts: Page) -> Iterator[str]:
    if parts.missing:
        yield "**The sources do not say**\n\n" + _bullets(parts.missing)
    for source in parts.sources:
        quotes = (f"> {_marked(quote.marker)} {_words(quote)}  \n> {escaped(quote.place)}" for quote in source.quotes)
        yield f"*{escaped(source.title)}*, {escaped(source.date)}\n\n" + "\n>\n".join(quotes)
    yield from map(_card, parts.cards)
    if parts.caveats:
        yield "**Keep in mind**\n\n" + _bullets(parts.caveats)
    if parts.dropped:
        yield "**Taken out of the draft**\n\n" + _bullets(tuple(f"{text} ({reason})" for text, reason in parts.dropped))


def _words(quote: Quote) -> str:
    return "as above" if quote.repeated else f"“{escaped(quote.text)}”"


def _bullets(items: tuple[str, ...]) -> str:
    return "\n".join(f"- {_marked(item)}" for item in items)


def _card(card: Card) -> str:
    rows = [(row.name, f"{row.value} {row.unit}".strip(), row.origin) for row in card.inputs]
    rows += [(f"= {row.name}", f"{row.value} {row.unit}".strip(), "") for row in card.results]
    table = "\n".join("| " + " | ".join(_marked(cell) for cell in row) + " |" for row in rows)
    notes = "\n\n" + _bullets(card.notes) if card.notes else ""
    formulas = "  \n".join(map(escaped, card.formulas))
    return f"{_marked(card.marker)} {escaped(card.title)}  \n{formulas}\n\n| | | |\n|---|---:|---|\n{table}{notes}"
