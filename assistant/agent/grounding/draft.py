"""A draft in Markdown, read as statements: sentences, bullets and table rows with the markers that stand in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from assistant.agent.grounding.vocabulary import content, pattern, stems, table
from assistant.language.figures import figures
from assistant.language.sentences import Sentence, sentences
from assistant.language.units import canonical_unit
from assistant.resources import prompt_table

Kind = Literal["fact", "heading", "lead", "question", "missing", "clarify", "talk", "absence", "columns", "rule"]

_ONE = r"\^?\s*[cC]?\d{1,3}(?:\s*[-–]\s*[cC]?\d{1,3})?"  # noqa: RUF001
MARKER = re.compile(rf"[\[【]({_ONE}(?:\s*[,;&]\s*{_ONE})*)\s*[\]】](?!\()")
_EMPHASIS = re.compile(r"\*\*\*|\*\*|__|`+|(?<![\w*])\*(?=[^\s*])|(?<=[^\s*])\*(?![\w*])|(?<!\w)_(?=[^\s_])|(?<=[^\s_])_(?!\w)")
_PREFIX = re.compile(r"(?m)^[ \t]*(?:>[ \t]?)+|^[ \t]*(?:\(?\d{1,2}[.)])(?=\s)")
_FOOTNOTE = re.compile(r"(?m)(?<=^\[\^\d\]):|(?<=^\[\^\d\d\]):")
_LINK = re.compile(r"\[([^\]\n]+)\]\([^)\s]*\)")
_RULE = re.compile(r"[\s|:+-]*-{2,}[\s|:+-]*")
# "Survival (days)", "Activity, uCi", "survival in days"
_UNIT_NOTE = re.compile(r"\s*[(\[]\s*([^)\]]{1,12})[)\]]\s*$|(?:,|\bin)\s+(\S{1,12})$")
_LEADING = re.compile(r"^\s*(?:#{1,6}\s+|[-*•–·]\s+)")  # noqa: RUF001
_HEADING = re.compile(r"#{1,6}\s|\*\*[^*]+\*\*:?$")
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


def markers(text: str) -> tuple[str, ...]:
    """The names in one bracket's inside, or in all brackets of ``text``: ``"[1, c2]"`` → ``("1", "c2")``; ranges are spelled out."""
    found: list[str] = []
    for group in MARKER.finditer(text):
        for part in re.split(r"[,;&]", group[1]):
            names = [name.strip(" ^").lower() for name in re.split(r"[-–]", part)]  # noqa: RUF001
            if len(names) == 2 and names[0].isdigit() and names[1].isdigit() and int(names[0]) < int(names[1]):
                names = [str(number) for number in range(int(names[0]), int(names[1]) + 1)]
            found += names
    return tuple(dict.fromkeys(found))


def read(draft: str) -> tuple[Statement, ...]:
    """The statements of ``draft`` in order; together with white space and list marks they are the whole of it."""
    masked = _masked(draft)
    found = [_statement(draft, masked, sentence) for sentence in _with_markers(draft, sentences(masked))]
    return tuple(_in_context(found))


def _masked(draft: str) -> str:
    """The draft with markers and Markdown blanked out; every offset stays."""
    for pattern_, keep in ((_FOOTNOTE, ""), (MARKER, ""), (_EMPHASIS, ""), (_PREFIX, "-")):
        draft = pattern_.sub(lambda m, keep=keep: _blank(m, keep), draft)  # type: ignore[misc]
    return draft


def _blank(match: re.Match[str], keep: str) -> str:
    is_number = bool(keep) and any(character.isdigit() for character in match.group())
    return (keep if is_number else "").ljust(len(match.group()))


def _with_markers(draft: str, pieces: tuple[Sentence, ...]) -> list[Sentence]:
    """Each sentence stretched over the markers that belong to it: those behind its full stop, and those that open its block."""
    spans = [[piece.start, piece.end] for piece in pieces]
    for group in MARKER.finditer(draft):
        inside = any(start <= group.start() < end for start, end in spans)
        if inside or not spans:
            continue
        before = [span for span in spans if span[1] <= group.start() and "\n" not in draft[span[1] : group.start()]]
        after = [span for span in spans if span[0] >= group.end()]
        if before:
            before[-1][1] = group.end()
        elif after:
            after[0][0] = group.start()
    for span, following in zip(spans, [*spans[1:], [len(draft)]], strict=True):
        while span[1] < following[0] and draft[span[1]] in "*_`":
            span[1] += 1
    return [replace(piece, start=start, end=end) for piece, (start, end) in zip(pieces, spans, strict=True)]


def _statement(draft: str, masked: str, piece: Sentence) -> Statement:
    raw = draft[piece.start : piece.end]
    said = " ".join(_LINK.sub(r"\1", _LEADING.sub("", masked[piece.start : piece.end])).split()).replace(" .", ".").replace(" ,", ",")
    kind: Kind
    if piece.kind == "row":
        kind = "rule" if _RULE.fullmatch(raw) else "fact"
    elif _RULE.fullmatch(raw):
        kind = "rule"
    else:
        kind = _kind(said, draft[draft.rfind("\n", 0, piece.start) + 1 : piece.end], bool(MARKER.search(raw)))
    return Statement(piece.start, piece.end, said, markers(raw), kind, piece.block)


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
            statement = replace(statement, kind="columns")  # noqa: PLW2901
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
