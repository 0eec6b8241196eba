"""A draft in Markdown, read as statements: sentences, bullets and table rows with the markers that stand in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from assistant.agent.grounding.markdown import MARKER, markers, unmarked
from assistant.agent.grounding.vocabulary import content, pattern, stems, table
from assistant.language.figures import figures
from assistant.language.sentences import Sentence, sentences
from assistant.language.units import canonical_unit
from assistant.resources import prompt_table

Kind = Literal["fact", "heading", "lead", "question", "missing", "clarify", "talk", "absence", "columns", "rule"]

_LINK = re.compile(r"\[([^\]\n]+)\]\([^)\s]*\)")
_RULE = re.compile(r"[\s|:+-]*-{2,}[\s|:+-]*")
# "Survival (days)", "Activity, uCi", "survival in days"
_UNIT_NOTE = re.compile(r"\s*[(\[]\s*([^)\]]{1,12})[)\]]\s*$|(?:,|\bin)\s+(\S{1,12})$")
_LEADING = re.compile(r"^\s*(?:#{1,6}\s+|[-*•–·]\s+)")
_HEADING = re.compile(r"#{1,6}\s|\*\*[^*]+\*\*:?$")
_QUOTES = (("“", "”"), ("«", "»"), ('"', '"'))
_LONGEST_LEAD = 14
_LONGEST_GREETING = 8


@dataclass(frozen=True, slots=True)
class Statement:
    """Characters ``start`` to ``end`` of the draft, markers and emphasis included.

    ``said`` is its text without markers and Markdown, a table row's with its column headings: ``"arm: control; survival: 122 day"``.
    ``markers`` are ``"1"`` and ``"c1"`` in order of appearance.
    """

    start: int
    end: int
    said: str
    markers: tuple[str, ...]
    kind: Kind
    block: int

    @property
    def states(self) -> bool:
        """Whether it states a fact, and so must cite."""
        return self.kind == "fact"


def read(draft: str) -> tuple[Statement, ...]:
    """The statements of ``draft`` in order; together with white space and list marks they are the whole of it."""
    text, origins = unmarked(draft)
    pieces = _quoted_whole(text, sentences(text))
    spans = [[origins[piece.start], origins[piece.end - 1] + 1] for piece in pieces]
    _stretch(draft, spans)
    return tuple(_in_context([_statement(draft, start, end, piece) for piece, (start, end) in zip(pieces, spans, strict=True)]))


def _quoted_whole(text: str, pieces: Sequence[Sentence]) -> list[Sentence]:
    """Sentences of one block joined where a quotation goes on over their end: “One. Two.” is one statement."""
    whole: list[Sentence] = []
    for index, piece in enumerate(pieces):
        before = whole[-1] if whole and whole[-1].block == piece.block else None
        ahead = "".join(later.text for later in pieces[index:] if later.block == piece.block)
        if before and any(_opens(before.text, *pair) and pair[1] in ahead for pair in _QUOTES):
            whole[-1] = replace(before, end=piece.end, text=text[before.start : piece.end])
        else:
            whole.append(piece)
    return whole


def _opens(text: str, opening: str, closing: str) -> bool:
    """Whether a quotation that starts in ``text`` does not end there."""
    return text.count(opening) % 2 == 1 if opening == closing else text.count(opening) > text.count(closing)


def _stretch(draft: str, spans: list[list[int]]) -> None:
    """Stretches sentences over the markers that belong to them: those behind a full stop, and those that open a block."""
    for group in MARKER.finditer(draft) if spans else ():
        if any(start <= group.start() < end for start, end in spans):
            continue
        before = [span for span in spans if span[1] <= group.start() and "\n" not in draft[span[1] : group.start()]]
        after = [span for span in spans if span[0] >= group.end()]
        if before:
            before[-1][1] = group.end()
        elif after:
            after[0][0] = group.start()
    for span, following in pairwise([*spans, [len(draft), len(draft)]]):
        while span[1] < following[0] and draft[span[1]] in "*_`":
            span[1] += 1


def _statement(draft: str, start: int, end: int, piece: Sentence) -> Statement:
    raw = draft[start:end]
    said = " ".join(_LINK.sub(r"\1", _LEADING.sub("", piece.text)).split())
    kind: Kind
    if piece.kind == "row":
        kind = "rule" if _RULE.fullmatch(raw) else "fact"
    elif _RULE.fullmatch(raw):
        kind = "rule"
    else:
        kind = _kind(said, draft[draft.rfind("\n", 0, start) + 1 : end], bool(MARKER.search(raw)))
    return Statement(start, end, said, markers(raw), kind, piece.block)


def _kind(said: str, line: str, cites: bool) -> Kind:
    """The first kind that a statement's wording allows; what cites states a fact."""
    leads = prompt_table("conventions.toml")
    kinds: tuple[tuple[Kind, bool], ...] = (
        ("missing", said.startswith(leads["missing_lead"])),
        ("clarify", said.startswith(leads["clarify_lead"])),
        ("rule", not re.search(r"\w", said)),
        ("fact", cites),
        ("question", said.endswith("?")),
        ("talk", _is_talk(said)),
        ("absence", _is_absence(said)),
        ("heading", _HEADING.match(line.strip()) is not None and not _claims(said)),
        ("lead", said.endswith(":") and len(said.split()) <= _LONGEST_LEAD and not _claims(said)),
    )
    return next((kind for kind, holds in kinds if holds), "fact")


