"""What may answer a question: the sentences of the found passages, each with what its pronouns and its place in the text mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from assistant.agent.evidence import Source
from assistant.agent.offline.sentences.row_names import amount_named, arm_of_none
from assistant.language.sentences import Sentence, sentences
from assistant.resources import prompt_table

# The number of the source until a turn gives it one.
_UNNUMBERED = 0
_LONGEST_LINE = 70
# So many characters stand between a passage and a table right below it.
_BLANK_LINES = 4
_SHORTEST_SENTENCE = 8
_PRONOUN = re.compile(r"(?:In addition, )?(?:It|Its|They|Their|This|These|He|She|His|Her)\b")
_PERSONAL = ("He ", "She ", "His ", "Her ")
_PERSON = re.compile(r"\b(?!(?:Dr|Mr|Ms|Mrs|Prof|The)\b)[A-Z][a-z]+(?: [A-Z]\.)? [A-Z][a-z]+\b")
# What a list item or paragraph is about: "- **Cohort 4** (6 patients): …", "Group D: …", "DEV-031 (major), batch QX-009. …".
_LABEL = re.compile(
    r"[-*•\s]*(?:\*\*(?P<marked>[^*]{2,60})\*\*|(?P<plain>[A-Z][a-z]+ (?:\d{1,2}|[A-Z]\d?))(?=[\s:,.(])"
    r"|(?P<coded>(?=[A-Z]{2,}[A-Z0-9/-]*-?\d)[^.:]{4,60})[.:]$)"
)
# A line of a paragraph that begins with a label of its own: "Cohort 4. 6 patients."
_LABELLED_LINE = re.compile(r"[A-Z][a-z]+ (?:\d{1,2}|[A-Z]\d?)[.:(]")
# "Status: open", "**Sponsor:** Doe Inc.", "- Masking: none": what it is about, and what is told of it.
_TELLS = re.compile(r"[-*•\s]*[A-Z][\w/ -]{2,40}:\**[ \t]+\S")
_POINTED_AT = re.compile(r"(?:These|Those|This|Such) (?P<noun>[a-z]{4,})\b")
# The number of an item that stands apart from it.
_NUMBERING = re.compile(r"\W*(?:\d{1,2}|[a-z]|[ivx]{1,4})\W*")
_OPENING_QUOTES = ('"', "“")
_SPEAKER = re.compile(r"\b(?:said|says|added|commented|according to)\b[^\"”“]*$")
# What stands before the first verb that is easily told: "QX 177 is …" begins with its subject.
_SUBJECT = re.compile(r"[^,;.]{2,60}?(?=\s(?:is|are|was|were|has|have|had|utilizes?|uses?|carries|contains?|will|can|may)\b)")


@lru_cache(maxsize=8192)  # asked of each sentence again with every question
def _is_short(text: str) -> bool:
    """Whether a text is shorter than sentences are, does not end as they do, and tells nothing of what it names: "Status: open" does."""
    short = len(text.split()) < _SHORTEST_SENTENCE and not text.rstrip().endswith((".", "!", "?", "”", '"', "|"))
    return short and not _TELLS.match(text)


class Unit(NamedTuple):  # a hundred are made and compared with every question, which takes a dataclass four times as long
    """A sentence of source number ``source``, or a run of short lines such as an address.

    ``meaning`` is what is compared with a question: the text, led by what its first word stands for where that is a pronoun, and
    by what a title is called, by the question that it replies to in an interview, by the label of its paragraph, by the column names
    of its table; ``context`` is what stands around it. ``columns`` is the row of column names where it is a row, ``headline`` whether it is
    a heading, ``spoken`` whether it is speech that goes on after the sentence before, which names the speaker; ``replies_to`` is the
    question of an interview that it is the first reply to.
    """

    source: int
    position: int
    text: str
    meaning: str
    context: str
    columns: str = ""
    headline: bool = False
    spoken: bool = False
    replies_to: str = ""

    @property
    def title(self) -> bool:
        """Whether it is a heading or label, which says little by itself; a row of short cells in capitals is none."""
        if self.columns:
            return False
        if self.headline or self.text.isupper():
            return True
        return _is_short(self.text)

    def under(self, source: int, context: str) -> Unit:
        """The unit as one of source number ``source``, with that ``context``."""
        return Unit(source, self.position, self.text, self.meaning, context, self.columns, self.headline, self.spoken, self.replies_to)

    @property
    def asks(self) -> bool:
        """Whether it is a question itself, as in an interview."""
        return self.text.rstrip(" \"”'*_").endswith("?")

    @property
    def quote(self) -> str:
        """The text on one line."""
        return " ".join(self.text.split())


def units(sources: Sequence[Source], about: Mapping[str, str] | None = None) -> tuple[Unit, ...]:
    """The sentences of all passages, and each run of short lines as one more unit.

    Headings of tables say nothing, and questions answer none: they stand before their replies.
    ``about`` tells what a whole document, by its id, is about, which stands around each of its sentences.
    """
    return tuple(
        _named(unit, source, sources).under(
            number, " ".join([unit.context, *_caption(unit, source, sources), (about or {}).get(source.document.id, "")])
        )
        for number, source in enumerate(sources, 1)
        for unit in _units(source.passage.text, source.document.title, source.passage.columns or "")
    )


def _named(unit: Unit, source: Source, sources: Sequence[Source]) -> Unit:
    """A row of none of what the others got, with the arm that the document says that this is: "0 (vehicle)"."""
    amount = amount_named(unit.columns, unit.text) if unit.columns else ""
    arm = arm_of_none(amount, [s.passage.text for s in sources if s.passage.document == source.passage.document]) if amount else ""
    return unit._replace(meaning=f"{arm} {unit.meaning}") if arm else unit


def _caption(unit: Unit, source: Source, sources: Sequence[Source]) -> list[str]:
    """What stands right above a table that is a passage of its own, or goes on in one: the heading and the last sentence before it."""
    here = source.passage
    if not unit.columns or not (here.columns or here.text.startswith("|")):
        return []
    if here.columns:
        if (begun := beginning(source, sources)) is None:
            return []
        above, here = begun.passage.text.partition(here.columns)[0], begun.passage
        if above.strip():
            return [_ends_of(above)]
    earlier = (s.passage for s in sources if s.passage.document == here.document)
    return [_ends_of(passage.text) for passage in earlier if 0 <= here.start - passage.end <= _BLANK_LINES]


def beginning(source: Source, sources: Sequence[Source]) -> Source | None:
    """Of the sources the one in which the table begins that this one goes on with: the nearest before it that names its columns."""
    here = source.passage
    named = (s for s in sources if s.passage.document == here.document and s.passage.start < here.start)
    return max((s for s in named if here.columns and here.columns in s.passage.text), key=lambda s: s.passage.start, default=None)


def _ends_of(text: str) -> str:
    found = sentences(text)
    return " ".join(piece.text for piece in (found[0], found[-1])) if found else ""


@lru_cache(maxsize=1024)  # passages come again with other questions, under other numbers
def _units(text: str, title: str, columns: str) -> tuple[Unit, ...]:
    return tuple(_Reading(text, " ".join(title.split()), columns=columns).units())


@dataclass
class _Reading:
    """A passage as it is read: its heading, the sentence before, the last one above a table, the question that was put last.

    ``columns`` are the names of the columns of the table in whose midst it begins.
    """

    text: str
    title: str
    heading: str = ""
    previous: str = ""
    above: str = ""
    asked: str = ""
    lead: str = ""
    columns: str = ""
    block: tuple[int, str] = (-1, "")
    run: list[Sentence] = field(default_factory=list)

    def units(self) -> Iterator[Unit]:
        for position, sentence in enumerate(sentences(self.text)):
            if _NUMBERING.fullmatch(sentence.text) or (sentence.kind == "row" and self._is_head(sentence)):
                continue
            line = sentence.kind == "heading" or (len(sentence.text) <= _LONGEST_LINE and sentence.text.endswith(":"))
            if sentence.kind != "item":
                self.lead = sentence.text if line or sentence.text.endswith(":") else ""
            if line and position == 0:
                self.heading = sentence.text
            self.run = [*self.run, sentence] if line else []
            unit = self._unit(position, sentence)
            if unit.asks:
                self.asked = sentence.text
            else:
                yield unit
            self.previous = sentence.text
            self.above = self.above if sentence.kind == "row" else sentence.text
            if len(self.run) > 1:
                joined = self.text[self.run[0].start : self.run[-1].end]
                yield Unit(_UNNUMBERED, position, joined, joined, self.heading)

    def _is_head(self, row: Sentence) -> bool:
        """Whether a row names columns or only rules a line; keeps the names for the rows below."""
        if not re.search(r"\w", row.text):
            return True
        if first := not self.columns:
            self.columns = row.text
        return first or not re.search(r"\d", row.text)

    def _unit(self, position: int, sentence: Sentence) -> Unit:
        if sentence.kind != "row":
            self.columns = ""
        label = _LABEL.match(sentence.text)
        on_its_line = label and _LABELLED_LINE.match(sentence.text) and self.text[: sentence.start].rstrip(" ").endswith("\n")
        if sentence.block != self.block[0] or on_its_line:
            self.block = sentence.block, (label["marked"] or label["plain"] or label["coded"]) if label else ""
        leads = [self.asked] if self.asked and self.asked == self.previous else []
        if position == 0 and sentence.text and " ".join(sentence.text.split()) in self.title:
            leads.append(prompt_table("questions.toml")["parts"]["title"])
        row = amount_named(self.columns, sentence.text) if self.columns else ""
        leads += [lead for lead in (self.columns, row, self.block[1]) if lead and lead not in sentence.text]
        meaning = " ".join([*leads, _meaning(sentence.text, self.heading, self.previous, self.text[: sentence.start])])
        before = self.above if self.columns else self.previous  # what stands above the table, and not another row
        lead = self.lead if sentence.kind == "item" and self.lead not in before else ""  # that of a list, for each of its items
        context = f"{self.heading} {before} {self.asked} {lead}"
        headline = sentence.kind == "heading" and position == 0
        spoken = _speaker(sentence.text, self.previous) is not None
        replies_to = self.asked if self.asked == self.previous else ""
        return Unit(_UNNUMBERED, position, sentence.text, meaning, context, self.columns, headline, spoken, replies_to)


def _speaker(text: str, previous: str) -> str | None:
    """``said Jo Doe, CEO of QX`` of the sentence before, where the text is speech that goes on after it."""
    speaker = _SPEAKER.search(previous) if text.startswith(_OPENING_QUOTES) else None
    return speaker.group() if speaker else None


def _meaning(text: str, heading: str, previous: str, before: str) -> str:
    """``text`` with what a pronoun at its beginning stands for: the subject of the sentence before, else the heading.

    "These statements" are led by what was called so ``before``; speech that goes on after "said …" gets its speaker.
    """
    if speaker := _speaker(text, previous):
        return f"{text} {speaker}"
    named = _POINTED_AT.match(text)
    if named and (
        described := re.findall(rf"\b(?!these|those|this|such|the|our|its)[\w-]+ {re.escape(named['noun'])}\b", before, re.IGNORECASE)
    ):
        return f"{described[-1]}: {text}"
    if not _PRONOUN.match(text):
        return text
    people = _PERSON.findall(previous) if text.startswith(_PERSONAL) else []
    subject = _SUBJECT.match(previous)
    return f"{people[-1] if people else subject.group() if subject else heading} {text}".strip()
