"""What a statement takes from what stands above it: a row its column headings, a list item its lead-in, both their citation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from assistant.agent.grounding.statement import Statement
from assistant.agent.grounding.tables import clauses_of
from assistant.language.tables import cells
from assistant.resources import prompt_table


def in_context(found: Sequence[Statement]) -> Iterator[Statement]:
    """The statements as they are meant where they stand."""
    return _with_leads(_listed_as_missing(list(_with_columns(found))))


def _with_columns(found: Sequence[Statement]) -> Iterator[Statement]:
    """Table headings are known by the rule below them; each row below is read in their words and may rest on what they cite."""
    columns: Statement | None = None
    for index, statement in enumerate(found):
        following = found[index + 1] if index + 1 < len(found) else None
        is_row = statement.said.startswith("|") or (statement.kind == "rule" and "|" in statement.said)
        if is_row and following and following.kind == "rule" and statement.kind != "rule":
            columns = statement
            yield replace(statement, kind="columns", markers=())
        elif is_row and statement.kind == "fact":
            row = _in_columns(statement, cells(columns.said) if columns else ())
            yield _resting(row, columns.markers) if columns else row
        else:
            columns = columns if is_row else None
            yield statement


def _in_columns(row: Statement, columns: Sequence[str]) -> Statement:
    clauses = clauses_of(row.said, columns)
    marked = tuple((clause, held) for clause, (_, held) in zip(clauses, row.cells, strict=False))
    return replace(row, said="; ".join(clauses), cells=marked)


def _listed_as_missing(found: Iterable[Statement]) -> Iterator[Statement]:
    """What a bare missing lead opens is a list of what is missing."""
    lead = prompt_table("conventions.toml")["missing_lead"]
    previous: Statement | None = None
    listing = False
    for statement in found:
        new_block = previous is not None and statement.block > previous.block
        if listing and new_block and not statement.markers and statement.kind in ("fact", "heading", "absence", "talk"):
            previous = replace(statement, kind="missing")
        else:
            listing = statement.kind == "missing" and statement.said.strip() == lead
            previous = statement
        yield previous


def _with_leads(found: Iterable[Statement]) -> Iterator[Statement]:
    """List items and table rows know the lead-in or heading that they stand below, and may rest on what it cites."""
    lead: Statement | None = None
    for statement in found:
        if statement.kind in ("lead", "heading") or (statement.said.endswith(":") and not statement.item):
            lead = statement
        elif lead and (statement.item or statement.kind in ("columns", "rule")):
            yield replace(_resting(statement, lead.markers), lead=lead.said)
            continue
        else:
            lead = lead if lead and lead.kind == "heading" else None
            if lead:
                yield replace(statement, lead=lead.said)
                continue
        yield statement


def _resting(statement: Statement, markers: tuple[str, ...]) -> Statement:
    """``statement`` with the citation of what it stands below, where it states a fact and has none of its own."""
    if statement.markers or not markers or not statement.states:
        return statement
    return replace(statement, markers=markers, inherits=True)
