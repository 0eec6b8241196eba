"""The final text: what failed is taken out and tidied up, markers get their final ids."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.agent.grounding.markdown import markers
from assistant.agent.grounding.statement import Statement
from assistant.language.brackets import MARKER

# Stands where a statement was taken out, until the text is tidied; no draft contains it.
_REMOVED = "\x00"
_EMPTY_ITEM = re.compile(r"[ \t]*(?:[-*•–·]|\(?\d{1,2}[.)]|>|#{1,6})*[ \t]*[*_]*[ \t]*")
_RULE = re.compile(r"[ \t]*\|?[\s|:-]*-{2,}[\s|:-]*")
_BULLET = re.compile(r"[ \t]*(?:[-*•–·]|\(?\d{1,2}[.)])[ \t]")


def without(draft: str, judged: Sequence[tuple[Statement, str | None]], texts: Mapping[int, str]) -> str:
    """``draft`` without the statements that have a fault; ``texts`` holds the final text of the others by their start."""
    parts, position = [], 0
    for statement, wrong in judged:
        parts += [MARKER.sub("", draft[position : statement.start]), _REMOVED if wrong else texts[statement.start]]
        position = statement.end
    joined = "".join([*parts, MARKER.sub("", draft[position:])])  # a marker beside no statement cites nothing
    return _tidy(joined) if any(wrong for _, wrong in judged) else joined.strip()


def renumber(raw: str, finals: Mapping[str, Sequence[str]]) -> str:
    """``raw`` with every marker group replaced by the final ids, each once per group; a column heading's markers go."""

    def ids(group: re.Match[str]) -> str:
        names = [name for marker in markers(group.group()) for name in finals.get(marker, ())]
        return "".join(f"[{name}]" for name in dict.fromkeys(names))

    return re.sub(r" {2,}(?=\|)", " ", re.sub(r"(\[c?\d+\])(?:\1)+", r"\1", MARKER.sub(ids, raw)))


def _tidy(text: str) -> str:
    """Takes away the list marks, headings, lead-ins and table heads that removed statements leave behind."""
    rows = [row for line in text.split("\n") if (row := _mended(line)) is not None]
    rows = _without_empty_tables(rows)
    rows = _without_empty_leads(rows)
    rows = _renumbered(rows)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(rows)).strip()


def _mended(line: str) -> str | None:
    """The line without removal marks; None where nothing but removed text stood in it."""
    if _REMOVED not in line:
        return line
    rest = re.sub(f" *{_REMOVED} *", " ", line)
    if _EMPTY_ITEM.fullmatch(rest) or not re.search(r"\w", rest):
        return None
    rest = re.sub(r"(?<=\S) {2,}", " ", rest).rstrip()
    rest = rest if line.startswith((" ", "\t")) else rest.lstrip(" ")
    return rest.replace("**", "") if rest.count("**") % 2 else rest


def _renumbered(rows: list[str]) -> list[str]:
    """Numbered lists count on where items were taken out."""
    kept: list[str] = []
    number = 0
    for row in rows:
        item = re.match(r"\d{1,2}(?=[.)] )", row)
        goes_on = item or not row.strip() or row.startswith((" ", "\t"))
        number = number + bool(item) if goes_on else 0
        kept.append(f"{number}{row[item.end() :]}" if item else row)
    return kept


def _without_empty_tables(rows: list[str]) -> list[str]:
    kept: list[str] = []
    for index, row in enumerate(rows):
        following = rows[index + 1] if index + 1 < len(rows) else ""
        below = rows[index + 2] if index + 2 < len(rows) else ""
        is_head = "|" in row and "|" in following and _RULE.fullmatch(following) is not None
        is_rule = "|" in row and _RULE.fullmatch(row) is not None
        if (is_head and "|" not in below) or (is_rule and "|" not in following):
            continue
        kept.append(row)
    return kept


def _without_empty_leads(rows: list[str]) -> list[str]:
    """Drops headings without anything below and lead-ins without their list, from the end so that nested ones go too."""
    kept: list[str] = []
    for row in reversed(rows):
        below = next((later for later in reversed(kept) if later.strip()), "")
        is_heading = re.match(r"\s*#{1,6}\s", row) is not None
        is_lead = row.rstrip().endswith(":") and not _BULLET.match(row)
        if MARKER.search(row):  # it was verified, so it says something by itself
            kept.append(row)
            continue
        if is_heading and (not below or (_level(below) and _level(below) <= _level(row))):
            continue
        if is_lead and not is_heading and (not below or _level(below)):
            continue
        kept.append(row)
    return kept[::-1]


def _level(row: str) -> int:
    match = re.match(r"\s*(#{1,6})\s", row)
    return len(match[1]) if match else 0