def _claims(said: str) -> bool:
    """Whether words of change or loaded words make a heading or lead-in a claim."""
    words = content(said)
    moving = stems(table("meaning")["up"]) | stems(table("meaning")["down"])
    return (bool(words & moving) and any(word in said.lower().split() for word in ("is", "was", "than", "by"))) or bool(words & loaded())


def loaded() -> frozenset[str]:
    """The stems of all loaded words."""
    return stems(" ".join(table("loaded")["words"]))


def _is_talk(said: str) -> bool:
    if pattern("draft", "greetings", anchored=True).match(said) and len(said.split()) <= _LONGEST_GREETING:
        return not figures(said)
    return bool(pattern("draft", "assistant", anchored=True).match(said))


def _is_absence(said: str) -> bool:
    """A sentence that says what the sources lack, and nothing else."""
    turning = re.compile(r"(?<![\w])(?:" + "|".join(map(re.escape, table("draft")["turns"])) + r")(?![\w])", re.IGNORECASE)
    clauses = [clause for clause in turning.split(said) if len(content(clause)) > 1]
    return bool(clauses) and all(pattern("draft", "absence", anchored=False).search(clause) for clause in clauses)


def _in_context(found: list[Statement]) -> list[Statement]:
    """Knows table headings by the rule below them, and the list that a bare missing lead opens."""
    lead = prompt_table("conventions.toml")["missing_lead"]
    known: list[Statement] = []
    listing = False
    columns: tuple[str, ...] = ()
    for index, statement in enumerate(found):
        following = found[index + 1] if index + 1 < len(found) else None
        is_row = statement.said.startswith("|") or (statement.kind == "rule" and "|" in statement.said)
        if is_row and following and following.kind == "rule" and statement.kind != "rule":
            columns = _cells(statement.said)
            statement = replace(statement, kind="columns", markers=())  # noqa: PLW2901
        elif is_row and statement.kind == "fact":
            statement = replace(statement, said=_row_said(statement.said, columns))  # noqa: PLW2901
        elif not is_row:
            columns = ()
        if listing and not statement.markers and statement.kind in ("fact", "heading", "absence") and _is_listed(known[-1], statement):
            statement = replace(statement, kind="missing")  # noqa: PLW2901
        else:
            listing = statement.kind == "missing" and statement.said.strip() == lead
        known.append(statement)
    return known


def _is_listed(previous: Statement, statement: Statement) -> bool:
    return statement.block > previous.block


def _cells(row: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in row.strip().strip("|").split("|"))


def _row_said(row: str, columns: tuple[str, ...]) -> str:
    """The row as clauses; a figure without a unit takes the one that its column's heading gives."""
    clauses = []
    for index, cell in enumerate(_cells(row)):
        heading = columns[index] if index < len(columns) else ""
        unit = _heading_unit(heading)
        figure = figures(cell)
        with_unit = f"{cell[: figure[-1].end]} {unit}{cell[figure[-1].end :]}" if unit and figure and not figure[-1].unit else cell
        clauses.append(f"{_UNIT_NOTE.sub('', heading).strip()}: {with_unit}" if heading else with_unit)
    return "; ".join(clauses)


def _heading_unit(heading: str) -> str | None:
    note = _UNIT_NOTE.search(heading)
    return canonical_unit(note[1] or note[2]) if note else None
