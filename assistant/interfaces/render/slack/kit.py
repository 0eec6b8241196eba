"""Block Kit's rich text within Slack's limits.

Rich text is structure and no markup: what stands in a text element is shown as it is, so that no document, model or file name can
make a ping, a link or bold type of it, and a quote that is copied out of Slack is still verbatim.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Block = dict[str, Any]

# Slack's limits: blocks of a message and of a modal; characters of a text, of a button and of a modal's title.
MOST_BLOCKS = 50
MOST_VIEW_BLOCKS = 100
LONGEST_TEXT = 3_000
LONGEST_BUTTON = 75
LONGEST_TITLE = 24
# No limit that Slack gives, but what it takes in one message in any form of text.
LONGEST_MESSAGE = 12_000
# What stands for the blocks in notifications and for screen readers.
LONGEST_FALLBACK = 3_000


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one style."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False

    def element(self) -> Block:
        """The words as an element; they must not be empty."""
        style = {name: True for name in ("bold", "italic", "code") if getattr(self, name)}
        return {"type": "text", "text": self.text, **({"style": style} if style else {})}


Row = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph, quotation or preformatted text, which has one row, or a list, whose rows are its items."""

    kind: Literal["section", "quote", "preformatted", "bullet", "ordered"]
    rows: tuple[Row, ...]

    @property
    def length(self) -> int:
        """Characters of all runs."""
        return sum(len(run.text) for row in self.rows for run in row)


def paragraph(*runs: Run | str) -> Part:
    """A paragraph of these words."""
    return Part("section", (_row(runs),))


def quotation(*runs: Run | str) -> Part:
    """Words behind a bar."""
    return Part("quote", (_row(runs),))


def bullets(items: Iterable[Sequence[Run | str]]) -> Part:
    """One item a line, behind dots."""
    return Part("bullet", tuple(map(_row, items)))


def blocks_of(parts: Iterable[Part]) -> Iterator[Block]:
    """A block for each part, several for one that is longer than a text may be; none for one without words."""
    for part in parts:
        for piece in _cut(part):
            yield {"type": "rich_text", "elements": [_element(piece)]}


def words_of(block: Block) -> str:
    """All words of a block, styles left off; items of a list on lines of their own."""
    if block["type"] == "text":
        return str(block["text"])
    if block["type"] == "context":
        return " ".join(element["text"] for element in block["elements"])
    joint = "\n" if block["type"] in ("rich_text", "rich_text_list") else ""
    return joint.join(words_of(element) for element in block.get("elements", ()) if element["type"] not in ("button", "feedback_buttons"))


def aside(text: str) -> Block:
    """A small grey line; ``text`` is cut to what a text may have."""
    return {"type": "context", "elements": [{"type": "plain_text", "text": shortened(text, LONGEST_TEXT), "emoji": False}]}


def button(label: str, action: str, value: str) -> Block:
    """A button that sends ``value`` under the name ``action``."""
    text = {"type": "plain_text", "text": shortened(label, LONGEST_BUTTON), "emoji": False}
    return {"type": "button", "text": text, "action_id": action, "value": value}


def shortened(text: str, most: int) -> str:
    """``text``, or as many of its whole words as fit ``most`` characters, with an ellipsis."""
    if len(text) <= most:
        return text
    head = text[: most - 1]
    whole = head.rpartition(" ")[0].rstrip()
    return (whole if len(whole) > most // 2 else head) + "…"


def escaped(text: str) -> str:
    """``text`` for Slack's own markup, which is read in fallbacks and status lines: nothing in it is a ping or a link."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _row(runs: Sequence[Run | str]) -> Row:
    return tuple(run if isinstance(run, Run) else Run(run) for run in runs)


def _element(part: Part) -> Block:
    if part.kind in ("bullet", "ordered"):
        items = [{"type": "rich_text_section", "elements": [run.element() for run in row]} for row in part.rows]
        return {"type": "rich_text_list", "style": part.kind, "elements": items}
    return {"type": f"rich_text_{part.kind}", "elements": [run.element() for run in part.rows[0]]}


def _cut(part: Part) -> Iterator[Part]:
    """The part in pieces that are no longer than a text may be: between items, then between sentences, then between words."""
    held: list[Row] = []
    for piece in (piece for row in part.rows for piece in _cut_row(row)):
        if held and (part.kind in ("section", "quote", "preformatted") or _length((*held, piece)) > LONGEST_TEXT):
            yield Part(part.kind, tuple(held))
            held = []
        held.append(piece)
    if held:
        yield Part(part.kind, tuple(held))


def _cut_row(row: Row) -> Iterator[Row]:
    held: list[Run] = []
    for run in row:
        rest = run.text
        while rest:
            room = LONGEST_TEXT - _length((tuple(held),))
            taken = rest if len(rest) <= room else rest[: _place(rest, room)]
            if taken:
                held.append(Run(taken, run.bold, run.italic, run.code))
                rest = rest[len(taken) :]
            if rest:
                yield tuple(held)
                held = []
    if any(run.text.strip() for run in held):
        yield tuple(held)


def _place(text: str, room: int) -> int:
    """Where to cut ``text`` so that what is before it fits ``room``; 0 where it can as well go to the next piece as a whole."""
    for end in ("\n", ". ", " "):
        place = text.rfind(end, room // 2, room)
        if place > 0:
            return place + len(end)
    return room if room >= LONGEST_TEXT // 2 else 0


def _length(rows: Sequence[Row]) -> int:
    return sum(len(run.text) for row in rows for run in row)
