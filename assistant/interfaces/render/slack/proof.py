"""The proof of an answer as a modal: each quote in its passage, each calculation with its inputs, what was taken out and why."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.interfaces.render.page import Card, Quote, Row, Source, page
from assistant.interfaces.render.slack.answer import words
from assistant.interfaces.render.slack.kit import (
    LONGEST_TITLE,
    MOST_VIEW_BLOCKS,
    Block,
    Part,
    Run,
    aside,
    blocks_of,
    bullets,
    paragraph,
    quotation,
    shortened,
)
from assistant.values import Answer

# How much of a passage stands on each side of its quote.
_AROUND = 400


def proof_view(answer: Answer) -> Block:
    """The view of ``views.open``."""
    return view(list(blocks_of(_parts(answer))))


def gone_view() -> Block:
    """The view for an answer that is no longer kept."""
    return view(list(blocks_of([paragraph(words("proof", "gone"))])))


def refused_view() -> Block:
    """The view for who may not see an answer."""
    return view(list(blocks_of([paragraph(words("apologies", "refused"))])))


def view(blocks: list[Block]) -> Block:
    """A modal of these blocks, as many as a modal may have; where some are left off, it says so."""
    if len(blocks) > MOST_VIEW_BLOCKS:
        blocks = [*blocks[: MOST_VIEW_BLOCKS - 1], aside(words("proof", "left_off"))]
    title, close = (
        {"type": "plain_text", "text": shortened(words("proof", key), LONGEST_TITLE), "emoji": False} for key in ("title", "close")
    )
    return {"type": "modal", "title": title, "close": close, "blocks": blocks}


def _parts(answer: Answer) -> Iterator[Part]:
    parts = page(answer)
    for source in parts.sources:
        yield from _source(source)
    for card in parts.cards:
        yield from _card(card)
    if parts.dropped:
        yield paragraph(Run(words("proof", "taken_out"), bold=True))
        yield bullets((f"{text} ({reason})",) for text, reason in parts.dropped)
    if not (parts.sources or parts.cards or parts.dropped):
        yield paragraph(words("proof", "nothing"))


def _source(source: Source) -> Iterator[Part]:
    yield paragraph(Run(source.title, bold=True), f"\n{source.date}")
    for quote in source.quotes:
        yield paragraph(Run(quote.marker, bold=True), Run(f" {quote.place}", italic=True))
        yield quotation(*_in_passage(quote))


def _in_passage(quote: Quote) -> Iterator[Run]:
    if quote.before:
        yield Run(_end(quote.before) + " ")
    yield Run(quote.text, bold=True)
    if quote.after:
        yield Run(" " + shortened(quote.after, _AROUND))


def _end(text: str) -> str:
    if len(text) <= _AROUND:
        return text
    return "…" + text[-_AROUND:].partition(" ")[2]


def _card(card: Card) -> Iterator[Part]:
    yield paragraph(Run(card.marker, bold=True), Run(f" {card.title}", bold=True))
    yield Part("preformatted", ((Run("\n".join(card.formulas)),),))
    inputs = [(_amount(row), *((f" {row.origin}",) if row.origin else ())) for row in card.inputs]
    results = [(Run(f"= {_amount(row)}", bold=True),) for row in card.results]
    yield bullets([*inputs, *results, *((note,) for note in card.notes)])


def _amount(row: Row) -> str:
    return f"{row.name}: " + " ".join(filter(None, (row.value, row.unit)))
