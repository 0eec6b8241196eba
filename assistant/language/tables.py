"""Tables in a text: rows of cells between bars, tabs or wide spaces, below a row that names their columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.language.sentences import Sentence

# What stands between the names of the columns and the rows.
RULE = re.compile(r"[\s|:+-]*-{2,}[\s|:+-]*")

# So many rows stand above those of a table: the names of the columns, and the rule.
_HEAD = 2

# Columns of plain text; two spaces may stand in a cell.
_WIDE = re.compile(r"\t+| {3,}")


def cells(row: str) -> tuple[str, ...]:
    """The cells of a row between bars, or where it has none between tabs or wide spaces."""
    if "|" not in row:
        return tuple(cell.strip() for cell in _WIDE.split(row.strip()))
    return tuple(cell.strip() for cell in row.strip().strip("|").split("|"))


def names_above(names: str, row: str) -> tuple[str, ...]:
    """The names of the columns, one for each cell of ``row``; what stands above the names of the rows may be left out."""
    found = cells(names)
    return ("", *found) if len(cells(row)) - len(found) == 1 else found


def tables(found: Iterable[Sentence]) -> tuple[tuple[Sentence, ...], ...]:
    """The rows of each table among the sentences of a text, its heading row first."""
    rows: list[list[Sentence]] = []
    for piece in found:
        if piece.kind != "row":
            continue
        if rows and rows[-1][-1].block == piece.block - 1:
            rows[-1].append(piece)
            if RULE.fullmatch(piece.text) and len(rows[-1]) > _HEAD and _begins(*rows[-1][-_HEAD - 1 : -1]):
                rows.append(rows[-1][-_HEAD:])
                del rows[-2][-_HEAD:]
        else:
            rows.append([piece])
    return tuple(map(tuple, rows))


def _begins(above: Sentence, row: Sentence) -> bool:
    """Whether a row above a rule names the columns of a new table: behind a blank line, or without figures.

    A rule may also stand in the midst of a table, as above its totals.
    """
    return row.start - above.end > len("\n") or not any(character.isdigit() for character in row.text)


def headed_rows(found: Sequence[Sentence], above: str | None = None) -> Iterator[tuple[Sentence, str]]:
    """Each row that stands below the names of its columns, with the row of these names.

    ``above`` are the names that a text goes on below when it begins in the midst of a table.
    """
    for rows in tables(found):
        if len(rows) > 1 and RULE.fullmatch(rows[1].text):
            yield from ((row, rows[0].text) for row in rows[2:])
        elif above and rows[0] == found[0]:
            yield from ((row, above) for row in rows)
