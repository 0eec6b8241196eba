"""An answer as plain text, for pipes and files: no boxes, no colours, one line per item whatever its length."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from assistant.interfaces.render.clean import shown
from assistant.interfaces.render.page import Card, Page, Row, Source, card, page, sources
from assistant.values import Answer, Calculation, Citation


def answer_text(answer: Answer) -> str:
    """The same parts as on a terminal, ending in a line feed."""
    parts = page(answer)
    blocks = [parts.text, *_sections(parts), f"{parts.verdict} · {parts.footer}"]
    return "\n\n".join(blocks) + "\n"


def calculation_text(calculation: Calculation, citations: Sequence[Citation] = ()) -> str:
    """A calculation by itself, and the quotes that its inputs come from; ends in a line feed."""
    lines = [*_card(card(shown(calculation))), *_quotes(sources([shown(citation) for citation in citations]))]
    return "\n".join(lines) + "\n"


def _sections(parts: Page) -> Iterator[str]:
    bodies: tuple[tuple[str, Iterable[str]], ...] = (
        ("The sources do not say", (f"- {item}" for item in parts.missing)),
        ("Quotes", _quotes(parts.sources)),
        ("Calculations", (line for card in parts.cards for line in _card(card))),
        ("Keep in mind", (f"- {caveat}" for caveat in parts.caveats)),
        ("Taken out of the draft", (f"- {text} ({reason})" for text, reason in parts.dropped)),
    )
    for heading, lines in bodies:
        if body := "\n".join(lines):
            yield f"{heading}\n{body}"


def _quotes(cited: Iterable[Source]) -> Iterator[str]:
    for source in cited:
        yield f"{source.title}, {source.date}"
        for quote in source.quotes:
            yield f"{quote.marker} as above, {quote.place}" if quote.repeated else f'{quote.marker} "{quote.text}", {quote.place}'


def _card(card: Card) -> Iterator[str]:
    yield f"{card.marker} {card.title}"
    for formula in card.formulas:
        yield f"    {formula}"
    for row in card.inputs:
        yield f"    {_row(row)}"
    for row in card.results:
        yield f"    = {_row(row)}"
    for note in card.notes:
        yield f"    - {note}"


def _row(row: Row) -> str:
    return " ".join(filter(None, (f"{row.name}:", row.value, row.unit, row.origin)))
