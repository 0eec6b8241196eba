"""An answer as Slack messages: its text, what the sources lack, caveats, compact citations, and buttons for more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.interfaces.render.clean import one_line
from assistant.interfaces.render.page import Card, Page, Quote, Source, page
from assistant.interfaces.render.slack.kit import (
    LONGEST_FALLBACK,
    LONGEST_MESSAGE,
    MOST_BLOCKS,
    Block,
    Part,
    Run,
    aside,
    blocks_of,
    bullets,
    button,
    escaped,
    paragraph,
    shortened,
    words_of,
)
from assistant.interfaces.render.slack.written import plain_parts, written_parts
from assistant.resources import prompt_table
from assistant.values import Answer

SHOW_PROOF, DRAW_CHART, SHARE, FEEDBACK = "show_proof", "draw_chart", "share", "feedback"
# A quote is read whole under Show proof; here it reminds of which one it is.
_LONGEST_QUOTE = 120
_MOST_QUOTES = 8


@dataclass(frozen=True, slots=True)
class Message:
    """One message: ``text`` stands for its ``blocks`` in notifications."""

    text: str
    blocks: list[Block]


def answer_messages(answer: Answer, key: str, *, chart: bool = False, share: bool = False) -> tuple[Message, ...]:
    """The messages that show ``answer``; buttons, on the last, carry ``key``, which is how the answer is found again."""
    parts = page(answer)
    buttons = _buttons(key, proof=bool(parts.sources or parts.cards or parts.dropped), chart=chart, share=share)
    return split([*blocks_of(_parts(parts)), _verdict(parts), *buttons])


def split(blocks: Sequence[Block]) -> tuple[Message, ...]:
    """``blocks`` in messages that Slack takes, at least one."""
    messages: list[list[Block]] = [[]]
    length = 0
    for block in blocks:
        size = len(words_of(block))
        if messages[-1] and (len(messages[-1]) == MOST_BLOCKS or length + size > LONGEST_MESSAGE):
            messages.append([])
            length = 0
        messages[-1].append(block)
        length += size
    return tuple(Message(fallback("\n".join(map(words_of, blocks))), blocks) for blocks in messages)


def fallback(text: str) -> str:
    """``text`` as what stands for blocks; never empty, which Slack would refuse."""
    return shortened(escaped(shortened(text.strip(), LONGEST_FALLBACK // 5)), LONGEST_FALLBACK) or "…"


def calculated(card: Card) -> Part:
    """A calculation on one line: its marker, what it is and its results."""
    results = ", ".join(" ".join(filter(None, (row.name, row.value, row.unit))) for row in card.results)
    return paragraph(Run(card.marker, bold=True), f" {card.title}: {results}")


def words(section: str, key: str, /, **values: object) -> str:
    """A phrase of prompts/slack.toml with its names filled in."""
    text: Any = prompt_table("slack.toml")[section][key]
    if isinstance(text, list):  # one thing and several
        text = text[values.get("count") != 1]
    filled: str = text.format(**values)
    return filled


def _parts(parts: Page) -> Iterator[Part]:
    yield from written_parts(parts.text) if parts.written else plain_parts(parts.text)
    if parts.missing:
        yield paragraph(Run(words("answer", "missing"), bold=True))
        yield bullets((item,) for item in parts.missing)
    if parts.caveats:
        yield paragraph(Run(words("answer", "caveats", caveats=" · ".join(parts.caveats)), italic=True))
    yield from _citations(parts.sources)
    yield from map(calculated, parts.cards)


def _citations(sources: Iterable[Source]) -> Iterator[Part]:
    left = _MOST_QUOTES
    unshown = 0
    for source in sources:
        shown = source.quotes[:left]
        left -= len(shown)
        unshown += len(source.quotes) - len(shown)
        if shown:
            yield paragraph(*_lines([(Run(f"{source.title}, {source.date}", italic=True),), *map(_quote, shown)]))
    if unshown:
        yield paragraph(words("answer", "more_quotes", count=unshown))


def _quote(quote: Quote) -> tuple[Run, ...]:
    shown = quote.place if quote.repeated else f"“{shortened(quote.text, _LONGEST_QUOTE)}”"
    return Run(quote.marker, bold=True), Run(f" {shown}")


def _lines(rows: Iterable[Sequence[Run]]) -> Iterator[Run]:
    """Rows one below the other."""
    for place, row in enumerate(rows):
        if place:
            yield Run("\n")
        yield from row


def _verdict(parts: Page) -> Block:
    taken_out = [words("answer", "taken_out", count=len(parts.dropped))] if parts.dropped else []
    return aside(" · ".join((parts.verdict, *taken_out, one_line(parts.footer))))


def _buttons(key: str, *, proof: bool, chart: bool, share: bool) -> Iterator[Block]:
    offered = (("proof", SHOW_PROOF, proof), ("chart", DRAW_CHART, chart), ("share", SHARE, share))
    buttons = [button(words("buttons", label), action, key) for label, action, wanted in offered if wanted]
    if buttons:
        yield {"type": "actions", "elements": buttons}
    yield {"type": "context_actions", "elements": [_feedback(key)]}


def _feedback(key: str) -> Block:
    choices = {
        f"{side}_button": {"text": {"type": "plain_text", "text": words("buttons", judgement)}, "value": f"{judgement}:{key}"}
        for side, judgement in (("positive", "good"), ("negative", "bad"))
    }
    return {"type": "feedback_buttons", "action_id": FEEDBACK, **choices}
