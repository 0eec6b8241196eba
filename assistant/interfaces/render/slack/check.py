"""What the documents say to the sentences of a message, as Slack messages."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.agent.checking import Check
from assistant.interfaces.render.clean import one_line, shown
from assistant.interfaces.render.page import card, sources
from assistant.interfaces.render.slack.answer import Message, calculated, split, words
from assistant.interfaces.render.slack.kit import Part, Run, aside, blocks_of, bullets, paragraph, quotation

_LONGEST_QUOTE = 300


def check_messages(check: Check) -> tuple[Message, ...]:
    """First what is not supported, then what is, with the quotes; it says so where there is nothing to check."""
    return split([*blocks_of(_parts(shown(check))), aside(words("check", "means"))])


def _parts(check: Check) -> Iterator[Part]:
    wrong = [sentence for sentence in check.sentences if not sentence.supported]
    right = [sentence for sentence in check.sentences if sentence.supported]
    yield paragraph(Run(words("check", "counts", count=len(check.sentences), right=len(right)), bold=True))
    if wrong:
        yield paragraph(Run(words("check", "wrong"), bold=True))
        yield bullets((one_line(s.text), Run(f" ({one_line(s.reason or '')})", italic=True)) for s in wrong)
    if right:
        yield paragraph(Run(words("check", "right"), bold=True))
        yield bullets((one_line(s.text), *(Run(f" [{marker}]", bold=True) for marker in s.by)) for s in right)
    for calculation in check.calculations:
        yield calculated(card(calculation))
    for source in sources(check.citations):
        yield paragraph(Run(f"{source.title}, {source.date}", italic=True))
        for quote in source.quotes:
            yield quotation(Run(f"{quote.marker} ", bold=True), quote.text[:_LONGEST_QUOTE])
