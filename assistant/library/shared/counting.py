"""How often terms stand in the passages of a shared store: counted on with every ingest, and anew by a rebuild.

Of terms that no passage has any more the vocabulary keeps that there were some, for questions that read what was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.library.shared.catalogue import VISIBLE

if TYPE_CHECKING:
    import psycopg

_PASSAGES = "FROM passages p JOIN documents d ON d.key = p.document"
# A lexeme with a sign says that its term stands there again.
_TERM = "strpos(lexeme, '#') = 0"
_NOW = f"{_PASSAGES} AND d.since IS NOT NULL AND d.until IS NULL"
# Of the passages of documents that came (1) or went (-1) with an ingest.
_TERMS_CHANGED = f"""
INSERT INTO vocabulary AS v SELECT lexeme, sum(sign) FROM (
    SELECT lexeme, 1 AS sign {_PASSAGES}, unnest(p.terms) WHERE d.since = %(number)s
    UNION ALL
    SELECT lexeme, -1 {_PASSAGES}, unnest(p.terms) WHERE d.until = %(number)s
) AS changed WHERE {_TERM} GROUP BY lexeme
ON CONFLICT (term) DO UPDATE SET passages = v.passages + excluded.passages
"""
_PASSAGES_CHANGED = f"""
UPDATE store SET passages = passages + changed.count, tokens = tokens + changed.sum FROM (
    SELECT coalesce(sum(sign), 0) AS count, coalesce(sum(sign * tokens), 0) AS sum FROM (
        SELECT 1 AS sign, tokens {_PASSAGES} WHERE d.since = %(number)s
        UNION ALL
        SELECT -1, tokens {_PASSAGES} WHERE d.until = %(number)s
    ) AS passages
) AS changed
RETURNING changed.count
"""
_ANEW = (
    "UPDATE vocabulary SET passages = 0",
    f"INSERT INTO vocabulary SELECT lexeme, count(*) {_NOW}, unnest(p.terms) WHERE {_TERM} GROUP BY lexeme "
    "ON CONFLICT (term) DO UPDATE SET passages = excluded.passages",
    f"UPDATE store SET (passages, tokens) = (SELECT count(*), coalesce(sum(p.tokens), 0) {_NOW})",
)
# Terms whose count is not that of the passages at a number; none where more was published since.
COUNTED_WRONGLY = f"""
SELECT coalesce(c.lexeme, v.term) FROM vocabulary v FULL JOIN (
    SELECT lexeme, count(*) AS passages {_PASSAGES}, unnest(p.terms) WHERE {VISIBLE} AND {_TERM} GROUP BY lexeme
) AS c ON c.lexeme = v.term
WHERE c.passages IS DISTINCT FROM nullif(v.passages, 0) AND (SELECT max(number) FROM ingests) = %(at)s ORDER BY 1
"""


def count_on(connection: psycopg.Connection[Any], number: int) -> int:
    """Counts what came and went with the ingest ``number``; how many passages there are more."""
    values = {"number": number}
    connection.execute(_TERMS_CHANGED.encode(), values)
    row = connection.execute(_PASSAGES_CHANGED.encode(), values).fetchone()
    return int(row[0]) if row else 0


def count_anew(connection: psycopg.Connection[Any]) -> None:
    """Counts all that is published, whatever was counted before."""
    for statement in _ANEW:
        connection.execute(statement.encode())
